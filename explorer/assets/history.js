// @ts-check
import { flush } from "./messages.js";

// The address, written once the result is painted and before anything else is sent; and Back, which closes an open drawer first.
const NAMES = ["s", "t"], DRAWER = { drawer: true };
let pending = null, within = "", last = "";
let stepping = false;

const read = (query) => Object.fromEntries([...new URLSearchParams(query)].filter(([name, value]) => NAMES.includes(name) && value));
const same = (one, other) => NAMES.every((name) => (one[name] ?? "") === (other[name] ?? ""));
const isDrawer = () => Boolean(history.state?.drawer);
const drawer = () => /** @type {?HTMLDialogElement} */ (document.querySelector(".explorer dialog[open]"));
// Who went elsewhere meanwhile stays there.
export const isHere = (query) => same(typeof query === "string" ? read(query) : query, read(location.search));

// Parameters that are not ours, such as embed=true, belong to the author of the link, and stay.
export function search(address) {
  const others = location.search.slice(1).split("&").filter((part) => part && !NAMES.includes(part.split("=")[0]));
  const ours = NAMES.filter((name) => address[name]).map((name) => `${name}=${encodeURIComponent(address[name])}`);
  return [...others, ...ours].length ? `?${[...others, ...ours].join("&")}` : "";
}

// Whether what is shown is in the address now; while the history takes a step back, it can't be.
export function flushAddress() {
  if (stepping) return false;
  if (pending !== null && !isHere(pending)) {
    const repeated = within && within === last, to = location.pathname + search(pending);
    history[repeated || isDrawer() ? "replaceState" : "pushState"]({}, "", to);
    if (drawer()) history.pushState(DRAWER, "", to); // Back first closes the drawer; the next Back undoes what was answered in it
    last = within;
  }
  pending = null;
  return true;
}

// Where an answer leads. `number`: it was the answer to this number alone; who changes it again and again has one step back.
export function setPendingAddress(address, number) {
  flushAddress();
  [pending, within] = [address, number];
  if (document.hidden) flushAddress(); // a window that is not shown paints nothing, and may be let go
  else requestAnimationFrame(() => requestAnimationFrame(flushAddress));
}

document.addEventListener("visibilitychange", () => { if (document.hidden) flushAddress(); });

export function drawerOpened() {
  flushAddress();
  if (!isDrawer()) history.pushState(DRAWER, "", location.href);
}

// Closed in another way than by Back, a drawer takes its step back itself. What is done next is sent once that is done.
export function drawerClosed() {
  if (!isDrawer() || stepping) return;
  stepping = true;
  history.back();
}

// Before Streamlit, which would lay out the whole page again.
addEventListener("popstate", (event) => {
  if (stepping || drawer()) {
    event.stopImmediatePropagation();
    if (!stepping) return drawer().close();
    stepping = false;
    if (drawer()) history.pushState(DRAWER, "", location.href); // it was opened while the step back was on its way
    return flush();
  }
  [pending, last] = [null, ""];
}, true);

drawerClosed(); // the page was reloaded while a drawer was open

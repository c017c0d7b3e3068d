// @ts-check
import { flush } from "./messages.js";

// Writes the address once the result is painted, and before anything else is sent. Back closes an open drawer first.
const NAMES = ["s", "t"], DRAWER = { drawer: true };
let pending = null, within = "", last = "";
let stepping = false;

const read = (query) => Object.fromEntries([...new URLSearchParams(query)].filter(([name, value]) => NAMES.includes(name) && value));
const same = (left, right) => NAMES.every((name) => (left[name] ?? "") === (right[name] ?? ""));
const isDrawer = () => Boolean(history.state?.drawer);
const drawer = () => /** @type {?HTMLDialogElement} */ (document.querySelector(".explorer dialog[open]"));
// Whether the browser is still at this address: an answer never leads back someone who went elsewhere meanwhile.
export const isHere = (query) => same(typeof query === "string" ? read(query) : query, read(location.search));

// Parameters that are not ours, such as embed=true, belong to the author of the link, and stay.
export function search(address) {
  const others = location.search.slice(1).split("&").filter((part) => part && !NAMES.includes(part.split("=")[0]));
  const ours = NAMES.filter((name) => address[name]).map((name) => `${name}=${encodeURIComponent(address[name])}`);
  return [...others, ...ours].length ? `?${[...others, ...ours].join("&")}` : "";
}

// Writes the pending address. False while the history takes a step back, since nothing can be written then.
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

// Sets the address that an answer leads to. `number`: the one number that it changed; changes of one number share a step of the history.
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

// A drawer that is not closed by Back removes its own step from the history. Later events are sent after that.
export function drawerClosed() {
  if (!isDrawer() || stepping) return;
  stepping = true;
  history.back();
}

// Runs before Streamlit's listener, which would lay out the whole page again.
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

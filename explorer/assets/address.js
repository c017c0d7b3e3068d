// @ts-check
// The address: written once the result is painted, and before anything else is sent.
import { writeBelowDrawer, stepsBack } from "./drawer_history.js";

const NAMES = ["s", "t", "a"];
let pending = null, asked = 0;
let within = "", last = "";

const read = (query) => Object.fromEntries([...new URLSearchParams(query)].filter(([name, value]) => NAMES.includes(name) && value));
const here = () => read(location.search);
// Parameters that are not ours, such as embed=true, belong to whoever made the link, and stay.
const others = () => location.search.slice(1).split("&").filter((part) => part && !NAMES.includes(part.split("=")[0]));
export const search = (address) => {
  const query = [...others(), ...NAMES.filter((name) => address[name]).map((name) => `${name}=${encodeURIComponent(address[name])}`)];
  return query.length ? `?${query.join("&")}` : "";
};
const same = (one, other) => NAMES.every((name) => (one[name] ?? "") === (other[name] ?? ""));

export function flushAddress() {
  if (pending === null || stepsBack()) return;
  if (!same(pending, here())) {
    writeBelowDrawer(within && within === last ? "replaceState" : "pushState", location.pathname + search(pending));
    last = within;
  }
  pending = null;
}

// An answer to what was done here says where that leads. `number`: it was done to this number alone; who changes it again and again
// has one step back, to what it was before.
export function setPendingAddress(address, number = "") {
  if (pending !== null) flushAddress();
  pending = address;
  within = number;
  if (document.hidden) flushAddress();
  else requestAnimationFrame(() => requestAnimationFrame(flushAddress));
}

// A window that is not shown paints nothing, and may be let go: what an answer led to is written before.
document.addEventListener("visibilitychange", () => { if (document.hidden) flushAddress(); });

// Who went elsewhere meanwhile stays there.
export const isCurrent = (query) => same(read(query), here());
addEventListener("popstate", () => { pending = null; last = ""; });

// A page that nobody asked for here must be of this address; if it is not, it is asked for, once.
export function isStale(address, number) {
  if (same(address, here()) || asked === number) return false;
  asked = number;
  return true;
}

// The links of the frame lead on with the scenario that is shown.
export function updateLinks(root, shown) {
  for (const link of root.querySelectorAll("a[data-here]")) link.search = search({ s: shown });
}

// @ts-check
// An open drawer has a step of its own in the history: Back closes it, and undoes nothing behind it. Closed in another way, it takes
// the step back itself, so that the next Back is not spent on nothing.
const DRAWER = { drawer: true };
let stepping = false, closes = null, then = null;

export const stepsBack = () => stepping;
export const onDrawer = () => Boolean(history.state?.drawer);

export function drawerOpened(close) {
  closes = close;
  if (!onDrawer()) history.pushState(DRAWER, "", location.href);
}

// `after` runs once the address is as it was before the drawer.
export function drawerClosed(after) {
  closes = null;
  then = after;
  if (!onDrawer() || stepping) return;
  stepping = true;
  history.back();
}

// Puts a step below that of the drawer: what was answered is undone by the Back after the one that closes it.
export function writeBelowDrawer(how, address) {
  history[onDrawer() ? "replaceState" : how]({}, "", address);
  if (closes) history.pushState(DRAWER, "", address);
}

// Before Streamlit, which would lay out the whole page again.
addEventListener("popstate", (event) => {
  if (!event.isTrusted || (!stepping && !closes)) return; // one that a script made is no Back
  event.stopImmediatePropagation();
  const [did, close] = [stepping, closes];
  [stepping, closes] = [false, null];
  if (did) then?.();
  else close();
}, true);

if (onDrawer()) drawerClosed(); // the page was loaded anew while a drawer stood open

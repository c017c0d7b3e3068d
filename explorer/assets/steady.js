// @ts-check
// What was pressed last stays where it is on the screen, whatever is added or taken away above it.
let pressed = null;

export function heeds(root) {
  const heed = ({ target }) => { pressed = target.closest("button, label, input, summary"); };
  for (const kind of ["click", "change"]) root.addEventListener(kind, heed, true);
}

export const letGo = () => { pressed = null; };

export function steadily(change) {
  const before = pressed?.isConnected ? pressed.getBoundingClientRect() : null;
  change();
  if (before?.height && before.bottom > 0 && before.top < innerHeight) keep(before.top);
}

const moved = (from) => (pressed?.getClientRects().length ? pressed.getBoundingClientRect().top - from : 0);

// By the boxes that scroll, nearest first: a panel may have nothing left to scroll.
function keep(top) {
  for (let box = pressed?.parentElement; box && Math.abs(moved(top)) >= 1; box = box.parentElement) box.scrollTop += moved(top);
}

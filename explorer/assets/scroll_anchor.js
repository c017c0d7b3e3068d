// @ts-check
// Keeps the control that was pressed last in place on the screen, whatever is added or removed above it.
let pressed = null;

export function trackPressed(root) {
  const onPress = ({ target }) => { pressed = target.closest("button, label, input, summary"); };
  for (const kind of ["click", "change"]) root.addEventListener(kind, onPress, true);
}

export const release = () => { pressed = null; };

export function keepInPlace(change) {
  const before = pressed?.isConnected ? pressed.getBoundingClientRect() : null;
  change();
  if (before?.height && before.bottom > 0 && before.top < innerHeight) scrollBack(before.top);
}

const shift = (from) => (pressed?.getClientRects().length ? pressed.getBoundingClientRect().top - from : 0);

// By the boxes that scroll, nearest first: a panel may have nothing left to scroll.
function scrollBack(top) {
  for (let box = pressed?.parentElement; box && Math.abs(shift(top)) >= 1; box = box.parentElement) box.scrollTop += shift(top);
}

// @ts-check
// The second of two clicks in one place within half a second is ignored: it was meant for the control that the first one found there. A
// render restarts the time: what it brings under the pointer, such as the next question, nobody has read yet.
const SOON = 500, NEAR = 8;
let last = null, refused = false;

export function ignoreDoubleClicks(root) {
  root.addEventListener("pointerdown", onPointerDown, true);
  root.addEventListener("click", (event) => {
    if (!refused || event.detail === 0) return; // keys and scripts click without a pointer
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  // A key that is held down presses a button again and again.
  root.addEventListener("keydown", (event) => { if (event.repeat && event.key === "Enter" && event.target.closest("button")) event.preventDefault(); });
}

function onPointerDown(event) {
  const { clientX: x, clientY: y, target } = event;
  refused = near(x, y) && Date.now() - last.at < SOON && !target.closest("[data-step], [data-open]"); // these answer nothing
  if (!refused) last = { x, y, at: Date.now() };
}

const near = (x, y) => last !== null && Math.hypot(x - last.x, y - last.y) < NEAR;

export function afterRender() {
  if (last) last.at = Date.now();
}

// @ts-check
// Of two clicks in one place within half a second the second one does nothing: it was meant for what stood there when the first came. What
// has come up under the pointer meanwhile, such as the next question, nobody has read yet.
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
  const { clientX: x, clientY: y, target } = event, now = Date.now();
  refused = near(x, y) && now - last.at < SOON && !target.closest("[data-step], [data-open]"); // these answer nothing
  if (!refused) last = { x, y, at: now, under: control(target) };
}

const near = (x, y) => last !== null && Math.hypot(x - last.x, y - last.y) < NEAR;
const control = (one) => one?.closest("button, label, a, summary, input")?.outerHTML;

// After the page was drawn: where another thing stands under the pointer now, the time begins again.
export function afterRender() {
  if (!last) return;
  const under = control(document.elementFromPoint(last.x, last.y));
  if (under !== last.under) last = { ...last, at: Date.now(), under };
}

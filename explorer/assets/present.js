// @ts-check
// For the wall: large type, one thing at a time, forwards and back by keyboard.

// In the order of the page. A rung says each option's verdict; one that says only "on hold" says no more than the red flag did, and the
// way out, which has no options, stands with what holds at any step. A walk of one visit is but a form.
const SLIDES = `#status, #ask:not(.is-done), .rung.safety, .rung:has(.row:not(.v-on_hold)), #caveat, #walk:has(.visits > li + li),
  #safety-net`;
// A presenter's remote sends PageDown and PageUp. Down and Space are left to the browser: they scroll a slide that is long.
const KEYS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1, Escape: 0, F9: 0 };

let root = null, slide = -1, flagged = false;

export const presenting = () => slide >= 0;

// Called whenever the page was drawn anew, too: then there may be other slides, or none.
export function applySlides(page) {
  root = page ?? root;
  for (const one of root.querySelectorAll(".slide")) one.classList.remove("slide");
  const before = flagged;
  flagged = Boolean(root.querySelector("#takeover"));
  if (!presenting()) return;
  const every = [...root.querySelectorAll(SLIDES)];
  if (!every.length) return present(false); // another page is shown
  setPresenting(true); // what is shown may have been made anew
  slide = flagged && !before ? 0 : Math.min(slide, every.length - 1); // a red flag is brought into sight at once
  const shown = every[slide];
  shown.classList.add("slide");
  shown.tabIndex = -1;
  const title = shown.querySelector("h2, h3").textContent;
  const [number, name] = root.querySelector(".slides [role=status]").children;
  number.textContent = `${slide + 1} of ${every.length}`;
  name.textContent = `: ${title}`;
  fit();
}

// On a wall a slide that is a little too long for it is set smaller, never under this; in a low window, as zoom makes it, it scrolls.
const SMALLEST = 0.8, WALL = 760;

function fit() {
  const type = document.documentElement.style;
  type.fontSize = "";
  const room = root.clientHeight / root.scrollHeight;
  if (presenting() && room < 1 && innerHeight >= WALL)
    type.fontSize = `${parseFloat(getComputedStyle(document.documentElement).fontSize) * Math.max(room, SMALLEST)}px`;
}

addEventListener("resize", () => { if (root) fit(); });

export function present(on) {
  setPresenting(on);
  slide = on ? 0 : -1;
  applySlides();
  if (!on) fit();
  if (on) focusSlide();
  else document.getElementById("present")?.focus();
}

function setPresenting(on) {
  if (on && !root.querySelector(".slides")) root.append(made());
  for (const one of [root, document.documentElement]) one.classList.toggle("present", on);
}

function made() {
  const bar = document.createElement("div");
  bar.className = "slides";
  bar.dataset.keep = "";
  bar.innerHTML = `<button type="button" class="quiet" data-step="-1">Back</button><p role="status"><span></span><span class="sr"></span></p>
    <button type="button" class="quiet" data-step="1">Next</button><button type="button" class="quiet" data-step="0">End (Esc)</button>`;
  bar.addEventListener("click", ({ target }) => {
    // A translator wraps each word in an element of its own.
    const button = /** @type {Element} */ (target).closest("[data-step]");
    if (button) turnBy(Number(button.getAttribute("data-step")));
  });
  return bar;
}

function turnBy(by) {
  if (by === 0) return present(false);
  slide = Math.max(slide + by, 0);
  applySlides();
  root.scrollTo(0, 0);
  focusSlide();
}

// The slide has the focus, for a screen reader to read on from and for keys to scroll; who pages with the bar stays there.
function focusSlide() {
  if (!root.querySelector(".slides").contains(document.activeElement)) root.querySelector(".slide").focus({ preventScroll: true });
}

document.addEventListener("keydown", (event) => {
  if (!root || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (document.querySelector(":popover-open") || root.querySelector("dialog[open]")) return;
  const starts = !presenting() && event.key === "F9" && root.querySelector("#present");
  const inField = presenting() && event.key.startsWith("Arrow") && /** @type {Element} */ (event.target).matches("input, select");
  const by = presenting() && !inField ? KEYS[event.key] : undefined;
  if (!starts && by === undefined) return;
  event.preventDefault();
  if (starts) present(true);
  else turnBy(by);
});

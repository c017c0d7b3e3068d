// @ts-check
// One slide at a time, turned by a remote, a keyboard or a click. Without this script the slides are one long page.
const slides = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".slide")]);
const end = /** @type {HTMLAnchorElement} */ (document.getElementById("end"));
const count = document.querySelector(".count");
const KEYS = { ArrowRight: 1, PageDown: 1, Enter: 1, " ": 1, ArrowDown: 1, ArrowLeft: -1, PageUp: -1, ArrowUp: -1 };
let at = 0;

function show(number) {
  at = Math.min(Math.max(number, 0), slides.length - 1);
  slides.forEach((slide, other) => slide.classList.toggle("is-shown", other === at));
  count.textContent = `${at + 1} of ${slides.length}`;
  scrollTo(0, 0);
  slides[at].scrollTop = 0;
}

// Keeps the slide in the address without a step of the history, so that Back returns to the slide whose link led here.
function turnTo(number) {
  show(number);
  history.replaceState(history.state, "", `#${slides[at].id}`);
  focusSlide();
}

// A screen reader reads the number and the title of the slide. A button that turned the slide keeps the focus.
function focusSlide() {
  if (!document.activeElement.closest(".bar")) slides[at].focus({ preventScroll: true });
}

// Turns to the slide that the address names, by its id or that of its title.
function fromAddress() {
  const place = document.getElementById(location.hash.slice(1))?.closest(".slide");
  turnTo(Math.max(slides.indexOf(/** @type {HTMLElement} */ (place)), 0));
}

// Whether a key scrolls first: a slide may be longer than the window, as on a phone.
function scrolls(key) {
  const page = [document.documentElement, slides[at]].find((box) => box.scrollHeight > box.clientHeight + 1);
  if (!page) return false;
  const below = page.scrollHeight - page.clientHeight - page.scrollTop > 1;
  return (below && (key === "ArrowDown" || key === " ")) || (page.scrollTop > 0 && key === "ArrowUp");
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const control = /** @type {Element} */ (event.target).closest("a, button");
  if (control && (event.key === "Enter" || event.key === " ")) return; // it is pressed instead
  if (event.key === "Escape") return end.click();
  const ends = { Home: 0, End: slides.length - 1 }[event.key];
  const by = event.shiftKey && event.key === " " ? -1 : KEYS[event.key];
  if ((ends === undefined && by === undefined) || (!event.shiftKey && scrolls(event.key))) return;
  event.preventDefault();
  turnTo(ends ?? at + by);
});

document.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("[data-turn]"); // a translator wraps each word in an element of its own
  if (button) turnTo(at + Number(button.getAttribute("data-turn")));
});

addEventListener("hashchange", fromAddress);
document.documentElement.classList.add("is-turned");
fromAddress();

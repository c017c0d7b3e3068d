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

// The slide is kept in the address, and takes no step back: that leads to the slide from which a link led here.
function turnTo(number) {
  show(number);
  history.replaceState(history.state, "", `#${slides[at].id}`);
  focusSlide();
}

// A screen reader reads the number and the title of the slide. Who turns with the buttons stays on them.
function focusSlide() {
  if (!document.activeElement.closest(".bar")) slides[at].focus({ preventScroll: true });
}

// A place in the address is a slide, or the title of one.
function fromAddress() {
  const place = document.getElementById(location.hash.slice(1))?.closest(".slide");
  turnTo(Math.max(slides.indexOf(/** @type {HTMLElement} */ (place)), 0));
}

// What is longer than the window, as on a phone, is scrolled by these keys before it is turned.
function scrolls(key) {
  const page = [document.documentElement, slides[at]].find((one) => one.scrollHeight > one.clientHeight + 1);
  if (!page) return false;
  const below = page.scrollHeight - page.clientHeight - page.scrollTop > 1;
  return (below && (key === "ArrowDown" || key === " ")) || (page.scrollTop > 0 && key === "ArrowUp");
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const control = /** @type {Element} */ (event.target).closest("a, button");
  if (control && (event.key === "Enter" || event.key === " ")) return; // what has the focus is followed
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

// @ts-check
// The page as the server last told it, part by part; only what is another than before is drawn anew.
import { morph, template } from "./morph.js";
import { keepInPlace } from "./scroll_anchor.js";

let parts = {}, number = 0;
let last = null;
const drawn = new WeakMap(), boxes = new WeakMap(), belowFold = new WeakMap();
const part = (place) => parts[place.dataset.part] ?? "";
const stale = (place) => drawn.get(place) !== part(place);

// Where things stand is told by the browser after each frame: to ask for it would lay out what is out of sight.
const sight = new IntersectionObserver((told) => {
  for (const { target, isIntersecting, boundingClientRect: box } of told) belowFold.set(target, !isIntersecting && (box.top > 0 || !box.height));
});

function watch(place) {
  const box = place.classList.contains("place") ? place.firstElementChild : place, before = boxes.get(place);
  if (box === before) return;
  if (before) sight.unobserve(before);
  if (box) sight.observe(box);
  boxes.set(place, box);
}

const isDeferred = (place) => belowFold.get(boxes.get(place)) && !place.contains(document.activeElement);

// Takes a message. False where it builds on a page that never came: then all of it is needed.
export function accept(message) {
  if (message.number === number) return true;
  if (message.base && message.base !== number) return false;
  parts = message.base ? { ...parts, ...message.parts } : message.parts;
  number = message.number;
  return true;
}

export const shownNumber = () => number;

// Draws what is in sight, and the rest once that is painted: a person waits for what they see.
export const render = (root, all, done) => keepInPlace(() => renderIn(root, all, done));

function renderIn(root, all, done) {
  if (drawn.get(root) !== parts.frame) morphInto(root, parts.frame);
  const places = [...root.querySelectorAll("[data-part]")];
  const later = new Set(all ? [] : places.filter((place) => stale(place) && isDeferred(place)));
  for (const place of places) fill(place, later);
  done();
  if (!later.size) return;
  const rest = () => { if (last === rest) render(root, true, done); };
  last = rest;
  requestAnimationFrame(() => requestAnimationFrame(rest)); // the second comes when the first is painted
  setTimeout(rest, 200); // a window that is not shown paints nothing
}

// What belongs in a place may hold further places.
function fill(place, later) {
  if (later.has(place) || !stale(place)) return;
  morphInto(place, part(place));
  watch(place);
  for (const inner of place.querySelectorAll("[data-part]")) fill(inner, later);
}

function morphInto(place, html) {
  drawn.set(place, html);
  morph(place, template(html));
}

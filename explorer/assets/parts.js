// The page as the server last told it, part by part; only what is another than before is drawn anew.
import { morph, template } from "./morph.js";

let held = {}, number = 0;
const drawn = new WeakMap();

// Takes a message. False where it builds on a page that never came: then all of it is needed.
export function taken(message) {
  if (message.number === number) return true;
  if (message.base && message.base !== number) return false;
  held = message.base ? { ...held, ...message.parts } : message.parts;
  number = message.number;
  return true;
}

export const shownNumber = () => number;

export function draw(root) {
  put(root, held.frame);
  for (const place of root.querySelectorAll("[data-part]")) put(place, held[place.dataset.part] ?? "");
}

function put(place, html) {
  if (drawn.get(place) === html) return;
  drawn.set(place, html);
  morph(place, template(html));
}

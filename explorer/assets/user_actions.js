// @ts-check
// Turns what a person does on the page into events for the server; what needs no server is done here.
import { closeDrawer, openDrawer } from "./drawer.js";
import { search } from "./history.js";
import { enqueue } from "./messages.js";
import { parsedNumber, markInvalid } from "./number_boxes.js";

const LARGEST = 200000;
export const scrollBehaviour = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
const plain = (event) => !event.metaKey && !event.ctrlKey && !event.shiftKey;

export function onClick(event, root) {
  if (event.target.matches("dialog") || event.target.closest(".close")) return event.target.closest("dialog").close();
  const link = event.target.closest("a");
  if (link) return plain(event) ? followLink(event, link) : undefined;
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.copy) return copyField(button);
  if (button.dataset.open) return openDrawer(root, button.dataset.open, button.dataset.title ?? button.firstChild.textContent);
  if (button.dataset.do) runButton(button);
}

function followLink(event, link) {
  if (link.dataset.go === undefined && !link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  if (link.dataset.go !== undefined) {
    const { go: page, ...rest } = link.dataset, drawer = link.closest("dialog");
    if (drawer) closeDrawer(drawer);
    return enqueue({ do: "navigate", page, ...rest });
  }
  link.closest("dialog")?.close();
  goToAnchor(link.hash);
}

// A button sends its own data.
function runButton(button) {
  const { ...event } = button.dataset;
  if (event.do === "clear") history.replaceState(history.state, "", location.pathname + search({}));
  const drawer = button.closest("dialog");
  if (drawer) closeDrawer(drawer);
  enqueue(event);
}

// A form sends its data, its fields and its button. Enter presses the first button; if that is hidden, the focus moves to the next.
export function onSubmit(event) {
  event.preventDefault();
  const { target: form, submitter } = event, box = form.querySelector(".number");
  const typed = parsedNumber(box) || (box.required && markInvalid(box));
  if (!typed) box.focus();
  else if (submitter.hidden) form.querySelector("[type=submit]:not([hidden])").focus();
  else enqueue({ ...form.dataset, ...Object.fromEntries(new FormData(form, submitter)), [box.name]: typed });
}

export function onChange(event) {
  const box = event.target;
  if (box.id === "all-questions") return box.closest(".explorer").classList.toggle("every", box.checked);
  const { do: what, ...rest } = box.dataset;
  if (box.dataset.file) return readFile(box);
  if (box.matches(".number")) return onNumber(box);
  if (what) enqueue({ do: what, ...rest, value: box.type === "checkbox" ? (box.checked ? "on" : "") : box.value });
}

// An invalid answer counts as not known: the earlier number is what the person meant to replace. An assumption always has a value, and the
// message beside it says which.
function onNumber(box) {
  const { do: what, finding, name } = box.dataset, typed = parsedNumber(box);
  if (typed !== null && what) enqueue({ do: what, finding, name, value: typed });
  else if (what === "number") enqueue({ do: "answer", finding, value: "" });
}

// A file is read here and sent to this session alone; nothing is uploaded or kept.
async function readFile(box) {
  const file = box.files[0];
  if (!file) return;
  const text = await file.slice(0, LARGEST + 1).text();
  const drawer = box.closest("dialog");
  if (drawer) closeDrawer(drawer);
  enqueue({ do: box.dataset.file, text });
  box.value = "";
}

async function copyField(button) {
  const field = /** @type {HTMLInputElement} */ (document.getElementById(button.dataset.copy));
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Selected: copy it with the keyboard";
  }
}

export function goToAnchor(hash) {
  const place = document.getElementById(hash.slice(1));
  if (!place) return;
  for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  place.classList.remove("idle");
  const isQuestion = place.matches(".question, .group");
  const first = isQuestion && place.querySelector("input:checked, input:not([type=radio]):not([disabled])");
  /** @type {HTMLElement} */ (first || place).focus({ preventScroll: true });
  const block = isQuestion ? "center" : "start";
  if (Math.abs(place.getBoundingClientRect().top) > innerHeight) jump(place, block, 5);
  else place.scrollIntoView({ block, behavior: scrollBehaviour() });
}

// Jumps to a distant element, for some frames: parts out of sight are laid out only once they are reached, and push it on.
function jump(place, block, frames) {
  place.scrollIntoView({ block, behavior: "instant" });
  if (frames) requestAnimationFrame(() => jump(place, block, frames - 1));
}

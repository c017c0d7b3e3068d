// @ts-check
// What a person does on the page, turned into events for the server; what needs no server is done here.
import { search } from "./address.js";
import { open, shut } from "./drawer.js";
import { present } from "./present.js";
import { numberIn, wrong } from "./numbers.js";
import { happened } from "./queue.js";

const LARGEST = 200000;
export const calmly = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
const plain = (event) => !event.metaKey && !event.ctrlKey && !event.shiftKey;
const value = (id) => /** @type {HTMLInputElement} */ (document.getElementById(id))?.value ?? "";

export function clicked(event) {
  const link = event.target.closest("a");
  if (link) return plain(event) ? followed(event, link) : undefined;
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.copy) return copy(button);
  if ("present" in button.dataset) return present(true);
  if (button.dataset.open) return open(button.dataset.open, button.dataset.title ?? button.firstChild.textContent);
  if (button.dataset.do) done(button);
}

function followed(event, link) {
  if (link.dataset.go === undefined && !link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  if (link.dataset.go !== undefined) {
    const { go: page, ...rest } = link.dataset, drawer = link.closest("dialog");
    if (drawer) shut(drawer);
    return happened({ do: "go", page, ...rest });
  }
  goTo(link);
}

// A button tells its own data, and the values of the fields that it names.
function done(button) {
  const { do: what, from, fields, ...rest } = button.dataset;
  if (what === "entry") {
    const box = document.getElementById(from), typed = numberIn(box);
    return typed ? happened({ do: "number", finding: rest.finding, value: typed }) : box.focus();
  }
  if (what === "clear") history.replaceState(history.state, "", location.pathname + search({}));
  if (what === "later") {
    const box = document.getElementById(from), weeks = numberIn(box) || wrong(box);
    if (weeks === null) return box.focus();
    Object.assign(rest, { weeks, care: /** @type {HTMLInputElement} */ (document.getElementById("meanwhile")).checked });
  }
  if (what === "against") rest.value = value(from);
  for (const name of fields?.split(" ") ?? []) rest[name] = value(name);
  const drawer = button.dataset.stay === undefined && button.closest("dialog");
  if (drawer) shut(drawer);
  happened({ do: what, ...rest });
}

export function changed(event) {
  const box = event.target;
  if (box.id === "all-questions") return box.closest(".explorer").classList.toggle("every", box.checked);
  const { do: what, ...rest } = box.dataset;
  if (box.dataset.file) return opened(box);
  if (box.matches(".number")) return counted(box);
  if (what) happened({ do: what, ...rest, value: box.type === "checkbox" ? (box.checked ? "on" : "") : box.value });
}

// An answer that can't be read is not known: the number of before would stand for what the person meant to take back. An assumption
// always has a value, and the words beside it say which.
function counted(box) {
  const { do: what, finding, name } = box.dataset, typed = numberIn(box);
  if (typed !== null && what) happened({ do: what, finding, name, value: typed });
  else if (what === "number") happened({ do: "answer", finding, value: "" });
}

// Enter answers the question that is asked; after the weeks until the next visit it goes on to how things went by then.
export function entered(event) {
  const box = event.target, answers = box.closest(".answers");
  const button = answers.querySelector("[data-do=entry]"), next = answers.querySelector("[data-do=later]");
  if (button) button.click();
  if (!next) return;
  event.preventDefault();
  if (numberIn(box) || (numberIn(box) === "" && wrong(box))) next.focus();
}

// A file is read here and sent to this session alone; nothing is uploaded or kept.
async function opened(box) {
  const file = box.files[0];
  if (!file) return;
  const text = file.size > LARGEST ? "x".repeat(LARGEST + 1) : await file.text();
  const drawer = box.closest("dialog");
  if (drawer) shut(drawer); // before the file: what is said of it would be gone with the next thing told
  happened({ do: box.dataset.file, text });
  box.value = "";
}

async function copy(button) {
  const field = /** @type {HTMLInputElement} */ (document.getElementById(button.dataset.copy));
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Selected: copy it with the keyboard";
  }
}

function goTo(link) {
  link.closest("dialog")?.close();
  toPlace(link.hash);
}

export function toPlace(hash) {
  const place = document.getElementById(hash.slice(1));
  if (!place) return;
  for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  place.classList.remove("idle");
  const asked = place.matches(".question, .group");
  const first = asked && place.querySelector("input:checked, input:not([type=radio]):not([disabled])");
  /** @type {HTMLElement} */ (first || place).focus({ preventScroll: true });
  const block = asked ? "center" : "start";
  if (Math.abs(place.getBoundingClientRect().top) > innerHeight) jump(place, block, 5);
  else place.scrollIntoView({ block, behavior: calmly() });
}

// What is far is jumped to, for some frames: what is out of sight is laid out once one is there, and pushes it on.
function jump(place, block, frames) {
  place.scrollIntoView({ block, behavior: "instant" });
  if (frames) requestAnimationFrame(() => jump(place, block, frames - 1));
}

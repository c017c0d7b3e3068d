// @ts-check
// The Explore page as one component: takes the parts of the page that changed, puts them in place, and keeps what a person sees in place.
import { Idiomorph } from "./vendor/idiomorph.js";
import { ignoreDoubleClicks, afterRender } from "./double_click.js";
import { fits } from "./drawer.js";
import { drawerClosed, isHere, search, setPendingAddress } from "./history.js";
import { acknowledge, changesResult, enqueue, flush, hasOpenAnswers, isPending } from "./messages.js";
import { forgive } from "./number_boxes.js";
import { moveFocus } from "./radio_keys.js";
import { keepInPlace, release, trackPressed } from "./scroll_anchor.js";
import { goToAnchor, onChange, onClick, onSubmit, scrollBehaviour } from "./user_actions.js";

let parts = {}, number = 0, asked = 0;
const drawn = new WeakMap();

export function show({ data, parentElement, setStateValue }) {
  const before = parentElement.querySelector(":scope > .explorer"), root = before ?? begun(parentElement);
  const whole = accept(data);
  const answered = acknowledge(setStateValue, data, whole ? number : 0);
  if (answered) setPendingAddress(data.address, onlyNumber(answered));
  if (!whole || isStale(data, answered)) return enqueue({ do: "whole" });
  const was = look(root);
  keepInPlace(() => draw(root));
  root.querySelectorAll("a[data-here]").forEach((link) => { link.search = search({ ...data.address, s: data.shown }); });
  if (before) tell(root, was, answered ?? []);
  else arrive();
  afterRender();
  const slow = root.querySelector("[data-wait]");
  if (slow && slow !== root.waits) enqueue({ do: "compute", of: slow.dataset.wait });
  root.waits = slow;
  flush();
}

// Takes a message. False where it builds on a page that never came: then all of it is needed.
function accept({ base, number: next, parts: sent }) {
  if (base && base !== number && next !== number) return false;
  if (next !== number) parts = base ? { ...parts, ...sent } : sent;
  number = next;
  return true;
}

// A page that nothing done here asked for must be of this address; where it is not, it is asked for, once.
function isStale(data, answered) {
  if (answered || isPending() || isHere(data.address) || asked === data.number) return false;
  asked = data.number;
  return true;
}

function draw(root) {
  const boxes = () => [...root.querySelectorAll("input[data-do]")], chosen = boxes().map((box) => [box, box.checked, box.value]);
  if (drawn.get(root) !== parts.frame) morph(root, parts.frame);
  fill(root);
  // While answers are on their way, what a person chose or typed stands; then it gives way to what the server knows.
  if (hasOpenAnswers()) chosen.forEach(([box, checked, value]) => settle(box, checked, value));
  else boxes().forEach((box) => { forgive(box); settle(box, box.defaultChecked, box.defaultValue); });
  for (const fold of root.querySelectorAll("details[data-wide]:not([data-seen])")) fold.open ||= matchMedia("(min-width: 900px)").matches;
  root.querySelectorAll("details[data-wide]").forEach((fold) => { fold.dataset.seen = ""; });
}

// What belongs in a place may hold further places.
function fill(within) {
  for (const place of within.querySelectorAll("[data-part]")) {
    const html = parts[place.dataset.part] ?? "";
    if (place.nodeName === "DIALOG" ? !fits(place, html) : drawn.get(place) === html) continue;
    morph(place, html);
    fill(place);
  }
}

/** @type {any} the library's own types want every callback */
const callbacks = {
  beforeNodeMorphed: (old, fresh) => {
    if (!old.dataset) return true; // a text
    if (old.isEqualNode(fresh)) return false;
    if (isOnesOwn(old)) old.defaultValue = fresh.defaultValue;
    if (old.dataset.fold !== fresh.dataset.fold && !old.contains(document.activeElement)) old.open = fresh.dataset.fold === "open";
    if ("part" in old.dataset && old.className !== fresh.className) old.className = fresh.className; // what is in it comes by itself
    return !("part" in old.dataset || "keep" in old.dataset || isOnesOwn(old));
  },
  beforeAttributeUpdated: (name, old) => !(old.nodeName === "DETAILS" && (name === "open" || name === "data-seen")),
};

function morph(place, html) {
  drawn.set(place, html);
  Idiomorph.morph(place, html, { morphStyle: "innerHTML", callbacks });
}

// Nobody's typing is undone: what is being typed, with what is selected to be typed over, and what can't be read.
const isOnesOwn = (box) => box.matches(".number") && (box === document.activeElement || !box.validity.valid);

function settle(box, checked, value) {
  if (box.type === "radio" || box.type === "checkbox") box.checked = checked;
  else if (!isOnesOwn(box)) box.value = value;
}

// What is seen before the page is drawn anew: where the focus is, the result in one line, whether a red flag shows.
function look(root) {
  const focused = root.contains(document.activeElement) ? document.activeElement : null;
  return { focused, ids: ids(focused, root), inCard: focused?.closest("#ask"), strip: strip(root), held: root.querySelector("#takeover") };
}

const strip = (root) => root.querySelector(".strip")?.textContent;
const ids = (one, root) => (!one || one === root ? [] : [...(one.id ? [one.id] : []), ...ids(one.parentElement, root)]);

function tell(root, was, answered) {
  if (was.focused && !hasFocus(root)) refocus(root, was);
  const held = root.querySelector("#takeover"), visit = root.querySelector(".visits > .here button");
  const top = held && !was.held ? held.getBoundingClientRect().top : 0;
  if (top < 0 || top > innerHeight * 0.8) intoView(held, "start");
  else if (visit && answered.some(({ do: what }) => what === "add-visit")) intoView(visit, "center");
  if (answered.some(changesResult) && strip(root) === was.strip) stillSaid(was.strip);
}

// A red flag, or a new visit, is brought into sight wherever on the page it was asked for.
function intoView(one, block) {
  release();
  one.scrollIntoView({ block, behavior: scrollBehaviour() });
}

// An answer that leaves the summary as it was is heard all the same. Said twice, it differs in a blank, or no screen reader would say it.
function stillSaid(summary) {
  const live = document.getElementById("live"), words = `Noted. No change: ${summary}`;
  if (live) live.textContent = live.textContent === words ? `${words}\u00a0` : words;
}

// What was folded away with the focus in it keeps that until the next frame only.
const hasFocus = (root) => root.contains(document.activeElement) && document.activeElement.checkVisibility();

// What had the focus is gone: the next question, or what it stood in. What is folded away, or can't have the focus, does not take it.
function refocus(root, { inCard, ids: within }) {
  const names = [within[0], inCard && "ask-title", ...within, "status"];
  for (const one of names.map((id) => id && document.getElementById(id)).filter(Boolean)) {
    const near = [one, one.closest("details:not([open])")?.querySelector("summary"), one.querySelector("summary, a, button, input")];
    for (const other of near) {
      if (!hasFocus(root)) /** @type {?HTMLElement} */ (other)?.focus({ preventScroll: !inCard });
      if (hasFocus(root)) return;
    }
  }
}

function begun(parent) {
  const root = document.createElement("div");
  root.className = "explorer";
  root.style.marginTop = `${-above(parent)}px`;
  parent.append(root);
  root.addEventListener("click", (event) => onClick(event, root));
  root.addEventListener("change", onChange);
  root.addEventListener("keydown", moveFocus);
  root.addEventListener("submit", onSubmit);
  root.addEventListener("close", drawerClosed, true);
  ignoreDoubleClicks(root);
  trackPressed(root);
  document.documentElement.lang = "en-GB";
  theme(parent);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(theme, 60, parent));
  return root;
}

// What Streamlit leaves free above the page, wherever that is scrolled to.
const above = (one) => { let top = one.getBoundingClientRect().top; for (; one; one = one.parentElement) top += one.scrollTop; return top; };

// The theme is Streamlit's, which gives its own text to what is round a component: dark where that is light.
function theme(parent) {
  const [red, green, blue] = getComputedStyle(parent).color.match(/[\d.]+/g).map(Number);
  document.documentElement.dataset.theme = red + green + blue > 382 ? "dark" : "light";
}

// A place in the address is gone to, but not kept: to who comes back to an address with a place, Streamlit shows nothing new.
function arrive() {
  const { hash } = location;
  if (!hash) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  goToAnchor(hash);
}

addEventListener("hashchange", arrive);

// The one number that all of these events change, by its name.
function onlyNumber(events) {
  const names = new Set(events.map(({ do: what, finding, name }) => (what === "number" || what === "assume" ? finding ?? name : "")));
  return names.size === 1 ? [...names][0] : "";
}

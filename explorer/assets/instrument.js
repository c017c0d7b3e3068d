// @ts-check
// The Explore page as one component: accepts the parts that changed, renders them, and keeps the focus and the pressed control in place.
import { Idiomorph } from "./vendor/idiomorph.js";
import { ignoreDoubleClicks, afterRender } from "./double_click.js";
import { fits } from "./drawer.js";
import { drawerClosed, isHere, search, setPendingAddress } from "./history.js";
import { acknowledge, changesResult, enqueue, flush, hasOpenAnswers, isPending } from "./messages.js";
import { clearOldError } from "./number_boxes.js";
import { moveFocus } from "./radio_keys.js";
import { keepInPlace, release, trackPressed } from "./scroll_anchor.js";
import { goToAnchor, onChange, onClick, onSubmit, scrollBehaviour } from "./user_actions.js";

let parts = {}, number = 0, requested = 0;
const rendered = new WeakMap();

export function show({ data, parentElement, setStateValue }) {
  const mounted = parentElement.querySelector(":scope > .explorer"), root = mounted ?? createRoot(parentElement);
  const whole = accept(data);
  const answered = acknowledge(setStateValue, data, whole ? number : 0);
  if (answered) setPendingAddress(data.address, onlyNumber(answered));
  if (!whole || isStale(data, answered)) return enqueue({ do: "whole" });
  const before = snapshot(root);
  keepInPlace(() => render(root));
  root.querySelectorAll("a[data-here]").forEach((link) => { link.search = search({ ...data.address, s: data.token }); });
  if (mounted) guideAttention(root, before, answered ?? []);
  else goToAddressAnchor();
  afterRender();
  const slow = root.querySelector("[data-wait]");
  if (slow && slow !== root.waits) enqueue({ do: "compute", of: slow.dataset.wait });
  root.waits = slow;
  flush();
}

// Accepts a message. False if it builds on a page that never arrived; then the whole page is needed.
function accept({ base, number: next, parts: sent }) {
  if (base && base !== number && next !== number) return false;
  if (next !== number) parts = base ? { ...parts, ...sent } : sent;
  number = next;
  return true;
}

// Whether a page that answers no event is of another address than the browser's. It is requested again once.
function isStale(data, answered) {
  if (answered || isPending() || isHere(data.address) || requested === data.number) return false;
  requested = data.number;
  return true;
}

function render(root) {
  const boxes = () => [...root.querySelectorAll("input[data-do]")], chosen = boxes().map((box) => [box, box.checked, box.value]);
  if (rendered.get(root) !== parts.frame) morph(root, parts.frame);
  fill(root);
  // While answers are on their way, what a person chose or typed stays; then the server's values replace it.
  if (hasOpenAnswers()) chosen.forEach(([box, checked, value]) => setInput(box, checked, value));
  else boxes().forEach((box) => { clearOldError(box); setInput(box, box.defaultChecked, box.defaultValue); });
  for (const fold of root.querySelectorAll("details[data-wide]:not([data-seen])")) fold.open ||= matchMedia("(min-width: 900px)").matches;
  root.querySelectorAll("details[data-wide]").forEach((fold) => { fold.dataset.seen = ""; });
}

// Fills each slot with its part, which may have slots of its own.
function fill(within) {
  for (const place of within.querySelectorAll("[data-part]")) {
    const html = parts[place.dataset.part] ?? "";
    if (place.nodeName === "DIALOG" ? !fits(place, html) : rendered.get(place) === html) continue;
    morph(place, html);
    fill(place);
  }
}

/** @type {any} the library's own types want every callback */
const callbacks = {
  beforeNodeMorphed: (old, fresh) => {
    if (!old.dataset) return true; // a text
    if (old.isEqualNode(fresh)) return false;
    if (isBeingEdited(old)) old.defaultValue = fresh.defaultValue;
    if (old.dataset.fold !== fresh.dataset.fold && !old.contains(document.activeElement)) old.open = fresh.dataset.fold === "open";
    if ("part" in old.dataset && old.className !== fresh.className) old.className = fresh.className; // its part is rendered separately
    return !("part" in old.dataset || "keep" in old.dataset || isBeingEdited(old));
  },
  beforeAttributeUpdated: (name, old) => !(old.nodeName === "DETAILS" && (name === "open" || name === "data-seen")),
};

function morph(place, html) {
  rendered.set(place, html);
  Idiomorph.morph(place, html, { morphStyle: "innerHTML", callbacks });
}

// Whether a number is being typed or is invalid: a render must not overwrite it.
const isBeingEdited = (box) => box.matches(".number") && (box === document.activeElement || !box.validity.valid);

function setInput(box, checked, value) {
  if (box.type === "radio" || box.type === "checkbox") box.checked = checked;
  else if (!isBeingEdited(box)) box.value = value;
}

// The state before a render: the focus, the result in one line, and the red flag.
function snapshot(root) {
  const focused = root.contains(document.activeElement) ? document.activeElement : null;
  return { focused, ids: ids(focused, root), inCard: focused?.closest("#ask"), strip: strip(root), takeover: root.querySelector("#takeover") };
}

const strip = (root) => root.querySelector(".strip")?.textContent;
const ids = (node, root) => (!node || node === root ? [] : [...(node.id ? [node.id] : []), ...ids(node.parentElement, root)]);

function guideAttention(root, before, answered) {
  if (before.focused && !hasFocus(root)) refocus(root, before);
  const takeover = root.querySelector("#takeover"), visit = root.querySelector(".visits > .here button");
  const top = takeover && !before.takeover ? takeover.getBoundingClientRect().top : 0;
  if (top < 0 || top > innerHeight * 0.8) intoView(takeover, "start");
  else if (visit && answered.some(({ do: what }) => what === "add-visit")) intoView(visit, "center");
  if (answered.some(changesResult) && strip(root) === before.strip) announceNoChange(before.strip);
}

// Scrolls to a red flag or a new visit, wherever on the page the action was.
function intoView(element, block) {
  release();
  element.scrollIntoView({ block, behavior: scrollBehaviour() });
}

// Announces an answer that leaves the summary unchanged. A repeated text differs in a space, or no screen reader would read it.
function announceNoChange(summary) {
  const live = document.getElementById("live"), words = `Noted. No change: ${summary}`;
  if (live) live.textContent = live.textContent === words ? `${words}\u00a0` : words;
}

// Visibility is checked too: an element that was folded away keeps the focus until the next frame.
const hasFocus = (root) => root.contains(document.activeElement) && document.activeElement.checkVisibility();

// Moves the focus from an element that is gone: to the next question, or to the nearest element around it that can have the focus.
function refocus(root, { inCard, ids: within }) {
  const names = [within[0], inCard && "ask-title", ...within, "status"];
  for (const element of names.map((id) => id && document.getElementById(id)).filter(Boolean)) {
    const closed = element.closest("details:not([open])")?.querySelector("summary"), inner = element.querySelector("summary, a, button, input");
    for (const target of [element, closed, inner]) {
      if (!hasFocus(root)) /** @type {?HTMLElement} */ (target)?.focus({ preventScroll: !inCard });
      if (hasFocus(root)) return;
    }
  }
}

function createRoot(parent) {
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

// The space that Streamlit leaves above the page, however far it is scrolled.
const above = (box) => { let top = box.getBoundingClientRect().top; for (; box; box = box.parentElement) top += box.scrollTop; return top; };

// Follows Streamlit's theme: dark where the text around the component is light.
function theme(parent) {
  const [red, green, blue] = getComputedStyle(parent).color.match(/[\d.]+/g).map(Number);
  document.documentElement.dataset.theme = red + green + blue > 382 ? "dark" : "light";
}

// Goes to the anchor in the address, and removes it there: at an address with an anchor, Streamlit shows nothing new after Back.
function goToAddressAnchor() {
  const { hash } = location;
  if (!hash) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  goToAnchor(hash);
}

addEventListener("hashchange", goToAddressAnchor);

// The name of the one number that all of these events change; empty where there is none.
function onlyNumber(events) {
  const names = new Set(events.map(({ do: what, finding, name }) => (what === "number" || what === "assume" ? finding ?? name : "")));
  return names.size === 1 ? [...names][0] : "";
}

// @ts-check
// Shows a page that the server laid out, and keeps it in place while it changes.
import { isStale, updateLinks, setPendingAddress } from "./address.js";
import { scrollBehaviour, onChange, onClick, onEnter, goToAnchor } from "./user_actions.js";
import { changesResult } from "./stale_result.js";
import { fillDrawer } from "./drawer.js";
import { searchRules } from "./rule_search.js";
import { syncInputs } from "./morph.js";
import { restoreUnread } from "./number_boxes.js";
import { render, shownNumber, accept } from "./render.js";
import { moveFocus } from "./radio_keys.js";
import { trackPressed, release } from "./scroll_anchor.js";
import { installPopovers } from "./glossary_popover.js";
import { afterRender, ignoreDoubleClicks } from "./double_click.js";
import { requestDeferredWork } from "./deferred_work.js";
import { acknowledge, hasOpenAnswers, isPending, enqueue, onlyNumber, flush } from "./event_queue.js";

const seen = new WeakSet();
let root = null, from = null, leaving = 0, lastPage = null, wasHeld = false;

export function styled(href) {
  return new Promise((done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.onload = link.onerror = done;
    document.head.append(link);
  });
}

export function show({ data, parentElement, setTriggerValue }) {
  if (!parentElement.isConnected) return; // it was left before it could be shown
  from = parentElement;
  clearTimeout(leaving);
  if (!root?.isConnected) root = made(parentElement.closest(".stMainBlockContainer"));
  const whole = accept(data);
  const mine = acknowledge(setTriggerValue, data.ack, whole ? shownNumber() : 0, data.base);
  if (mine) setPendingAddress(data.address, onlyNumber(mine));
  if (!whole || (!mine && !isPending() && isStale(data.address, data.number))) return enqueue({ do: "whole" });
  if (lastPage !== data.page) release();
  const focused = document.activeElement;
  const place = focused && root.contains(focused) ? { id: focused.id, ask: focused.closest("#ask"), within: ids(focused.parentElement) } : null;
  const before = inShort();
  render(root, false, () => { if (!hasOpenAnswers()) syncInputs(root); restoreUnread(!hasOpenAnswers()); unfold(); });
  updateLinks(root, data.shown);
  refocus(place);
  fillDrawer(root, data);
  requestDeferredWork(root);
  takeOver();
  if (mine?.some(({ do: what }) => what === "add-visit")) visitShown();
  if (mine?.some(changesResult) && inShort() === before) stillSaid(before);
  afterRender();
  for (const one of root.querySelectorAll("[data-link]")) one.value = new URL(one.getAttribute("value"), location.href).href;
  if (lastPage !== null && lastPage !== data.page) root.parentElement.closest(".stMain").scrollTo(0, 0);
  if (lastPage === null) arrive();
  lastPage = data.page;
  flush();
}

// A page that is left stays until the next one is there, with the focus; where none comes, it goes.
export function gone(parentElement) {
  if (from !== parentElement) return;
  root?.querySelector("dialog[open]")?.close();
  leaving = setTimeout(() => root?.remove(), 2000);
}

// A place in the address is gone to, but not kept: to who comes back to an address with a place, Streamlit shows nothing new.
function arrive() {
  const { hash } = location;
  if (!hash) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  goToAnchor(hash);
}

addEventListener("hashchange", arrive);

// Beside what Streamlit shows, not in it: Streamlit marks what it redoes, twice at every answer, and each mark takes a frame.
function made(parent) {
  const div = document.createElement("div");
  div.className = "explorer";
  parent.append(div);
  div.addEventListener("click", onClick);
  div.addEventListener("change", onChange);
  div.addEventListener("input", (event) => {
    const box = /** @type {HTMLInputElement} */ (event.target);
    if ("find" in box.dataset) searchRules(div, box.value);
  });
  div.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && /** @type {HTMLInputElement} */ (event.target).matches(".number")) onEnter(event);
  });
  div.addEventListener("keydown", moveFocus);
  ignoreDoubleClicks(div);
  installPopovers(div);
  trackPressed(div);
  theme();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTimeout(theme, 60));
  return div;
}

// The theme is Streamlit's: dark where its text is light.
function theme() {
  const ink = getComputedStyle(document.querySelector(".stApp") ?? document.body).color.match(/[\d.]+/g).map(Number);
  const dark = ink[0] + ink[1] + ink[2] > 382;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
  document.documentElement.lang = "en-GB";
}

// Of what it stands in, nearest first.
const ids = (one) => (one === root ? [] : [...(one.id ? [one.id] : []), ...ids(one.parentElement)]);

function refocus(place) {
  if (!place || root.contains(document.activeElement)) return;
  for (const id of [place.id, place.ask && "ask-title", ...place.within, "status"].filter(Boolean)) {
    const one = document.getElementById(id);
    one?.focus({ preventScroll: !place.ask });
    const near = [one?.closest("details:not([open])")?.querySelector("summary"), one?.querySelector("summary, a, button, input")];
    for (const other of near)
      if (!root.contains(document.activeElement)) /** @type {?HTMLElement} */ (other)?.focus({ preventScroll: true });
    if (root.contains(document.activeElement)) return; // what is folded away, or can't have the focus, does not take it
  }
}

const inShort = () => root.querySelector(".strip")?.textContent;

// An answer that leaves the summary as it was is heard all the same. Said twice, it differs in a blank, or no screen reader would say it.
function stillSaid(summary) {
  const live = document.getElementById("live"), words = `Noted. No change: ${summary}`;
  if (live) live.textContent = live.textContent === words ? `${words}\u00a0` : words;
}

// A visit comes above the button that made it, on a phone out of sight: it is brought there.
function visitShown() {
  const head = root.querySelector(".visits > .here button"); // the row itself may be higher than the screen
  if (!head) return;
  release();
  head.scrollIntoView({ block: "center", behavior: scrollBehaviour() });
}

function unfold() {
  const roomy = matchMedia("(min-width: 900px)").matches;
  for (const one of root.querySelectorAll("details[data-wide]")) {
    if (!seen.has(one) && roomy) one.open = true;
    seen.add(one);
  }
}

// A red flag is brought into sight at once, wherever on the page it was said to be there.
function takeOver() {
  const held = root.querySelector("#takeover");
  const top = held && !wasHeld && lastPage !== null ? held.getBoundingClientRect().top : 0;
  if (top < 0 || top > innerHeight * 0.8) {
    release();
    held.scrollIntoView({ block: "start", behavior: scrollBehaviour() });
  }
  wasHeld = Boolean(held);
}

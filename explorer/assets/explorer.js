// Keeps a page in place: puts new markup where the old one differs, and sends what a person did, in order.
const queue = [];
const seen = new WeakSet();
let inFlight = null, sent = 0, send = null, root = null, drawn = null, lastPage = null, wasHeld = false;

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
  send = setTriggerValue;
  root = parentElement.querySelector(":scope > .explorer") ?? made(parentElement);
  theme();
  if (inFlight && data.ack >= inFlight.n) inFlight = null;
  if (!inFlight && data.ack > sent) sent = data.ack;
  drawn = data.drawer;
  const fresh = document.createElement("template");
  fresh.innerHTML = data.html;
  const focused = document.activeElement;
  const place = focused && root.contains(focused) ? { id: focused.id, ask: focused.closest("#ask") } : null;
  morph(root, fresh.content);
  refocus(place);
  refresh();
  dress();
  takeOver();
  for (const one of root.querySelectorAll("[data-link]")) one.value = new URL(one.getAttribute("value"), location.href).href;
  if (lastPage !== null && lastPage !== data.page) window.scrollTo(0, 0);
  lastPage = data.page;
  post();
}

function made(parent) {
  const div = document.createElement("div");
  div.className = "explorer";
  parent.append(div);
  div.addEventListener("click", clicked);
  div.addEventListener("change", changed);
  div.addEventListener("input", (event) => { if ("find" in event.target.dataset) find(event.target.value); });
  div.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("#ask input[type=number]"))
      event.target.parentElement.querySelector("[data-do=entry]").click();
  });
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

function morph(old, fresh) {
  let at = old.firstChild;
  const named = new Map([...old.children].filter((one) => one.id).map((one) => [one.id, one]));
  for (const next of [...fresh.childNodes]) {
    const found = next.id ? named.get(next.id) : same(at, next) ? at : null;
    if (found && found.nodeName === next.nodeName) {
      if (found === at) at = at.nextSibling;
      else old.insertBefore(found, at);
      update(found, next);
    } else old.insertBefore(next, at);
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    if (!(gone.dataset && "keep" in gone.dataset)) gone.remove();
  }
}

const same = (at, next) => at && at.nodeType === next.nodeType && at.nodeName === next.nodeName && !at.id;

function update(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  if ("keep" in old.dataset) return;
  for (const { name } of [...old.attributes])
    if (!fresh.hasAttribute(name) && !(name === "open" && old.nodeName === "DETAILS")) old.removeAttribute(name);
  for (const { name, value } of [...fresh.attributes])
    if (old.getAttribute(name) !== value && !(name === "open" && old.nodeName === "DETAILS")) old.setAttribute(name, value);
  if (old.nodeName === "INPUT") settle(old, fresh);
  morph(old, fresh);
}

// While answers are still on their way, what a person chose stands.
function settle(old, fresh) {
  if (queue.length || inFlight) return;
  if (old.type === "radio" || old.type === "checkbox") old.checked = fresh.hasAttribute("checked");
  else if (old.hasAttribute("data-do") && old.value !== (fresh.getAttribute("value") ?? "") && document.activeElement !== old)
    old.value = fresh.getAttribute("value") ?? "";
}

function refocus(place) {
  if (!place || root.contains(document.activeElement)) return;
  const again = place.id && document.getElementById(place.id);
  (again || (place.ask && document.getElementById("ask-title")) || document.getElementById("status"))?.focus({ preventScroll: !place.ask });
}

const roomy = () => matchMedia("(min-width: 900px)").matches;

function refresh() {
  for (const one of root.querySelectorAll("details[data-wide]")) {
    if (!seen.has(one) && roomy()) one.open = true;
    seen.add(one);
  }
  const drawer = root.querySelector("dialog[open]");
  if (drawer && drawn?.name === drawer.dataset.part) fill(drawer, drawn.html);
}

// A red flag is brought into sight at once, wherever on the page it was said to be there.
function takeOver() {
  const held = root.querySelector("#takeover");
  const top = held?.getBoundingClientRect().top;
  if (held && !wasHeld && lastPage !== null && (top < 0 || top > innerHeight * 0.8))
    held.scrollIntoView({ block: "start", behavior: calmly() });
  wasHeld = Boolean(held);
}

const calmly = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

function happened(event) {
  queue.push(event);
  post();
}

function post() {
  if (inFlight || !queue.length || !send) return;
  inFlight = { n: ++sent, events: queue.splice(0) };
  const mine = inFlight;
  send("event", inFlight);
  setTimeout(() => { if (inFlight === mine) { inFlight = null; post(); } }, 8000);
}

function clicked(event) {
  const page = event.target.closest("a[data-go]");
  if (page && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
    event.preventDefault();
    return happened({ do: "go", page: page.dataset.go });
  }
  const copied = event.target.closest("[data-copy]");
  if (copied) return copy(copied);
  if (event.target.closest("[data-present]")) return present(true);
  const link = event.target.closest('a[href^="#"]');
  if (link && !event.metaKey && !event.ctrlKey) {
    event.preventDefault();
    return goTo(link);
  }
  const opener = event.target.closest("[data-open]");
  if (opener) return openDrawer(opener.dataset.open, opener.firstChild.textContent);
  const doing = event.target.closest("button[data-do]");
  if (!doing) return;
  const { do: what, from, ...rest } = doing.dataset;
  if (what === "entry") {
    const box = document.getElementById(from);
    if (box.value.trim() === "") return box.focus();
    return happened({ do: "number", finding: rest.finding, value: box.value });
  }
  if (what === "later")
    return happened({ do: what, value: rest.value, weeks: document.getElementById(from).value, care: document.getElementById("meanwhile").checked });
  if (what === "against") return happened({ do: what, value: document.getElementById(from).value });
  if (what === "clear") history.replaceState(history.state, "", location.pathname);
  doing.closest("dialog")?.close();
  happened({ do: what, ...rest });
}

function changed(event) {
  const box = event.target;
  if (box.id === "all-questions") return root.classList.toggle("every", box.checked);
  const { do: what, ...rest } = box.dataset;
  if (box.dataset.file) return opened(box);
  if (!what) return;
  if (box.type === "number" && box.validity.badInput) return;
  happened({ do: what, ...rest, value: box.type === "checkbox" ? (box.checked ? "on" : "") : box.value });
}

const LARGEST = 200000;

// A file is read here and sent to this session alone; nothing is uploaded or kept.
async function opened(box) {
  const file = box.files[0];
  if (!file) return;
  const text = file.size > LARGEST ? "x".repeat(LARGEST + 1) : await file.text();
  box.closest("dialog")?.close();
  happened({ do: box.dataset.file, text });
  box.value = "";
}

async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Selected: copy it with the keyboard";
  }
}

// For the wall: large type, one thing at a time, forwards and back by keyboard.
let slide = -1;
const slides = () => [...root.querySelectorAll("#status, #ask, .ladder-box, .caveat, #walk, .verdict-group, #readings, .safety-net")];

function present(on) {
  root.classList.toggle("present", on);
  document.documentElement.classList.toggle("presenting", on);
  let bar = root.querySelector(".slides");
  if (on && !bar) {
    bar = document.createElement("div");
    bar.className = "slides";
    bar.dataset.keep = "";
    bar.innerHTML = `<button type="button" class="quiet" data-step="-1">Back</button><span role="status"></span>
      <button type="button" class="quiet" data-step="1">Next</button><button type="button" class="quiet" data-step="0">End (Esc)</button>`;
    bar.addEventListener("click", (event) => turn(Number(event.target.closest("[data-step]")?.dataset.step ?? NaN)));
    root.append(bar);
  }
  slide = on ? 0 : -1;
  dress();
  if (on) bar.querySelector("[data-step='1']").focus();
  else document.getElementById("present")?.focus();
}

function turn(by) {
  if (Number.isNaN(by)) return;
  if (by === 0) return present(false);
  slide = Math.min(Math.max(slide + by, 0), slides().length - 1);
  dress();
  scrollTo(0, 0);
}

function dress() {
  const every = slides();
  for (const one of root.querySelectorAll(".slide")) one.classList.remove("slide");
  if (slide < 0) return;
  const shown = every[Math.min(slide, every.length - 1)];
  shown.classList.add("slide");
  if (shown?.tagName === "DETAILS") shown.open = true;
  const bar = root.querySelector(".slides span");
  if (bar) bar.textContent = `${slide + 1} of ${every.length}`;
}

document.addEventListener("keydown", (event) => {
  if (!root || event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input, select, textarea") || root.querySelector("dialog[open]");
  if (slide < 0) return event.key === "p" && !typing && root.querySelector("#present") ? present(true) : undefined;
  if (typing) return;
  const by = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1, Escape: 0 }[event.key];
  if (by !== undefined) { event.preventDefault(); turn(by); }
});

function find(words) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const fold of root.querySelectorAll("details.rules")) {
    let some = 0;
    for (const one of fold.querySelectorAll("[data-search]")) {
      const text = (fold.firstChild.textContent + one.textContent).toLowerCase();
      one.hidden = !wanted.every((word) => text.includes(word));
      if (!one.hidden) some += 1;
    }
    fold.hidden = !some;
    fold.open = wanted.length > 0 && some > 0;
    found += some;
  }
  document.getElementById("found").textContent = wanted.length ? `${found} found` : "";
}

function goTo(link) {
  link.closest("dialog")?.close();
  const place = document.getElementById(link.hash.slice(1));
  if (!place) return;
  const fold = place.closest("details");
  if (fold) fold.open = true;
  place.classList.remove("idle");
  const asked = place.matches(".question, .group");
  const first = asked && place.querySelector("input:checked, input:not([type=radio]):not([disabled])");
  (first || place).focus({ preventScroll: true });
  place.scrollIntoView({ block: asked ? "center" : "start", behavior: calmly() });
}

// The drawer opens at once, and is filled when what it holds has come.
function openDrawer(part, title) {
  const drawer = root.querySelector("dialog") ?? dialog();
  drawer.dataset.part = part;
  fill(drawer, drawn?.name === part ? drawn.html : `<h2 id="drawer-title" tabindex="-1"></h2>`);
  if (drawn?.name !== part) drawer.querySelector("h2").textContent = title;
  drawer.showModal();
  drawer.scrollTop = 0;
  drawer.querySelector("#drawer-title")?.focus();
  happened({ do: "open", part });
}

function dialog() {
  const made = document.createElement("dialog");
  made.dataset.keep = "";
  made.className = "drawer";
  made.setAttribute("aria-labelledby", "drawer-title");
  made.addEventListener("click", (event) => { if (event.target === made) made.close(); });
  // Told with the next thing that is done: closing changes nothing that is shown.
  made.addEventListener("close", () => queue.push({ do: "open", part: "" }));
  root.append(made);
  return made;
}

function fill(drawer, html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = `<div class="drawer-in"><button type="button" class="quiet close">Close</button>${html}</div>`;
  if (drawer.open) morph(drawer, fresh.content);
  else drawer.replaceChildren(fresh.content);
  drawer.querySelector(".close").onclick = () => drawer.close();
}

// @ts-check
// The drawer opens at once, and is filled when what it holds has come.
import { morph, template } from "./morph.js";
import { flushAddress } from "./address.js";
import { drawerClosed, drawerOpened } from "./drawer_history.js";
import { isPending, enqueue, enqueueSilently, flush } from "./event_queue.js";

let root = null, held = null, part = "";

export function fillDrawer(page, data) {
  root = page;
  held = data.drawer;
  const drawer = root.querySelector("dialog[open]");
  if (!drawer) return;
  const { holds } = drawer.dataset;
  if (held?.name === holds) setContent(drawer, held.html);
  else if (!isPending() && data.page !== "calm") enqueue({ do: "open", part: holds }); // a server that started anew does not know of it
}

export function open(name, title) {
  part = name;
  const drawer = root.querySelector("dialog") ?? newDrawer();
  drawer.dataset.holds = part;
  setContent(drawer, held?.name === part ? held.html : `<h2 id="drawer-title" tabindex="-1"></h2>`);
  if (held?.name !== part) drawer.querySelector("h2").textContent = title;
  if (!drawer.open) {
    flushAddress();
    drawer.showModal();
    drawerOpened(() => drawer.close());
  }
  drawer.scrollTop = 0;
  drawer.querySelector("#drawer-title")?.focus();
  enqueue({ do: "open", part });
}

// What is done next is told once the server knows that the drawer is shut: what it held is not worked out for nothing.
export function shut(drawer) {
  drawer.close();
  notifyClosed();
}

function notifyClosed() {
  if (!part) return;
  enqueueSilently({ do: "open", part: "" });
  part = "";
  drawerClosed(() => {
    flushAddress();
    flush();
  });
}

function newDrawer() {
  const drawer = document.createElement("dialog");
  drawer.dataset.keep = "";
  drawer.className = "drawer";
  drawer.setAttribute("aria-labelledby", "drawer-title");
  drawer.addEventListener("click", (event) => { if (event.target === drawer) drawer.close(); });
  drawer.addEventListener("close", notifyClosed);
  root.append(drawer);
  return drawer;
}

function setContent(drawer, html) {
  const fresh = template(`<div class="drawer-in"><button type="button" class="quiet close">Close</button>${html}</div>`);
  const held = drawer.contains(document.activeElement);
  if (drawer.open) morph(drawer, fresh);
  else drawer.replaceChildren(fresh);
  if (held && !drawer.contains(document.activeElement)) drawer.querySelector("#drawer-title")?.focus();
  drawer.querySelector(".close").onclick = () => drawer.close();
}

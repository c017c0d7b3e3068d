// @ts-check
// The drawer opens at once, and is filled when what it holds has come.
import { drawerClosed, drawerOpened } from "./history.js";
import { enqueue, enqueueSilently, flush, isPending } from "./messages.js";

const held = (drawer) => drawer.firstElementChild?.getAttribute("data-name");
let wanted = "";

export function openDrawer(root, name, title) {
  const drawer = root.querySelector("dialog");
  wanted = name;
  if (held(drawer) !== name) {
    drawer.innerHTML = `<div class="drawer-in"><h2 id="drawer-title" tabindex="-1"></h2></div>`;
    drawer.querySelector("h2").textContent = title;
  }
  if (!drawer.open) {
    drawer.showModal();
    drawerOpened(() => drawer.close());
  }
  drawer.scrollTop = 0;
  drawer.querySelector("#drawer-title").focus();
  enqueue({ do: "open", part: name });
}

// What is done next is told once the server knows that the drawer is shut: what it held is not worked out for nothing.
export function closeDrawer(drawer) {
  drawer.close();
  drawerWasClosed();
}

export function drawerWasClosed() {
  if (!wanted) return;
  wanted = "";
  enqueueSilently({ do: "open", part: "" });
  drawerClosed(flush);
}

// Whether the page's part for the drawer may be shown: an open drawer waits for what it was opened for.
export function fits(drawer, html) {
  if (!wanted || html.includes(`data-name="${wanted}"`)) return true;
  if (!isPending()) enqueue({ do: "open", part: wanted }); // a server that started anew does not know of it
  return false;
}

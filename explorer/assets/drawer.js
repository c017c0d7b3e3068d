// @ts-check
// The drawer opens at once, and is filled when what it holds has come.
import { drawerClosed, drawerOpened } from "./history.js";
import { enqueue, isPending } from "./messages.js";

const held = (drawer) => drawer.firstElementChild?.getAttribute("data-name");

export function openDrawer(root, name, title) {
  const drawer = root.querySelector("dialog");
  if (held(drawer) !== name) {
    drawer.innerHTML = `<div class="drawer-in"><h2 id="drawer-title" tabindex="-1"></h2></div>`;
    drawer.querySelector("h2").textContent = title;
  }
  drawer.dataset.wanted = name;
  if (!drawer.open) {
    drawer.showModal();
    drawerOpened();
  }
  drawer.scrollTop = 0;
  drawer.querySelector("#drawer-title").focus();
  enqueue({ do: "open" });
}

export function closeDrawer(drawer) {
  drawer.close();
  drawerClosed();
}

// Whether the page's part for the drawer may be shown: an open drawer waits for what it was opened for.
export function fits(drawer, html) {
  if (!drawer.open || html.includes(`data-name="${drawer.dataset.wanted}"`)) return true;
  if (!isPending()) enqueue({ do: "open" }); // a server that was restarted does not know of it
  return false;
}

// @ts-check
// The drawer opens at once, and is filled when its content arrives.
import { drawerClosed, drawerOpened } from "./history.js";
import { enqueue, isPending } from "./messages.js";

const contentName = (drawer) => drawer.firstElementChild?.getAttribute("data-name");

export function openDrawer(root, name, title) {
  const drawer = root.querySelector("dialog");
  if (contentName(drawer) !== name) {
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

// Whether the page's part for the drawer may be shown: an open drawer waits for the content that it was opened for.
export function fits(drawer, html) {
  if (!drawer.open || html.includes(`data-name="${drawer.dataset.wanted}"`)) return true;
  if (!isPending()) enqueue({ do: "open" }); // a restarted server does not know that it is open
  return false;
}

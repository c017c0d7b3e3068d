// @ts-check
// Explains a term of the glossary beside the button that asks for it, within the window.
const GAP = 8;
let button = null, openMeaning = null;

export function installPopovers(root) {
  root.addEventListener("click", (event) => {
    const asked = event.target.closest("button.term");
    if (!asked) return;
    event.preventDefault(); // the browser would open it too, in its own place
    openPopover(asked);
  });
  for (const moves of ["scroll", "resize"]) window.addEventListener(moves, followButton, { capture: true, passive: true });
}

function openPopover(asked) {
  const popover = document.getElementById(asked.getAttribute("popovertarget"));
  if (popover.matches(":popover-open")) return popover.hidePopover();
  [button, openMeaning] = [asked, popover];
  const drawer = asked.closest("dialog"), home = asked.closest(".explorer").querySelector(".meanings");
  if (drawer) {
    drawer.append(popover); // what is outside an open drawer can't be read
    popover.ontoggle = ({ newState }) => { if (newState === "closed") home.append(popover); };
  }
  popover.querySelector("b").textContent = asked.textContent;
  popover.setAttribute("aria-label", asked.textContent);
  popover.showPopover({ source: asked });
  place();
  popover.focus({ preventScroll: true });
}

function followButton() {
  if (!openMeaning?.matches(":popover-open")) return;
  if (button.isConnected) place();
  else openMeaning.hidePopover();
}

function place() {
  const at = button.getBoundingClientRect(), { width, height } = openMeaning.getBoundingClientRect();
  const roomy = document.documentElement.clientWidth - width - GAP;
  const below = at.bottom + GAP + height <= innerHeight;
  openMeaning.style.left = `${Math.max(GAP, Math.min(at.left, roomy))}px`;
  openMeaning.style.top = `${below ? at.bottom + GAP : Math.max(GAP, at.top - GAP - height)}px`;
}

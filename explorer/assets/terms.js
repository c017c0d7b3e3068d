// @ts-check
// Explains a term of the glossary beside the button that asks for it, within the window.
const GAP = 8;
let button = null, meaning = null;

export function placed(root) {
  root.addEventListener("click", (event) => {
    const asked = event.target.closest("button.term");
    if (!asked) return;
    event.preventDefault(); // the browser would open it too, in its own place
    explain(asked);
  });
  for (const moves of ["scroll", "resize"]) window.addEventListener(moves, follow, { capture: true, passive: true });
}

function explain(asked) {
  const found = document.getElementById(asked.getAttribute("popovertarget"));
  if (found.matches(":popover-open")) return found.hidePopover();
  [button, meaning] = [asked, found];
  const drawer = asked.closest("dialog"), home = asked.closest(".explorer").querySelector(".meanings");
  if (drawer) {
    drawer.append(found); // what is outside an open drawer can't be read
    found.ontoggle = ({ newState }) => { if (newState === "closed") home.append(found); };
  }
  found.querySelector("b").textContent = asked.textContent;
  found.setAttribute("aria-label", asked.textContent);
  found.showPopover({ source: asked });
  place();
  found.focus({ preventScroll: true });
}

function follow() {
  if (!meaning?.matches(":popover-open")) return;
  if (button.isConnected) place();
  else meaning.hidePopover();
}

function place() {
  const at = button.getBoundingClientRect(), { width, height } = meaning.getBoundingClientRect();
  const roomy = document.documentElement.clientWidth - width - GAP;
  const below = at.bottom + GAP + height <= innerHeight;
  meaning.style.left = `${Math.max(GAP, Math.min(at.left, roomy))}px`;
  meaning.style.top = `${below ? at.bottom + GAP : Math.max(GAP, at.top - GAP - height)}px`;
}

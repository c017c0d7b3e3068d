// For the wall: large type, one thing at a time, forwards and back by keyboard.
let root = null, slide = -1;
const slides = () => [...root.querySelectorAll("#status, #ask, .ladder-box, .rung, .caveat, #walk, .verdict-group, .safety-net")];

export function dress(page) {
  root = page ?? root;
  for (const one of root.querySelectorAll(".slide")) one.classList.remove("slide");
  if (slide < 0) return;
  const every = slides();
  const shown = every[Math.min(slide, every.length - 1)];
  shown?.classList.add("slide");
  for (let fold = shown?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const bar = root.querySelector(".slides span");
  if (bar) bar.textContent = `${Math.min(slide, every.length - 1) + 1} of ${every.length}`;
}

export const presenting = () => slide >= 0;

export function present(on) {
  root.classList.toggle("present", on);
  document.documentElement.classList.toggle("presenting", on);
  const bar = root.querySelector(".slides") ?? made();
  slide = on ? 0 : -1;
  dress();
  if (on) bar.querySelector("[data-step='1']").focus();
  else document.getElementById("present")?.focus();
}

function made() {
  const bar = document.createElement("div");
  bar.className = "slides";
  bar.dataset.keep = "";
  bar.innerHTML = `<button type="button" class="quiet" data-step="-1">Back</button><span role="status"></span>
    <button type="button" class="quiet" data-step="1">Next</button><button type="button" class="quiet" data-step="0">End (Esc)</button>`;
  bar.addEventListener("click", (event) => turn(Number(event.target.closest("[data-step]")?.dataset.step ?? NaN)));
  root.append(bar);
  return bar;
}

function turn(by) {
  if (Number.isNaN(by)) return;
  if (by === 0) return present(false);
  slide = Math.min(Math.max(slide + by, 0), slides().length - 1);
  dress();
  scrollTo(0, 0);
}

document.addEventListener("keydown", (event) => {
  if (!root || document.querySelector(":popover-open") || event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input:not([type=radio], [type=checkbox]), select, textarea") || root.querySelector("dialog[open]");
  if (slide < 0) return event.key === "p" && !typing && root.querySelector("#present") ? present(true) : undefined;
  if (typing) return;
  const by = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1, Escape: 0 }[event.key];
  if (by !== undefined) { event.preventDefault(); turn(by); }
});

// @ts-check
// What is typed for a number is read here, the same in every browser.

// By the box's id: what was typed and is no number that can be, and what the server has for it meanwhile. Both outlast a page drawn anew.
const unread = new Map();

// The number as the server is told it, "" where nothing was typed, null where it can't be read: then it is said beside the box.
// Blanks round it and full-width digits, as some keyboards give them, are no fault.
export function parsedNumber(box) {
  const typed = box.value.normalize("NFKC").trim();
  const whole = /^\d{1,9}$/.test(typed) && Number(typed) >= box.dataset.least && Number(typed) <= box.dataset.most;
  if (typed !== "" && !whole) return markInvalid(box);
  clearInvalid(box);
  return typed === "" ? "" : String(Number(typed));
}

export function markInvalid(box) {
  const { asks, otherwise, do: what } = box.dataset;
  unread.set(box.id, { typed: box.value, known: what === "number" ? "" : box.defaultValue });
  mark(box);
  beside(box).textContent = `${asks} It says \u201c${box.value.trim()}\u201d now. ${otherwise}`;
  return null;
}

function clearInvalid(box) {
  if (!unread.delete(box.id)) return;
  for (const name of ["aria-invalid", "aria-describedby"]) box.removeAttribute(name);
  beside(box).textContent = "";
}

const beside = (box) => document.getElementById(`${box.id}-wrong`);

function mark(box) {
  box.setAttribute("aria-invalid", "true");
  box.setAttribute("aria-describedby", `${box.id}-wrong`);
}

// After the page was drawn: what can't be read still stands, and says so, unless the server knows another number by now.
export function restoreUnread(settled) {
  for (const [id, { typed, known }] of unread) {
    const box = /** @type {HTMLInputElement} */ (document.getElementById(id));
    if (!box) unread.delete(id);
    else if (settled && box.defaultValue !== known) clearInvalid(box);
    else {
      mark(box);
      if (document.activeElement !== box) box.value = typed;
    }
  }
}

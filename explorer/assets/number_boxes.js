// @ts-check
// What is typed for a number is read here, the same in every browser.

// The number as it is sent to the server, "" where nothing was typed, null where it can't be read: then it is said beside the box.
// Blanks round it and full-width digits, as some keyboards give them, are no fault.
export function parsedNumber(box) {
  const typed = box.value.normalize("NFKC").trim();
  const whole = /^\d{1,9}$/.test(typed) && Number(typed) >= box.dataset.least && Number(typed) <= box.dataset.most;
  if (typed !== "" && !whole) return markInvalid(box);
  say(box, "");
  return typed === "" ? "" : String(Number(typed));
}

// `known`: what the server has meanwhile for what was typed and is no number that can be.
export function markInvalid(box) {
  const { asks, otherwise, do: what } = box.dataset;
  box.known = what === "number" ? "" : box.defaultValue;
  say(box, `${asks} It says \u201c${box.value.trim()}\u201d now. ${otherwise}`);
  return null;
}

// The browser's own validity, and the words beside the box, outlast a redrawn page.
function say(box, wrong) {
  if (wrong === box.validationMessage) return;
  box.setCustomValidity(wrong);
  box.setAttribute("aria-invalid", String(wrong !== ""));
  box.setAttribute("aria-describedby", wrong && `${box.id}-wrong`);
  document.getElementById(`${box.id}-wrong`).textContent = wrong;
}

// What can't be read still stands, and says so, unless the server knows another number by now.
export function forgive(box) {
  if (box.defaultValue !== box.known) say(box, "");
}

// @ts-check
// Parses typed numbers, the same way in every browser.

// The number as it is sent to the server, "" where nothing was typed, null where it is invalid: then the error is shown beside the box.
// Spaces around it are accepted, and full-width digits, as some keyboards give them.
export function parsedNumber(box) {
  const typed = box.value.normalize("NFKC").trim();
  const whole = /^\d{1,9}$/.test(typed) && Number(typed) >= box.dataset.least && Number(typed) <= box.dataset.most;
  if (typed !== "" && !whole) return markInvalid(box);
  say(box, "");
  return typed === "" ? "" : String(Number(typed));
}

// `known`: the value that the server has while the entry is invalid.
export function markInvalid(box) {
  const { asks, otherwise, do: what } = box.dataset;
  box.known = what === "number" ? "" : box.defaultValue;
  say(box, `${asks} It says \u201c${box.value.trim()}\u201d now. ${otherwise}`);
  return null;
}

// Sets the browser's own validity and the words beside the box; both outlast a render.
function say(box, wrong) {
  if (wrong === box.validationMessage) return;
  box.setCustomValidity(wrong);
  box.setAttribute("aria-invalid", String(wrong !== ""));
  box.setAttribute("aria-describedby", wrong && `${box.id}-wrong`);
  document.getElementById(`${box.id}-wrong`).textContent = wrong;
}

// Removes the error of an invalid entry once the server has another value than it had then.
export function clearOldError(box) {
  if (box.defaultValue !== box.known) say(box, "");
}

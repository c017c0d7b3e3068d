// @ts-check
// Radio buttons whose choice does not follow the focus. A native group answers at each arrow key: from "Not known" one key up is the last
// answer, a red flag for most questions, and Back would walk through answers that nobody gave. Here arrow keys move, and Space, Enter
// or a click answer: what the ARIA practices describe for radio groups in a toolbar, and what screen readers read as they move ("Present,
// radio button, not checked, 3 of 3"). The buttons stay native ones, so that Tab still leaves the group at once.
const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

export function moveFocus(event) {
  const box = event.target;
  if (!box.matches("input[type=radio]") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter") box.click();
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  const group = [...box.closest("fieldset, .answers").querySelectorAll(`input[type=radio][name="${box.name}"]`)];
  group.at((group.indexOf(box) + step) % group.length).focus();
}

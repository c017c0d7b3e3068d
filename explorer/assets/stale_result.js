// @ts-check
// While an answer has not been worked out, what is shown is the result of before: after a second it is greyed, and that is said.
const PATIENCE = 1000;
// These change nothing in the result; some take longer than that to work out.
const NO_RESULT_CHANGE = new Set(["open", "compute", "whole", "navigate", "pin", "unpin", "skip", "unskip"]);
let timer = 0;

export const changesResult = (event) => !NO_RESULT_CHANGE.has(event.do);

export function watchForAnswer(answers) {
  if (answers) timer ||= setTimeout(markStale, PATIENCE, true);
  else {
    clearTimeout(timer);
    timer = 0;
    markStale(false);
  }
}

function markStale(on) {
  const words = document.getElementById("behind");
  document.querySelector(".explorer")?.classList.toggle("is-behind", on);
  if (words) words.textContent = on ? "No connection: not up to date. The previous result is shown." : "";
}

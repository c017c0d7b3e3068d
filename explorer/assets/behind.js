// @ts-check
// While an answer has not been worked out, what is shown is the result of before: after a second it is greyed, and that is said.
const PATIENCE = 1000;
// These change nothing in the result; some take longer than that to work out.
const ASIDE = new Set(["open", "work", "whole", "go", "copy", "atlas", "line", "keep", "unkeep", "against", "skip", "unskip"]);
let timer = 0;

export const counts = (event) => !ASIDE.has(event.do);

export function waitsFor(answers) {
  if (answers) timer ||= setTimeout(behind, PATIENCE, true);
  else {
    clearTimeout(timer);
    timer = 0;
    behind(false);
  }
}

function behind(on) {
  const words = document.getElementById("behind");
  document.querySelector(".explorer")?.classList.toggle("is-behind", on);
  if (words) words.textContent = on ? "Not yet worked out: no connection. What is shown is the result of before." : "";
}

// @ts-check
// Searches the rules as they stand on the page.
export function searchRules(root, words) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  let matchCount = 0;
  for (const fold of root.querySelectorAll("details.rules")) {
    let shown = 0;
    for (const rule of fold.querySelectorAll("[data-search]")) {
      const text = (fold.firstChild.textContent + rule.textContent).toLowerCase();
      rule.hidden = !wanted.every((word) => text.includes(word));
      if (!rule.hidden) shown += 1;
    }
    fold.hidden = !shown;
    fold.open = wanted.length > 0 && shown > 0;
    matchCount += shown;
  }
  document.getElementById("contrasts").hidden = wanted.length > 0;
  const said = matchCount ? `${matchCount} found` : "No rules found. Try fewer or different words.";
  document.getElementById("found").textContent = wanted.length ? said : "";
}

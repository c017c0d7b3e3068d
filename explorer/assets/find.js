// @ts-check
// Searches the rules as they stand on the page.
export function find(root, words) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const fold of root.querySelectorAll("details.rules")) {
    let some = 0;
    for (const one of fold.querySelectorAll("[data-search]")) {
      const text = (fold.firstChild.textContent + one.textContent).toLowerCase();
      one.hidden = !wanted.every((word) => text.includes(word));
      if (!one.hidden) some += 1;
    }
    fold.hidden = !some;
    fold.open = wanted.length > 0 && some > 0;
    found += some;
  }
  document.getElementById("contrasts").hidden = wanted.length > 0;
  const said = found ? `${found} found` : "Nothing found: try fewer or other words";
  document.getElementById("found").textContent = wanted.length ? said : "";
}

// @ts-check
// Puts new markup where the old one differs, and leaves the rest as it is: focus, scrolling and what was typed stay.

export function morph(old, fresh) {
  let at = old.firstChild;
  const named = new Map([...old.children].filter((one) => one.id).map((one) => [one.id, one]));
  for (const next of [...fresh.childNodes]) {
    const found = next.id ? named.get(next.id) : same(at, next) ? at : null;
    if (found && found.nodeName === next.nodeName) {
      if (found === at) at = at.nextSibling;
      else old.insertBefore(found, at);
      update(found, next);
    } else old.insertBefore(next, at);
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    if (!(gone.dataset && "keep" in gone.dataset)) gone.remove();
  }
}

export function template(html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  return made.content;
}

const same = (at, next) => at && at.nodeType === next.nodeType && at.nodeName === next.nodeName && !at.id
  && at.dataset?.part === next.dataset?.part;
const kept = (name, node) => name === "open" && node.nodeName === "DETAILS";

function update(old, fresh) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  if ("keep" in old.dataset || old.isEqualNode(fresh)) return;
  for (const { name } of [...old.attributes])
    if (!fresh.hasAttribute(name) && !kept(name, old)) old.removeAttribute(name);
  if (old.dataset.fold && old.dataset.fold !== fresh.dataset.fold && !old.contains(document.activeElement))
    old.open = fresh.dataset.fold === "open";
  for (const { name, value } of [...fresh.attributes])
    if (old.getAttribute(name) !== value && !kept(name, old)) old.setAttribute(name, value);
  if (!("part" in old.dataset)) morph(old, fresh); // what belongs in a place comes by itself
}

// What a person chose or typed gives way to what the server knows, once nothing is on its way any more.
export function syncInputs(root) {
  for (const one of root.querySelectorAll("input[data-do]")) {
    if (one.type === "radio" || one.type === "checkbox") one.checked = one.defaultChecked;
    else if (one.value !== one.defaultValue && document.activeElement !== one) one.value = one.defaultValue;
  }
}

// @ts-check
// What takes long to work out is asked for once the rest is there to see.
import { happened } from "./queue.js";

const asked = new WeakMap();

export function waits(root) {
  const slow = root.querySelector("[data-wait]");
  if (!slow || asked.get(slow) === slow.dataset.wait) return;
  asked.set(slow, slow.dataset.wait);
  happened({ do: "work", of: slow.dataset.wait });
}

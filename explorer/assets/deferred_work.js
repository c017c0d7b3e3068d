// @ts-check
// What takes long to work out is asked for once the rest is there to see.
import { enqueue } from "./event_queue.js";

const requested = new WeakMap();

export function requestDeferredWork(root) {
  const slow = root.querySelector("[data-wait]");
  if (!slow || requested.get(slow) === slow.dataset.wait) return;
  requested.set(slow, slow.dataset.wait);
  enqueue({ do: "compute", of: slow.dataset.wait });
}

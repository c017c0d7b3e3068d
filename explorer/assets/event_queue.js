// @ts-check
// What a person did, sent in the order in which it was done; one message is on its way at a time.
import { isCurrent, flushAddress } from "./address.js";
import { stepsBack } from "./drawer_history.js";
import { changesResult, watchForAnswer } from "./stale_result.js";

const MOST = 50;
const queue = [], notes = [];
let inFlight = null, sent = 0, send = null, shown = 0;

// The server has taken all up to `ack`; `number` is the page that it sent and that is shown now. What it answers, if that was sent from here.
export function acknowledge(trigger, ack, number, base) {
  send = trigger;
  shown = number;
  const acknowledged = inFlight !== null && ack >= inFlight.n, mine = acknowledged && isCurrent(inFlight.at) ? inFlight.events : null;
  if (acknowledged) inFlight = null;
  else if (inFlight && base === 0 && ack < inFlight.n) transmit(); // another session, which never saw it
  if (!inFlight && ack > sent) sent = ack;
  if (acknowledged) watchForAnswer(queue.some(changesResult));
  return mine;
}

export const isPending = () => queue.length > 0 || inFlight !== null;

// While answers are still on their way, what a person chose stands.
export const hasOpenAnswers = () => [...queue, ...(inFlight?.events ?? [])].some(changesResult);

export function enqueue(event) {
  queue.push(...notes.splice(0), event);
  if (changesResult(event)) watchForAnswer(true);
  flush();
}

// Told before the next thing that is done: it changes nothing that is shown, and nobody waits for it.
export const enqueueSilently = (event) => notes.push(event);

export function flush() {
  if (inFlight || !queue.length || !send || stepsBack()) return;
  flushAddress();
  inFlight = { n: ++sent, at: location.search, events: queue.splice(0, MOST) };
  transmit();
}

// A server that comes back may have started anew, or let the session go: it takes no event of a page that it never showed, and says
// nothing. Streamlit asks for the whole page when it is told of another address; then what is on its way is sent once more.
const app = /** @type {HTMLElement} */ (document.querySelector("[data-test-connection-state]"));
if (app) new MutationObserver(() => {
  if (app.dataset.testConnectionState !== "CONNECTED") return;
  flushAddress();
  dispatchEvent(new PopStateEvent("popstate"));
}).observe(app, { attributeFilter: ["data-test-connection-state"] });

// Sent again where no answer comes: a server that has taken it already passes over it.
function transmit() {
  const mine = inFlight;
  send("event", { ...mine, have: shown });
  setTimeout(() => { if (inFlight === mine) transmit(); }, 8000);
}

// The one number that all of these events change, by its name.
export function onlyNumber(events) {
  const names = new Set(events.map(({ do: what, finding, name }) => (what === "number" || what === "assume" ? finding ?? name : "")));
  return names.size === 1 ? [...names][0] : "";
}

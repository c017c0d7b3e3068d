// @ts-check
// What a person did, sent in the order in which it was done; one message is on its way at a time.
import { isHere, written } from "./address.js";
import { stepsBack } from "./back.js";
import { counts, waitsFor } from "./behind.js";

const MOST = 50;
const queue = [], notes = [];
let inFlight = null, sent = 0, send = null, shown = 0;

// The server has taken all up to `ack`; `number` is the page that it sent and that is shown now. What it answers, if that was sent from here.
export function answered(trigger, ack, number, base) {
  send = trigger;
  shown = number;
  const taken = inFlight !== null && ack >= inFlight.n, mine = taken && isHere(inFlight.at) ? inFlight.events : null;
  if (taken) inFlight = null;
  else if (inFlight && base === 0 && ack < inFlight.n) go(); // another session, which never saw it
  if (!inFlight && ack > sent) sent = ack;
  if (taken) waitsFor(queue.some(counts));
  return mine;
}

export const busy = () => queue.length > 0 || inFlight !== null;

// While answers are still on their way, what a person chose stands.
export const answering = () => [...queue, ...(inFlight?.events ?? [])].some(counts);

export function happened(event) {
  queue.push(...notes.splice(0), event);
  if (counts(event)) waitsFor(true);
  post();
}

// Told before the next thing that is done: it changes nothing that is shown, and nobody waits for it.
export const noted = (event) => notes.push(event);

export function post() {
  if (inFlight || !queue.length || !send || stepsBack()) return;
  written();
  inFlight = { n: ++sent, at: location.search, events: queue.splice(0, MOST) };
  go();
}

// A server that comes back may have started anew, or let the session go: it takes no event of a page that it never showed, and says
// nothing. Streamlit asks for the whole page when it is told of another address; then what is on its way is sent once more.
const app = /** @type {HTMLElement} */ (document.querySelector("[data-test-connection-state]"));
if (app) new MutationObserver(() => {
  if (app.dataset.testConnectionState !== "CONNECTED") return;
  written();
  dispatchEvent(new PopStateEvent("popstate"));
}).observe(app, { attributeFilter: ["data-test-connection-state"] });

// Sent again where no answer comes: a server that has taken it already passes over it.
function go() {
  const mine = inFlight;
  send("event", { ...mine, have: shown });
  setTimeout(() => { if (inFlight === mine) go(); }, 8000);
}

// The one number that all of these events change, by its name.
export function numberOf(events) {
  const names = new Set(events.map(({ do: what, finding, name }) => (what === "number" || what === "assume" ? finding ?? name : "")));
  return names.size === 1 ? [...names][0] : "";
}

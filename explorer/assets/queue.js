// What a person did, sent in the order in which it was done; one message is on its way at a time.
const queue = [];
let inFlight = null, sent = 0, send = null, shown = 0;

// The server has taken all up to `ack`; `number` is the page that it sent and that is shown now.
export function answered(trigger, ack, number) {
  send = trigger;
  shown = number;
  if (inFlight && ack >= inFlight.n) inFlight = null;
  if (!inFlight && ack > sent) sent = ack;
}

// While answers are still on their way, what a person chose stands.
export const busy = () => queue.length > 0 || inFlight !== null;

export function happened(event) {
  queue.push(event);
  post();
}

// Told with the next thing that is done: it changes nothing that is shown.
export const noted = (event) => queue.push(event);

export function post() {
  if (inFlight || !queue.length || !send) return;
  inFlight = { n: ++sent, have: shown, events: queue.splice(0) };
  const mine = inFlight;
  send("event", inFlight);
  setTimeout(() => { if (inFlight === mine) { inFlight = null; post(); } }, 8000);
}

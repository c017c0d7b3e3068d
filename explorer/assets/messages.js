// @ts-check
// What a person did, as one message at a time. While no answer to it has come for a second, what is shown is marked as not up to date.
import { flushAddress, isHere } from "./history.js";

const PATIENCE = 1000, AGAIN = 8000, MOST = 50;
// These change nothing in the result; some take longer than that to work out.
const NO_RESULT_CHANGE = new Set(["open", "compute", "whole", "navigate", "pin", "unpin", "skip", "unskip"]);
const queue = [], notes = [];
let sent = null, number = 0, session = "", send = null, shown = 0, timer = 0, again = 0;

export const changesResult = (event) => !NO_RESULT_CHANGE.has(event.do);
export const isPending = () => sent !== null || queue.length > 0;
// While answers are still on their way, what a person chose stands.
export const hasOpenAnswers = () => [...queue, ...(sent?.events ?? [])].some(changesResult);

export function enqueue(event) {
  queue.push(...notes.splice(0), event);
  if (changesResult(event)) timer ||= setTimeout(markStale, PATIENCE, true);
  flush();
}

// Told before the next thing that is done: it changes nothing that is shown, and nobody waits for it.
export const enqueueSilently = (event) => notes.push(event);

export function flush() {
  if (sent || !queue.length || !send || !flushAddress()) return;
  sent = { n: ++number, at: location.search, events: queue.splice(0, MOST) };
  post();
}

// Streamlit drops what is sent while there is no connection, and runs nothing by itself when it is back. A message that was applied
// already is passed over.
function post() {
  clearTimeout(again);
  if (!sent) return;
  send("message", { ...sent, session, have: shown, again });
  again = setTimeout(post, AGAIN);
}

// Takes a message of the server that leads to page number `have`; gives the events that it answers, if they were done at this address.
export function acknowledge(setStateValue, data, have) {
  [send, shown] = [setStateValue, have];
  if (session !== data.session) {
    session = data.session;
    post(); // a server that started anew never saw it
    return null;
  }
  if (!sent || data.ack < sent.n) return null;
  const { events, at } = sent;
  sent = null;
  if (!hasOpenAnswers()) markStale(clearTimeout(timer));
  return isHere(at) ? events : null;
}

function markStale(on) {
  const words = document.getElementById("behind");
  if (!on) timer = 0;
  document.querySelector(".explorer")?.classList.toggle("is-behind", Boolean(on));
  if (words) words.textContent = on ? "No connection: not up to date. The previous result is shown." : "";
}

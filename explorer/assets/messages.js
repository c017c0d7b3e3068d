// @ts-check
// What a person did, as one message at a time. While no answer to it has come for a second, what is shown is marked as not up to date.
import { flushAddress, isHere } from "./history.js";

const PATIENCE = 1000, AGAIN = 8000, MOST = 50;
// These change nothing in the result; some take longer than that to work out.
const NO_RESULT_CHANGE = new Set(["open", "compute", "whole", "navigate", "pin", "unpin", "skip", "unskip"]);
const queue = [];
let sent = null, number = 0, session = "", send = null, shown = 0, timer = 0, again = 0, attempts = 0;

export const changesResult = (event) => !NO_RESULT_CHANGE.has(event.do);
export const isPending = () => sent !== null || queue.length > 0;
// While answers are still on their way, what a person chose stands.
export const hasOpenAnswers = () => [...queue, ...(sent?.events ?? [])].some(changesResult);

export function enqueue(event) {
  queue.push(event);
  if (changesResult(event)) timer ||= setTimeout(markStale, PATIENCE, true);
  flush();
}

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
  // On another page, a message would only run that page once more. A state that is as it was is not sent: hence the count.
  const drawer = /** @type {?HTMLDialogElement} */ (document.querySelector(".explorer dialog"));
  if (drawer) send("message", { ...sent, session, have: shown, drawer: drawer.open ? drawer.dataset.wanted : "", attempt: ++attempts });
  again = setTimeout(post, AGAIN);
}

// Takes a message of the server that leads to page number `have`; gives the events that it answers, if they were done at this address.
export function acknowledge(setStateValue, data, have) {
  [send, shown] = [setStateValue, have];
  if (session !== data.session) {
    session = data.session;
    post(); // a server that was restarted never saw it
    return null;
  }
  if (!sent || data.ack < sent.n) return null;
  const { events, at } = sent;
  sent = null;
  clearTimeout(timer);
  timer = hasOpenAnswers() ? setTimeout(markStale, PATIENCE, true) : 0;
  if (!timer) markStale(false);
  return isHere(at) ? events : null;
}

function markStale(on) {
  const words = document.getElementById("behind");
  document.querySelector(".explorer")?.classList.toggle("is-behind", on);
  if (words) words.textContent = on ? "Not up to date yet: the previous result is shown." : "";
}

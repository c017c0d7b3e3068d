// @ts-check
// Sends what a person did, one message at a time. If no answer comes within a second, the result is marked as not up to date.
import { flushAddress, isHere } from "./history.js";

const STALE_AFTER = 1000, RESEND_AFTER = 8000, MAX_EVENTS = 50;
// These change nothing in the result; some take longer than a second to work out.
const NO_RESULT_CHANGE = new Set(["open", "compute", "whole", "navigate", "pin", "unpin", "skip", "unskip"]);
const queue = [];
let sent = null, number = 0, session = "", send = null, shown = 0, timer = 0, resendTimer = 0, attempts = 0;

export const changesResult = (event) => !NO_RESULT_CHANGE.has(event.do);
export const isPending = () => sent !== null || queue.length > 0;
// Whether answers are still on their way.
export const hasOpenAnswers = () => [...queue, ...(sent?.events ?? [])].some(changesResult);

export function enqueue(event) {
  queue.push(event);
  if (changesResult(event)) timer ||= setTimeout(markStale, STALE_AFTER, true);
  flush();
}

export function flush() {
  if (sent || !queue.length || !send || !flushAddress()) return;
  sent = { n: ++number, at: location.search, events: queue.splice(0, MAX_EVENTS) };
  post();
}

// Streamlit drops what is sent while there is no connection, and does not rerun when it is back, so a message is sent until it is answered.
// The server ignores one that it has applied already.
function post() {
  clearTimeout(resendTimer);
  if (!sent) return;
  // On another page a message would only rerun that page. Streamlit sends no state twice, so each attempt has a number.
  const drawer = /** @type {?HTMLDialogElement} */ (document.querySelector(".explorer dialog"));
  if (drawer) send("message", { ...sent, session, have: shown, drawer: drawer.open ? drawer.dataset.wanted : "", attempt: ++attempts });
  resendTimer = setTimeout(post, RESEND_AFTER);
}

// Handles the server's answer; `have` is the number of the page that is shown now. Returns the events that it answers, if they are of
// this address.
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
  timer = hasOpenAnswers() ? setTimeout(markStale, STALE_AFTER, true) : 0;
  if (!timer) markStale(false);
  return isHere(at) ? events : null;
}

function markStale(on) {
  const words = document.getElementById("behind");
  document.querySelector(".explorer")?.classList.toggle("is-behind", on);
  if (words) words.textContent = on ? "Not up to date yet: the previous result is shown." : "";
}

"use strict";
// Shows one visit at a time, and looks up the feedback on a choice. Everything was judged when the file was made.
const data = JSON.parse(document.getElementById("data").textContent);
const done = data.visits.map(() => ({ asked: [], commitment: null }));
let at = 0;

const block = ([kind, heading, ...lines]) => ({ kind, heading: data.texts[heading], lines: lines.map((line) => data.texts[line]) });

function questions(visit, asked) {
  const all = visit.groups.flatMap((group) => group.questions);
  const decided = visit.decided.some((name) => visit.known.includes(name) || asked.includes(name));
  const left = decided ? [] : all.filter((one) => one[5] && !asked.includes(one[0]));
  const vain = all.filter((one) => !one[5] && asked.includes(one[0]));
  const sum = (listed) => listed.reduce((total, one) => total + one[5], 0);
  const points = Math.max(0, sum(all) - sum(left) - data.price * vain.length);
  const lines = [`${points} of ${sum(all)} points, for ${asked.length} questions.`];
  const [heading, notAsked, inVain] = data.words;
  for (const [says, listed] of [[notAsked, left], [inVain, vain]]) {
    if (listed.length) lines.push(`${says}: ${listed.map((one) => one[1]).join("; ")}.`);
  }
  return { kind: "plain", heading, lines };
}

function missed(visit, place, asked) {
  const known = (name) => visit.known.includes(name) || asked.includes(name);
  if (visit.route[place] && visit.decided.some(known)) return [];
  return visit.flags.flatMap((flag) => (known(flag.finding) ? flag.known : flag.unknown)[place]);
}

/** Options with the same judgement for the same reason stand together, where the first one stood. */
function merged(blocks) {
  const shown = new Map();
  for (const told of blocks) {
    const colon = told.heading.lastIndexOf(": "), subject = told.heading.slice(0, colon), verdict = told.heading.slice(colon);
    const key = data.merged.includes(told.kind) ? JSON.stringify([told.kind, verdict, told.lines]) : Symbol("alone");
    const twin = shown.get(key);
    shown.set(key, twin ? { ...twin, subject: `${twin.subject}, ${subject}` } : { told, subject, verdict });
  }
  return [...shown.values()].map(({ told, subject, verdict }) => ({ ...told, heading: `${subject}${verdict}` }));
}

/** Every block of feedback on a commitment: {place, reason, why: numbers; applies: for each option, 0 or 1}. */
function blocks(visit, { place, reason, applies, why }, asked) {
  const { answers } = visit;
  const unsafe = [...answers.unsafe_place[place], ...answers.unsafe_options.flatMap((told, option) => (applies[option] ? told : []))];
  const options = answers.options.map((told, option) => told[applies[option + 1]]);
  const judged = [answers.place[place][reason], answers.key[applies[0]][why], ...options];
  const [lessons, ...others] = visit.after.map(block).reverse();
  const first = merged([...missed(visit, place, asked), ...unsafe, ...judged].map(block));
  return [...first, ...others.reverse(), questions(visit, asked), lessons, ...visit.changed.map(block)];
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "do") element.addEventListener("click", value);
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

const rows = (pairs) => make("table", {}, make("tbody", {}, ...pairs.map(([name, answer]) => make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, answer)))));
/** Questions with the same answer in one row, where there are many, so that others stand out. */
function together(pairs) {
  const answers = new Map(pairs.map(([, answer]) => [answer, pairs.filter((pair) => pair[1] === answer)]));
  return [...answers].flatMap(([answer, listed]) => (listed.length < data.together ? listed : [[listed.map(([name]) => name).join("; "), answer]]));
}
const box = (type, name, value, words) => make("label", {}, make("input", { type, name, value }), words);
const choice = (name, legend, words) => make("fieldset", {}, make("legend", {}, legend), ...words.map((text, value) => box("radio", name, value, text)));
const chosen = (name) => [...document.querySelectorAll(`[name="${name}"]:checked`)].map((input) => input.value);

function askForm(visit, state) {
  const left = visit.groups.map((group) => ({ ...group, questions: group.questions.filter((one) => !state.asked.includes(one[0])) }));
  const groups = left.filter((group) => group.questions.length).map((group) =>
    make("fieldset", {}, make("legend", {}, group.title), ...group.questions.map((one) => box("checkbox", "ask", one[0], one[2]))));
  const ask = () => { state.asked.push(...chosen("ask")); show(); };
  return make("section", {}, make("h3", {}, "Ask"), ...groups, make("button", { type: "button", do: ask }, "Ask these"));
}

function decisionForm(visit, state) {
  const [key] = visit.options;
  const options = make("fieldset", {}, make("legend", {}, "Which of these apply now?"), ...visit.options.map((name, value) => box("checkbox", "applies", value, name)));
  const decide = () => {
    const [[place], [reason], [why]] = ["place", "reason", "why"].map(chosen);
    const complete = [place, reason, why].every((value) => value !== undefined);
    if (!complete) { say("Choose a place on the pathway and both reasons first."); return; }
    const ticked = chosen("applies");
    state.commitment = { place: Number(place), reason: Number(reason), why: Number(why), applies: visit.options.map((_, option) => (ticked.includes(String(option)) ? 1 : 0)) };
    show();
  };
  return make("section", {}, make("h3", {}, "Decide"), choice("place", "Where does the case belong?", visit.places), choice("reason", "What decides that?", visit.reasons),
    options, choice("why", `What decides that for ${key}?`, visit.why), make("button", { type: "button", do: decide }, "Decide"));
}

const told = ({ kind, heading, lines }) => make("div", { class: `block ${kind}` }, make("h3", {}, heading), ...lines.map((line) => make("p", {}, line)));
const say = (words) => { document.getElementById("said").textContent = words; };

/** The visit by which a case is entered: the first that is not decided, or else its last. */
function entry(name) {
  const visits = [...data.visits.keys()].filter((number) => data.visits[number].case === name);
  return visits.find((number) => !done[number].commitment) ?? visits.at(-1);
}

/** Where the buttons lead: a later visit of a case is shown once the visit before it is decided. */
function ways() {
  const names = [...new Set(data.visits.map((visit) => visit.case))], here = names.indexOf(data.visits[at].case);
  const [earlier, later] = [-1, 1].map((by) => data.visits[at + by]?.case === names[here]);
  const decided = Boolean(done[at].commitment);
  const before = earlier ? [at - 1, "Previous visit"] : [entry(names[here - 1]), "Previous case"];
  const next = later && decided ? [at + 1, "Next visit"] : [entry(names[here + 1]), decided ? "Next case" : "Skip this case"];
  return [before, next].filter(([to]) => data.visits[to]);
}

function show(focus = true) {
  const visit = data.visits[at], state = done[at];
  const all = visit.groups.flatMap((group) => group.questions);
  const asked = state.asked.map((name) => all.find((one) => one[0] === name)).map((one) => [one[3], one[4]]);
  const heading = make("h2", { tabindex: "-1" }, visit.heading);
  const rest = state.commitment ? blocks(visit, state.commitment, state.asked).map(told) : [askForm(visit, state), decisionForm(visit, state)];
  const go = (to) => () => { at = to; show(); };
  const steps = ways().map(([to, words]) => make("button", { type: "button", do: go(to) }, words));
  document.getElementById("practice").replaceChildren(heading, ...visit.says.map((line) => make("p", {}, line)), rows(together([...visit.told, ...asked])), ...rest, make("p", {}, ...steps));
  const finished = done.filter((one) => one.commitment).length;
  say(`${finished} of ${done.length} done.`);
  if (focus) heading.focus();
}

show(false);
window.practice = { data, blocks };

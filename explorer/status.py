"""Where the person stands: the step, or the red flag that takes over; then what to ask next, as one call to action."""

from __future__ import annotations

from explorer.evidence import citations, left_open, question_link, reason, tag
from explorer.html import Child, Html, el
from explorer.icons import icon
from explorer.questions import adverse, few
from explorer.terms import glossed
from explorer.view import UNDETERMINED, View, counted, folded, heading, items, sentence
from pathway.entries import Finding, Group
from pathway.result import RedFlagResult

STEP = "step"
"""The drawer that says what would change it."""
OFF = ("emergency", "urgent", "other_pathway")


def status(view: View) -> Html:
    """The route and the step, before all else."""
    warnings = [el("p", icon("contraindicated"), text, class_="warning") for text in view.result.warnings]
    shown = _takeover(view) if view.result.route in OFF else _stand(view)
    return el("div", *warnings, shown, id="status", tabindex="-1")


def summary(view: View) -> str:
    """The state in one line."""
    result = view.result
    if result.route in OFF:
        return f"{view.title(result.route)}: the ladder is on hold"
    if result.step in (None, UNDETERMINED):
        return "The step is still open"
    return f"{'Would stand at' if result.provisional else 'Step'}: {view.title(str(result.step))}"


def _stand(view: View) -> Html:
    result = view.result
    kind = "open" if result.provisional else "firm"
    lead = el("p", _route_words(view), class_="eyebrow")
    words = view.unless(result.step_open) if result.step_open else view.says(str(result.step))
    says = el("p", words, class_="lead")
    return el(
        "section", lead, heading(2, _step_words(view)), says, _why(view), class_=f"stand is-{kind}", aria_label="Where it stands"
    )


def _route_words(view: View) -> list[Child]:
    result = view.result
    if result.provisional:
        left = len(result.route_open.deciding) if result.route_open else 0
        return [icon("undetermined"), f"Provisional: {counted(left, 'open question')} could still lead off the ladder"]
    return [icon("stepped_care"), f"{view.title(result.route)}. {view.says(result.route)}"]


def _step_words(view: View) -> list[Child]:
    result = view.result
    if result.step == UNDETERMINED and result.step_open:
        first = view.title(result.step_open.possible[0])
        return [icon("undetermined"), f"{first}, unless …"]
    word = view.title(str(result.step))
    return [icon("undetermined"), f"Would stand at: {word}, if …"] if result.provisional else [icon("here"), word]


def _why(view: View) -> Html:
    result = view.result
    first = [el("p", glossed(result.step_reasons[0].because), class_="small")] if result.step_reasons else []
    inside: list[Child] = [reason(view, found) for found in result.step_reasons]
    if result.route_open:
        inside += [heading(3, "The route is open"), left_open(view, result.route_open)]
    if result.step_open:
        inside += [heading(3, "The step is open"), left_open(view, result.step_open)]
    return el("div", *first, folded("Why, and what is open", *inside, name="why-step") if inside else None, _change())


def _change() -> Html:
    words = "What would change the step?"
    return el("button", words, type="button", class_="link", data_open=STEP, id="change-step", aria_haspopup="dialog")


def _takeover(view: View) -> Html:
    result = view.result
    route = result.route
    head = heading(2, icon(route), view.title(route), tabindex="-1", id="takeover-title")
    hold = el("p", icon("on_hold"), "The ladder is on hold. ", view.says("on_hold"), class_="hold")
    flags = [_flag(view, flag) for flag in result.red_flags]
    left = result.route_open
    more = [heading(3, "What is still open"), left_open(view, left)] if left else []
    lead = el("p", view.says(route), class_="lead")
    return el("section", head, lead, *flags, hold, *more, class_=f"takeover r-{route}", id="takeover", role="alert")


def _flag(view: View, flag: RedFlagResult) -> Html:
    said = view.answers.get(flag.finding)
    answer = f": {view.answer_words(flag.finding, said).lower()}" if said is not None else ""
    urgency = el("span", icon(flag.route), view.title(flag.route), class_=f"urgency r-{flag.route}")
    title = heading(3, urgency, " ", view.short(flag.finding), answer)
    do = el("p", el("b", "What to do: "), glossed(flag.do), class_="do")
    differs = el("p", el("b", "Where sources differ: "), glossed(flag.differs), class_="differs") if flag.differs else None
    assumption = el("p", "Assumption: ", el("code", flag.assumption), class_="small") if flag.assumption else None
    source = folded(
        ["Sources ", tag(view, flag.basis)],
        citations(view, flag.citations),
        assumption,
        el("p", "Rule ", el("code", flag.rule), class_="small"),
        name=f"flag-{flag.rule}",
    )
    return el("div", title, el("p", el("b", "What it may mean: "), glossed(flag.because)), do, differs, source, class_="flag")


def ask(view: View) -> Html:
    """What to ask next, answered on the spot."""
    left = [finding for finding in view.result.ask_next if finding not in view.skipped]
    if not view.result.ask_next:
        done = el("p", icon("true"), "Nothing is left to ask that could change the route, the step or a verdict.", class_="done")
        return el("section", done, _asked_again(view), id="ask", class_="ask is-done", aria_label="What to ask next")
    if not left:
        again = el("button", "Ask the skipped ones again", type="button", data_do="unskip", class_="primary")
        return el("section", el("p", "Every open question was passed over.", class_="done"), again, id="ask", class_="ask")
    finding = view.knowledge.findings[left[0]]
    group = next(group for group in view.knowledge.groups if group.id == finding.group)
    return _asking(view, finding, group, left)


def _asked_again(view: View) -> Child:
    """That what no longer changes the answer still matters: safety questions that nobody answered."""
    asked = [one for group in view.flag_groups for one in view.findings_of(group) if one.answers]
    if view.result.route not in OFF or all(one.id in view.answers for one in asked):
        return None
    return el("p", "The other safety questions are still open. They are asked again at each visit.", class_="still-open")


def _asking(view: View, finding: Finding, group: Group, left: list[str]) -> Html:
    eyebrow = el(
        "p",
        icon("next"),
        "Ask next",
        el("span", f"{counted(len(view.result.ask_next), 'question')} open", class_="count"),
        class_="eyebrow",
    )
    findings = [one for one in view.findings_of(group) if one.answers]
    whole = group.flags and not any(adverse(view, one) or one.id in view.skipped for one in findings)
    body = _whole_group(view, group, findings, finding) if whole and len(findings) > 1 else _single(view, finding)
    rest = (
        folded(
            f"Then {counted(len(view.result.ask_next) - 1, 'more', 'more')}",
            items((question_link(view, name) for name in view.result.ask_next if name != finding.id), class_="deciding"),
            name="ask-rest",
        )
        if len(view.result.ask_next) > 1
        else None
    )
    return el("section", eyebrow, *body, rest, id="ask", class_="ask", aria_label="What to ask next")


def _whole_group(view: View, group: Group, findings: list[Finding], finding: Finding) -> list[Child]:
    asked = items((one.question for one in findings), class_="group-questions")
    none = el(
        "button",
        icon("true"),
        group.none_of_these,
        type="button",
        data_do="none",
        data_group=group.id,
        data_value="on",
        class_="primary",
        id=f"ask-none-{group.id}",
    )
    either = el("p", "Or one by one:", class_="small")
    return [heading(2, group.title, id="ask-title", tabindex="-1"), asked, none, either, *_single(view, finding, level=3)]


def _single(view: View, finding: Finding, level: int = 2) -> list[Child]:
    title = heading(level, glossed(finding.question), id="ask-title" if level == 2 else "ask-one", tabindex="-1")
    hint = el("p", glossed(finding.hint), class_="hint") if finding.hint else None
    words = view.decides.get(finding.id, ())
    reason_asked = el("p", f"Decides: {few(words, 6)}", class_="why") if words else None
    buttons = _entry(finding) if finding.whole else [_button(finding, answer, words) for answer, words in finding.answers.items()]
    skip = el(
        "button",
        icon("unknown"),
        "Not known, ask the next",
        type="button",
        data_do="skip",
        data_finding=finding.id,
        class_="answer unknown",
    )
    return [title, hint, el("div", *buttons, skip, class_="answers"), reason_asked]


def _button(finding: Finding, answer: str, words: str) -> Html:
    return el(
        "button",
        sentence(words),
        type="button",
        data_do="answer",
        data_finding=finding.id,
        data_value=answer,
        class_="answer",
        id=f"ask-{finding.id}-{answer}",
    )


def _entry(finding: Finding) -> list[Html]:
    assert finding.whole
    box = el(
        "input",
        type="number",
        min=0,
        max=finding.whole.most,
        step=1,
        inputmode="numeric",
        id=f"ask-{finding.id}",
        aria_label=f"{finding.question} ({finding.whole.unit})",
        data_finding=finding.id,
    )
    go = el(
        "button",
        "Answer",
        type="button",
        data_do="entry",
        data_from=f"ask-{finding.id}",
        data_finding=finding.id,
        class_="answer",
    )
    return [box, el("span", finding.whole.unit, class_="unit"), go]

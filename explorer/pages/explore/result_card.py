"""The result card: the current step, or the red flags in its place."""

from __future__ import annotations

from explorer.markup.html import Child, Html, disclosure, el, heading
from explorer.markup.icons import icon
from explorer.pages.explore.carried_answers import earlier_signs
from explorer.pages.explore.evidence import basis_tag, citations, doubts, open_questions, reason, trace
from explorer.pages.explore.first_card import is_starting
from explorer.pages.explore.foundations import changed_assumptions
from explorer.pages.explore.glossary_popovers import with_glossary
from explorer.pages.explore.verdicts import open_verdict_phrase
from explorer.pages.explore.view import View
from pathway.explanation.result import Reason, RedFlagResult
from pathway.explanation.sentence import result_sentence
from pathway.explanation.wording import Wording
from pathway.knowledge.vocabulary import UNDETERMINED

STEP_DRAWER = "step"
"""The name of the drawer with what would change the step."""


def status(view: View) -> Html:
    """Warnings, changed assumptions, then the step card or the red-flag card; no card before anyone is described."""
    warnings = [el("p", icon("contraindicated"), text, class_="warning") for text in view.result.warnings]
    if before := earlier_signs(view):
        warnings.append(el("p", icon("undetermined"), el("b", "Ask again: "), before, class_="warning"))
    return el("div", *warnings, changed_assumptions(view), _card(view), id="status", tabindex="-1")


def _card(view: View) -> Child:
    if view.is_off_ladder:
        return _red_flag_card(view)
    if is_starting(view):
        return heading(2, summary(view), class_="sr")  # for screen readers, which go from heading to heading
    return _step_card(view)


def summary(view: View) -> str:
    """The result in one sentence, with the questions that were skipped in this session counted apart."""
    return result_sentence(view.result, view.answers, view.knowledge, view.skipped)


def _step_card(view: View) -> Html:
    result = view.result
    firmness = "open" if result.provisional else "firm"
    words = open_verdict_phrase(view, result.step_open) if result.step_open else view.says(str(result.step))
    none_fits = no_option_fits(view)
    head = heading(2, *([icon("not_indicated"), none_fits] if none_fits else _step_words(view)))
    if none_fits:
        words = f"The step is {view.title(str(result.step)).lower()}. Each of its options says why it is left out."
    lead = el("p", words, class_="lead")
    return el("section", head, lead, _reasons(view), class_=f"step-card is-{firmness}", aria_label="Current step")


def no_option_fits(view: View) -> str | None:
    """The headline of a step whose options are all ruled out; None otherwise."""
    return Wording(view.knowledge).none_fits(view.result)


def _step_words(view: View) -> list[Child]:
    result = view.result
    if so_far := _so_far(view):
        return [icon("undetermined"), so_far]
    word = view.title(str(result.step))
    return [icon("undetermined"), f"Provisional step: {word.lower()}"] if result.provisional else [icon("here"), word]


def _so_far(view: View) -> str | None:
    """`The first step so far`, while answers could lead to another step."""
    step_open = view.result.step_open
    return f"{view.title(step_open.possible[0])} so far" if view.result.step == UNDETERMINED and step_open else None


def _reasons(view: View) -> Html:
    result = view.result
    first = [_first_reason(rule) for rule in result.step_reasons[:1]]
    inside: list[Child] = [reason(view, rule) for rule in result.step_reasons]
    decisive = {rule.rule for rule in result.step_reasons}
    inside += [trace(view, rule) for rule in result.trace.step if rule.rule in decisive and rule.conditions]
    if result.route_open:
        inside += [heading(3, "The route is still open"), open_questions(view, result.route_open)]
    if result.step_open:
        inside += [heading(3, "The step is still open"), open_questions(view, result.step_open)]
    words = "Reasons and open questions" if result.route_open or result.step_open else "Reasons"
    reasons = disclosure(words, *inside, name="why-step") if inside else None
    return el("div", *first, el("div", reasons, _what_if_button(), class_="step-links"))


def _first_reason(rule: Reason) -> Html:
    """The first reason. Its id names the rule, so that another rule gets a new paragraph instead of changed words in this one."""
    return el("p", with_glossary(rule.because), class_="small", id=f"first-{rule.rule}")


def _what_if_button() -> Html:
    words = "What would change this?"
    return el("button", words, type="button", class_="link", data_open=STEP_DRAWER, id="change-step", aria_haspopup="dialog")


def _red_flag_card(view: View) -> Html:
    result = view.result
    route = result.route
    head = heading(2, icon(view.shape(route)), view.title(route), tabindex="-1", id="takeover-title")
    hold = el("p", icon("on_hold"), "The ladder is on hold. ", view.says("on_hold"), class_="hold")
    flags = [_red_flag(view, flag) for flag in result.red_flags]
    route_open = result.route_open
    more = [heading(3, "Still open"), open_questions(view, route_open)] if route_open else []
    lead = el("p", view.says(route), class_="lead")
    return el("section", head, lead, *flags, hold, *more, class_=f"takeover r-{view.shape(route)}", id="takeover", role="alert")


def _red_flag(view: View, flag: RedFlagResult) -> Html:
    value = view.answers.get(flag.finding)
    answer = f": {view.answer_words(flag.finding, value).lower()}" if value is not None else ""
    urgency = el("span", icon(view.shape(flag.route)), view.title(flag.route), class_=f"urgency r-{view.shape(flag.route)}")
    title = heading(3, urgency, " ", view.finding_label(flag.finding), answer)
    meaning = el("p", el("b", "What it may mean: "), with_glossary(flag.because))
    action = el("p", el("b", "What to do: "), with_glossary(flag.do), class_="do")
    return el("div", title, meaning, action, *doubts(flag), _red_flag_sources(view, flag), class_="flag")


def _red_flag_sources(view: View, flag: RedFlagResult) -> Html:
    """The sources of a red flag, its assumption and its rule, folded."""
    assumption = el("p", "Assumption: ", el("code", flag.assumption), class_="small") if flag.assumption else None
    rule = el("p", "Rule ", el("code", flag.rule), class_="small")
    summary = ["Sources ", basis_tag(view, flag.basis)]
    return disclosure(summary, citations(view, flag.citations), assumption, rule, name=f"flag-{flag.rule}")

"""The slides of a visit: the new answers, the question which step comes now, and the result with reasons and changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from explorer.markup.html import Html, el
from explorer.markup.icons import icon
from explorer.pages.differences import Change, changes, standing_badge
from explorer.pages.explore.carried_answers import NOTHING_NEW, earlier_signs, to_ask_again
from explorer.pages.explore.result_card import no_option_fits
from explorer.pages.explore.verdicts import open_verdict_phrase
from explorer.pages.explore.view import View
from explorer.pages.explore.visits import TREND_WORDS
from explorer.present.links import anchor, changed_link
from explorer.present.person import changed
from explorer.present.person_facts import who
from explorer.present.red_flags import red_flag_slides
from explorer.present.references import doubts, rule_references
from explorer.present.safety import open_questions, question_slides, safety_line
from explorer.present.slide import Block, Slide, paragraph, slides
from explorer.present.treatments_tried import tried_slides
from pathway.knowledge.vocabulary import UNDETERMINED
from pathway.phrases import pluralise, sentence_case


def visit_slides(view: View, number: int) -> list[Slide]:
    """The slides of a visit. At the visit that is shown, the safety questions that are open come before its answer."""
    visit_view = view.at_visit(number)
    questions = question_slides(visit_view) if number == view.state.current_visit and open_questions(visit_view) else []
    if visit_view.is_off_ladder:
        return [*red_flag_slides(visit_view, _when(visit_view, number), anchor(number, "answer")), *questions]
    tried = tried_slides(visit_view) if number and number == view.state.current_visit else []
    vote = _vote(visit_view, number, "" if questions else anchor(number))
    return [*questions, *tried, *vote, *_answer(view, visit_view, number)]


def _when(view: View, number: int) -> str:
    """`Visit 2 of 3, 6 weeks later: worse. Week 14`; empty where there is only one visit."""
    visit, total = view.state.visits[number], len(view.state.visits)
    if total == 1:
        return ""
    place = f"Visit {number + 1} of {total}"
    if not number:
        return f"{place}, the start"
    since = f"{pluralise(visit.weeks, 'week')} later: {TREND_WORDS[visit.trend].lower()}"
    return f"{place}, {since}. Week {view.state.weeks_at(number)}"


def _name(view: View, number: int) -> str:
    """`Visit 2: `; empty where there is only one visit."""
    return f"Visit {number + 1}: " if len(view.state.visits) > 1 else ""


def _vote(view: View, number: int, place: str) -> list[Slide]:
    """The new answers, and the steps to choose from; the result is on the next slide."""
    blocks = [paragraph(f"{who(view)}.") if who(view) else None, *_new_answers(view, number), _steps(view)]
    return slides(
        sentence_case(f"{_name(view, number)}which step now?"), filter(None, blocks), _when(view, number), place, "vote"
    )


def _new_answers(view: View, number: int) -> Iterator[Block]:
    """The new answers of a later visit: the trend, treatments tried, and the safety questions."""
    if not number:
        return
    known = {name: view.answers[name] for name in view.state.visits[number].new_answers if name in view.answers}
    new = [
        f"{view.finding_label(name)}: {view.answer_words(name, answer).lower()}"
        for name, answer in known.items()
        if not view.is_safety_question(view.knowledge.findings[name])
    ]
    if new:
        yield paragraph(el("b", "New. "), f"{'; '.join(new)}.")
    yield paragraph(el("b", "Safety questions. "), safety_line(view))


def _steps(view: View) -> Block:
    tiles = [
        el("li", icon(view.shape(step)), el("b", view.title(step)), el("span", view.says(step))) for step in view.knowledge.steps
    ]
    return Block(el("ul", *tiles, class_="steps"), 7)


def _answer(view: View, visit_view: View, number: int) -> list[Slide]:
    """The step of a visit with its reasons, open questions, and changes since the visit before."""
    since = _changes(view.at_visit(number - 1), visit_view) if number else ()
    blocks = [
        _sentence(visit_view),
        *_meaning(visit_view),
        *_reasons(visit_view),
        *_open(view, visit_view, number),
        *changed(visit_view),
        *since,
    ]
    title = f"{_name(view, number)}{_headline(visit_view)}"
    return slides(title, blocks, _when(visit_view, number), anchor(number, "answer"), "answer")


def _headline(view: View) -> str:
    return no_option_fits(view) or standing_badge(view).words


def _sentence(view: View) -> Block:
    return paragraph(view.result.sentence, class_="lead", size=1.3)


def _meaning(view: View) -> Iterator[Block]:
    result = view.result
    if result.step_open:
        yield paragraph(open_verdict_phrase(view, result.step_open))
    elif result.step not in (None, UNDETERMINED):
        yield paragraph(view.says(str(result.step)))


def _reasons(view: View) -> Iterator[Block]:
    for reason in view.result.step_reasons:
        yield paragraph(el("b", "Why: "), reason.because, references=rule_references(view, reason))
        yield from (paragraph(words) for words in doubts(view, reason))


def _open(view: View, visit_view: View, number: int) -> Iterator[Block]:
    """Doubts: open safety questions with a link that confirms them, earlier signs, and answers that seem wrong."""
    if open_questions(visit_view):
        link = _nothing_new(view, visit_view, number) if to_ask_again(visit_view) else None
        yield paragraph(el("b", "Provisional: "), "open safety questions could change this. ", link or "", class_="warning")
    if before := earlier_signs(visit_view):
        yield paragraph(el("b", "Ask again: "), before, class_="warning")
    yield from (paragraph(words, class_="warning") for words in visit_view.result.warnings)


def _nothing_new(view: View, visit_view: View, number: int) -> Html:
    """A link that answers the questions of a visit as before; the visit that is shown stays the same."""
    state = replace(visit_view.state.answered_as_before(), current_visit=view.state.current_visit)
    return changed_link(view, state, anchor(number, "answer"), NOTHING_NEW)


def _changes(before: View, after: View) -> Iterator[Block]:
    """The step of the visit before, then each change of options, with its reason."""
    yield paragraph(el("b", "Before: "), f"{standing_badge(before).words}.")
    names_by_change: dict[Change, list[str]] = {}
    for change in changes(before, after):
        if change.before.shape != change.after.shape:
            names_by_change.setdefault(replace(change, name=""), []).append(change.name)
    for change, names in names_by_change.items():
        options = [name for name, option in after.knowledge.options.items() if option.name in names]
        if options:  # the route and the step are said above
            yield _change(after, change, options)


def _change(view: View, change: Change, options: list[str]) -> Block:
    names = ", ".join(view.knowledge.options[name].name for name in options)
    arrow = [" ", icon("next"), el("span", " becomes ", class_="sr"), " "]
    reasons = (reason for name in options for reason in view.result.options[name].reasons[:1])
    references = (place for reason in reasons for place in rule_references(view, reason))
    return paragraph(
        el("b", names, ": "), change.before.words, *arrow, el("b", change.after.words), f". {change.why}", references=references
    )

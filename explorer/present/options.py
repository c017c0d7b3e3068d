"""The options at the visit that is shown: what applies, by step; reasons at the current step; what guidelines say."""

from __future__ import annotations

from collections.abc import Iterator

from explorer.markup.html import Html, el, join, on_lines
from explorer.pages.explore.verdicts import badge_of, group_title, reading_markers
from explorer.pages.explore.view import View
from explorer.present.references import Reference, note_references, rule_references
from explorer.present.slide import Block, Slide, paragraph, slides, together
from pathway.explanation.result import Note, OptionResult
from pathway.knowledge.vocabulary import ANY_STEP


def option_slides(view: View) -> list[Slide]:
    """What applies, the reasons of the current step's options, and what guidelines say; none while the ladder is on hold."""
    if view.is_off_ladder:
        return []
    visit = f"Visit {view.state.current_visit + 1}" if len(view.state.visits) > 1 else ""
    applying = [
        block
        for step in (*view.knowledge.steps, ANY_STEP)
        if (names := _applying(view, step))
        for block in _step(view, step, names)
    ]
    title = group_title(view, "applies") if view.result.provisional else "What applies now"
    overview = slides(title, applying, visit, "options")
    return [
        *overview,
        *_current_step(view, visit),
        *slides(f"What {_other_sources(view)} says about these", _guidelines(view), visit, "guideline"),
    ]


def _applying(view: View, step: str) -> list[str]:
    options = (name for name, option in view.knowledge.options.items() if option.step == step)
    return [name for name in options if _would_apply(view.result.options[name])]


def _would_apply(option: OptionResult) -> bool:
    """Whether an option applies, or would if every open answer is benign."""
    return option.verdict == "applies" or bool(option.open and option.open.possible[0] == "applies")


def _step(view: View, step: str, names: list[str]) -> list[Block]:
    """The options of a step that apply; where a guideline differs, that is said in the same type."""
    title = Block(el("h3", "At any step" if step == ANY_STEP else view.title(step)), 1.5)
    marked = [name for name in names if reading_markers(view, view.result.options[name])]
    lines = [
        *_without_marker(view, [name for name in names if name not in marked]),
        *(_with_marker(view, name) for name in marked),
    ]
    return [together(title, lines[0]), *lines[1:]]


def _without_marker(view: View, names: list[str]) -> Iterator[Block]:
    if names:
        rests_on = (place for name in names for place in _rests_on(view, name))
        yield paragraph(f"{', '.join(view.knowledge.options[name].name for name in names)}.", references=rests_on)


def _with_marker(view: View, name: str) -> Block:
    option = view.result.options[name]
    rests_on = (*_rests_on(view, name), *(note_references(view, note) for note in option.notes))
    return paragraph(
        f"{view.knowledge.options[name].name}. ", el("b", on_lines(reading_markers(view, option))), references=rests_on
    )


def _rests_on(view: View, name: str) -> Iterator[Reference]:
    """What the first reason for an option's verdict rests on."""
    return (place for reason in view.result.options[name].reasons[:1] for place in rule_references(view, reason))


def _current_step(view: View, visit: str) -> list[Slide]:
    names = [name for name, option in view.knowledge.options.items() if option.step == view.result.step]
    title = f"{view.title(str(view.result.step))}: each option and why" if names else ""
    return slides(title, [_with_reason(view, name) for name in names], visit)


def _with_reason(view: View, name: str) -> Block:
    option = view.result.options[name]
    title = el("b", f"{view.knowledge.options[name].name}: {badge_of(view, option).words}. ")
    return paragraph(title, *(reason.because for reason in option.reasons[:1]), references=_rests_on(view, name))


def _other_sources(view: View) -> str:
    """Who says something about options: the short name of the reading that follows this publisher, else the publisher."""
    sources = view.knowledge.sources
    followed = {sources[reading.source].publisher: reading.short for reading in view.knowledge.outline.readings}
    publishers = (note.publisher for option in view.result.options.values() for note in option.notes)
    return " or ".join(dict.fromkeys(followed.get(publisher, publisher) for publisher in publishers))


def _guidelines(view: View) -> Iterator[Block]:
    """The guidelines' recommendations on the options that apply; those with the same one share a paragraph."""
    names: dict[tuple[Note, ...], list[str]] = {}
    for name, option in view.result.options.items():
        if _would_apply(option):
            names.setdefault(option.notes, []).append(view.knowledge.options[name].name)
    for notes, options in names.items():
        texts = join([_note(note) for note in notes])
        yield paragraph(el("b", f"{', '.join(options)}. "), texts, references=(note_references(view, note) for note in notes))


def _note(note: Note) -> Html:
    return join([el("i", f"{note.number}: ") if note.number else None, note.text, " "])

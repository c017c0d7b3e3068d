"""The ladder as one picture: the current step is lit, and each step lists its options."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from explorer.markup.html import Child, Html, el, heading, items, join
from explorer.markup.icons import icon
from explorer.markup.parts import slot
from explorer.pages.explore.glossary_popovers import with_glossary
from explorer.pages.explore.option_chips import option_chips
from explorer.pages.explore.question_panel import ALL_CLEAR
from explorer.pages.explore.result_card import no_option_fits
from explorer.pages.explore.view import View
from pathway.knowledge.vocabulary import ANY_STEP, APPLIES, UNDETERMINED


@dataclass(frozen=True)
class Rung:
    """One rung: its shape, class in the style sheet, title, and the options on it."""

    name: str
    shape: str
    kind: str
    current: bool
    title: Html
    content: Html

    @property
    def html(self) -> Html:
        """The list item: marker, title, and the slot for the content."""
        marker = el("span", icon(self.shape), class_="marker")
        body = el("div", self.title, slot(f"rung-{self.name}"), class_="rung-body")
        return el("li", marker, body, class_=f"rung {self.kind}", aria_current="step" if self.current else None)


def ladder(view: View) -> dict[str, Html]:
    """The picture with its rungs (safety, each step, recovery, any step), and the content of each, by part name."""
    rungs = [
        _safety(view),
        *(_rung(view, step) for step in view.knowledge.rungs),
        *(_recovery_rung(view, step) for step in view.knowledge.steps if step not in view.knowledge.rungs),
        *_any_step(view),
    ]
    on_hold = " on-hold" if view.is_off_ladder else ""
    rung_list = el("ol", *(rung.html for rung in rungs), class_=f"ladder{on_hold}")
    picture = el("nav", heading(2, "The ladder"), rung_list, class_="ladder-box", aria_label="The ladder")
    return {"ladder": picture, **{f"rung-{rung.name}": rung.content for rung in rungs}}


def _safety(view: View) -> Rung:
    groups = [_group_chip(view, group.id, group.title) for group in view.flag_groups]
    route = view.result.route
    word = view.title(route) if route != UNDETERMINED else "Still open"
    shape = view.shape(route) if view.is_off_ladder else ("undetermined" if route == UNDETERMINED else "true")
    is_current = view.is_off_ladder or route == UNDETERMINED
    title = el("h3", "Safety questions ", _pill(shape, word))
    return Rung("safety", shape, f"safety r-{view.shape(route)}", is_current, title, items(groups, class_="chips"))


def _group_chip(view: View, name: str, title: str) -> Html:
    findings = [finding for finding in view.knowledge.findings.values() if finding.group == name and finding.answers]
    known = sum(finding.id in view.answers for finding in findings)
    flagged = {flag.finding for flag in view.result.red_flags}
    if any(finding.id in flagged for finding in findings):
        shape, word = "diamond", "present"
    elif any(view.is_adverse(finding) for finding in findings):
        shape, word = "contraindicated", "noted"
    else:
        shape, word = ("true", ALL_CLEAR) if known == len(findings) else ("unknown", f"{known}/{len(findings)}")
    return el(
        "a",
        icon(shape),
        title,
        " ",
        el("b", word, class_="sr" if shape == "true" else None),
        href=f"#g-{name}",
        class_=f"chip g-{shape}",
    )


def _rung(view: View, step: str) -> Rung:
    options = [name for name, option in view.knowledge.options.items() if option.step == step]
    shape, word, lit = _step_status(view, step)
    title = el("h3", view.title(step), " ", _pill(shape, word))
    content = join([_step_meaning(view, step), *option_chips(view, options)])
    return Rung(step, shape, "lit" if lit else "", lit and not view.is_off_ladder, title, content)


def _step_meaning(view: View, step: str) -> Child:
    """What a step means, or that none of its options fits; None while the ladder is on hold."""
    if view.is_off_ladder:
        return None
    if step == view.result.step and (none_fits := no_option_fits(view)):
        return el("p", el("b", none_fits), ".")
    return el("p", with_glossary(view.says(step)), class_="small")


def _step_status(view: View, step: str) -> tuple[str, str, bool]:
    """The shape and word of a step's pill, and whether its rung is lit."""
    result = view.result
    if result.step is None:
        return "on_hold", view.title("on_hold"), False
    if result.step == UNDETERMINED and result.step_open:
        first = result.step_open.possible[0] == step
        return (
            ("undetermined", "So far" if first else "Possible", first)
            if step in result.step_open.possible
            else ("later", "Not now", False)
        )
    if result.step == step:
        return ("undetermined", "Provisional step", True) if result.provisional else ("here", "Current step", True)
    rungs = view.knowledge.rungs
    at = rungs.index(result.step) if result.step in rungs else -1
    if step == rungs[0] and _has_something_that_applies(view, step):
        return "true", "Continues", False
    return "later", "Not this step" if rungs.index(step) < at else "Not yet", False


def _has_something_that_applies(view: View, step: str) -> bool:
    """Whether an option of a step applies, for certain or so far."""
    options = (view.result.options[name] for name, option in view.knowledge.options.items() if option.step == step)
    return any(APPLIES in (option.verdict, *(option.open.possible[:1] if option.open else ())) for option in options)


def _recovery_rung(view: View, step: str) -> Rung:
    shape, word, lit = _recovery_status(view, step)
    title = el("h3", view.title(step), " ", _pill(shape, word))
    return Rung(step, shape, "exit" + (" lit" if lit else ""), lit, title, join(_step_meaning(view, step)))


def _recovery_status(view: View, step: str) -> tuple[str, str, bool]:
    result = view.result
    if result.step == step:
        return ("undetermined", "Provisional step", True) if result.provisional else ("here", "Current step", True)
    if result.step_open and step in result.step_open.possible:
        return "undetermined", "Possible", False
    return ("on_hold", view.title("on_hold"), False) if result.step is None else ("later", "Not now", False)


def _any_step(view: View) -> Iterator[Rung]:
    """The options beside the steps, which belong to no step; nothing if there are none."""
    options = [name for name, option in view.knowledge.options.items() if option.step == ANY_STEP]
    if options:
        yield Rung(ANY_STEP, "next", ANY_STEP, False, el("h3", "At any step"), join(option_chips(view, options)))


def _pill(shape: str, word: str) -> Html:
    return el("span", word, class_=f"pill p-{shape}")

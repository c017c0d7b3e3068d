"""Differences between two results with their reasons: for visits, guidance, assumptions and compared scenarios."""

from __future__ import annotations

from dataclasses import dataclass, replace

from explorer.markup.html import Child, Html, el, heading, items
from explorer.markup.icons import icon
from explorer.pages.explore.evidence import badge
from explorer.pages.explore.verdicts import PROVISIONAL, SO_FAR, Badge, badge_of, badges_of
from explorer.pages.explore.view import View
from pathway.knowledge.outline import Reading
from pathway.knowledge.vocabulary import UNDETERMINED


@dataclass(frozen=True)
class Change:
    """One difference: its name, badges before and after, and the reason."""

    name: str
    before: Badge
    after: Badge
    why: str


def changes(before: View, after: View) -> list[Change]:
    """The differences: route and step first, then each option whose verdict changed.

    Where the route leads off the ladder, or back, that is said once and not for each option that is on hold for it.
    """
    listed = [*_route_and_step_changes(before, after)]
    rerouted = before.result.route != after.result.route
    for name, option in after.result.options.items():
        was = before.result.options[name]
        if rerouted and "on_hold" in (was.verdict, option.verdict):
            continue
        if was.verdict != option.verdict or (was.open != option.open and badge_of(before, was) != badge_of(after, option)):
            why = option.reasons[0].because if option.reasons else ""
            badges = _option_badges(before, after, name)
            listed.append(Change(after.knowledge.options[name].name, *badges, why))
    return listed


def _option_badges(before: View, after: View, name: str) -> tuple[Badge, Badge]:
    """The badges before and after: both positions where sources differ and the positions show the change; else the verdicts."""
    was, option = before.result.options[name], after.result.options[name]
    old, new = badges_of(before, was)[0], badges_of(after, option)[0]
    shows_change = before.result.guidance == after.result.guidance and old.words != new.words and old.firm == new.firm
    if not shows_change:
        old, new = badge_of(before, was), badge_of(after, option)
    return _without_full_stop(old), _without_full_stop(new)


def _without_full_stop(badge: Badge) -> Badge:
    """The badge inside a sentence: two positions end in a full stop."""
    return replace(badge, words=badge.words.removesuffix("."))


def _route_and_step_changes(before: View, after: View) -> list[Change]:
    route, step = (before.result.route, after.result.route), (before.result.step, after.result.step)
    listed = []
    if route[0] != route[1]:
        hold = [after.says("on_hold")] if step[1] is None else []
        why = " ".join([*(flag.because for flag in after.result.red_flags), *hold])
        listed.append(Change("The route", _word_badge(before, route[0]), _word_badge(after, route[1]), why))
    if step[0] != step[1] and step[1] is not None:
        why = " ".join(reason.because for reason in after.result.step_reasons)
        listed.append(Change("The step", standing_badge(before), standing_badge(after), why))
    return listed


def _word_badge(view: View, word: str) -> Badge:
    return Badge(view.shape(word), view.title(word), firm=word != UNDETERMINED)


def standing_badge(view: View) -> Badge:
    """The badge of the step; off the ladder, of the route."""
    step = view.result.step
    if step is None:
        return _word_badge(view, view.result.route)
    if step == UNDETERMINED and view.result.step_open:
        first = view.result.step_open.possible[0]
        return Badge(view.shape(first), f"{view.title(first)} so far", firm=False, note=SO_FAR)
    return (
        Badge(view.shape(step), f"{view.title(step)} (provisional)", firm=False, note=PROVISIONAL)
        if view.result.provisional
        else _word_badge(view, step)
    )


def merged_changes(listed: list[Change]) -> list[Change]:
    """The differences, with options merged into one entry where change and reason are the same."""
    names: dict[Change, list[str]] = {}
    for difference in listed:
        names.setdefault(replace(difference, name=""), []).append(difference.name)
    return [replace(difference, name=", ".join(options)) for difference, options in names.items()]


def change(difference: Change) -> Html:
    """One difference in a line, and its reason."""
    arrow = [el("span", " becomes ", class_="sr"), icon("next")]
    head = el("p", el("b", difference.name), " ", badge(difference.before), *arrow, badge(difference.after), class_="change")
    return el("div", head, el("p", difference.why, class_="small") if difference.why else None)


def change_list(differences: list[Change], nothing: str) -> Html:
    """The differences as a list; the text `nothing` where there are none."""
    entries: list[Child] = [change(difference) for difference in differences]
    return items(entries, class_="changes") if entries else el("p", nothing, class_="small")


def guidance_differences(view: View) -> Html:
    """The drawer with the differences between the first reading and each other one for this scenario."""
    head = heading(2, "Where they differ", id="drawer-title", tabindex="-1")
    first, *others = view.knowledge.outline.readings
    return el("div", head, *(part for other in others for part in _by_reading(view, first, other)))


def _by_reading(view: View, first: Reading, other: Reading) -> tuple[Html, Html]:
    differences = changes(view.with_guidance(first.id), view.with_guidance(other.id))
    lead = f"Results for this scenario: first with {view.guidance_name(first.id)}, then with {other.short}."
    return el("p", lead, class_="small"), change_list(differences, "Both give the same result.")


def assumption_changes(view: View) -> Html:
    """What the changed assumptions change; empty where none is changed."""
    if not view.state.assumptions:
        return Html("")
    effect = change_list(changes(view.with_defaults(), view), "The changed assumptions make no difference here.")
    return el("div", el("h3", "Effect of the changed assumptions"), effect, class_="varied-changes")

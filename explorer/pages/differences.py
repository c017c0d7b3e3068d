"""What is different between two results, and why: for visits, readings, assumptions and scenarios side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace

from explorer.instrument.evidence import badge
from explorer.instrument.verdicts import Badge, badge_of
from explorer.instrument.view import View
from explorer.markup.html import Child, Html, el, heading, items
from explorer.markup.icons import icon
from pathway.knowledge.vocabulary import UNDETERMINED


@dataclass(frozen=True)
class Change:
    """Something that is otherwise: what, how it was, how it is, and why."""

    name: str
    before: Badge
    after: Badge
    why: str


def changes(before: View, after: View) -> list[Change]:
    """Route and step first, then every option with another verdict."""
    found = [*_route_and_step_changes(before, after)]
    for name, option in after.result.options.items():
        was = before.result.options[name]
        if was.verdict != option.verdict or (was.open != option.open and badge_of(before, was) != badge_of(after, option)):
            why = option.reasons[0].because if option.reasons else ""
            found.append(Change(after.knowledge.options[name].name, badge_of(before, was), badge_of(after, option), why))
    return found


def _route_and_step_changes(before: View, after: View) -> list[Change]:
    route, step = (before.result.route, after.result.route), (before.result.step, after.result.step)
    found = []
    if route[0] != route[1]:
        why = " ".join(flag.because for flag in after.result.red_flags)
        found.append(Change("The route", _word_badge(before, route[0]), _word_badge(after, route[1]), why))
    if step[0] != step[1]:
        why = " ".join(reason.because for reason in after.result.step_reasons)
        found.append(Change("The step", standing_badge(before), standing_badge(after), why))
    return found


def _word_badge(view: View, word: str) -> Badge:
    return Badge(word, view.title(word), firm=word != UNDETERMINED)


def standing_badge(view: View) -> Badge:
    """Where a person stands, as a badge: off the ladder the route, on it the step."""
    step = view.result.step
    if step is None:
        return _word_badge(view, view.result.route)
    if step == UNDETERMINED and view.result.step_open:
        return Badge(view.result.step_open.possible[0], f"{view.title(view.result.step_open.possible[0])} so far", firm=False)
    return Badge(step, f"{view.title(step)} (provisional)", firm=False) if view.result.provisional else _word_badge(view, step)


def merged_changes(found: list[Change]) -> list[Change]:
    """The same differences, with those of several options in one where they are the same for the same reason."""
    names: dict[Change, list[str]] = {}
    for one in found:
        names.setdefault(replace(one, name=""), []).append(one.name)
    return [replace(one, name=", ".join(of)) for one, of in names.items()]


def change(found: Change) -> Html:
    """One difference, in a line."""
    arrow = [el("span", " becomes ", class_="sr"), icon("next")]
    head = el("p", el("b", found.name), " ", badge(found.before), *arrow, badge(found.after), class_="change")
    return el("div", head, el("p", found.why, class_="small") if found.why else None)


def change_list(found: list[Change], nothing: str) -> Html:
    """The differences as a list, or the words for there being none."""
    shown: list[Child] = [change(one) for one in found]
    return items(shown, class_="changes") if shown else el("p", nothing, class_="small")


def guidance_differences(view: View) -> Html:
    """Where the page's reading and NICE's part, for this scenario, and by which recommendation."""
    found = changes(view.with_guidance("page"), view.with_guidance("nice"))
    head = heading(2, "Where they differ", id="drawer-title", tabindex="-1")
    lead = el("p", "Results for this scenario: first with the clinic’s page, then with NICE.", class_="small")
    return el("div", head, lead, change_list(found, "Both give the same result."))


def assumption_changes(view: View) -> Html:
    """What the varied assumptions change."""
    if not view.state.assumptions:
        return Html("")
    found = change_list(changes(view.with_defaults(), view), "The changed assumptions make no difference here.")
    return el("div", el("h3", "Effect of the changed assumptions"), found, class_="varied-changes")

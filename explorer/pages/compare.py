"""The Compare page: two scenarios side by side, the differences with their reasons, then the different answers."""

from __future__ import annotations

from explorer.markup.html import Child, Html, el, heading
from explorer.markup.words import pluralise
from explorer.pages.differences import change_list, changes, standing_badge
from explorer.pages.explore.evidence import badge
from explorer.pages.explore.foundations import CHANGED_ASSUMPTIONS, safety_net, sticky_footer
from explorer.pages.explore.frame import article_page
from explorer.pages.explore.status import summary
from explorer.pages.explore.view import View
from pathway.knowledge.assumptions import varied_words


def compare(view: View, pinned: View | None) -> Html:
    """The page. `pinned`: the scenario saved for comparison (A); `view` is B."""
    chosen = _scenario_choice(view, pinned)
    if pinned is None:
        body: list[Child] = [el("p", "Choose a scenario to compare with this one.", class_="small"), _scenario_box("B", view)]
    else:
        differences = changes(pinned, view)
        sides = el("div", _scenario_box("A", pinned), _scenario_box("B", view), class_="sides")
        head = heading(2, f"{pluralise(len(differences), 'difference')}, from A to B")
        listed = el(
            "section",
            head,
            change_list(differences, "The route, the step and all verdicts are the same."),
            class_="box",
            aria_label="Differences",
        )
        body = [sides, listed, *([_different_answers(pinned, view)] if pinned.answers != view.answers else [])]
    body += [safety_net(view), sticky_footer(view)]
    return article_page(view, "compare", heading(1, "Compare"), chosen, *body)


def _scenario_choice(view: View, pinned: View | None) -> Html:
    against = pinned.scenario if pinned else None
    options = [
        el("option", scenario.title, value=name, selected=scenario is against) for name, scenario in view.scenarios.items()
    ]
    if against is None:  # no scenario is saved, or it is not a bundled one, which alone are in the list
        words = "The saved scenario" if pinned else "Choose a scenario"
        options.insert(0, el("option", words, value="", selected=True, disabled=True))
    box = el("select", *options, id="against", aria_label="Compare with")
    go = el("button", "Compare", type="button", class_="quiet", data_do="compare-with", data_from="against")
    return el("div", el("label", "A: ", for_="against"), box, go, class_="answers")


def _scenario_box(letter: str, view: View) -> Html:
    return el(
        "section",
        heading(2, f"{letter}: {view.name}"),
        el("p", badge(standing_badge(view)), " ", summary(view)),
        el("p", f"Guidance: {view.guidance_name(view.result.guidance)}", class_="small"),
        el("p", el("b", CHANGED_ASSUMPTIONS), words, ".")
        if (words := varied_words(view.state.assumptions, view.knowledge))
        else None,
        class_="box",
        aria_label=f"Scenario {letter}",
    )


def _different_answers(pinned: View, view: View) -> Html:
    names = [name for name in view.knowledge.findings if pinned.answers.get(name) != view.answers.get(name)]
    rows = [
        el("tr", el("th", view.finding_label(name), scope="row"), el("td", _answer(pinned, name)), el("td", _answer(view, name)))
        for name in names
    ]
    head = el("thead", el("tr", *(el("th", word, scope="col") for word in ("Finding", "A", "B"))))
    table = el("table", el("caption", pluralise(len(names), "different answer")), head, el("tbody", *rows))
    return el("div", table, class_="box table", tabindex="0", role="region", aria_label="Different answers")


def _answer(view: View, name: str) -> str:
    answer = view.answers.get(name)
    return view.unknown_words(name) if answer is None else view.answer_words(name, answer)

"""A verdict and what it rests on, as they are shown: reasons, citations and how sure they are, notes, cautions, traces."""

from __future__ import annotations

from collections.abc import Iterable

import pathway
from explorer.instrument.glossary_popovers import with_glossary
from explorer.instrument.verdicts import Badge, open_verdict_phrase
from explorer.instrument.view import View
from explorer.markup.html import Child, Html, el, external_link, items, join
from explorer.markup.icons import icon
from pathway.explanation.pathway import the_pathway
from pathway.explanation.result import Caution, Citation, ConditionTrace, Note, Open, Reason, RedFlagResult, RuleTrace
from pathway.knowledge.models import Assumption, Cite
from pathway.source import Statement

MET = {True: "Met", False: "Not met", None: "Not known"}
TRUTHS = {True: ("true", "holds"), False: ("false", "does not hold"), None: ("unknown", "open")}


def badge(found: Badge) -> Html:
    """A verdict's badge."""
    return el("span", icon(found.shape), found.words, class_=f"badge v-{found.shape}" + ("" if found.firm else " unsure"))


def basis_tag(view: View, word: str) -> Html:
    """A basis or a degree of sureness, with what it means."""
    return el("span", view.title(word), class_=f"tag t-{word}", title=view.says(word))


def evidence_level(view: View, word: str) -> Html:
    """How surely something is known, and what that means, in words where it stands."""
    return el("span", el("span", view.title(word), class_=f"tag t-{word}"), " ", view.says(word), class_="sureness")


def citation(view: View, found: Citation) -> Html:
    """Where it is said, and how surely that is known."""
    paraphrase = _statement(view, found.statement)
    return el(
        "span",
        el("cite", found.source),
        f" ({found.edition}) ",
        el("code", found.source_id),
        ", ",
        found.locator,
        " ",
        evidence_level(view, found.checked),
        paraphrase,
        source_address(view, found.address),
        class_="citation",
    )


def source_address(view: View, address: str | None) -> Child:
    """The address of a source, and when it was last looked at."""
    return (
        el("span", external_link(address, address), f", address last opened {view.knowledge.frame.sources_seen}", class_="at")
        if address
        else None
    )


def _statement(view: View, statement: str | None) -> Child:
    says = next((entry.says for entry in view.knowledge.ledger.statements if entry.id == statement), None)
    return el("span", "In other words: ", with_glossary(says), class_="paraphrase") if says else None


def editor_note(statement: Statement) -> Child:
    """What we say of a statement: why it is left out, or that no guideline supports it."""
    return el("span", el("b", "Our note: "), statement.note, class_="remark") if statement.note else None


def citations(view: View, found: Iterable[Citation]) -> Html:
    """A list of citations."""
    return items((citation(view, one) for one in found), class_="citations")


def sources_line(cites: Iterable[Cite]) -> Html:
    """Where something is said, and how surely each is known, in one line."""
    label = pathway.load().label
    found = the_pathway().library.citations(cites)
    said = [[external_link(one.address, one.source), f", {one.locator} ({label(one.checked).title})"] for one in found]
    return el("p", join([["; " if number else "", *words] for number, words in enumerate(said)]), class_="small")


def doubts(found: Reason | Caution | RedFlagResult | Assumption) -> list[Html]:
    """Who says what where sources differ, and for what no named source was found."""
    differ = [el("p", el("b", "Where sources differ: "), with_glossary(found.differs), class_="differs")] if found.differs else []
    basis = None if isinstance(found, Assumption) else found.basis
    without = [pathway.load().label("unsourced").says] if basis == "unsourced" else []
    without += [f"No named source was found for {found.unsourced}."] if found.unsourced else []
    return [*differ, *(el("p", words, class_="without") for words in without)]


def assumption_line(view: View, name: str | None) -> Child:
    """The assumption behind something, with what it says."""
    if name is None:
        return None
    return el(
        "span", "Based on the assumption ", el("code", name), f": {view.knowledge.assumptions[name].says}", class_="assumed"
    )


def reason(view: View, found: Reason) -> Html:
    """A rule that holds, and what it rests on."""
    says = el("span", icon(found.says), view.title(found.says), class_=f"says v-{found.says}")
    gone = el("span", "Overridden by ", el("code", found.overridden_by), class_="overridden") if found.overridden_by else None
    line = el("p", says, " ", with_glossary(found.because), " ", basis_tag(view, found.basis), class_="because")
    rule = el("span", "Rule ", el("code", found.rule), class_="rule")
    rests_on = [*doubts(found), assumption_line(view, found.assumption), citations(view, found.citations)]
    return el("div", line, gone, *rests_on, rule, class_="reason")


def note(found: Note) -> Html:
    """What NG59 says of an option."""
    number = f" {found.number}" if found.number else ""
    return el("span", el("b", f"NICE{number}: "), with_glossary(found.text), class_="note-words")


def full_note(view: View, found: Note) -> Html:
    """The same, with its edition and how surely it is known."""
    return el(
        "p",
        note(found),
        " ",
        el("span", found.edition, class_="edition"),
        " ",
        evidence_level(view, found.checked),
        class_="note",
    )


def caution(view: View, found: Caution) -> Html:
    """Care to take, and on what it depends."""
    depends = f" Depends on: {', '.join(map(view.finding_label, found.open))}." if found.open else ""
    says = el("p", with_glossary(found.text), depends, " ", basis_tag(view, found.basis))
    rests_on = [*doubts(found), assumption_line(view, found.assumption), citations(view, found.citations)]
    return el("div", says, *rests_on, class_="caution")


def open_questions(view: View, left: Open | None) -> Child:
    """What is still possible, and the questions that decide."""
    if left is None:
        return None
    deciding = items((question_link(view, name) for name in left.deciding), class_="deciding")
    return el(
        "div",
        el("p", open_verdict_phrase(view, left)),
        el("p", "Questions that decide this:", class_="small"),
        deciding,
        class_="open",
    )


def question_link(view: View, finding: str) -> Html:
    """A link to a question."""
    return el("a", view.finding_label(finding), href=f"#q-{finding}")


def trace(view: View, found: RuleTrace) -> Html:
    """A rule that was considered: each condition, whether it holds, and the answer that made it so."""
    shape, words = TRUTHS[found.holds]
    says = f"{view.title(found.says)}: " if found.says else ""
    head = el("p", icon(shape), el("b", says), el("code", found.rule), f" {words}", class_=f"holds-{shape}")
    conditions = map(_condition, found.conditions)
    always = el("p", "No condition: this rule always holds.", class_="small") if not found.conditions else None
    return el("div", head, always, items(conditions, class_="conditions"), class_="trace")


def _condition(found: ConditionTrace) -> Html:
    """A condition, and the answer that made it so where the condition does not say that itself."""
    says = bool(found.holds) and found.text.endswith(found.answer)
    answer = None if says else el("i", f" ({found.answer})")
    shape, _ = TRUTHS[found.holds]
    return el("span", icon(shape), el("span", f"{MET[found.holds]}: ", class_="sr"), found.text, answer, class_=f"holds-{shape}")

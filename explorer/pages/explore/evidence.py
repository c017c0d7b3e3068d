"""Markup of a verdict's evidence: reasons, citations with how well they were checked, notes, cautions and traces."""

from __future__ import annotations

from collections.abc import Iterable

import pathway
from explorer.links.browser_address import SOURCE_PARAM
from explorer.markup.html import Child, Html, el, external_link, items, join
from explorer.markup.icons import icon
from explorer.pages.explore.glossary_popovers import with_glossary
from explorer.pages.explore.verdicts import Badge, open_verdict_phrase
from explorer.pages.explore.view import View
from pathway.explanation.pathway import the_pathway
from pathway.explanation.result import Caution, Citation, ConditionTrace, Note, Open, Reason, RedFlagResult, RuleTrace
from pathway.explanation.wording import Wording
from pathway.knowledge.models import Assumption, CitationRef
from pathway.source import Statement

MET = {True: "Met", False: "Not met", None: "Not known"}
TRUTHS = {True: ("true", "holds"), False: ("false", "does not hold"), None: ("unknown", "open")}


def badge(verdict: Badge) -> Html:
    """The badge of a verdict."""
    css_class = f"badge v-{verdict.shape}" + ("" if verdict.firm else " unsure")
    return el("span", icon(verdict.shape), verdict.words, class_=css_class, title=verdict.note or None)


def basis_tag(view: View, word: str) -> Html:
    """A tag for a basis or an evidence level; its meaning is in the title attribute."""
    return el("span", view.title(word), class_=f"tag t-{word}", title=view.says(word))


def evidence_level(view: View, word: str) -> Html:
    """An evidence level followed by its meaning in words."""
    return el("span", el("span", view.title(word), class_=f"tag t-{word}"), " ", view.says(word), class_="sureness")


def source_link(name: str, words: str, query: str) -> Html:
    """A link to the entry of a source. `query`: what else of the address it keeps, ending in &; Explore adds that itself."""
    return el("a", words, href=f"./sources?{query}{SOURCE_PARAM}={name}", data_go="sources", data_source=name)


def citation(view: View, cited: Citation, query: str) -> Html:
    """A citation: source, edition, place, evidence level and our paraphrase."""
    paraphrase = _statement(view, cited.statement)
    return el(
        "span",
        el("cite", source_link(cited.source_id, cited.source, query)),
        f" ({cited.edition}) ",
        el("code", cited.source_id),
        ", ",
        cited.locator,
        " ",
        evidence_level(view, cited.checked),
        paraphrase,
        source_address(view, cited.address),
        class_="citation",
    )


def source_address(view: View, address: str | None) -> Child:
    """A link to a source, and the day when its text was last looked up; None without an address."""
    return (
        el(
            "span",
            external_link(address, address),
            f", looked up in a stored copy on {view.knowledge.frame.sources_seen}",
            class_="at",
        )
        if address
        else None
    )


def _statement(view: View, statement: str | None) -> Child:
    says = next((entry.says for entry in view.knowledge.ledger.statements if entry.id == statement), None)
    return el("span", "In other words: ", with_glossary(says), class_="paraphrase") if says else None


def editor_note(statement: Statement) -> Child:
    """Our note on a statement, such as why it is left out; None where there is none."""
    return el("span", el("b", "Our note: "), statement.note, class_="editor-note") if statement.note else None


def citations(view: View, cited: Iterable[Citation], query: str = "") -> Html:
    """A list of citations; `query` as for `source_link`."""
    return items((citation(view, item, query) for item in cited), class_="citations")


def sources_line(cites: Iterable[CitationRef], query: str = "") -> Html:
    """Citations in one line: source, place and evidence level of each; `query` as for `source_link`."""
    label = pathway.load().label
    cited = the_pathway().rule_texts.citations(cites)
    entries = [
        (source_link(place.source_id, place.source, query), f", {place.locator} ({label(place.checked).title})")
        for place in cited
    ]
    return el("p", join([["; " if number else "", *words] for number, words in enumerate(entries)]), class_="small")


def doubts(entry: Reason | Caution | RedFlagResult | Assumption) -> list[Html]:
    """Paragraphs that say where sources differ, and which part has no named source."""
    differ = [el("p", el("b", "Where sources differ: "), with_glossary(entry.differs), class_="differs")] if entry.differs else []
    basis = None if isinstance(entry, Assumption) else entry.basis
    without = [pathway.load().label("unsourced").says] if basis == "unsourced" else []
    without += [f"No named source was found for {entry.unsourced}."] if entry.unsourced else []
    return [*differ, *(el("p", words, class_="without") for words in without)]


def review_line(view: View, rule: str) -> Child:
    """What reviewers said of a rule; None before any review, since the notice on every page says that."""
    texts = the_pathway().rule_texts
    words = Wording(view.knowledge).review(texts.judgements[rule]) if view.knowledge.reviews else ""
    return el("p", words, class_="reviewed") if words else None


def assumption_line(view: View, name: str | None) -> Child:
    """The name and text of an assumption; None without a name."""
    if name is None:
        return None
    return el(
        "span", "Based on the assumption ", el("code", name), f": {view.knowledge.assumptions[name].says}", class_="assumed"
    )


def reason(view: View, entry: Reason) -> Html:
    """A rule that decided a verdict, with its evidence."""
    says = el("span", icon(view.shape(entry.says)), view.title(entry.says), class_=f"says v-{view.shape(entry.says)}")
    by = entry.overridden_by
    overridden = el("span", "Overridden by ", el("code", by), class_="overridden") if by else None
    line = el("p", says, " ", with_glossary(entry.because), " ", basis_tag(view, entry.basis), class_="because")
    at_rule = f"./rules?s={view.token}&rule={entry.rule}"
    rule = el(
        "span", "Rule ", el("a", el("code", entry.rule), href=at_rule, data_go="rules", data_rule=entry.rule), class_="rule"
    )
    rests_on = [*doubts(entry), assumption_line(view, entry.assumption), citations(view, entry.citations)]
    return el("div", line, overridden, *rests_on, review_line(view, entry.rule), rule, class_="reason")


def note(entry: Note) -> Html:
    """The position of a source on an option, in one line."""
    number = f" {entry.number}" if entry.number else ""
    return el("span", el("b", f"{entry.publisher}{number}: "), with_glossary(entry.text), class_="note-words")


def full_note(view: View, entry: Note) -> Html:
    """The same, with the edition and the evidence level."""
    return el(
        "p",
        note(entry),
        " ",
        el("span", entry.edition, class_="edition"),
        " ",
        evidence_level(view, entry.checked),
        class_="note",
    )


def caution(view: View, entry: Caution) -> Html:
    """A caution, the questions it depends on, and its evidence."""
    depends = f" Depends on: {', '.join(map(view.finding_label, entry.open))}." if entry.open else ""
    says = el("p", with_glossary(entry.text), depends, " ", basis_tag(view, entry.basis))
    rests_on = [*doubts(entry), assumption_line(view, entry.assumption), citations(view, entry.citations)]
    return el("div", says, *rests_on, class_="caution")


def open_questions(view: View, verdict: Open | None) -> Child:
    """The verdicts that are still possible, and links to the questions that decide; None where nothing is open."""
    if verdict is None:
        return None
    deciding = items((question_link(view, name) for name in verdict.deciding), class_="deciding")
    return el(
        "div",
        el("p", open_verdict_phrase(view, verdict)),
        el("p", "Questions that decide this:", class_="small"),
        deciding,
        class_="open",
    )


def question_link(view: View, finding: str) -> Html:
    """A link to a question."""
    return el("a", view.finding_label(finding), href=f"#q-{finding}")


def trace(view: View, rule: RuleTrace) -> Html:
    """A rule with each of its conditions: whether it holds, and the answer that decides."""
    shape, words = TRUTHS[rule.holds]
    says = f"{view.title(rule.says)}: " if rule.says else ""
    head = el("p", icon(shape), el("b", says), el("code", rule.rule), f" {words}", class_=f"holds-{shape}")
    conditions = map(_condition, rule.conditions)
    always = el("p", "No condition: this rule always holds.", class_="small") if not rule.conditions else None
    return el("div", head, always, items(conditions, class_="conditions"), class_="trace")


def _condition(condition: ConditionTrace) -> Html:
    """A condition, and the answer that decided it unless the condition's own text ends with that answer."""
    is_in_text = bool(condition.holds) and condition.text.endswith(condition.answer)
    answer = None if is_in_text else el("i", f" ({condition.answer})")
    shape, _ = TRUTHS[condition.holds]
    return el(
        "span", icon(shape), el("span", f"{MET[condition.holds]}: ", class_="sr"), condition.text, answer, class_=f"holds-{shape}"
    )

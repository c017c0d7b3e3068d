"""The About page: purpose, audience, storage, reviews, and how to report a doubt."""

from __future__ import annotations

import os

import streamlit as st

from explorer.links.browser_address import RULE_PARAM
from explorer.markup.words import literal
from explorer.pages.explore.view import View
from explorer.pages.shell import chosen
from pathway.explanation.pathway import the_pathway
from pathway.explanation.wording import Wording
from pathway.knowledge.about import load_about, markdown
from pathway.phrases import day

REPORT_TO = "PATHWAY_REPORT_TO"
"""The variable of the server that says where doubts go: an address for mail, or a web address. Empty by default."""
REPORT = "Report a doubt"
LINES_HEIGHT = 200
"""Pixels that are kept free for the lines to copy; longer ones scroll."""


def about_page(view: View) -> None:
    """The page."""
    documents = load_about(view.knowledge)
    for section in documents.about:
        st.header(section.title, anchor=section.id)
        st.markdown(markdown(section, literal))
    _reviews(view)
    st.header(REPORT, anchor="report")
    _report(view)
    st.header("Accessibility statement", anchor="accessibility")
    for section in documents.accessibility:
        st.subheader(section.title, anchor=section.id)
        st.markdown(markdown(section, literal))


def _reviews(view: View) -> None:
    """Who reviewed what; nothing while nobody has, since the notice says that."""
    for review in view.knowledge.reviews:
        name = f", {literal(review.name)}" if review.name else ""
        agreed = sum(point.agrees == "yes" for point in review.points)
        st.markdown(
            f"- Review of {literal(review.of)} on {day(review.on)}: {literal(review.role)}{name}. Agreed with {agreed} of"
            f" {len(review.points)} points. Next review due {day(review.next_due)}."
        )


def _report(view: View) -> None:
    rules = {rule.id: rule.id for rule in view.knowledge.rules()}
    rule = chosen("Which rule is it about?", rules, RULE_PARAM, "No rule")
    st.markdown("Copy these lines, with the button at their right, and add what seems wrong.")
    with st.container(height=LINES_HEIGHT, border=False):
        st.code(report_text(view, rule, st.context.url), language=None, wrap_lines=True)
    st.markdown(send_to(os.environ.get(REPORT_TO, "")))


def report_text(view: View, rule: str, opened_at: str | None) -> str:
    """The lines to copy: the edition, the link and, for a rule that there is, its id and what reviewers said of it."""
    edition, address = view.result.knowledge, (opened_at or "").partition("?")[0].removesuffix("/").removesuffix("/about")
    lines = [f"Edition: {edition.edition}", f"Knowledge version: {edition.hash}", f"Link: {address}/?s={view.token}"]
    judgements = the_pathway().rule_texts.judgements
    if rule in view.knowledge.rule_conditions and rule in judgements:
        review = Wording(view.knowledge).review(judgements[rule])
        lines += [f"Rule: {rule}", *([f"Review: {review}"] if review else [])]
    return "\n".join(lines)


def send_to(setting: str) -> str:
    """Where to send a doubt, as Markdown."""
    where = " ".join(setting.split())
    return f"Send them to {literal(where)}." if where else "This copy does not say where to send them. Ask those who run it."

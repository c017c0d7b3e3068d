"""A ledger to fill in: every sentence of a page, with its place and its fingerprint."""

from __future__ import annotations

from collections.abc import Iterator

from pathway.phrases import printable
from pathway.source.sentences import Sentence, sentences


def blank_ledger(text: str) -> Iterator[str]:
    """Yield the lines of a YAML file: a statement for each sentence of the page, with the sentence in a comment to delete."""
    yield "# yaml-language-server: $schema=../schemas/source.json"
    yield "# Say each sentence in your own words, and give it an id. Delete the lines with #>: they are the page's words."
    yield "# kind: encoded (an option or a rule cites it), context, contradicted or out_of_scope."
    yield "source: page"
    yield "title: What the page is called"
    yield "statements:"
    for number, sentence in enumerate(sentences(text), 1):
        yield from _statement(number, sentence)


def _statement(number: int, sentence: Sentence) -> Iterator[str]:
    place = sentence.place
    yield f"  #> {' '.join(printable(sentence.text).split())}"
    yield f"  - id: sentence-{number}"
    yield f'    place: {{section: {place.section}, item: "{place.item}", sentence: {place.sentence}}}'
    yield "    says: Say it here in your own words."
    yield f'    fingerprint: "{sentence.fingerprint}"'
    yield "    kind: context"

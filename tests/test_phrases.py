"""Small pieces of English: one of a thing, and more of it."""

from __future__ import annotations

import pytest

from pathway.phrases import pluralise, with_unit


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (pluralise(1, "row"), "1 row"),
        (pluralise(0, "row"), "0 rows"),
        (pluralise(3_000, "question"), "3,000 questions"),
        (pluralise(2, "person", "people"), "2 people"),
        (with_unit(1, "weeks"), "1 week"),
        (with_unit(21, "weeks"), "21 weeks"),
        (with_unit("2-5", "years"), "2-5 years"),
        (with_unit("yes", None), "yes"),
    ],
)
def test_one_of_a_thing_is_singular_and_any_other_number_is_plural(words: str, says: str) -> None:
    assert words == says

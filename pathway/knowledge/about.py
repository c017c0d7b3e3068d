"""The purpose, the risks and the accessibility statement: from `data/about.yaml`, for the About page and `docs/`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import Field

from pathway.errors import Fault, Unusable, suggestion
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import PLACEHOLDER, Entry, Id, Words
from pathway.knowledge.reviews import review_sentence
from pathway.model import FrozenModel
from pathway.yaml.document import read_part
from pathway.yaml.validation import validate_as

FILE = "data/about.yaml"
FILLED_IN = ("review", "edition")


class Point(FrozenModel):
    """One line of a section: what is so, what is done about it (for a risk), and the tests that show it, as `file::name`."""

    says: Words
    done: Words | None = None
    tests: tuple[Words, ...] = ()


class Section(Entry):
    """A part of a document, under a title of its own."""

    id: Id
    title: Words
    text: Words | None = None
    points: tuple[Point, ...] = ()


class About(FrozenModel):
    """Both documents."""

    about: tuple[Section, ...] = Field(min_length=1)
    accessibility: tuple[Section, ...] = Field(min_length=1)


def load_about(knowledge: Knowledge) -> About:
    """Return both documents with the state of the reviews and the edition filled in. Raises Unusable with every fault."""
    about: About = validate_as(read_part(knowledge.folder, Path(FILE).name), About)
    if faults := [fault for section in (*about.about, *about.accessibility) for fault in _faults(section)]:
        raise Unusable(faults)
    values = {"review": review_sentence(knowledge), "edition": knowledge.frame.edition}
    return About(about=_filled(about.about, values), accessibility=_filled(about.accessibility, values))


def _faults(section: Section) -> Iterator[Fault]:
    for words in _words(section):
        for name in PLACEHOLDER.findall(words):
            if name not in FILLED_IN:
                yield section.fault(f"{{{name}}} is not filled in; {suggestion(name, FILLED_IN)}")
    if not section.text and not section.points:
        yield section.fault(f"{section.id} says nothing; write text or points")


def _words(section: Section) -> Iterator[str]:
    yield section.text or ""
    for point in section.points:
        yield from (point.says, point.done or "")


def _filled(sections: tuple[Section, ...], values: dict[str, str]) -> tuple[Section, ...]:
    def fill(words: str | None) -> str | None:
        return words and PLACEHOLDER.sub(lambda name: values[name[1]], words)

    return tuple(
        section.model_copy(
            update={
                "text": fill(section.text),
                "points": tuple(
                    point.model_copy(update={"says": fill(point.says), "done": fill(point.done)}) for point in section.points
                ),
            }
        )
        for section in sections
    )


def markdown(section: Section, escaped: Callable[[str], str] = str) -> str:
    """Return what a section says below its title, as Markdown; `escaped` keeps a text from being anything else."""
    paragraphs = [escaped(section.text)] if section.text else []
    paragraphs += ["\n".join(_line(point, escaped) for point in section.points)] if section.points else []
    return "\n\n".join(paragraphs)


def _line(point: Point, escaped: Callable[[str], str]) -> str:
    done = f" **What is done:** {escaped(point.done)}" if point.done else ""
    names = ", ".join(f"`{name}`" for name in point.tests)
    label = "test" if len(point.tests) == 1 else "tests"
    return f"- {escaped(point.says)}{done}" + (f" ({label}: {names})" if names else "")


def document(title: str, sections: tuple[Section, ...]) -> str:
    """Return a document of `docs/` as Markdown."""
    parts = [f"# {title}", "From `data/about.yaml`; `make accept` writes it again."]
    for section in sections:
        parts += [f"## {section.title}", markdown(section)]
    return "\n\n".join(parts) + "\n"

"""Reports how hard the words are to read, and counts names that say nothing and phrases that are read twice. `make words`.

It is a report, not a test. Flesch-Kincaid's formula gives the school year in which a sentence is understood; the aim is 9.
It is made for sentences: one long clinical word alone has an absurd grade, so texts of few words are listed apart.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import readability
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[1]
AIM = 9
"""School years: the most that a question, a heading or a label should take."""
FEW = 4
"""Words from which on a grade means something."""
SENTENCES_SHOWN = 10
"""Sentences that are listed."""
PACKAGES = ("pathway", "explorer")
DOCUMENTS = ("README.md", "GLOSSARY.md", "CONTRIBUTING.md")
TITLES = ("question", "title", "name", "none_of_these")
"""Keys of data/ whose texts are questions and headings; what others named their sources is left out."""
LABELS = ("h1", "h2", "h3", "button", "label", "legend", "summary", "th")
DIALECT = ("found", "one", "given", "told", "held", "shown", "asked", "aside", "whereabouts", "taken")
"""Names for which the code has a noun that says what the value is."""

PHRASES = ("told", "whoever", "whom", "whence", "anew", "of which", "in hand", "that is none")
"""Phrases that have a plainer form; they are counted in docstrings and comments."""


class Allowed(NamedTuple):
    """An identifier that is not counted in the modules whose path begins so, and why."""

    name: str
    path: str
    because: str


ALLOWED = (
    Allowed("one_of", "", "the usual name: `a, b or c`"),
    Allowed("is_one_of", "", "the usual name of this test"),
    Allowed("exactly_one", "pathway/proof", "the usual name of this constraint of a solver"),
    Allowed("one", "pathway/knowledge/models.py", "a key of data/sentence.yaml: the form for the number 1"),
    Allowed("one", "pathway/proof/counterfactual/boundary", "a key of `pathway line --json`: the first of two values"),
    Allowed("asked", "pathway/practice", "a key of practice reports: the questions that a learner asked"),
    Allowed("asked", "pathway/cli/practice", "the same key"),
    Allowed("asked", "explorer/pages/practice", "the same key"),
    Allowed("given", "pathway/proof/counting/atlas.py", "a parameter that callers name"),
    Allowed("given", "pathway/cli/proofs.py", "the option `--given`"),
    Allowed("ONE_DAY", "explorer/server", "the usual name of this duration"),
    Allowed("one", "pathway/knowledge/outline.py", "a key of data/pathway.yaml: what one case is called"),
    Allowed("one", "pathway/tables/sheets/template.py", "the same key"),
    Allowed("NOT_ASKED", "explorer/pages/explore", "the label `Not asked yet`"),
    Allowed("ASKED_AND_NOT_ADVERSE", "pathway/scenarios", "words of scenario files: `asked and not adverse`"),
)


class Text(NamedTuple):
    """A piece of text and the file that has it."""

    words: str
    file: str


def grade(sentence: str) -> float:
    """The Flesch-Kincaid grade of one sentence; 0.0 of a text without words."""
    tokens = re.findall(r"[\w'’-]+", sentence)
    return float(readability.getmeasures([" ".join(tokens)])["readability grades"]["Kincaid"]) if tokens else 0.0


def sentences(text: str) -> list[str]:
    """The sentences of a running text, each on one line."""
    parts = re.split(r"(?<=[.?!])[\"’”)]*\s+(?=[A-Z“‘(\"])|\n\s*\n", text)
    return [" ".join(part.split()) for part in parts if part.strip()]


def texts_of_data(folder: Path) -> Iterator[tuple[str, Text]]:
    """Each text of the YAML files of a folder, with its key ("" in a list)."""
    for path in sorted(folder.rglob("*.yaml")):
        for key, words in _leaves("", YAML(typ="safe").load(path)):
            yield key, Text(words, path.relative_to(folder.parent).as_posix())


def _leaves(key: str, value: object) -> Iterator[tuple[str, str]]:
    match value:
        case dict():
            for name, inner in value.items():
                yield from _leaves(str(name), inner)
        case list():
            for inner in value:
                yield from _leaves("", inner)
        case str():
            yield key, value


def labels(code: str) -> Iterator[str]:
    """The words of the headings, buttons and labels that a module of the explorer writes out."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and _is_label(node):
            yield from (word for part in node.args[1:] for word in _words(part))


def _is_label(call: ast.Call) -> bool:
    tag = call.args[0] if call.args else None
    return ast.unparse(call.func) == "heading" or (isinstance(tag, ast.Constant) and tag.value in LABELS)


def _words(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(words)) if re.search(r"[A-Za-z]{2}", words):
            yield words.strip()
        case ast.JoinedStr(values=parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in parts).strip()


def prose(markdown: str) -> str:
    """A Markdown text without its code, tables, headings and marks."""
    text = re.sub(r"```.*?```", "", markdown, flags=re.DOTALL)
    text = re.sub(r"^(\||#).*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"^\s*([-*]|\d+\.)\s", "\n", text, flags=re.MULTILINE)
    text = re.sub(r"([.?!]\s+)`(\w)", lambda start: start[1] + start[2].upper(), text)  # a command may begin a sentence
    return re.sub(r"[*`]", "", re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text))


def names_in(code: str) -> Iterator[str]:
    """Each identifier of a Python module, wherever it stands."""
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.NAME:
            yield token.string


def dialect(codes: Iterable[str], path: str = "") -> Counter[str]:
    """How often each word of DIALECT stands as an identifier, or as a part of one between underscores; not what is ALLOWED."""
    allowed = {entry.name for entry in ALLOWED if path.startswith(entry.path or path)}
    counts = Counter(dict.fromkeys(DIALECT, 0))
    for code in codes:
        names = (name.lower() for name in names_in(code) if name not in allowed)
        counts.update(part for name in names for part in name.split("_") if part in DIALECT)
    return counts


def remarks(code: str) -> Iterator[str]:
    """Each docstring and each comment of a Python module."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value.value
    yield from (token.string for token in tokenize.generate_tokens(io.StringIO(code).readline) if token.type == tokenize.COMMENT)


def phrases(codes: Iterable[str]) -> Counter[str]:
    """How often each of PHRASES occurs in a docstring or a comment."""
    counts = Counter(dict.fromkeys(PHRASES, 0))
    for text in (" ".join(remark.split()) for code in codes for remark in remarks(code)):
        counts.update({phrase: len(re.findall(rf"\b{phrase}\b", text)) for phrase in PHRASES})
    return counts


def report(root: Path) -> Iterator[str]:
    """The lines of the report on the tree in a folder."""
    data = list(texts_of_data(root / "data"))
    modules = sorted((root / "explorer").rglob("*.py"))
    titles = [text for key, text in data if key in TITLES and text.file != "data/sources.yaml"]
    titles += [Text(words, str(path.relative_to(root))) for path in modules for words in labels(path.read_text(encoding="utf-8"))]
    yield from _graded(list(dict.fromkeys(titles)))
    running = [text for _, text in data if not text.words.startswith("http")]
    running += [Text(prose((root / name).read_text(encoding="utf-8")), name) for name in DOCUMENTS]
    yield from _long(running)
    codes = {path: path.read_text(encoding="utf-8") for folder in PACKAGES for path in (root / folder).rglob("*.py")}
    counts = Counter(dict.fromkeys(DIALECT, 0))
    for path, code in codes.items():
        counts.update(dialect([code], path.relative_to(root).as_posix()))
    yield from _counted(f"Identifiers of {' and '.join(PACKAGES)} with a word that says nothing", counts)
    yield from _counted(
        f"Phrases in docstrings and comments of {' and '.join(PACKAGES)} that have to be read twice", phrases(codes.values())
    )


def _graded(titles: list[Text]) -> Iterator[str]:
    ranked = sorted(((grade(text.words), text) for text in titles), reverse=True)
    long = [entry for entry in ranked if len(entry[1].words.split()) >= FEW]
    hard = sum(year > AIM for year, _ in long)
    yield f"Questions, headings and labels of {FEW} words or more: {len(long)}; {hard} have a reading grade above {AIM}."
    yield from map(_line, long)
    yield f"\nShorter ones: {len(ranked) - len(long)}."
    yield from (_line(entry) for entry in ranked if entry not in long)


def _line(entry: tuple[float, Text]) -> str:
    return f"{entry[0]:6.1f}  {entry[1].words}  ({entry[1].file})"


def _long(running: list[Text]) -> Iterator[str]:
    every = {Text(sentence, text.file) for text in running for sentence in sentences(text.words)}
    ranked = sorted(every, key=lambda text: (-len(text.words.split()), text))
    yield f"\nThe {SENTENCES_SHOWN} longest sentences of data/ and {', '.join(DOCUMENTS)}, in words:"
    yield from (f"{len(text.words.split()):6}  {text.words}  ({text.file})" for text in ranked[:SENTENCES_SHOWN])


def _counted(title: str, counts: Counter[str]) -> Iterator[str]:
    yield f"\n{title}: {counts.total()}"
    yield from (f"{number:6}  {word}" for word, number in counts.most_common())


if __name__ == "__main__":
    tree = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    if missing := [name for name in DOCUMENTS if not (tree / name).is_file()]:
        sys.exit(f"{tree} has no {missing[0]}; name a folder that holds a whole tree of this project")
    print("\n".join(report(tree)))

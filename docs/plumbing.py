"""Counts the front end's plumbing: what neither lays out a page nor holds knowledge. `make plumbing` runs it.

python -m docs.plumbing [REVISION]     the tree as it is, or a git revision of it
"""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[1]
PLUMBING = (
    "app.py", "explorer/__init__.py", "explorer/navigation.py",
    "explorer/session/*", "explorer/links/*", "explorer/server/*", "explorer/instrument/*",
    "explorer/assets/*.js",
)  # fmt: skip
PLUMBING_WHEN_FLAT = tuple(
    f"explorer/{name}.py"
    for name in (
        "address", "aside", "component", "events", "log", "origin", "page", "server", "session", "state", "taken", "token",
        "whereabouts",
    )
)  # fmt: skip
"""The plumbing of a revision in which every module lies in `explorer/` itself."""
PART_OF_A_PAGE = "explorer/server/lan_link.py"
VENDORED = "*/vendor/*"
PYTHON, BROWSER, STYLE = "Plumbing, Python", "Plumbing, JavaScript", "Style sheets"
PAGES, PAGE_SCRIPTS = "Pages and markup, Python", "Pages and markup, JavaScript"
NOT_CODE = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)


@dataclass(frozen=True)
class Size:
    """Lines of code, and physical lines."""

    code: int
    lines: int

    def __add__(self, other: Size) -> Size:
        return Size(self.code + other.code, self.lines + other.lines)


def row_of(path: str) -> str:
    """The row in which a file is counted; "" if in none."""
    is_plumbing = path != PART_OF_A_PAGE and any(fnmatch(path, pattern) for pattern in (*PLUMBING, *PLUMBING_WHEN_FLAT))
    match Path(path).suffix:
        case _ if fnmatch(path, VENDORED):
            return ""
        case ".py":
            return PYTHON if is_plumbing else PAGES
        case ".js":
            return BROWSER if is_plumbing else PAGE_SCRIPTS
        case suffix:
            return STYLE if suffix == ".css" else ""


def size(path: str, text: str) -> Size:
    """How long a file is."""
    code = python_code(text) if path.endswith(".py") else len(other_code(text, slashes=path.endswith(".js")))
    return Size(code, len(text.splitlines()))


def python_code(text: str) -> int:
    """The lines of a module without blank lines, comments and docstrings, those of constants too."""
    tokens = (token for token in tokenize.generate_tokens(io.StringIO(text).readline) if token.type not in NOT_CODE)
    code = {line for token in tokens for line in range(token.start[0], token.end[0] + 1)}
    return len(code - set(_docstring_lines(text)))


def _docstring_lines(text: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.Expr(value=ast.Constant(value=str()), lineno=first, end_lineno=int(last)):
                yield from range(first, last + 1)


def other_code(text: str, slashes: bool) -> list[str]:
    """The lines of a script or style sheet without blank lines and comments; `slashes`: one may begin with //."""
    lines = re.sub(r"^\s*/\*.*?\*/", "", text, flags=re.DOTALL | re.MULTILINE).splitlines()
    return [line for line in lines if line.strip() and not (slashes and line.lstrip().startswith("//"))]


def texts_of_tree(root: Path) -> dict[str, str]:
    """The front end's files of a folder."""
    paths = [root / "app.py", *sorted((root / "explorer").rglob("*.*"))]
    return {name: path.read_text("utf-8") for path in paths if row_of(name := path.relative_to(root).as_posix())}


def texts_of_revision(revision: str, root: Path = ROOT) -> dict[str, str]:
    """The front end's files of a git revision."""
    names = _git(root, "ls-tree", "-r", "--name-only", revision, "--", "app.py", "explorer").splitlines()
    return {name: _git(root, "show", f"{revision}:{name}") for name in names if row_of(name)}


def _git(root: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, encoding="utf-8").stdout


def report(texts: Mapping[str, str]) -> Iterator[str]:
    """The lines of the report: a row for each kind, and which files the plumbing is."""
    sizes = {path: size(path, text) for path, text in texts.items()}
    yield f"{'':32}{'code':>8}{'lines':>8}{'files':>8}"
    for row in (PYTHON, BROWSER, PAGES, PAGE_SCRIPTS, STYLE):
        counted = [length for path, length in sizes.items() if row_of(path) == row]
        total = sum(counted, Size(0, 0))
        yield f"{row:32}{total.code:8}{total.lines:8}{len(counted):8}"
    yield "\ncode: without blank lines, comments and docstrings. Vendored files are not counted. The plumbing is:"
    for path, length in sizes.items():
        if row_of(path) in (PYTHON, BROWSER):
            yield f"  {path:40}{length.code:6}{length.lines:8}"


def main(*revisions: str) -> str:
    """The report on a revision, or on the tree as it is."""
    try:
        return "\n".join(report(texts_of_revision(revisions[0]) if revisions else texts_of_tree(ROOT)))
    except subprocess.CalledProcessError as error:
        sys.exit(error.stderr)


if __name__ == "__main__":
    print(main(*sys.argv[1:]))

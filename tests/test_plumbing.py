"""The count of the front end's plumbing: the row of each file, and which lines count as code."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from docs.plumbing import (
    BROWSER,
    PAGE_SCRIPTS,
    PAGES,
    PYTHON,
    STYLE,
    Size,
    main,
    other_code,
    python_code,
    report,
    row_of,
    size,
    texts_of_revision,
    texts_of_tree,
)

ROOT = Path(__file__).parents[1]
ROWS = {
    "app.py": PYTHON, "explorer/__init__.py": PYTHON, "explorer/session/run.py": PYTHON, "explorer/server/routes.py": PYTHON,
    "explorer/instrument/events/log.py": PYTHON, "explorer/token.py": PYTHON, "explorer/assets/morph.js": BROWSER,
    "explorer/server/lan_link.py": PAGES, "explorer/pages/rules.py": PAGES, "explorer/ladder.py": PAGES,
    "explorer/present/slides.js": PAGE_SCRIPTS, "explorer/assets/base.css": STYLE,
    "explorer/assets/vendor/idiomorph.js": "", "explorer/assets/icon.png": "",
}  # fmt: skip
MODULE = '''"""What it is."""

# Why.
NAMES = (
    "one",  # the first
)
"""What they are."""


def name() -> str:
    """The name."""
    return """in
two lines"""
'''
SCRIPT = """// @ts-check
/* Of several
   lines. */
const one = 1; // the first

export { one };
"""


@pytest.mark.parametrize("path", ROWS)
def test_a_file_is_counted_in_its_row(path: str) -> None:
    assert row_of(path) == ROWS[path]


def test_comments_docstrings_and_blank_lines_are_not_code() -> None:
    assert python_code(MODULE) == 6
    assert size("explorer/__init__.py", MODULE) == Size(code=6, lines=13)
    assert other_code(SCRIPT, slashes=True) == ["const one = 1; // the first", "export { one };"]
    assert other_code("/* Why. */\na { b: url(\n//host) }\n", slashes=False) == ["a { b: url(", "//host) }"]


def test_each_row_has_its_sum_and_every_file_of_the_plumbing_is_named() -> None:
    lines = list(report({"app.py": MODULE, "explorer/session/run.py": "a = 1\n", "explorer/assets/morph.js": SCRIPT}))
    counted = {line[:32].strip(): line[32:].split() for line in lines[1:6]}
    assert counted[PYTHON] == ["7", "14", "2"] and counted[BROWSER] == ["2", "6", "1"] and counted[STYLE] == ["0", "0", "0"]
    assert [line.split()[0] for line in lines[-3:]] == ["app.py", "explorer/session/run.py", "explorer/assets/morph.js"]


def test_a_revision_is_read_as_the_tree_is(tmp_path: Path) -> None:
    (tmp_path / "explorer" / "assets").mkdir(parents=True)
    (tmp_path / "app.py").write_text("a = 1\n", "utf-8")
    (tmp_path / "explorer" / "assets" / "morph.js").write_text(SCRIPT, "utf-8")
    author = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], [*author, "commit", "-q", "-m", "A"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    assert texts_of_revision("HEAD", tmp_path) == texts_of_tree(tmp_path)
    assert set(texts_of_tree(tmp_path)) == {"app.py", "explorer/assets/morph.js"}


def test_this_tree_has_plumbing_and_an_unknown_revision_is_refused() -> None:
    assert "\n  app.py " in main()
    with pytest.raises(SystemExit, match="no-such-revision"):
        main("no-such-revision")

"""The front end leans on what Streamlit documents: no class, test attribute or element of its own page is named in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from explorer.instrument.component import ASSETS

DOCUMENTED = {
    "--st-font": "a theme variable of components: https://docs.streamlit.io/develop/concepts/custom-components/components-v2/theming",
}
FILES = sorted(path for path in ASSETS.parent.rglob("*") if path.suffix in (".js", ".css", ".py") and "vendor" not in path.parts)
NAMES = re.compile(r"--st-[\w-]+|\.st[A-Z]\w+|data-testid|data-test-[\w-]+|\bst-emotion[\w-]*|\bstApp\b")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ASSETS.parent).as_posix())
def test_a_file_names_only_what_streamlit_documents(path: Path) -> None:
    assert set(NAMES.findall(path.read_text(encoding="utf-8"))) <= DOCUMENTED.keys()

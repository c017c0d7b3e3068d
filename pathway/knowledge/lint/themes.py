"""Checks the themes: each bundled scenario is in exactly one."""

from __future__ import annotations

from collections.abc import Iterator

from pathway.errors import Fault
from pathway.knowledge.base import Knowledge
from pathway.knowledge.models import unknown_names
from pathway.yaml.document import yaml_files


def _themes(knowledge: Knowledge) -> Iterator[Fault]:
    bundled = [path.stem for path in yaml_files(knowledge.folder / "scenarios")]
    seen: set[str] = set()
    for theme in knowledge.themes:
        yield from unknown_names(theme, "scenario", theme.scenarios, bundled)
        for name in theme.scenarios:
            if name in seen:
                yield theme.fault(f"{name} is in two themes; keep it in one")
            seen.add(name)
    for name in bundled:
        if name not in seen:
            yield Fault("data/themes.yaml", None, f"no theme has {name}; add it to one")


CHECKS = (_themes,)

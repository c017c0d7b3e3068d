"""Lines of a fixed width, with a hanging indent, in colour only where that is wanted."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from io import StringIO

from rich.console import Console
from rich.text import Text

Words = str | Text


@dataclass(frozen=True)
class Paper:
    """Takes lines one by one and keeps them, wrapped; `text` gives them all. Nothing on it is read as markup."""

    width: int = 80
    colour: bool = False
    _out: StringIO = field(default_factory=StringIO)

    def heading(self, words: str, style: str = "bold", under: str = "-") -> None:
        """A line that opens a part, underlined."""
        self.blank()
        self.line(words, style=style)
        self.line(under * min(len(words), self.width), style=style)

    def item(self, words: Words, style: str = "", mark: str = "- ") -> None:
        """A line after a dash; what belongs to it is indented by two."""
        self.pair(mark, words, style=style)

    def line(self, words: Words, indent: int = 0, style: str = "") -> None:
        """A paragraph, each line of it indented; of no words, nothing."""
        if words:
            self.pair(" " * indent, words, style=style)

    def pair(self, mark: str, words: Words, style: str = "") -> None:
        """A paragraph that hangs from its mark."""
        text = Text(words, style=style) if isinstance(words, str) else words
        for line in text.wrap(self._console, max(self.width - len(mark), 20)):
            line.rstrip()
            self._console.print(Text(mark).append_text(line), soft_wrap=True)
            mark = " " * len(mark)

    def blank(self) -> None:
        """An empty line, unless there is one."""
        if not self._out.getvalue().endswith("\n\n"):
            self._console.print()

    def text(self) -> str:
        """Everything so far, ending in one new line."""
        return f"{self._out.getvalue().strip()}\n"

    @cached_property
    def _console(self) -> Console:
        return Console(
            file=self._out,
            width=self.width,
            force_terminal=self.colour,
            color_system="standard" if self.colour else None,
            legacy_windows=False,
            markup=False,
            highlight=False,
            emoji=False,
        )

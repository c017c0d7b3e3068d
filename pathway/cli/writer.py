"""Writes wrapped, indented and optionally coloured text. Plain reports use `pathway.phrases.wrapped` instead."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from io import StringIO

from rich.console import Console
from rich.text import Text

StyledText = str | Text


@dataclass(frozen=True)
class TextWriter:
    """Collects wrapped lines; `text` returns them. Nothing in them is interpreted as markup."""

    width: int = 80
    colour: bool = False
    _out: StringIO = field(default_factory=StringIO)

    def heading(self, words: str, style: str = "bold", under: str = "-") -> None:
        """Writes an underlined heading after an empty line."""
        self.blank()
        self.paragraph(words, style=style)
        self.paragraph(under * min(len(words), self.width), style=style)

    def bullet(self, words: StyledText, style: str = "", mark: str = "- ") -> None:
        """Writes a list item. Its continuation is indented by the width of the mark."""
        self.hanging(mark, words, style=style)

    def paragraph(self, words: StyledText, indent: int = 0, style: str = "") -> None:
        """Writes an indented paragraph; nothing where there are no words."""
        if words:
            self.hanging(" " * indent, words, style=style)

    def hanging(self, mark: str, words: StyledText, style: str = "") -> None:
        """Writes a paragraph with a hanging indent: the mark in front of the first line, spaces in front of the others."""
        text = Text(words, style=style) if isinstance(words, str) else words
        room = max(self.width - len(mark), 20)
        fits = text.plain.isprintable() and text.cell_len <= room  # then it is one line, and to wrap it is slow
        for line in [text.copy()] if fits else text.wrap(self._console, room):
            line.rstrip()
            self._write(mark, line)
            mark = " " * len(mark)

    def _write(self, mark: str, line: Text) -> None:
        if self.colour:
            self._console.print(Text(mark).append_text(line), soft_wrap=True)
        else:  # as the console prints it, in a fraction of the time
            self._out.write(f"{mark}{line.plain}\n")

    def blank(self) -> None:
        """Writes an empty line, unless the last line is empty."""
        if not self._out.getvalue().endswith("\n\n"):
            self._out.write("\n")

    def text(self) -> str:
        """Everything written so far, with one newline at its end."""
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

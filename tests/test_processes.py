"""The command as a separate process: folders, terminals, pipes, signals and exit codes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pathway.cli import options
from pathway.cli.main import main
from tests.explorer.serving import PATIENCE
from tests.shared_cache import SHARED

ROOT = Path(__file__).parents[1]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "PATHWAY_CACHE": SHARED}
"""All but the first process find their knowledge checked."""


def shell(*words: str, cwd: Path = ROOT, **extra: str) -> subprocess.CompletedProcess[str]:
    """Runs a command in its own process."""
    return subprocess.run(
        [sys.executable, "-m", "pathway", *words],
        cwd=cwd, env=ENVIRONMENT | extra, text=True, capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


def test_a_failed_check_ends_the_process_with_1(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("Rest is best.\n")
    assert shell("source", "page.txt", cwd=tmp_path).returncode == 1


def test_output_to_a_file_has_no_colour_and_is_the_same_in_any_folder(tmp_path: Path) -> None:
    done = shell("explain", "joiner-both-legs", cwd=tmp_path, FORCE_COLOR="1", CLICOLOR_FORCE="1", COLUMNS="200")
    assert done.stdout == CliRunner().invoke(main, ["explain", "joiner-both-legs"]).stdout
    assert "\x1b" not in done.stdout and max(map(len, done.stdout.splitlines())) <= 80


def test_letters_that_the_terminal_lacks_become_question_marks(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("title: Кафе\nanswers: {}\n", encoding="utf-8")
    done = shell("explain", "mine.yaml", cwd=tmp_path, PYTHONIOENCODING="latin-1")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("????\n")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize(("extra", "colour"), [({}, True), pytest.param({"NO_COLOR": "1"}, False, marks=pytest.mark.soak)])
def test_a_terminal_gets_colour_unless_it_refuses_it(extra: dict[str, str], colour: bool) -> None:
    import pty

    our_end, child_end = pty.openpty()
    words = [sys.executable, "-m", "pathway", "explain", "joiner-both-legs"]
    env = ENVIRONMENT | {"TERM": "xterm", "COLUMNS": "90"} | extra
    env.pop("NO_COLOR", None) if colour else None
    with subprocess.Popen(words, cwd=ROOT, env=env, stdout=child_end, stderr=child_end) as process:
        os.close(child_end)
        output = b""
        while part := _read(our_end):
            output += part
        os.close(our_end)
        assert process.wait(PATIENCE) == 0
    assert (b"\x1b[" in output) == colour
    assert b"A joiner with new pain down both legs" in output


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # the other end is closed
        return b""


@pytest.mark.parametrize(
    ("variable", "value", "colour"), [("TERM", "xterm", True), ("NO_COLOR", "1", False), ("TERM", "dumb", False)]
)
def test_a_terminal_refuses_colour_by_its_environment(
    variable: str, value: str, colour: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(options, "_terminal", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(variable, value)
    assert options.colour() == colour


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes")
@pytest.mark.parametrize("words", [["rules", "--json"], ["--help"]])
def test_a_closed_pipe_prints_no_error(words: list[str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "pathway", *words],
        cwd=ROOT, env=ENVIRONMENT, stdout=writer, stderr=subprocess.PIPE, timeout=PATIENCE, check=False,
    )  # fmt: skip
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


INTERRUPTIBLE = """
import io, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs start with it ignored
import pathway.cli.main
class AnnouncingReader(io.BufferedReader):
    def read(self, *size):
        print("ready", flush=True)
        return super().read(*size)
sys.stdin = io.TextIOWrapper(AnnouncingReader(sys.stdin.buffer.detach()))
pathway.cli.main.main(["explain", "-"])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_an_interrupt_prints_no_traceback() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE],
        cwd=ROOT, env=ENVIRONMENT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout and process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGINT)
        output, complained = process.communicate(timeout=PATIENCE)
    assert (process.returncode, output, complained.strip()) == (130, "", "")


def test_a_closed_standard_input_is_reported_and_ends_the_process_with_2() -> None:
    done = subprocess.run(
        f'"{sys.executable}" -m pathway explain - <&-',
        shell=True, cwd=ROOT, env=ENVIRONMENT, text=True, capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "standard input: is closed\n")

"""Starts a server for one test, and waits until it prints its address: from then on it listens there."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

from tests.shared_cache import SHARED

PATIENCE = 120
"""Seconds after which a process, a page or an answer counts as missing. None takes so long on the busiest machine, and no test
waits for them to pass."""
STREAMLIT = (sys.executable, "-m", "streamlit", "run", "app.py")


def free_port() -> int:
    """A port on which nothing is served."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(folder: Path, log: Path, port: int = 0) -> Iterator[str]:
    """The explorer in `folder`, served on a port (0: a free one); its address. Whatever the server says goes into `log`."""
    port = port or free_port()
    environment = {**os.environ, "PATHWAY_CACHE": SHARED}
    with running((*STREAMLIT, "--server.address", "127.0.0.1"), folder, log, port, environment):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def running(
    command: Sequence[str],
    folder: Path,
    log: Path,
    port: int,
    environment: Mapping[str, str] | None = None,
    health: str = "/_stcore/health",
) -> Iterator[int]:
    """The id of a server that a command starts on this port; it answers by now, and has ended afterwards."""
    words = (*command, "--server.port", str(port))
    with (
        ThreadPoolExecutor(1) as threads,
        subprocess.Popen(words, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as server,
    ):
        listens = Future[None]()
        written = threads.submit(_written_down, server, log, f":{port}".encode(), listens)
        try:
            listens.result(PATIENCE)
            build_opener(ProxyHandler({})).open(f"http://127.0.0.1:{port}{health}", timeout=PATIENCE).close()
            yield server.pid
        finally:
            server.terminate()
            written.result()


def _written_down(server: subprocess.Popen[bytes], log: Path, port: bytes, listens: Future[None]) -> None:
    """Keeps whatever the server says, to its end, and tells when it names its port for the first time."""
    assert server.stdout
    with log.open("wb") as kept:
        for line in server.stdout:
            kept.write(line)
            if b"URL: " in line and port in line and not listens.done():
                listens.set_result(None)
    if not listens.done():
        listens.set_exception(AssertionError(f"the server did not start: {log.read_text(encoding='utf-8')}"))

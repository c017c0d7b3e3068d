"""Debian's nginx with the file that docs/many.md names, on ports of its own and in a folder of its own."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.explorer.conftest import ROOT

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
WRITTEN = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
AROUND = """
pid {folder}/nginx.pid;
events {{}}
http {{
    {paths}
    include {folder}/explorer.conf;
}}
"""


def written(folder: Path, port: int, servers: Sequence[int]) -> Path:
    """The file with other ports in the place of its own, and what Debian has around it."""
    text = (ROOT / "docs/serving/nginx.conf").read_text(encoding="utf-8")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};")
    for named, server in zip((8501, 8502), servers, strict=True):
        text = text.replace(f"127.0.0.1:{named};", f"127.0.0.1:{server};")
    (folder / "explorer.conf").write_text(text, encoding="utf-8")
    paths = "\n    ".join(f"{name}_temp_path {folder}/{name};" for name in WRITTEN)
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, paths=paths), encoding="utf-8")
    return folder / "nginx.conf"


def command(folder: Path, *words: str) -> list[str]:
    """Nginx with this file; its errors are printed."""
    return [str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log"), *words]


@contextmanager
def nginx(folder: Path, port: int, servers: Sequence[int]) -> Iterator[str]:
    """The address at which nginx serves the explorer's processes. It listens as soon as its command has ended."""
    written(folder, port, servers)
    subprocess.run(command(folder), check=True)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        subprocess.run(command(folder, "-s", "stop"), check=True)

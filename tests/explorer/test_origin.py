"""The server contacts no other host, and only its own pages may connect to it."""

from __future__ import annotations

import os
import re
import select
import shlex
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from streamlit import config

from explorer.server.origin import same_origin
from tests.explorer.conftest import ROOT, awaited
from tests.explorer.serving import STREAMLIT, free_port, running

HERE = "192.168.1.20:8501"


def outcome(origin: str | None, host: str = HERE) -> str:
    """Whether a connection from a page of some origin is passed on or refused."""
    told = list[str]()

    async def passed_on(*_: Any) -> None:
        told.append("passed on")

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        told.append(f"{message['type']} {message['code']}")

    headers = [(b"host", host.encode()), *([(b"origin", origin.encode())] if origin is not None else [])]
    awaited(same_origin(passed_on)({"type": "websocket", "headers": headers}, receive, send))
    return told[0]


@pytest.mark.parametrize("origin", [f"http://{HERE}", f"https://{HERE}", None])
def test_a_page_of_the_servers_own_address_may_connect(origin: str | None) -> None:
    assert outcome(origin) == "passed on"


@pytest.mark.parametrize(
    "origin", ["http://elsewhere.example", "http://192.168.1.20:9999", "http://192.168.1.20", "null", "http://[x"]
)
def test_a_page_of_another_site_may_not_connect(origin: str) -> None:
    assert outcome(origin) == "websocket.close 1008"


def test_a_page_of_an_allowed_origin_may_connect_through_a_proxy() -> None:
    config.set_option("server.corsAllowedOrigins", ["https://explorer.example.org"])
    try:
        assert outcome("https://explorer.example.org", "127.0.0.1:8501") == "passed on"
        assert outcome("https://other.example.org", "127.0.0.1:8501") == "websocket.close 1008"
        config.set_option("server.corsAllowedOrigins", ["no-origin.example.org"])
        assert outcome("null") == "websocket.close 1008"
    finally:
        config.set_option("server.corsAllowedOrigins", [])


def test_a_plain_http_request_is_passed_on() -> None:
    told = list[str]()

    async def passed_on(*_: Any) -> None:
        told.append("passed on")

    awaited(same_origin(passed_on)({"type": "http", "headers": [(b"origin", b"http://elsewhere.example")]}, None, None))
    assert told == ["passed on"]


OF_AN_OUTER_MAKE = ("MAKEFLAGS", "MFLAGS", "MAKEOVERRIDES", "MAKELEVEL", "ARGS", "PYTHON")
"""`make test ARGS=...` hands these on to every make inside it."""


def flags_of(make: str) -> str:
    """What `make run` tells Streamlit, in the words of the Makefile, by its own dry run."""
    of_its_own = {name: value for name, value in os.environ.items() if name not in OF_AN_OUTER_MAKE}
    command = ["make", "-n", *make.split()]
    said = subprocess.run(command, cwd=ROOT, env=of_its_own, capture_output=True, text=True, check=True).stdout
    line = said.replace("\\\n", " ").split("-m streamlit run app.py")[-1].splitlines()[0]
    return re.sub(r"\.venv[\w.-]*/bin/python", sys.executable, line)


def asked_of_others(flags: str, log: Path) -> bool:
    """Whether a server that is started with these flags asks anything of any host: all requests would come to a trap."""
    with socket.create_server(("127.0.0.1", 0)) as trap:
        proxy = f"http://127.0.0.1:{trap.getsockname()[1]}"
        environment = {**os.environ, "http_proxy": proxy, "https_proxy": proxy, "no_proxy": "127.0.0.1"}
        shell = ("sh", "-c", f'exec {shlex.join(STREAMLIT)} {flags} "$@"', "sh")
        with running(shell, ROOT, log, free_port(), environment):
            pass  # it has started, and ends
        return bool(select.select([trap], [], [], 0)[0])


@pytest.mark.parametrize(
    "start",
    [
        pytest.param("make run", marks=pytest.mark.soak),
        "make run HOST=0.0.0.0",
        pytest.param("streamlit run app.py", marks=pytest.mark.soak),
    ],
)
def test_starting_it_asks_nothing_of_any_host(start: str, tmp_path: Path) -> None:
    assert not asked_of_others(flags_of(start.removeprefix("make ")) if start.startswith("make") else "", tmp_path / "log")


def test_the_trap_sees_the_requests_that_streamlit_makes_by_default(tmp_path: Path) -> None:
    assert asked_of_others("--server.address 0.0.0.0", tmp_path / "log")

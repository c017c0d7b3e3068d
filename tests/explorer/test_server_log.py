"""What the server writes, however it is started: no address, because an address holds the answers, and no sheet."""

from __future__ import annotations

import logging
import re
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request

import explorer
from explorer.server.routes import UPLOADS_IN_MEMORY
from tests.explorer.conftest import ROOT, awaited

ACCESS = ('%s - "%s %s HTTP/%s" %d', ("127.0.0.1:1", "GET", "/print?s=1~secret", "1.1", 200))
SOCKET = ('%s - "WebSocket %s" [accepted]', ("127.0.0.1:1", "/_stcore/stream?s=1~secret"))


@pytest.mark.parametrize(("name", "told"), [("uvicorn.access", ACCESS), ("uvicorn.error", SOCKET)])
def test_no_log_of_requests_holds_a_query(
    caplog: pytest.LogCaptureFixture, name: str, told: tuple[str, tuple[object, ...]]
) -> None:
    explorer.middleware()
    with caplog.at_level(logging.INFO, logger=name):
        logging.getLogger(name).info(told[0], *told[1])
    assert "127.0.0.1:1" in caplog.text and "secret" not in caplog.text


SHEET = b"x" * 2_000_000
HEAD = b'--edge\r\nContent-Disposition: form-data; name="file"; filename="people.csv"\r\n\r\n'
SCOPE = {"type": "http", "headers": [(b"content-type", b"multipart/form-data; boundary=edge")]}


def test_a_large_sheet_arrives_without_a_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    explorer.middleware()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "no such folder"))
    chunks: Iterator[bytes] = iter((HEAD, SHEET[:1_500_000], SHEET[1_500_000:], b"\r\n--edge--\r\n"))

    async def receive() -> Any:
        chunk = next(chunks, b"")
        return {"type": "http.request", "body": chunk, "more_body": bool(chunk)}

    async def arrives() -> None:
        async with Request(SCOPE, receive).form() as form:
            file: Any = form["file"]
            assert await file.read() == SHEET

    awaited(arrives())


def test_the_server_takes_the_largest_file_that_a_page_asks_for_and_holds_it_in_memory() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "explorer/pages").rglob("*.py"))
    asked = [int(megabytes) for megabytes in re.findall(r"max_upload_size=(\d+)", pages)]
    served = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["server"]["maxUploadSize"]
    assert max(asked) < served <= UPLOADS_IN_MEMORY // 1024**2

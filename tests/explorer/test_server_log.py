"""Logs of the server, however it is started: none has an address, because an address holds the answers."""

from __future__ import annotations

import logging

import pytest

import explorer

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

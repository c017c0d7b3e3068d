"""Refuses connections that another site's page makes to this server."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import streamlit as st

REFUSED = 1008
"""WebSocket close code: policy violation."""


class SameOrigin:
    """Middleware that accepts WebSockets only from this server's own pages and from allowed origins.

    Streamlit refuses others too, but asks an outside host for this machine's address before it does.
    """

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass on allowed requests and close the others."""
        if scope["type"] == "websocket" and not _allowed(dict(scope["headers"])):
            await receive()
            await send({"type": "websocket.close", "code": REFUSED})
        else:
            await self.app(scope, receive, send)


def _allowed(headers: dict[bytes, bytes]) -> bool:
    origin, host = headers.get(b"origin", b"").decode("latin-1"), headers.get(b"host", b"").decode("latin-1")
    allowed = {host, *map(_host, st.get_option("server.corsAllowedOrigins"))} - {""}
    return not origin or _host(origin) in allowed


def _host(origin: str) -> str:
    try:
        return urlsplit(origin.strip()).netloc
    except ValueError:
        return ""

"""Refuses connections that another site's page makes to this server."""

from __future__ import annotations

from typing import Any

import streamlit as st
from starlette.datastructures import Headers

REFUSED = 1008
"""WebSocket close code: policy violation."""


def same_origin(app: Any) -> Any:
    """Middleware that accepts WebSockets only from this server's own pages and from allowed origins.

    Streamlit refuses others too, but asks an outside host for this machine's address before it does.
    """

    async def answered(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket" and not _allowed(Headers(scope=scope)):
            await receive()
            await send({"type": "websocket.close", "code": REFUSED})
        else:
            await app(scope, receive, send)

    return answered


def _allowed(headers: Headers) -> bool:
    own = (f"{scheme}://{headers.get('host', '')}" for scheme in ("http", "https"))
    return headers.get("origin", "") in ("", *own, *st.get_option("server.corsAllowedOrigins"))

"""Routes and middleware beside Streamlit's: scripts and styles, print sheet, slides, downloads, privacy headers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from explorer.instrument.component import ASSETS, asset_path, assets, base_path
from explorer.server.origin import same_origin
from explorer.server.warm_up import wait

Endpoint = Callable[[Request], Response]
PAGES = ("print", "present", "scenario.yaml", "result.json")
"""The pages that `explorer.server.responses` makes. It is loaded when one is asked for, since the start need not wait for it."""
ICON = (ASSETS / "icon.png").read_bytes()
ONE_DAY = {"Cache-Control": "public, max-age=86400"}
"""Streamlit makes a browser request the icon at every click; a cached one costs nothing."""
IMMUTABLE = {"Cache-Control": "public, max-age=31536000, immutable"}
UPLOADS_IN_MEMORY = 51 * 1024 * 1024
"""In bytes, more than the largest sheet that is taken. Starlette would write an upload above 1 MB to a temporary file."""
HEADERS = ((b"referrer-policy", b"no-referrer"), (b"x-content-type-options", b"nosniff"))


def routes() -> list[Route]:
    """The routes beside Streamlit's own, under the same base path."""
    endpoints: dict[str, Endpoint] = {asset_path(name): partial(_asset, name) for name in assets()}
    endpoints |= {"favicon.png": _icon, **{page: partial(_page, page) for page in PAGES}}
    return [Route(f"{base_path()}{path}", endpoint) for path, endpoint in endpoints.items()]


def _asset(name: str, _: Request) -> Response:
    return Response(assets()[name], media_type="text/css" if name.endswith("css") else "text/javascript", headers=IMMUTABLE)


def _icon(_: Request) -> Response:
    return Response(ICON, media_type="image/png", headers=ONE_DAY)


def _page(page: str, request: Request) -> Response:
    wait()
    from explorer.server.responses import response

    return response(page, request)


def strip_query(record: logging.LogRecord) -> bool:
    """A log filter that removes query strings, which contain the answers, however the server is started."""
    if isinstance(record.args, tuple):
        record.args = tuple(value.partition("?")[0] if isinstance(value, str) else value for value in record.args)
    return True


def privacy_headers(app: Any) -> Any:
    """Middleware that adds the privacy headers: browsers must not pass on addresses, which contain the answers."""

    async def answered(scope: Any, receive: Any, send: Any) -> None:
        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        await app(scope, receive, sending if scope["type"] == "http" else send)

    return answered


def middleware() -> list[Middleware]:
    """The middleware of the app; also installs the log filter, and keeps uploads in memory."""
    MultiPartParser.spool_max_size = UPLOADS_IN_MEMORY
    for name in ("uvicorn.access", "uvicorn.error"):  # the second logs WebSockets
        logging.getLogger(name).addFilter(strip_query)
    return [Middleware(privacy_headers), Middleware(same_origin), Middleware(GZipMiddleware, minimum_size=1000, compresslevel=6)]

"""What the server adds to Streamlit: the page's script and style, and a word to browsers about addresses."""

from __future__ import annotations

import io
import logging
from typing import Any

from ruamel.yaml import YAML
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from explorer.address import PARAMETER, in_address, viewed
from explorer.component import assets
from explorer.origin import SameOrigin
from explorer.printing import printed
from explorer.view import View

TYPES = {"js": "text/javascript", "css": "text/css"}
FOR_NO_ONE_ELSE = {"Cache-Control": "no-store"}
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
HEADERS = ((b"referrer-policy", b"no-referrer"), (b"x-content-type-options", b"nosniff"))


def routes() -> list[Route]:
    """The routes beside Streamlit's own."""
    files = [Route(f"/{path}", _asset) for path in assets()]
    return [*files, Route("/print", _print), Route("/scenario.yaml", _scenario), Route("/result.json", _result)]


def _view(request: Request) -> View:
    """What the address of a request says, explained."""
    return viewed(*in_address(request.query_params.get(PARAMETER, "")))


def _print(request: Request) -> Response:
    try:
        return Response(printed(_view(request)), media_type="text/html", headers=FOR_NO_ONE_ELSE)
    except Exception:  # as on every page: a calm message, and the reason in the server's log
        logging.getLogger(__name__).exception("a page could not be printed")
        return Response("This page can't be printed. Nothing was stored.", status_code=500, media_type="text/plain")


def _scenario(request: Request) -> Response:
    view, text = _view(request), io.StringIO()
    title = view.scenario.title if view.scenario else "A scenario"
    YAML().dump({"title": title, "answers": dict(view.answers)}, text)
    return Response(text.getvalue(), media_type="application/yaml", headers=FOR_NO_ONE_ELSE | _named("scenario.yaml"))


def _result(request: Request) -> Response:
    text = _view(request).result.model_dump_json(indent=1)
    return Response(text, media_type="application/json", headers=FOR_NO_ONE_ELSE | _named("result.json"))


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


async def _asset(request: Request) -> Response:
    path = request.url.path.lstrip("/")
    return Response(assets()[path], media_type=TYPES[path.rsplit(".")[-1]], headers=FOR_EVER)


class Quiet:
    """Tells browsers to pass no address on: it holds the answers."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Adds the headers to every response."""

        async def sending(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        await self.app(scope, receive, sending if scope["type"] == "http" else send)


def middleware() -> list[Middleware]:
    """What every request passes through."""
    return [Middleware(Quiet), Middleware(SameOrigin), Middleware(GZipMiddleware, minimum_size=1000, compresslevel=6)]

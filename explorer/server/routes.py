"""Routes and middleware beside Streamlit's: scripts and styles, print sheet, slides, downloads, privacy headers."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import pathway
from explorer.instrument.component import ASSETS, assets
from explorer.links.address import PARAMETER, read, state_from_link, view_of
from explorer.pages.missing_rules import missing_rules
from explorer.pages.practice.query import CASE_PARAM, SET_PARAM
from explorer.paper.sheet import print_sheet
from explorer.present.case import case_presentation
from explorer.present.deck import presentation
from explorer.server.lan_link import lan_link
from explorer.server.origin import SameOrigin
from pathway import Silent, Unusable
from pathway.links.token import InvalidLink, single
from pathway.scenarios.walk_file import as_yaml, scenario_of

Endpoint = Callable[[Request], Response | Awaitable[Response]]
ICON = (ASSETS / "icon.png").read_bytes()
TYPES = {"js": "text/javascript", "css": "text/css"}
NO_STORE = {"Cache-Control": "no-store"}
ONE_DAY = {"Cache-Control": "public, max-age=86400"}
"""Streamlit makes a browser request the icon at every click; a cached one costs nothing."""
IMMUTABLE = {"Cache-Control": "public, max-age=31536000, immutable"}
HEADERS = ((b"referrer-policy", b"no-referrer"), (b"x-content-type-options", b"nosniff"))


def routes() -> list[Route]:
    """The routes beside Streamlit's own, under the same base path."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    answers = {path: _asset(path, text) for path, text in assets().items()}
    answers["favicon.png"] = _icon
    answers |= {
        "print": _handle_errors(_print),
        "present": _handle_errors(_present),
        "scenario.yaml": _handle_errors(_scenario),
        "result.json": _handle_errors(_result),
    }
    return [Route(f"/{base}/{path}" if base else f"/{path}", answer) for path, answer in answers.items()]


def _handle_errors(answer: Callable[[str, Request], Response]) -> Endpoint:
    """Wrap a handler of a link token: a bad link or an error becomes a plain message, and the log has the reason."""

    def answered(request: Request) -> Response:
        try:
            return answer(single(request.query_params.getlist(PARAMETER)), request)
        except (InvalidLink, Unusable) as error:
            return _words(f"This link can’t be used: {error}.", 400)
        except Silent as error:
            return _words(missing_rules([error.option], pathway.load()), 500)
        except Exception:
            logging.getLogger(__name__).exception("an address could not be answered")
            return _words("This can’t be shown. Nothing was stored.", 500)

    return answered


def _words(text: str, status: int) -> Response:
    return Response(text, status, NO_STORE, "text/plain")


def _print(token: str, _: Request) -> Response:
    """The print sheet. A bad link still prints, with its message on the sheet."""
    return Response(print_sheet(view_of(*state_from_link(token))), media_type="text/html", headers=NO_STORE)


def _present(token: str, request: Request) -> Response:
    """The page of slides, of a practice case or of a scenario, with a QR code that leads to the explorer.

    A bad link to a scenario shows a new one, with its message; one to a case is refused.
    """
    explore = str(request.url.replace(query="", path=request.url.path.removesuffix("present")))
    files = _asset_path("present.css"), _asset_path("present.js")
    if set_name := single(request.query_params.getlist(SET_PARAM)):
        page = case_presentation(set_name, single(request.query_params.getlist(CASE_PARAM)), explore, *files)
    else:
        view = view_of(*state_from_link(token))
        page = presentation(view, lan_link(view.token, explore), *files)
    return Response(page, media_type="text/html", headers=NO_STORE)


def _asset_path(name: str) -> str:
    return next(path for path in assets() if path.endswith(f"/{name}"))


def _scenario(token: str, _: Request) -> Response:
    view = view_of(read(token).state)
    state = replace(view.state, title=view.result.title, about=view.about)
    return _file("scenario.yaml", "application/yaml", as_yaml(scenario_of(state, view.knowledge)))


def _result(token: str, _: Request) -> Response:
    return _file("result.json", "application/json", view_of(read(token).state).result.model_dump_json(indent=1))


def _file(name: str, media_type: str, text: str) -> Response:
    headers = {**NO_STORE, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type=media_type, headers=headers)


async def _icon(request: Request) -> Response:
    return Response(ICON, media_type="image/png", headers=ONE_DAY)


def _asset(path: str, text: str) -> Endpoint:
    async def answered(request: Request) -> Response:
        return Response(text, media_type=TYPES[path.rsplit(".")[-1]], headers=IMMUTABLE)

    return answered


class StripQueryFromLogs(logging.Filter):
    """Log filter that removes query strings, which contain the answers, however the server is started."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Accept every record, with its queries removed."""
        if isinstance(record.args, tuple):
            record.args = tuple(value.partition("?")[0] if isinstance(value, str) else value for value in record.args)
        return True


STRIP_QUERY = StripQueryFromLogs()


class PrivacyHeaders:
    """Middleware that adds the privacy headers: browsers must not pass on addresses, which contain the answers."""

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
    """The middleware of the app; also installs the log filter."""
    for name in ("uvicorn.access", "uvicorn.error"):  # the second logs WebSockets
        logging.getLogger(name).addFilter(STRIP_QUERY)
    return [Middleware(PrivacyHeaders), Middleware(SameOrigin), Middleware(GZipMiddleware, minimum_size=1000, compresslevel=6)]

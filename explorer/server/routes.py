"""Routes and middleware beside Streamlit's: scripts and styles, print sheet, slides, downloads, privacy headers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import pathway
from explorer.instrument.component import ASSETS, asset_path, assets, base_path
from explorer.links.address import read, state_from_link
from explorer.links.browser_address import CASE_PARAM, PARAMETER, SET_PARAM
from explorer.pages.explore.view import view_of
from explorer.pages.missing_rules import missing_rules
from explorer.paper.sheet import print_sheet
from explorer.present.case import case_presentation
from explorer.present.deck import presentation
from explorer.server.lan_link import lan_link
from explorer.server.log import log_error
from explorer.server.origin import same_origin
from pathway import Silent, Unusable
from pathway.links.token import InvalidLink, single
from pathway.scenarios.walk_file import as_yaml, scenario_of

Endpoint = Callable[[Request], Response]
ICON = (ASSETS / "icon.png").read_bytes()
NO_STORE = {"Cache-Control": "no-store"}
ONE_DAY = {"Cache-Control": "public, max-age=86400"}
"""Streamlit makes a browser request the icon at every click; a cached one costs nothing."""
IMMUTABLE = {"Cache-Control": "public, max-age=31536000, immutable"}
HEADERS = ((b"referrer-policy", b"no-referrer"), (b"x-content-type-options", b"nosniff"))


def routes() -> list[Route]:
    """The routes beside Streamlit's own, under the same base path."""
    answers: dict[str, Endpoint] = {asset_path(name): partial(_asset, name) for name in assets()}
    pages = {"print": _print, "present": _present, "scenario.yaml": _scenario, "result.json": _result}
    answers |= {"favicon.png": _icon, **{path: _handle_errors(answer) for path, answer in pages.items()}}
    return [Route(f"{base_path()}{path}", answer) for path, answer in answers.items()]


def _asset(name: str, _: Request) -> Response:
    return Response(assets()[name], media_type="text/css" if name.endswith("css") else "text/javascript", headers=IMMUTABLE)


def _icon(_: Request) -> Response:
    return Response(ICON, media_type="image/png", headers=ONE_DAY)


def _handle_errors(answer: Callable[[str, Request], Response]) -> Endpoint:
    """Wrap a handler of a link token: a bad link or an error becomes a plain message, and the log has the reason."""

    def answered(request: Request) -> Response:
        try:
            return answer(single(request.query_params.getlist(PARAMETER)), request)
        except (InvalidLink, Unusable) as error:
            return _words(f"This link can’t be used: {error}.", 400)
        except Silent as error:
            return _words(missing_rules([error.option], pathway.load()), 500)
        except Exception as error:
            log_error("an address could not be answered", error)
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
    files = asset_path("present.css"), asset_path("present.js")
    if set_name := single(request.query_params.getlist(SET_PARAM)):
        page = case_presentation(set_name, single(request.query_params.getlist(CASE_PARAM)), explore, *files)
    else:
        view = view_of(*state_from_link(token))
        page = presentation(view, lan_link(view.token, explore), *files)
    return Response(page, media_type="text/html", headers=NO_STORE)


def _scenario(token: str, _: Request) -> Response:
    view = view_of(read(token).state)
    state = replace(view.state, title=view.result.title, about=view.about)
    return _file("scenario.yaml", "application/yaml", as_yaml(scenario_of(state, view.knowledge)))


def _result(token: str, _: Request) -> Response:
    return _file("result.json", "application/json", view_of(read(token).state).result.model_dump_json(indent=1))


def _file(name: str, media_type: str, text: str) -> Response:
    headers = {**NO_STORE, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type=media_type, headers=headers)


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
    """The middleware of the app; also installs the log filter."""
    for name in ("uvicorn.access", "uvicorn.error"):  # the second logs WebSockets
        logging.getLogger(name).addFilter(strip_query)
    return [Middleware(privacy_headers), Middleware(same_origin), Middleware(GZipMiddleware, minimum_size=1000, compresslevel=6)]

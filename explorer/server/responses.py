"""Responses to addresses beside Streamlit's pages: print sheet, slides, and downloads of a scenario and its result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

import pathway
from explorer.instrument.component import asset_path
from explorer.links.address import read, state_from_link
from explorer.links.browser_address import CASE_PARAM, SCENARIO_PARAM, SET_PARAM
from explorer.pages.explore.view import view_of
from explorer.pages.missing_rules import missing_rules
from explorer.paper.sheet import print_sheet
from explorer.present.case import case_presentation
from explorer.present.deck import presentation
from explorer.server.lan_link import lan_link
from explorer.server.log import log_error
from pathway import Silent, Unusable
from pathway.links.token import InvalidLink, single
from pathway.scenarios.walk_file import as_yaml, scenario_of

NO_STORE = {"Cache-Control": "no-store"}


def response(page: str, request: Request) -> Response:
    """A page of a link's scenario. A bad link or an error becomes a plain message, and the log has the reason."""
    try:
        return PAGES[page](single(request.query_params.getlist(SCENARIO_PARAM)), request)
    except (InvalidLink, Unusable) as error:
        return _words(f"This link can’t be used: {error}.", 400)
    except Silent as error:
        return _words(missing_rules([error.option], pathway.load()), 500)
    except Exception as error:
        log_error("an address could not be answered", error)
        return _words("This can’t be shown. Nothing was stored.", 500)


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


PAGES: dict[str, Callable[[str, Request], Response]] = {
    "print": _print,
    "present": _present,
    "scenario.yaml": _scenario,
    "result.json": _result,
}
"""Each page by the last part of its address."""

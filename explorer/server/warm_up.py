"""Loads the explorer and lays out its first page while a browser fetches Streamlit: the first visitor waits for neither."""

from __future__ import annotations

import contextlib
import inspect
import sys
from collections.abc import AsyncIterator, Iterator
from threading import Thread
from typing import Any

SWITCH = 0.0005
"""Seconds after which another thread has its turn, a tenth of what is usual: a browser asks for Streamlit's files meanwhile."""
_warm_up: Thread | None = None


@contextlib.asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Start to warm up when the server starts."""
    global _warm_up
    _warm_up = Thread(target=_first_page, name="warm-up", daemon=True)
    _warm_up.start()
    yield


def wait() -> None:
    """Wait until everything is warm; without a server, return at once."""
    if _warm_up is not None:
        _warm_up.join()


def _first_page() -> None:
    """Do what the first session would do, and keep it where that session finds it. An error is left for that session to show."""
    with _short_turns(), contextlib.suppress(Exception):
        import explorer.navigation  # noqa: F401  # every page
        from explorer.links.address import state_from_link
        from explorer.pages.explore.layout import explore
        from explorer.pages.explore.view import view_of

        explore(view_of(*state_from_link("")))
        inspect.stack()  # Streamlit asks for it at the first element; the first time, Python looks through all modules for it


@contextlib.contextmanager
def _short_turns() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH)
    try:
        yield
    finally:
        sys.setswitchinterval(before)

"""Logs errors by their place in the code, never by their message, which may contain an answer."""

from __future__ import annotations

import logging
from traceback import format_tb


def log_error(what: str, error: Exception) -> None:
    """Logs `what`, the kind of error, and the lines of code that led there."""
    logging.getLogger(__name__).error("%s: %s\n%s", what, type(error).__name__, "".join(format_tb(error.__traceback__)))

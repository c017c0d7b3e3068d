"""The explorer: lays out what `pathway.explain` returns. It has no rule and no sentence of a pathway of its own."""

from explorer.navigation import show
from explorer.server.routes import middleware, routes

__all__ = ["middleware", "routes", "show"]

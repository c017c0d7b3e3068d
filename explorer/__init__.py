"""The explorer: lays out what `pathway.explain` returns. It has no rule and no clinical sentence of its own."""

from explorer.server.routes import middleware, routes
from explorer.session.run import show

__all__ = ["middleware", "routes", "show"]

"""The explorer: lays out what `pathway.explain` returns. It has no rule and no sentence of a pathway of its own."""

from explorer.server.routes import middleware, routes
from explorer.server.warm_up import lifespan, wait

__all__ = ["lifespan", "middleware", "routes", "show"]


def show() -> None:
    """Run the page that the address names."""
    wait()
    from explorer.navigation import show as show_page  # slow to load: not before the server listens

    show_page()

"""The base of every model: what a file says, a result, a report."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class FrozenModel(BaseModel):
    """A model whose values never change and which refuses unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

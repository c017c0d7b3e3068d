"""Where a whole number is typed, and what is said beside it when what was typed is none."""

from __future__ import annotations

from explorer.markup.html import Html, Value, el

EXAMPLE = 6


def number_box(name: str, unit: str, least: int, most: int, otherwise: str, **attributes: Value) -> tuple[Html, Html]:
    """The box, and the place for words beside it. `otherwise`: what counts while it holds no number that can be.

    It is a box for text: of `6,5` in a box of type=number some browsers keep 65, and others nothing at all.
    """
    example = max(least, min(EXAMPLE, most))
    asks = f"Enter a whole number of {unit} from {least} to {most}, for example {example}."
    box = el(
        "input", type="text", inputmode="numeric", autocomplete="off", id=name, class_="number", data_least=least, data_most=most,
        data_asks=asks, data_otherwise=otherwise, **attributes,
    )  # fmt: skip
    return box, el("p", id=f"{name}-wrong", class_="wrong", role="alert", data_keep=True)

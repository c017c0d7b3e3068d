"""A text box for a whole number, and the place for an error message beside it."""

from __future__ import annotations

from explorer.markup.html import Html, Value, el

EXAMPLE = 6


def number_box(box_id: str, unit: str, least: int, most: int, otherwise: str, **attributes: Value) -> tuple[Html, Html]:
    """The box, and the element for its error message. `otherwise`: which value counts while the entry is not valid.

    Its type is text: in a box of type=number some browsers turn `6,5` into 65, and others drop it.
    """
    example = max(least, min(EXAMPLE, most))
    asks = f"Enter a whole number of {unit} from {least} to {most}, for example {example}."
    box = el(
        "input", type="text", inputmode="numeric", autocomplete="off", id=box_id, class_="number", data_least=least,
        data_most=most, data_asks=asks, data_otherwise=otherwise, **attributes,
    )  # fmt: skip
    return box, el("p", id=f"{box_id}-wrong", class_="wrong", role="alert", data_keep=True)

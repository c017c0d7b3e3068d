"""Pictures drawn in the page itself: a shape of its own for each verdict and route, so that colour is never alone."""

from __future__ import annotations

from explorer.markup.html import Html

_STROKE = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
HIGHER_STEPS = ("step_five", "step_six", "step_seven", "step_eight", "step_nine", "step_ten")


def _numbered(number: int) -> str:
    """A step too high to be drawn as stairs at this size: its number."""
    return (
        f'<g {_STROKE}><circle cx="12" cy="12" r="9.6"/></g><text x="12" y="16.6" fill="currentColor" font-family="sans-serif" '
        f'font-size="{13 if number < 10 else 11}" font-weight="600" text-anchor="middle">{number}</text>'
    )


SHAPES = {
    "applies": '<circle cx="12" cy="12" r="10" fill="currentColor"/><path d="m7 12.5 3.3 3.3L17 9" fill="none" '
    'stroke="var(--on)" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>',
    "later": f'<g {_STROKE}><circle cx="12" cy="12" r="9.2"/><path d="M12 6.8V12l3.4 2.2"/></g>',
    "undetermined": f'<g {_STROKE}><circle cx="12" cy="12" r="9.2" stroke-dasharray="3.4 3.4"/>'
    '<path d="M9.4 9.6a2.7 2.7 0 1 1 3.8 2.5c-.8.4-1.2.9-1.2 1.8M12 17v.1"/></g>',
    "contraindicated": f'<g {_STROKE}><path d="M12 3.2 2.6 20h18.8z"/><path d="M12 10v4.4M12 17.2v.1"/></g>',
    "not_advised": '<path d="M8 2h8l6 6v8l-6 6H8l-6-6V8z" fill="currentColor"/>'
    '<path d="M7.2 12h9.6" stroke="var(--on)" stroke-width="3" stroke-linecap="round"/>',
    "not_indicated": f'<g {_STROKE}><rect x="3.2" y="3.2" width="17.6" height="17.6" rx="3"/>'
    '<path d="m8.6 8.6 6.8 6.8m0-6.8-6.8 6.8"/></g>',
    "on_hold": '<rect x="2" y="2" width="20" height="20" rx="5" fill="currentColor"/>'
    '<path d="M9.2 8v8m5.6-8v8" stroke="var(--on)" stroke-width="2.8" stroke-linecap="round"/>',
    "triangle": '<path d="M12 2 1.6 21h20.8z" fill="currentColor"/>'
    '<path d="M12 9v5.4M12 17.6v.1" stroke="var(--on)" stroke-width="2.6" stroke-linecap="round"/>',
    "diamond": '<path d="M12 1.6 22.4 12 12 22.4 1.6 12z" fill="currentColor"/>'
    '<path d="M12 7v5.6M12 16.4v.1" stroke="var(--on)" stroke-width="2.6" stroke-linecap="round"/>',
    "turn": f'<g {_STROKE}><path d="M5 21V12a4 4 0 0 1 4-4h10"/><path d="m15 3.6 4.6 4.4L15 12.4"/></g>',
    "stairs": f'<g {_STROKE}><path d="M3 20h5v-5h5v-5h5V5h3"/></g>',
    "loop": f'<g {_STROKE}><path d="M4 12a8 8 0 1 0 2.6-5.9"/><path d="M4 3.4v4.2h4.2"/></g>',
    "step_one": f'<g {_STROKE}><path d="M3 19h18M5 19v-4h5"/></g>',
    "step_two": f'<g {_STROKE}><path d="M3 19h18M5 19v-4h5v-5h5"/></g>',
    "step_three": f'<g {_STROKE}><path d="M3 19h18M5 19v-4h5v-5h5V5h5"/></g>',
    "step_four": f'<g {_STROKE}><path d="M3 20h18M5 20v-4h4v-4h4V8h4V4h4"/></g>',
    **{name: _numbered(at) for at, name in enumerate(HIGHER_STEPS, 5)},
    "differs": f'<g {_STROKE}><path d="M4 9h16M4 15h16M15 4 9 20"/></g>',
    "true": f'<g {_STROKE}><path d="m4.5 12.8 4.8 4.8L19.5 7"/></g>',
    "false": f'<g {_STROKE}><path d="m6 6 12 12M18 6 6 18"/></g>',
    "unknown": f'<g {_STROKE}><path d="M8.6 9a3.5 3.5 0 1 1 5 3.2c-1.1.5-1.6 1.2-1.6 2.4M12 18.4v.1"/></g>',
    "next": f'<g {_STROKE}><path d="M5 12h13m-5.4-5.6L18.2 12l-5.6 5.6"/></g>',
    "share": f'<g {_STROKE}><path d="M12 15V3.6M7.6 7.4 12 3l4.4 4.4M6 11H4.6v9.4h14.8V11H18"/></g>',
    "print": f'<g {_STROKE}><path d="M7 8V3h10v5M7 17H3.6V8.6h16.8V17H17"/><path d="M7 14h10v7H7z"/></g>',
    "present": f'<g {_STROKE}><path d="M2.6 4h18.8v12H2.6zM12 16v4.4M8 20.6h8"/></g>',
    "restart": f'<g {_STROKE}><path d="M4 12a8 8 0 1 0 2.6-5.9"/><path d="M4 3.4v4.2h4.2"/></g>',
    "close": f'<g {_STROKE}><path d="m6 6 12 12M18 6 6 18"/></g>',
    "page": f'<g {_STROKE}><path d="M6 2.8h8.4L19 7.4v13.8H6z"/><path d="M9.4 12h6M9.4 16h6"/></g>',
    "here": '<path d="M12 1.8a7.4 7.4 0 0 0-7.4 7.4c0 5.2 7.4 13 7.4 13s7.4-7.8 7.4-13'
    'A7.4 7.4 0 0 0 12 1.8z" fill="currentColor"/>'
    '<circle cx="12" cy="9.2" r="2.8" fill="var(--on)"/>',
}


def icon(name: str) -> Html:
    """A picture, hidden from screen readers: the word is always beside it."""
    return Html(f'<svg class="i i-{name}" aria-hidden="true"><use href="#i-{name}"/></svg>')


def sprite() -> Html:
    """Every picture once; `icon` points at it."""
    shapes = "".join(f'<symbol id="i-{name}" viewBox="0 0 24 24">{shape}</symbol>' for name, shape in SHAPES.items())
    return Html(f'<svg id="sprite" class="sr" aria-hidden="true">{shapes}</svg>')

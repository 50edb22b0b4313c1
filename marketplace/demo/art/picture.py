"""What has to be known to draw one thing."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.demo.art.labels import Print


@dataclass(frozen=True, slots=True)
class Picture:
    """Order for one drawing.

    `form` names a function of `forms`; `colour`, `second`, `third` are what the form makes of
    them (glass, capsule, content ...); `pattern` is the form's own word (stripes, speckled ...).
    `stretch` scales the height above the table and `girth` the width, both 0.94..1.06.
    """

    form: str
    colour: str
    second: str
    third: str
    text: Print
    pattern: str = ""
    stretch: float = 1
    girth: float = 1

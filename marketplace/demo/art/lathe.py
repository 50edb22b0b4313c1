"""Round things: an outline turned around a middle line, as on a lathe or a wheel."""

from __future__ import annotations

from typing import Final

Profile = tuple[tuple[float, ...], ...]
AXIS: Final = 400
GROUND: Final = 902


def lathe(profile: Profile, stretch: float = 1, girth: float = 1, sag: float = 9) -> str:
    """Closed outline of a thing standing on the table.

    The profile runs down the right side: first a point, then points (a line) or six numbers
    (a curve); x from the middle line, y of the picture. `sag` bends top and bottom.
    """
    right = [_placed(step, stretch, girth) for step in profile]
    top, bottom = right[0], right[-1][-2:]
    way = (
        f"M{AXIS - top[0]:.4g} {top[1]:.4g}Q{AXIS} {top[1] + sag:.4g} {AXIS + top[0]:.4g} "
        f"{top[1]:.4g}"
    )
    way += "".join(_step(step, 1) for step in right[1:])
    way += f"Q{AXIS} {bottom[1] + sag:.4g} {AXIS - bottom[0]:.4g} {bottom[1]:.4g}"
    return way + "".join(_step(step, -1) for step in _backwards(right)) + "z"


def height(y: float, stretch: float) -> float:
    """Where a height of the drawing comes to lie after stretching away from the table."""
    return GROUND - (GROUND - y) * stretch


def _placed(step: tuple[float, ...], stretch: float, girth: float) -> tuple[float, ...]:
    """The step with x widened and y stretched."""
    return tuple(
        value * girth if n % 2 == 0 else height(value, stretch) for n, value in enumerate(step)
    )


def _step(step: tuple[float, ...], side: int) -> str:
    """One SVG command on the right (1) or left (-1) side."""
    numbers = " ".join(
        f"{AXIS + side * value if n % 2 == 0 else value:.4g}" for n, value in enumerate(step)
    )
    return ("L" if len(step) == 2 else "C") + numbers


def _backwards(steps: list[tuple[float, ...]]) -> list[tuple[float, ...]]:
    """The same outline from the bottom up."""
    back = []
    for before, step in zip(steps[-2::-1], steps[:0:-1], strict=True):
        end = before[-2:]
        back.append(end if len(step) == 2 else (*step[2:4], *step[0:2], *end))
    return back

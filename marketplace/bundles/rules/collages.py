"""Where goods lie on a free board, and how far buttons push them. Pure.

All lengths in ten-thousandths of the board's width; the board is as high as it is wide. `rot` in
tenths of a degree, clockwise. Whole numbers only, so that a round trip is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from math import ceil, sqrt

BOARD, LEAST_SIDE, STEP, TURN = 10_000, 100, 100, 50
LEAST_TURN, MOST_TURN = -1800, 1799
TURNS, NINE = (-20, 15, -10, 25), 9
WHOLE = (0, 0, BOARD, BOARD)
COLOURS = ("#F7F3EA", "#FFFFFF", "#F1EADF", "#E4EDE4", "#E3ECF4", "#EFE7F4", "#2B2622")
"""Papers to lay goods on: linen, white, sand, sage, mist, lavender, slate."""
SEASONS = ("spring", "summer", "autumn", "winter")


@dataclass(frozen=True, slots=True)
class Place:
    """Left, top, width, height, turn, layer (1 lies lowest), and the part of the picture that is
    shown: left, top, width, height in ten-thousandths of the picture.
    """

    x: int
    y: int
    w: int
    h: int
    rot: int = 0
    z: int = 1
    crop: tuple[int, int, int, int] = WHOLE

    @property
    def values(self) -> tuple[int, ...]:
        """All numbers in a row."""
        *own, crop = astuple(self)
        return (*own, *crop)


def place_fault(place: Place) -> str | None:
    """Why something cannot lie there: number, small, outside, turn or crop; None if it can."""
    if any(type(one) is not int for one in place.values) or len(place.crop) != len(WHOLE):
        return "number"
    if min(place.w, place.h) < LEAST_SIDE:
        return "small"
    if _out(place.x, place.y, place.w, place.h) or not 0 <= place.z <= BOARD:
        return "outside"
    if not LEAST_TURN <= place.rot <= MOST_TURN:
        return "turn"
    return "crop" if _out(*place.crop) or min(place.crop[2:]) < LEAST_SIDE else None


def _out(x: int, y: int, w: int, h: int) -> bool:
    return min(x, y) < 0 or x + w > BOARD or y + h > BOARD


def pixel(value: int, width: int) -> int:
    """A length on a picture of so many pixels, rounded half up."""
    return (value * width + BOARD // 2) // BOARD


def spread(count: int) -> list[Place]:
    """An arrangement to begin with: rows of upright tiles, each a little turned, none touching."""
    across = max(2, ceil(sqrt(count)))
    down = max(1, ceil(count / across))
    wide = min(BOARD // across, BOARD // down * 4 // 5) * 84 // 100
    high = wide * 5 // 4
    pitch = min(BOARD // down, high * 119 // 100)
    top, cell = (BOARD - pitch * down) // 2, BOARD // across
    places = []
    for n in range(count):
        row, column = divmod(n, across)
        indent = (across - min(across, count - row * across)) * cell // 2
        places.append(Place(indent + column * cell + (cell - wide) // 2,
                            top + row * pitch + (pitch - high) // 2, wide, high,
                            TURNS[n % len(TURNS)], n + 1))
    return places


def beside(taken: Sequence[Place]) -> Place:
    """Where one more thing lies: the emptiest of nine fields, above all others."""
    free = min(spread(NINE), key=lambda field: sum(_shared(field, one) for one in taken))
    return replace(free, z=1 + max((one.z for one in taken), default=0))


def _shared(one: Place, other: Place) -> int:
    """The area that two places have in common, unturned."""
    wide = min(one.x + one.w, other.x + other.w) - max(one.x, other.x)
    high = min(one.y + one.h, other.y + other.h) - max(one.y, other.y)
    return max(0, wide) * max(0, high)


def layered(places: Sequence[Place]) -> list[Place]:
    """The same order of layers as 1, 2, 3 ...; of equal ones the later lies above."""
    order = sorted(range(len(places)), key=lambda n: (places[n].z, n))
    found = list(places)
    for z, n in enumerate(order, start=1):
        found[n] = replace(found[n], z=z)
    return found


def _within(place: Place) -> Place:
    """The nearest place on the board."""
    w, h = min(max(place.w, LEAST_SIDE), BOARD), min(max(place.h, LEAST_SIDE), BOARD)
    return replace(place, w=w, h=h, x=min(max(place.x, 0), BOARD - w),
                   y=min(max(place.y, 0), BOARD - h))


def _sized(place: Place, percent: int) -> Place:
    """Larger or smaller around its middle, in the same proportion as far as the board allows."""
    if percent > 100:
        percent = min(percent, BOARD * 100 // max(place.w, place.h))
    w, h = place.w * percent // 100, place.h * percent // 100
    if min(w, h) < LEAST_SIDE:
        return place
    return _within(replace(place, w=w, h=h, x=place.x - (w - place.w) // 2,
                           y=place.y - (h - place.h) // 2))


def _turned(place: Place, by: int) -> Place:
    return replace(place, rot=(place.rot + by - LEAST_TURN) % 3600 + LEAST_TURN)


PUSHES: Mapping[str, Callable[[Place], Place]] = {
    "left": lambda p: _within(replace(p, x=p.x - STEP)),
    "right": lambda p: _within(replace(p, x=p.x + STEP)),
    "higher": lambda p: _within(replace(p, y=p.y - STEP)),
    "lower": lambda p: _within(replace(p, y=p.y + STEP)),
    "larger": lambda p: _sized(p, 110), "smaller": lambda p: _sized(p, 90),
    "turn": lambda p: _turned(p, TURN), "turn-back": lambda p: _turned(p, -TURN),
    "front": lambda p: replace(p, z=BOARD), "back": lambda p: replace(p, z=0),
}
"""What the buttons do: one percent of the board, a tenth of the size, five degrees, a layer."""


def side_of(place: Place) -> tuple[str, str]:
    """Where its middle lies: (top, middle or bottom; left, centre or right)."""
    third = BOARD // 3
    across = ("left", "centre", "right")[min(2, (place.x + place.w // 2) // (third + 1))]
    down = ("top", "middle", "bottom")[min(2, (place.y + place.h // 2) // (third + 1))]
    return down, across

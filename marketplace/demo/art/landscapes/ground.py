"""What several landscapes are made of: colours, land, sun, trees, houses."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.demo.art.brush import box, disc, moved, path
from marketplace.demo.art.colour import darker, lighter, mix


@dataclass(frozen=True, slots=True)
class Tones:
    """The four palette colours: pale wall, table, dark, accent."""

    pale: str
    ground: str
    dark: str
    accent: str

    def far(self, share: float) -> str:
        """The dark colour in the haze; 0 near, 1 as pale as the sky."""
        return mix(self.dark, self.pale, share)


def land(way: str, colour: str) -> str:
    """Ground below a line that runs from the left edge to the right."""
    return path(f"{way}V600H0z", colour)


def sun(tones: Tones, x: float, y: float, radius: float = 62) -> str:
    """A warm disc with a glow."""
    warm = mix(tones.accent, "#f0b35c", 0.6)
    return disc(x, y, radius * 1.7, lighter(warm, 0.4), 0.35) + disc(
        x, y, radius, lighter(warm, 0.15)
    )


def tree(x: float, y: float, size: float, crown: str, trunk: str) -> str:
    """A tree with a round crown, its foot at the point."""
    round_crown = (
        disc(0, -70, 44, crown)
        + disc(-26, -50, 30, darker(crown, 0.12))
        + disc(26, -52, 28, lighter(crown, 0.1))
    )
    return moved(box(-5, -40, 10, 42, trunk) + round_crown, x, y, size)


def fir(x: float, y: float, size: float, colour: str) -> str:
    """A fir, its foot at the point."""
    return moved(
        path("M0 -120L30 -66H16L42 -30H22L52 6H-52L-22 -30H-42L-16 -66H-30z", colour)
        + box(-5, 4, 10, 18, "#5b4630"),
        x,
        y,
        size,
    )


def house(x: float, y: float, size: float, wall: str, roof: str) -> str:
    """A small house with two windows and a door."""
    body = box(-46, -52, 92, 52, wall) + path("M-56 -50L0 -98L56 -50z", roof)
    openings = (
        box(-30, -36, 16, 18, roof)
        + box(14, -36, 16, 18, roof)
        + box(-8, -30, 16, 30, darker(roof, 0.2))
    )
    return moved(body + openings, x, y, size)

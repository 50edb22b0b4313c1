"""Bottles: slim and tall, high-shouldered, sloping, sparkling, and for oil."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from marketplace.demo.art.brush import box, inside, line, oval, path
from marketplace.demo.art.colour import brightness, darker, lighter, mix
from marketplace.demo.art.labels import Place, label
from marketplace.demo.art.lathe import GROUND, Profile, height, lathe
from marketplace.demo.art.picture import Picture
from marketplace.demo.art.scene import Still


@dataclass(frozen=True, slots=True)
class Shape:
    """Outline, where the capsule ends, where the wine stands, and the label's place.

    `label` = (top, height) in picture units, `half` = half width of the body.
    """

    profile: Profile
    capsule: float
    level: float
    label: tuple[float, float]
    half: float


SCHLEGEL: Final = Shape(
    (
        (31, 96),
        (33, 99),
        (33, 116),
        (30, 120),
        (31, 250),
        (36, 420, 104, 500, 104, 660),
        (104, 882),
        (104, 896, 96, GROUND, 84, GROUND),
    ),
    222,
    268,
    (598, 222),
    104,
)
BORDEAUX: Final = Shape(
    (
        (35, 150),
        (38, 154),
        (38, 178),
        (34, 182),
        (34, 335),
        (34, 405, 118, 390, 118, 480),
        (118, 880),
        (118, 896, 108, GROUND, 96, GROUND),
    ),
    292,
    322,
    (522, 268),
    118,
)
BURGUND: Final = Shape(
    (
        (35, 160),
        (38, 164),
        (38, 188),
        (34, 192),
        (35, 300),
        (40, 430, 138, 450, 138, 610),
        (138, 878),
        (138, 896, 128, GROUND, 114, GROUND),
    ),
    286,
    318,
    (600, 232),
    138,
)
SPARKLING: Final = Shape(
    (
        (36, 152),
        (45, 156),
        (45, 186),
        (40, 196),
        (42, 300),
        (52, 440, 142, 450, 142, 620),
        (142, 874),
        (142, 896, 130, GROUND, 116, GROUND),
    ),
    410,
    330,
    (624, 214),
    142,
)
OIL: Final = Shape(
    (
        (22, 200),
        (25, 204),
        (25, 226),
        (22, 230),
        (24, 390),
        (26, 440, 96, 440, 96, 520),
        (96, 884),
        (96, 896, 88, GROUND, 78, GROUND),
    ),
    268,
    420,
    (574, 250),
    96,
)


def schlegel(picture: Picture) -> Still:
    """The tall slim bottle of the Mosel."""
    return _bottle(picture, SCHLEGEL)


def bordeaux(picture: Picture) -> Still:
    """The bottle with high shoulders."""
    return _bottle(picture, BORDEAUX)


def burgund(picture: Picture) -> Still:
    """The bottle with sloping shoulders."""
    return _bottle(picture, BURGUND)


def oil(picture: Picture) -> Still:
    """A narrow dark bottle with a pourer."""
    return _bottle(picture, OIL)


def sparkling(picture: Picture) -> Still:
    """The heavy bottle with foil down to the shoulder."""
    still = _bottle(picture, SPARKLING, foil=True)
    y = height(226, picture.stretch)
    ring = box(355, y, 90, 7, mix(picture.second, "#fff4d6", 0.45), 3)
    dots = "".join(
        oval(x, y + 62 + (x % 3) * 20, 4, 4, lighter(picture.second, 0.5), 0.7)
        for x in (376, 388, 401, 413, 425)
    )
    return Still(still.body + ring + dots, still.shadow)


def _bottle(picture: Picture, shape: Shape, foil: bool = False) -> Still:
    """Glass, wine, capsule, light, label; `colour` glass, `second` capsule, `third` wine."""
    stretch, girth = picture.stretch, picture.girth
    outline = lathe(shape.profile, stretch, girth)
    cap_end = height(shape.capsule, stretch)
    clear = brightness(picture.colour) > 0.62
    glass = _content(picture, height(shape.level, stretch)) if clear else ""
    layers = path(outline, picture.colour) + glass + _foot(picture.colour)
    layers += _foil(picture, cap_end) if foil else _capsule(picture, cap_end)
    layers += path(outline, "url(#round)")
    half = shape.half * girth
    top, high = shape.label
    place = Place(400 - half, height(top, stretch), 2 * half, high * stretch, 9)
    shine = _shine(half, height(top, stretch), shape)
    return Still(inside(outline, layers) + shine + label(picture.text, place), (400, 904, half))


def _capsule(picture: Picture, end: float) -> str:
    """A capsule with a ring at its lower edge."""
    band = box(300, 0, 200, end, picture.second)
    return band + path(
        f"M300 {end - 16:g}q100 9 200 0v5q-100 9 -200 0z", lighter(picture.second, 0.4)
    )


def _foil(picture: Picture, end: float) -> str:
    """Foil with a torn, pointed edge."""
    way = f"M300 0H500V{end:g}l-40 -34 -26 26 -34 -30 -34 30 -26 -26 -40 34z"
    return path(way, picture.second) + line(
        f"M372 {end - 90:g}q10 30 4 60M424 {end - 110:g}q-8 40 2 70", "#fff", 3, 0.25
    )


def _content(picture: Picture, level: float) -> str:
    """Wine seen through clear glass, its surface a flat oval."""
    wine = path(f"M200 {level:g}H600V1000H200z", picture.third, 0.92)
    return wine + oval(400, level, 34, 5, lighter(picture.third, 0.4))


def _foot(glass: str) -> str:
    """The thick glass at the bottom."""
    return path("M200 872q200 22 400 0v60H200z", darker(glass, 0.35), 0.5)


def _shine(half: float, top: float, shape: Shape) -> str:
    """Reflections: one along the left side above and below the label, a short one right."""
    left, right = 400 - half * 0.74, 400 + half * 0.8
    start = min(top - 40, shape.profile[5][5] + 4)
    return (
        line(f"M{left:.4g} {start:.4g}V{top - 14:.4g}", "#fff", 9, 0.4)
        + line(f"M{left:.4g} 852V878", "#fff", 8, 0.35)
        + line(f"M{right:.4g} {start + 16:.4g}V{top - 16:.4g}", "#fff", 4, 0.22)
    )

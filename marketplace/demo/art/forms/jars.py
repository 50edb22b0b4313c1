"""Jars, stone pots and tins: what stands in a larder."""

from __future__ import annotations

from typing import Final

from marketplace.demo.art.brush import inside, line, oval, path
from marketplace.demo.art.colour import darker, lighter, mix
from marketplace.demo.art.labels import Place, label
from marketplace.demo.art.lathe import GROUND, Profile, height, lathe
from marketplace.demo.art.picture import Picture
from marketplace.demo.art.scene import Still

TALL: Final[Profile] = (
    (122, 462),
    (150, 474, 158, 490, 158, 516),
    (158, 866),
    (158, 890, 146, GROUND, 124, GROUND),
)
LOW: Final[Profile] = (
    (132, 590),
    (160, 602, 170, 616, 170, 640),
    (170, 866),
    (170, 890, 156, GROUND, 134, GROUND),
)
POT: Final[Profile] = (
    (118, 548),
    (122, 574, 160, 580, 162, 640),
    (158, 860),
    (157, 888, 148, GROUND, 128, GROUND),
)
CROCK: Final[Profile] = (
    (124, 470),
    (150, 500, 160, 520, 160, 580),
    (156, 860),
    (155, 888, 146, GROUND, 126, GROUND),
)


def jar(picture: Picture) -> Still:
    """A tall glass with a screw lid; `third` = lid, `colour` = content."""
    return _glass(picture, TALL, 462, 158, (572, 250))


def low_jar(picture: Picture) -> Still:
    """A broad low glass."""
    return _glass(picture, LOW, 590, 170, (668, 186))


def _glass(
    picture: Picture, profile: Profile, rim: float, half: float, spot: tuple[float, float]
) -> Still:
    stretch, girth = picture.stretch, picture.girth
    outline = lathe(profile, stretch, girth)
    top = height(rim, stretch)
    half *= girth
    inner = path(outline, lighter(picture.colour, 0.5))
    inner += path(f"M200 {top + 48:g}q200 26 400 0V1000H200z", picture.colour)
    inner += oval(400, top + 50, half - 4, 13, lighter(picture.colour, 0.28))
    inner += _content(picture, top + 60) + path(outline, "url(#round)")
    inner += path("M200 880q200 22 400 0v40H200z", "#fff", 0.16)
    place = Place(400 - half * 0.94, height(spot[0], stretch), half * 1.88, spot[1] * stretch, 10)
    shine = line(f"M{400 - half * 0.8:g} {top + 74:g}V{top + 100:g}", "#fff", 10, 0.5)
    body = inside(outline, inner) + _lid(picture.second, top, half * 0.86) + shine
    zoom = 1 if profile is TALL else 1.2
    return Still(body + label(picture.text, place), (400, 904, half), zoom)


def _content(picture: Picture, top: float) -> str:
    """What is to be seen in the glass: seeds, combs, slices or a plain mass."""
    pale, deep = lighter(picture.colour, 0.42), darker(picture.colour, 0.34)
    if picture.pattern == "seeds":
        return _scattered(deep, pale, top, 6)
    if picture.pattern == "pieces":
        return _scattered(pale, deep, top, 17)
    if picture.pattern == "comb":
        cell = "M0 -22L19 -11V11L0 22L-19 11V-11z"
        return "".join(
            f'<path d="{cell}" transform="translate({x} {y})" fill="{pale}" stroke="{deep}"'
            ' stroke-width="3" opacity=".7"/>'
            for row, y in enumerate(range(round(top), 900, 34))
            for x in range(250 + 20 * (row % 2), 560, 40)
        )
    if picture.pattern == "layers":
        return path(f"M200 {top + 150:g}q200 34 400 0V1000H200z", deep, 0.55)
    return path(f"M230 {top:g}C330 {top + 90:g} 300 {top + 190:g} 250 880z", pale, 0.3)


def _scattered(first: str, second: str, top: float, size: float) -> str:
    """Grains on a lattice that is pushed about, so that no two rows look alike."""
    dots, step = {first: "", second: ""}, size * 2.6
    for row in range(int((890 - top) / step)):
        for column in range(int(330 / step)):
            push = (row * 7 + column * 11) % 9 - 4
            x = 240 + column * step + push * size * 0.24 + (row % 2) * step / 2
            y = top + row * step - push * size * 0.2
            dots[first if (row + column * 2) % 5 else second] += f"M{x:.0f} {y:.0f}h0"
    return "".join(line(way, colour, size * 1.9, 0.75) for colour, way in dots.items())


def _lid(colour: str, rim: float, half: float) -> str:
    """A metal lid with a fluted edge."""
    top, low = rim - 58, rim + 8
    side = (
        f"M{400 - half:g} {top:g}q{half:g} 18 {2 * half:g} 0V{low:g}q{-half:g} 20 {-2 * half:g} 0z"
    )
    flutes = "".join(
        f"M{400 + half * x:.4g} {top + 14:g}V{low + 6:g}"
        for x in (-0.9, -0.72, -0.5, -0.26, 0, 0.26, 0.5, 0.72, 0.9)
    )
    return (
        path(side, colour)
        + line(flutes, darker(colour, 0.3), 3, 0.35)
        + path(side, "url(#round)")
        + oval(400, top, half, 15, lighter(colour, 0.2))
        + oval(400, top, half - 12, 10, colour)
    )


def pot(picture: Picture) -> Still:
    """A stoneware pot with a cork or a paper cap tied with string."""
    stretch, girth = picture.stretch, picture.girth
    outline, rim = lathe(POT, stretch, girth), height(548, stretch)
    half = 162 * girth
    glaze = path(outline, picture.colour)
    glaze += path(f"M200 0H600V{rim + 64:g}q-60 26 -110 8t-120 8 -170 -14z", picture.third)
    body = inside(
        outline, glaze + _flecks(darker(picture.colour, 0.4)) + path(outline, "url(#round)")
    )
    cap = f"M272 {rim + 26:g}C268 {rim - 40:g} 290 {rim - 56:g} 400 {rim - 58:g}"
    cap += (
        f"S532 {rim - 40:g} 528 {rim + 26:g}l-18 16 -22 -10 -26 14 -30 -12 -32 14 -30 -14 "
        "-28 12 -26 -14 -22 10z"
    )
    paper = path(cap, picture.second) + path(cap, "url(#soft)")
    string = line(f"M284 {rim - 2:g}q116 24 232 0", darker(picture.second, 0.5), 5)
    bow = line(
        f"M450 {rim + 10:g}q34 -26 44 4t-40 2 M452 {rim + 12:g}l18 44M456 {rim + 12:g}l38 34",
        darker(picture.second, 0.5),
        4,
    )
    place = Place(400 - half * 0.8, height(672, stretch), half * 1.6, 184 * stretch, 9)
    return Still(body + paper + string + bow + label(picture.text, place), (400, 904, half), 1.16)


def crock(picture: Picture) -> Still:
    """A tall crock with two ears, for what is pickled."""
    stretch, girth = picture.stretch, picture.girth
    outline, rim = lathe(CROCK, stretch, girth), height(470, stretch)
    half = 160 * girth
    ears = line(
        f"M252 {rim + 100:g}q-52 6 -34 66t44 30M548 {rim + 100:g}q52 6 34 66t-44 30",
        darker(picture.colour, 0.12),
        24,
    )
    glaze = path(outline, picture.colour)
    glaze += path(f"M200 {rim + 52:g}q200 22 400 0v12q-200 22 -400 0z", picture.third)
    glaze += _flecks(darker(picture.colour, 0.4)) + path(outline, "url(#round)")
    lid = path(f"M262 {rim:g}q138 -74 276 0q-138 26 -276 0z", picture.second)
    knob = oval(400, rim - 44, 26, 16, darker(picture.second, 0.1))
    shade = path(f"M262 {rim:g}q138 -74 276 0q-138 26 -276 0z", "url(#soft)")
    place = Place(400 - half * 0.82, height(620, stretch), half * 1.64, 226 * stretch, 9)
    body = ears + inside(outline, glaze) + knob + lid + shade
    return Still(body + label(picture.text, place), (400, 904, half))


def _flecks(colour: str) -> str:
    """Iron spots in the glaze."""
    return "".join(
        oval(246 + (n * 67) % 312, 560 + (n * 41) % 330, 2 + n % 3, 1.6 + n % 2, colour, 0.5)
        for n in range(46)
    )


def tin(picture: Picture) -> Still:
    """A round tin with a slip lid; the label runs all around."""
    stretch, girth = picture.stretch, picture.girth
    half, top = 150 * girth, height(500, stretch)
    profile: Profile = ((150, 500), (150, 884), (150, 896, 144, GROUND, 132, GROUND))
    outline = lathe(profile, stretch, girth, 16)
    body = inside(outline, path(outline, picture.colour) + path(outline, "url(#round)"))
    place = Place(400 - half, top + 74, 2 * half, 276 * stretch, 9)
    lid = (
        f"M{396 - half:g} {top - 18:g}q{half + 4:g} 26 {2 * half + 8:g} 0v56q{-half - 4:g} "
        f"26 {-2 * half - 8:g} 0z"
    )
    cover = path(lid, picture.second) + path(lid, "url(#round)")
    cover += oval(400, top - 18, half + 4, 22, lighter(picture.second, 0.22))
    cover += oval(400, top - 18, half - 14, 15, mix(picture.second, "#ffffff", 0.08))
    return Still(body + label(picture.text, place) + cover, (400, 904, half), 1.12)

"""Ceramics: bowl, mug, beaker, plate, vase, teapot, jug, dripper and butter dish."""

from __future__ import annotations

from typing import Final

from marketplace.demo.art.brush import disc, inside, line, oval, path
from marketplace.demo.art.colour import darker, lighter, mix
from marketplace.demo.art.lathe import GROUND, Profile, height, lathe
from marketplace.demo.art.picture import Picture
from marketplace.demo.art.scene import Still

BOWL: Final[Profile] = (
    (236, 620),
    (236, 760, 150, 858, 92, 872),
    (98, 896),
    (96, GROUND, 90, GROUND, 84, GROUND),
)
MUG: Final[Profile] = (
    (136, 560),
    (142, 700, 142, 800, 134, 872),
    (130, 892, 120, GROUND, 104, GROUND),
)
BEAKER: Final[Profile] = (
    (128, 590),
    (124, 700, 118, 800, 104, 878),
    (100, 896, 92, GROUND, 84, GROUND),
)
VASE: Final[Profile] = (
    (62, 410),
    (50, 440, 46, 470, 62, 520),
    (84, 570, 152, 610, 152, 720),
    (152, 820, 104, 880, 88, GROUND),
)
JUG: Final[Profile] = (
    (88, 440),
    (78, 480, 82, 520, 104, 570),
    (136, 630, 146, 700, 140, 780),
    (136, 850, 110, 888, 96, GROUND),
)
TEAPOT: Final[Profile] = (
    (70, 600),
    (120, 612, 178, 660, 178, 740),
    (178, 830, 122, 888, 96, GROUND),
)


def bowl(picture: Picture) -> Still:
    """A deep bowl; `colour` glaze, `second` bare clay, `third` line under the rim."""
    outline = lathe(BOWL, picture.stretch, picture.girth, 7)
    rim, half = height(620, picture.stretch), 236 * picture.girth
    body = inside(outline, _glazed(picture, outline, rim, height(836, picture.stretch)))
    body += _mouth(picture, rim, half, 58)
    return Still(body, (400, 902, half * 0.56), 1.2)


def mug(picture: Picture) -> Still:
    """A mug with an ear."""
    outline = lathe(MUG, picture.stretch, picture.girth, 7)
    rim, half = height(560, picture.stretch), 136 * picture.girth
    x, y = 400 + half - 8, rim + 70
    ear = f"M{x:g} {y:g}C{x + 118:g} {y - 30:g} {x + 124:g} {y + 196:g} {x - 4:g} {y + 178:g}"
    handle = line(ear, darker(picture.colour, 0.16), 36) + line(
        ear, lighter(picture.colour, 0.1), 13, 0.35
    )
    body = inside(outline, _glazed(picture, outline, rim, height(820, picture.stretch)))
    drink = picture.pattern if picture.pattern in ("coffee", "tea") else ""
    return Still(handle + body + _mouth(picture, rim, half, 33, drink), (400, 903, half), 1.12)


def beaker(picture: Picture) -> Still:
    """Two beakers without ears, one before the other."""
    rim, half = height(590, picture.stretch), 128 * picture.girth
    outline = lathe(BEAKER, picture.stretch, picture.girth, 7)
    one = inside(outline, _glazed(picture, outline, rim, height(812, picture.stretch)), "one")
    one += _mouth(picture, rim, half, 31)
    back = f'<g transform="translate(128 -28) scale(.96 .98)">{one.replace("one", "two")}</g>'
    front = f'<g transform="translate(-92 0)">{one}</g>'
    return Still(back + front, (400, 902, half * 1.6), 1.1)


def vase(picture: Picture) -> Still:
    """A vase with a twig in it."""
    outline = lathe(VASE, picture.stretch, picture.girth, 6)
    rim = height(410, picture.stretch)
    body = inside(outline, _glazed(picture, outline, rim, height(800, picture.stretch)))
    twig = line(
        f"M396 {rim:g}C380 {rim - 120:g} 330 {rim - 170:g} 320 {rim - 290:g}M390 {rim - 60:g}"
        f"C430 {rim - 140:g} 470 {rim - 170:g} 476 {rim - 250:g}",
        "#5a5236",
        6,
    )
    leaves = ""
    for x, y, turn in (
        (372, 70, -40),
        (352, 128, 34),
        (330, 190, -50),
        (322, 250, 20),
        (424, 120, 50),
        (452, 168, -20),
        (474, 226, 40),
        (318, 300, -10),
        (478, 262, -24),
    ):
        blade = "M0 0C-20 -20 -18 -54 0 -72C18 -54 20 -20 0 0z"
        leaves += (
            f'<path d="{blade}" transform="translate({x} {rim - y:g}) rotate({turn})" '
            'fill="#6f7f4d"/>'
        )
    return Still(
        twig + leaves + body + _mouth(picture, rim, 62 * picture.girth, 13), (400, 902, 120), 1.06
    )


def jug(picture: Picture) -> Still:
    """A jug with a pulled lip and a handle."""
    outline = lathe(JUG, picture.stretch, picture.girth, 7)
    rim, half = height(440, picture.stretch), 88 * picture.girth
    ear = f"M480 {rim + 36:g}C610 {rim + 20:g} 610 {rim + 240:g} 520 {rim + 260:g}"
    handle = line(ear, darker(picture.colour, 0.16), 30) + line(
        ear, lighter(picture.colour, 0.1), 10, 0.35
    )
    lip = path(f"M{400 - half:g} {rim + 2:g}q-44 -30 -52 -20 4 40 56 76z", picture.colour)
    body = inside(outline, _glazed(picture, outline, rim, height(796, picture.stretch)))
    return Still(handle + lip + body + _mouth(picture, rim, half, 20), (400, 903, 140))


def teapot(picture: Picture) -> Still:
    """A round pot with spout, lid and a bow of cane."""
    outline = lathe(TEAPOT, picture.stretch, picture.girth, 7)
    rim = height(600, picture.stretch)
    bow = line(
        f"M300 {rim + 24:g}C280 {rim - 190:g} 520 {rim - 190:g} 500 {rim + 24:g}", "#b08a52", 16
    )
    bow += line(
        f"M306 {rim + 4:g}C296 {rim - 170:g} 504 {rim - 170:g} 494 {rim + 4:g}", "#dcbd86", 4, 0.6
    )
    spout = (
        f"M236 {rim + 110:g}C180 {rim + 110:g} 180 {rim + 60:g} 138 {rim + 34:g}L116 "
        f"{rim + 56:g}C140 {rim + 90:g} 150 {rim + 200:g} 250 {rim + 210:g}z"
    )
    beak = path(spout, picture.colour) + path(spout, "#000", 0.14)
    body = inside(outline, _glazed(picture, outline, rim, height(812, picture.stretch)))
    lid = (
        f"M322 {rim + 4:g}C330 {rim - 40:g} 470 {rim - 40:g} 478 {rim + 4:g}Q400 "
        f"{rim + 26:g} 322 {rim + 4:g}z"
    )
    cover = path(lid, lighter(picture.colour, 0.1)) + path(lid, "url(#soft)")
    cover += oval(400, rim - 42, 21, 17, darker(picture.colour, 0.12)) + oval(
        394, rim - 47, 8, 5, "#fff", 0.4
    )
    return Still(beak + body + cover + bow, (400, 902, 168), 1.1)


def plate(picture: Picture) -> Still:
    """A plate set up against the wall, seen from the front."""
    rings = disc(400, 620, 270, darker(picture.colour, 0.3)) + disc(400, 616, 268, picture.second)
    rings += disc(400, 616, 258, picture.colour)
    rings += (
        '<circle cx="400" cy="616" r="214" fill="none" stroke="#000" stroke-opacity=".12" '
        'stroke-width="9"/>'
    )
    rings += (
        f'<circle cx="400" cy="616" r="236" fill="none" stroke="{picture.third}" '
        'stroke-width="9" opacity=".85"/>'
    )
    rings += disc(400, 616, 208, lighter(picture.colour, 0.1))
    swirl = "".join(
        f'<circle cx="400" cy="616" r="{r}" fill="none" stroke="{darker(picture.colour, 0.3)}"'
        ' stroke-width="3" opacity=".16"/>'
        for r in (60, 96, 132, 168)
    )
    glow = "M214 520C250 420 350 372 440 386C350 410 260 470 232 580z"
    shade = '<circle cx="418" cy="632" r="272" fill="#1c120c" opacity=".16"/>'
    circle = "M400 352a264 264 0 1 0 .1 0z"
    specks = inside(circle, _specks(picture, 360, 880)) if picture.pattern == "speckled" else ""
    light = path(circle, "url(#soft)")
    return Still(shade + rings + swirl + specks + light + path(glow, "#fff", 0.3), (400, 890, 120))


def dripper(picture: Picture) -> Still:
    """A filter cone on a glass server."""
    glass = lathe(((74, 690), (140, 740, 150, 800, 150, 850), (150, 890, 140, GROUND, 124, GROUND)))
    coffee = path("M200 812q200 22 400 0V960H200z", "#4a2716", 0.94) + oval(
        400, 812, 148, 13, "#6b3b22"
    )
    jug = inside(glass, path(glass, "#e9eef0", 0.72) + coffee + path(glass, "url(#round)"), "glass")
    ear = "M540 760C640 740 640 880 540 868"
    cone = lathe(((176, 470), (170, 560, 80, 630, 66, 664), (66, 680)), 1, picture.girth, 8)
    foot = path("M276 676Q400 706 524 676V694Q400 724 276 694z", darker(picture.colour, 0.12))
    body = inside(cone, _glazed(picture, cone, 470, 620), "cone")
    paper = path("M232 470C250 430 550 430 568 470Q400 520 232 470z", "#f6f0e4")
    grounds = oval(400, 474, 128, 25, "#4b2b1a")
    return Still(
        line(ear, "#dfe6e8", 16, 0.8)
        + jug
        + foot
        + body
        + _mouth(picture, 470, 176, 40)
        + paper
        + grounds,
        (400, 904, 150),
    )


def butter_dish(picture: Picture) -> Still:
    """A dish with a bell over it."""
    bell = "M236 842C236 700 284 664 400 664S564 700 564 842z"
    knob = oval(400, 650, 32, 25, darker(picture.colour, 0.1)) + oval(391, 642, 11, 7, "#fff", 0.4)
    dish = path("M168 844Q400 900 632 844C630 884 560 904 400 904S170 884 168 844z", picture.second)
    dish += oval(400, 844, 232, 40, lighter(picture.colour, 0.12)) + oval(
        400, 846, 206, 31, darker(picture.colour, 0.12)
    )
    body = inside(bell, _glazed(picture, bell, 664, 1000))
    return Still(
        dish + knob + body + path("M236 838Q400 882 564 838V848Q400 892 236 848z", picture.second),
        (400, 900, 214),
        1.25,
    )


def _glazed(picture: Picture, outline: str, rim: float, runs_to: float) -> str:
    """Clay, glaze running down in waves, a line under the rim, specks and light."""
    edge = (
        f"M100 0H700V{runs_to:g}c-50 26 -80 -16 -130 2s-70 26 -120 4 -90 -14 -130 6"
        f" -90 10 -130 -8 -60 12 -90 6z"
    )
    drawn = path(outline, picture.second) + path(edge, darker(picture.colour, 0.22), 0.9)
    drawn += f'<path d="{edge}" transform="translate(0 -9)" fill="{picture.colour}"/>'
    if picture.pattern == "lines":
        for y in (58, 92, 126):
            drawn += path(f"M100 {rim + y:g}q300 60 600 0v11q-300 60 -600 0z", picture.third, 0.85)
    elif picture.pattern == "dots":
        drawn += "".join(
            disc(170 + n * 46, rim + 92 + 26 * (1 - ((n - 5) / 5.5) ** 2), 12, picture.third, 0.9)
            for n in range(11)
        )
    elif picture.pattern == "brush":
        drawn += line(
            f"M190 {rim + 120:g}C280 {rim + 180:g} 360 {rim + 70:g} 440 {rim + 150:g}"
            f"S580 {rim + 110:g} 620 {rim + 130:g}",
            picture.third,
            26,
            0.75,
        )
    elif picture.pattern == "dipped":
        drawn += path(f"M100 0H700V{rim + 96:g}q-300 60 -600 0z", picture.third, 0.9)
    if picture.pattern in ("speckled", "lines", "coffee"):
        drawn += _specks(picture, rim, 900)
    return drawn + path(outline, "url(#round)")


def _specks(picture: Picture, top: float, end: float) -> str:
    """Iron specks that have come through the glaze."""
    colour, span = darker(picture.second, 0.4), end - top
    return "".join(
        oval(150 + n * 83 % 500, top + 20 + (n * 57) % span, 1.6 + n % 4, 1.3 + n % 3, colour, 0.55)
        for n in range(84)
    )


def _mouth(picture: Picture, rim: float, half: float, tilt: float, drink: str = "") -> str:
    """The opening: lip of clay, inside in shade, and what is in it."""
    lip = max(half * 0.045, 6)
    drawn = oval(400, rim, half, tilt, mix(picture.second, picture.colour, 0.35))
    drawn += oval(400, rim + 1, half - lip, tilt - lip * 0.42, darker(picture.colour, 0.3))
    deep = (
        f"M{400 - half + lip:g} {rim:g}A{half - lip:g} {max(tilt - lip * 0.42, 2):g} 0 0 1 "
        f"{400 + half - lip:g} {rim:g}"
    )
    drawn += path(f"{deep}Q400 {rim + tilt * 0.5:g} {400 - half + lip:g} {rim:g}z", "#000", 0.2)
    if drink:
        colour = {"coffee": "#3f2214", "tea": "#b8742c"}[drink]
        drawn += oval(400, rim + 6, half - lip * 1.9, tilt - lip, colour)
        drawn += oval(372, rim + 3, half * 0.3, tilt * 0.24, "#fff", 0.18)
    return drawn

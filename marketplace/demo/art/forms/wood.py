"""Turned and carved wood: boards, bowls, mills, spoons, a stool, a brush."""

from __future__ import annotations

from typing import Final

from marketplace.demo.art.brush import box, disc, inside, line, moved, oval, path, turned
from marketplace.demo.art.colour import darker, lighter
from marketplace.demo.art.lathe import GROUND, Profile, lathe
from marketplace.demo.art.letters import writing
from marketplace.demo.art.motifs import MOTIFS
from marketplace.demo.art.picture import Picture
from marketplace.demo.art.scene import Still

DISH: Final[Profile] = (
    (224, 712),
    (222, 800, 170, 872, 110, 884),
    (108, 896),
    (106, GROUND, 100, GROUND, 92, GROUND),
)


MILL: Final[Profile] = (
    (22, 352),
    (60, 356, 72, 400, 58, 438),
    (50, 462),
    (92, 470, 92, 540, 66, 566),
    (50, 600, 52, 680, 78, 740),
    (92, 780, 96, 840, 96, 872),
    (96, 896, 88, GROUND, 80, GROUND),
)


def board(picture: Picture) -> Still:
    """A board with a hole, leaning on the wall."""
    shape = (
        "M250 320C250 286 272 268 306 268H494C528 268 550 286 550 320L566 868C566 892 "
        "552 902 530 902"
        "H270C248 902 234 892 234 868z"
    )
    if picture.pattern == "handle":
        shape = (
            "M364 230C364 196 436 196 436 230V330C436 362 560 366 560 430V862C560 890 "
            "546 902 522 902"
            "H278C254 902 240 890 240 862V430C240 366 364 362 364 330z"
        )
    hole = disc(400, 250 if picture.pattern == "handle" else 318, 17, darker(picture.colour, 0.6))
    body = inside(shape, path(shape, picture.colour) + grain(picture) + path(shape, "url(#soft)"))
    edge = f'<path d="{shape}" transform="translate(11 5)" fill="{darker(picture.colour, 0.35)}"/>'
    return Still(edge + body + hole + brand(picture, 790), (408, 898, 166))


def wooden_bowl(picture: Picture) -> Still:
    """A turned bowl."""
    outline = lathe(DISH, picture.stretch, picture.girth, 7)
    half = 224 * picture.girth
    body = inside(
        outline, path(outline, picture.colour) + rings(picture) + path(outline, "url(#round)")
    )
    rim = 902 - 190 * picture.stretch
    mouth = oval(400, rim, half, 58, lighter(picture.colour, 0.25))
    mouth += oval(400, rim + 2, half - 13, 50, darker(picture.colour, 0.25))
    inner = "".join(
        f'<ellipse cx="{404 + n * 5}" cy="{rim + 8 + n * 3:g}" '
        f'rx="{half - 40 - n * 38:g}" ry="{40 - n * 9}"'
        f' fill="none" stroke="{darker(picture.colour, 0.55)}" stroke-width="3" opacity=".4"/>'
        for n in range(4)
    )
    return Still(body + mouth + inner, (400, 902, half * 0.62), 1.25)


def mill(picture: Picture) -> Still:
    """A pepper mill with a knob of metal."""
    outline = lathe(MILL, picture.stretch, picture.girth, 5)
    seam = path("M300 562q100 16 200 0v6q-100 16 -200 0z", darker(picture.colour, 0.5), 0.6)
    body = inside(
        outline,
        path(outline, picture.colour) + grain(picture) + seam + path(outline, "url(#round)"),
    )
    top = 902 - 550 * picture.stretch
    knob = disc(400, top - 12, 17, "#b9bcc0") + disc(395, top - 17, 6, "#fff", 0.7)
    return Still(knob + body, (400, 903, 96))


def spoons(picture: Picture) -> Still:
    """Three spoons in a turned beaker."""
    cup = lathe(
        ((104, 664), (108, 780, 104, 860, 96, 886), (92, 898, 84, GROUND, 76, GROUND)),
        1,
        picture.girth,
    )
    drawn = ""
    for x, tilt, wood in (
        (352, -13, picture.second),
        (404, 2, picture.colour),
        (452, 15, darker(picture.colour, 0.2)),
    ):
        blade = oval(x, 330, 52, 74, wood) + oval(x - 4, 330, 36, 56, darker(wood, 0.22), 0.6)
        spoon = path(f"M{x - 13} 396L{x - 10} 760H{x + 10}L{x + 13} 396z", wood) + blade
        drawn += turned(spoon, tilt, x, 760)
    body = inside(
        cup, path(cup, darker(picture.colour, 0.08)) + rings(picture) + path(cup, "url(#round)")
    )
    rim = oval(400, 664, 104, 22, darker(picture.colour, 0.5))
    return Still(rim + drawn + body, (400, 903, 100))


def rolling_pin(picture: Picture) -> Still:
    """A rolling pin lying across the table on a floured cloth."""
    cloth = path("M110 800L560 740 730 850 300 930z", "#efe6d6") + path(
        "M110 800L560 740 730 850 300 930z", "url(#soft)", 0.6
    )
    flour = "".join(
        oval(260 + n * 57 % 330, 800 + n * 31 % 90, 9 - n % 5, 3, "#fffdf6", 0.8) for n in range(24)
    )
    roll = (
        "M150 -62H-150C-166 -62 -172 -50 -172 0S-166 62 -150 62H150C166 62 172 50 172 "
        "0S166 -62 150 -62z"
    )
    grips = box(-292, -25, 132, 50, darker(picture.colour, 0.28), 24) + box(
        160, -25, 132, 50, darker(picture.colour, 0.28), 24
    )
    grain = line(
        "M-160 -30C-60 -40 60 -20 165 -32M-165 -4C-50 -14 80 8 168 -6M-160 26C-40 16 60 36 165 22",
        darker(picture.colour, 0.4),
        4,
        0.35,
    )
    light = path("M-172 -46H172V-26H-172z", "#fff", 0.3) + path(
        "M-172 26H172V62H-172z", "#000", 0.16
    )
    pin = grips + inside(roll, path(roll, picture.colour) + grain + light, "roll")
    return Still(
        cloth + flour + f'<g transform="translate(410 790) rotate(-9)">{pin}</g>',
        (400, 884, 230),
        1.12,
    )


def stool(picture: Picture) -> Still:
    """A stool with three legs."""
    legs = ""
    for start, end in (
        ((300, 520), (214, 906)),
        ((500, 520), (586, 906)),
        ((404, 530), (426, 880)),
    ):
        way = f"M{start[0]} {start[1]}L{end[0]} {end[1]}"
        legs += (
            line(way, darker(picture.colour, 0.3), 34)
            + line(way, picture.colour, 20)
            + line(way, lighter(picture.colour, 0.3), 5, 0.5)
        )
    seat = path("M180 470Q400 560 620 470V506Q400 598 180 506z", darker(picture.colour, 0.24))
    seat += oval(400, 470, 220, 56, picture.colour)
    rings = "".join(
        f'<ellipse cx="{420 - n * 4}" cy="{474 - n}" rx="{188 - n * 36}" '
        f'ry="{46 - n * 9}" fill="none"'
        f' stroke="{darker(picture.colour, 0.5)}" stroke-width="3" opacity=".35"/>'
        for n in range(5)
    )
    return Still(legs + seat + rings + oval(320, 452, 90, 15, "#fff", 0.2), (400, 896, 190))


def brush(picture: Picture) -> Still:
    """A hand brush with dense bristles."""
    back = (
        "M190 742C190 690 260 668 400 668S610 690 610 742C610 768 590 776 560 776H240C210 "
        "776 190 768 190 742z"
    )
    bristles = "M222 774H578L598 892C560 906 240 906 202 892z"
    hairs = line(
        "".join(f"M{x} 780L{400 + (x - 400) * 1.07:g} 892" for x in range(230, 574, 9)),
        darker(picture.second, 0.4),
        3,
        0.4,
    )
    body = inside(
        bristles, path(bristles, picture.second) + hairs + path(bristles, "url(#round)"), "hair"
    )
    wood = inside(
        back, path(back, picture.colour) + rings(picture) + path(back, "url(#down)"), "back"
    )
    return Still(body + wood + oval(330, 694, 80, 8, "#fff", 0.25), (400, 898, 200), 1.22)


def grain(picture: Picture) -> str:
    """Long fibres with one knot, in the direction of the board."""
    deep = darker(picture.colour, 0.42)
    fibres = "".join(f"M{x} 200C{x - 16} 420 {x + 22} 640 {x - 6} 920" for x in range(250, 570, 27))
    knot = oval(462, 560, 19, 34, deep, 0.4) + oval(462, 560, 9, 18, deep, 0.6)
    arcs = line("M438 480C424 540 424 590 442 650M486 480C502 540 500 590 482 650", deep, 4, 0.35)
    return line(fibres, deep, 3, 0.26) + knot + arcs


def rings(picture: Picture) -> str:
    """Year rings across a turned body."""
    deep = darker(picture.colour, 0.42)
    return "".join(
        line(f"M150 {y}q250 {46 + (y % 5) * 4} 500 {-(y % 7)}", deep, 2 + y % 3, 0.28)
        for y in range(640, 900, 17)
    )


def brand(picture: Picture, y: float) -> str:
    """Emblem and name burnt into the wood."""
    ink = darker(picture.colour, 0.62)
    mark = moved(MOTIFS[picture.text.motif](ink, picture.colour), 400, y - 44, 0.3)
    return (
        f'<g opacity=".8">{mark}'
        f"{writing(picture.text.lines[0], 400, y + 26, 30, ink, at_most=200)}</g>"
    )

"""Paper and cardboard: coffee bags, tea tins of tin plate, bars, boxes and sacks."""

from __future__ import annotations

from marketplace.demo.art.brush import box, disc, inside, line, moved, oval, path
from marketplace.demo.art.colour import darker, lighter, mix
from marketplace.demo.art.labels import Place, label
from marketplace.demo.art.letters import writing
from marketplace.demo.art.motifs import MOTIFS
from marketplace.demo.art.picture import Picture
from marketplace.demo.art.scene import Still


def coffee_bag(picture: Picture) -> Still:
    """A bag with side folds, rolled top and a clip; `colour` paper, `second` clip."""
    wide, top = 148 * picture.girth, 902 - 520 * picture.stretch
    left, right = 400 - wide, 400 + wide
    front = (
        f"M{left + 14:g} {top:g}H{right - 14:g}C{right - 4:g} {top + 120:g} {right + 8:g} 760 "
        f"{right + 4:g} 886Q{right:g} 902 {right - 14:g} 902H{left + 14:g}Q{left:g} 902 "
        f"{left - 4:g} 886C{left - 8:g} 760 {left + 4:g} {top + 120:g} {left + 14:g} {top:g}z"
    )
    folds = path(
        f"M{left + 14:g} {top:g}C{left + 40:g} 640 {left + 24:g} 800 {left + 10:g} 902H0V0z",
        darker(picture.colour, 0.35),
        0.4,
    )
    folds += path(
        f"M{right - 14:g} {top:g}C{right - 40:g} 640 {right - 24:g} 800 {right - 10:g} 902H800V0z",
        darker(picture.colour, 0.5),
        0.4,
    )
    creases = line(
        f"M{left + 40:g} {top + 62:g}q60 22 120 6M{right - 50:g} 880q-50 -16 -96 -4",
        darker(picture.colour, 0.4),
        3,
        0.35,
    )
    body = inside(front, path(front, picture.colour) + folds + creases + path(front, "url(#soft)"))
    place = Place(400 - wide * 0.74, top + 150, wide * 1.48, 276 * picture.stretch, 3, "soft")
    return Still(
        body + _rolled_top(picture, top, left, right) + label(picture.text, place), (400, 903, wide)
    )


def _rolled_top(picture: Picture, top: float, left: float, right: float) -> str:
    """The top, rolled twice, and two folded ears of the clip."""
    roll = box(left + 10, top - 34, right - left - 20, 44, lighter(picture.colour, 0.1), 7)
    shade = box(left + 10, top - 2, right - left - 20, 12, darker(picture.colour, 0.22), 6)
    clip = box(left - 2, top - 24, right - left + 4, 14, picture.second, 6)
    valve = disc(right - 62, top + 92, 11, darker(picture.colour, 0.2))
    return shade + roll + clip + valve + disc(right - 62, top + 92, 6, darker(picture.colour, 0.34))


def tea_tin(picture: Picture) -> Still:
    """A square tin with a domed lid."""
    wide, top = 130 * picture.girth, 902 - 380 * picture.stretch
    front = f"M{400 - wide:g} {top:g}H{400 + wide:g}V890q0 12 -12 12H{412 - wide:g}q-12 0 -12 -12z"
    lid = (
        f"M{394 - wide:g} {top + 10:g}V{top - 40:g}q0 -22 22 -26H{384 + wide:g}q22 4 22 "
        f"26V{top + 10:g}z"
    )
    body = path(front, picture.colour) + path(front, "url(#soft)")
    cover = path(lid, picture.second) + path(lid, "url(#soft)")
    cover += line(
        f"M{396 - wide:g} {top + 1:g}H{404 + wide:g}", lighter(picture.second, 0.4), 3, 0.6
    )
    knob = box(370, top - 88, 60, 26, darker(picture.second, 0.15), 10)
    place = Place(400 - wide * 0.86, top + 38, wide * 1.72, 292 * picture.stretch, 0, "soft")
    return Still(body + knob + cover + label(picture.text, place), (400, 903, wide), 1.1)


def bar(picture: Picture) -> Still:
    """A bar of chocolate leaning on the wall, its paper torn at one corner."""
    paper = "M270 330H530V898H270z"
    naked = "M270 330H420L270 440z"
    squares = path(naked, picture.second)
    squares += line("M335 330V396M270 388H344M400 330V346", darker(picture.second, 0.4), 5)
    squares += path("M270 330H276V436L270 440z", lighter(picture.second, 0.25))
    torn = (
        "M420 330l-16 22 -22 6 -14 24 -26 8 -18 22 -26 4 -28 28V446l34 -36 26 -4 16 -24 "
        "28 -6 14 -24 22 -8z"
    )
    place = Place(296, 480, 208, 350, 0, "soft")
    body = path(paper, picture.colour) + squares + path(torn, "#f4efe4")
    body += path("M270 330H530V898H270z", "url(#soft)") + line("M270 868H530", "#fff", 2, 0.4)
    return Still(body + label(picture.text, place), (400, 900, 136))


def carton(picture: Picture) -> Still:
    """A box seen from a corner: front with label, a narrow side in shade, a lid."""
    top = 902 - 350 * picture.stretch
    front = f"M232 {top:g}H508V902H232z"
    side = f"M508 {top:g}L584 {top - 34:g}V856L508 902z"
    lid = f"M232 {top:g}L308 {top - 34:g}H584L508 {top:g}z"
    body = path(side, darker(picture.colour, 0.3)) + path(lid, lighter(picture.colour, 0.25))
    body += path(front, picture.colour) + path(front, "url(#soft)")
    ribbon = box(356, top, 22, 902 - top, picture.second) if picture.pattern == "ribbon" else ""
    bow = ""
    if ribbon:
        ribbon += path(f"M356 {top:g}l76 -34h22l-76 34z", lighter(picture.second, 0.2))
        loop = "M0 0C-60 -50 -96 -20 -84 6C-70 30 -30 18 0 0C30 18 70 30 84 6C96 -20 60 -50 0 0z"
        bow = moved(
            path(loop, picture.second) + disc(0, 0, 13, darker(picture.second, 0.2)), 404, top - 20
        )
    place = Place(254, top + 44, 232, 250 * picture.stretch, 0, "soft")
    return Still(body + ribbon + bow + label(picture.text, place), (410, 898, 178), 1.12)


def sack(picture: Picture) -> Still:
    """A small cloth sack, tied, stamped instead of labelled."""
    bag = (
        "M330 520C270 560 232 660 236 790C238 870 262 902 330 902H470C538 902 562 870 564 790"
        "C568 660 530 560 470 520z"
    )
    neck = (
        "M330 522C322 490 300 470 288 440C320 452 340 436 366 446C384 434 420 434 438 "
        "446C462 436 482 452 512 440C500 470 478 490 470 522z"
    )
    folds = line(
        "M350 540C330 600 326 640 334 690M452 540C476 610 470 640 462 676M400 536V600",
        darker(picture.colour, 0.4),
        5,
        0.3,
    )
    string = box(324, 508, 152, 20, picture.second, 9)
    ends = line("M468 520q34 20 30 62M462 522q14 34 2 70", picture.second, 6)
    ink, text = picture.text.accent, picture.text
    stamp = moved(MOTIFS[text.motif](ink, picture.colour), 400, 672, 0.56)
    stamp += writing(text.lines[0], 400, 782, 44, ink, at_most=250)
    stamp += writing(text.lines[1], 400, 822, 27, ink, at_most=250, track=18)
    if len(text.lines) > 2:
        stamp += writing(text.lines[2], 400, 856, 23, mix(ink, picture.colour, 0.2), at_most=220)
    cloth = path(neck, darker(picture.colour, 0.08)) + path(bag, picture.colour)
    cloth += path(bag, "url(#round)", 0.7) + oval(
        400, 444, 60, 10, darker(picture.colour, 0.4), 0.5
    )
    return Still(cloth + folds + stamp + string + ends, (400, 903, 162))

"""Small woollens and bags: scarf, cap, socks, tote."""

from __future__ import annotations

from marketplace.demo.art.brush import box, disc, inside, line, moved, oval, path
from marketplace.demo.art.colour import darker, lighter
from marketplace.demo.art.forms.hanging import card, rail, wall_shadow
from marketplace.demo.art.letters import writing
from marketplace.demo.art.motifs import MOTIFS
from marketplace.demo.art.picture import Picture
from marketplace.demo.art.scene import Still


def folded(picture: Picture) -> Still:
    """A blanket or scarf folded into a pile of soft layers, with a band of paper."""
    pile = ""
    for n in range(4):
        y = 880 - n * 74
        colour = picture.colour if n % 2 == 0 or picture.pattern != "two" else picture.second
        layer = (
            f"M214 {y - 66}H560Q606 {y - 62} 606 {y - 26}T560 {y + 12}H214Q196 {y - 26} "
            f"214 {y - 66}z"
        )
        texture = line(
            "".join(f"M{x} {y - 60}V{y + 8}" for x in range(226, 590, 14)),
            darker(colour, 0.35),
            3,
            0.22,
        )
        rim = line(f"M220 {y + 10}H560Q600 {y + 6} 604 {y - 26}", darker(colour, 0.5), 4, 0.3)
        pile += (
            inside(layer, path(layer, colour) + texture + path(layer, "url(#down)"), f"fold{n}")
            + rim
        )
    fringe = line(
        "".join(f"M{216 + n % 3} {886 - n * 6}l-34 {6 + n % 4}" for n in range(1, 11)),
        lighter(picture.colour, 0.2),
        5,
    )
    band = path("M336 584H470V892H336z", picture.text.paper) + path(
        "M336 584H470V892H336z", "url(#down)", 0.7
    )
    return Still(pile + fringe + band + _band_words(picture), (400, 894, 214), 1.2)


def _band_words(picture: Picture) -> str:
    """Emblem and lines on the paper band."""

    text = picture.text
    drawn = moved(MOTIFS[text.motif](text.accent, text.paper), 403, 668, 0.36)
    drawn += writing(text.lines[0], 403, 752, 32, text.ink, at_most=118)
    drawn += writing(text.lines[1], 403, 786, 21, text.ink, at_most=118, track=18)
    return drawn + (
        writing(text.lines[2], 403, 814, 18, text.ink, at_most=112) if len(text.lines) > 2 else ""
    )


def beanie(picture: Picture) -> Still:
    """A cap with a broad turned-up rim on a wooden head."""
    dome = "M238 700C230 520 300 420 400 420S570 520 562 700z"
    ribs = "".join(
        f"M{x} 700C{x} 560 {400 + (x - 400) * 0.5:g} 460 400 424" for x in range(246, 560, 22)
    )
    rim = (
        "M224 700C224 676 236 668 260 668H540C564 668 576 676 576 700V776C576 802 564 812 "
        "540 812H260C236 812 224 802 224 776z"
    )
    rim_ribs = "".join(f"M{x} 674V808" for x in range(238, 570, 15))
    deep = darker(picture.colour, 0.4)
    stand = path("M356 800H444L470 902H330z", "#b58a58") + path(
        "M356 800H444L470 902H330z", "url(#round)"
    )
    band = (
        box(220, 590, 360, 20, picture.second) + box(220, 622, 360, 8, picture.second)
        if picture.pattern == "stripes"
        else ""
    )
    cap = inside(
        dome,
        path(dome, picture.colour) + band + line(ribs, deep, 4, 0.32) + path(dome, "url(#round)"),
        "dome",
    )
    fold = inside(
        rim,
        path(rim, lighter(picture.colour, 0.1))
        + line(rim_ribs, deep, 5, 0.34)
        + path(rim, "url(#round)"),
        "rim",
    )
    patch = box(496, 726, 48, 36, picture.text.accent, 4)
    return Still(stand + cap + fold + patch, (400, 900, 110))


def socks(picture: Picture) -> Still:
    """A pair of socks hung on a line with two pegs."""
    sock = (
        "M-62 0H62V236C62 262 74 276 100 296L164 344C190 366 184 402 156 414C128 426 96 "
        "424 66 406L-22 352C-50 334 -62 310 -62 280z"
    )
    pair = ""
    for n, (x, tilt) in enumerate(((262, -4), (478, 4))):
        stripes = (
            "".join(box(-90, y, 200, 15, picture.second) for y in (74, 104, 134))
            if picture.pattern == "stripes"
            else ""
        )
        heel = path("M-70 250C-20 250 10 290 -6 370L-80 340z", picture.second) + path(
            "M118 300C100 340 116 400 130 430H220V300z", picture.second
        )
        ribs = line(
            "".join(f"M{dx} 4V58" for dx in range(-56, 60, 10)),
            darker(picture.colour, 0.4),
            3,
            0.35,
        )
        rows = line(
            "".join(f"M-70 {y}h280" for y in range(64, 420, 11)),
            darker(picture.colour, 0.4),
            1.6,
            0.2,
        )
        drawn = inside(
            sock,
            path(sock, picture.colour) + stripes + heel + rows + ribs + path(sock, "url(#soft)"),
            f"sock{n}",
        )
        shade = f'<path d="{sock}" transform="translate(14 14)" fill="#1c120c" opacity=".15"/>'
        peg = box(-9, -44, 18, 66, "#b58a58", 4) + box(-9, -14, 18, 7, "#7d5a30")
        pair += f'<g transform="translate({x} 300) rotate({tilt})">{shade}{drawn}{peg}</g>'
    rope = line("M0 262Q400 306 800 262", "#7a6a55", 5)
    return Still(rope + pair, None)


def tote(picture: Picture) -> Still:
    """A felt bag with two leather handles, hung from the rail."""
    bag = "M220 420H580L604 716C606 740 596 752 572 752H228C204 752 194 740 196 716z"
    handles = line("M310 430C300 250 330 196 400 180C470 196 500 250 490 430", picture.second, 20)
    straps = box(296, 420, 28, 118, picture.second, 6) + box(476, 420, 28, 118, picture.second, 6)
    rivets = "".join(disc(x, y, 5, "#e3c789") for x in (310, 490) for y in (436, 522))
    hem = box(200, 420, 400, 24, darker(picture.colour, 0.16))
    stitch = (
        '<path d="M224 456H578" fill="none" stroke="#fff" stroke-opacity=".5" '
        'stroke-width="3" stroke-dasharray="12 9"/>'
    )
    specks = "".join(
        oval(210 + n * 67 % 380, 460 + n * 43 % 280, 5, 1.5, lighter(picture.colour, 0.4), 0.5)
        for n in range(60)
    )
    body = inside(bag, path(bag, picture.colour) + specks + hem + stitch + path(bag, "url(#soft)"))
    peg = rail() + disc(400, 176, 17, "#8a6238") + disc(396, 172, 8, "#b98a55")
    return Still(wall_shadow(bag) + peg + handles + body + straps + rivets + card(picture), None)

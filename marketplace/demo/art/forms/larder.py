"""Food that needs no packing: cheese, bread, fruit, and what is sold by the piece."""

from __future__ import annotations

from marketplace.demo.art.brush import box, disc, inside, line, moved, oval, path, turned
from marketplace.demo.art.colour import darker, lighter, mix
from marketplace.demo.art.labels import Place, label
from marketplace.demo.art.letters import writing
from marketplace.demo.art.picture import Picture
from marketplace.demo.art.scene import Still


def wheel(picture: Picture) -> Still:
    """A wheel of cheese with a piece cut out; `colour` rind, `second` dough."""
    high = 172 * picture.stretch
    top = 880 - high
    side = f"M190 {top:g}V838Q190 902 400 902T610 838V{top:g}z"
    body = path(side, picture.colour) + _rind(picture, top, high) + path(side, "url(#round)")
    lid = oval(400, top, 210, 62, lighter(picture.colour, 0.16))
    lid += oval(400, top - 2, 190, 53, lighter(picture.colour, 0.26), 0.6)
    cut = f"M400 {top:g}L494 {top + 56:g}V{884:g}L400 {846:g}z"
    wall = f"M400 {top:g}L585 {top + 30:g}V{856:g}L400 846z"
    inner = path(wall, picture.second) + path(cut, lighter(picture.second, 0.24))
    inner += _eyes(picture, top) + path(wall, "url(#soft)", 0.6)
    floor = path("M400 846L494 884Q560 876 585 856z", darker(picture.second, 0.62))
    stamp = _cheese_flag(picture, 300, top - 8)
    return Still(body + lid + inner + floor + stamp, (400, 894, 212), 1.3)


def _rind(picture: Picture, top: float, high: float) -> str:
    """Bands of cloth or flecks of age on the rind."""
    if picture.pattern == "ash":
        return path(f"M190 {top + high * 0.45:g}q210 66 420 0v20q-210 66 -420 0z", "#3b3a3d", 0.6)
    if picture.pattern == "herbs":
        return "".join(
            oval(200 + n * 53 % 400, top + 50 + n * 31 % 130, 7, 2.4, "#4d6236", 0.7)
            for n in range(60)
        )
    flecks = "".join(
        oval(
            206 + n * 71 % 390,
            top + 40 + n * 29 % 140,
            3 + n % 4,
            2,
            darker(picture.colour, 0.35),
            0.4,
        )
        for n in range(44)
    )
    return flecks + line(f"M194 {top + 90:g}q206 66 412 0", darker(picture.colour, 0.3), 3, 0.25)


def _eyes(picture: Picture, top: float) -> str:
    """Holes in the dough, few or many, or veins of blue."""
    if picture.pattern == "blue":
        veins = (
            f"M416 {top + 40:g}q26 14 18 40t34 44M452 {top + 60:g}q-8 30 14 50M520 "
            f"{top + 50:g}q-20 30 0 60t-20 50"
        )
        return line(veins, "#51707a", 7, 0.75) + line(veins, "#7f9a8e", 3, 0.7)
    deep = darker(picture.second, 0.22)
    holes = ((428, 66, 8), (456, 118, 11), (432, 140, 6), (474, 92, 5), (530, 90, 7), (552, 128, 4))
    drawn = "".join(oval(x, top + y, r, r * 0.82, deep, 0.8) for x, y, r in holes)
    return (
        drawn
        if picture.pattern == "eyes"
        else drawn[: len(drawn) // 6]
        if not picture.pattern
        else ""
    )


def _cheese_flag(picture: Picture, x: float, y: float) -> str:
    """A paper flag on a stick, put into the cheese."""
    stick = line(f"M{x} {y}V{y - 206}", "#a8814f", 6)
    place = Place(x - 4, y - 248, 216, 146, 0, "soft")
    return stick + label(picture.text, place)


def wedge(picture: Picture) -> Still:
    """A wedge lying on waxed paper; `colour` rind, `second` dough."""
    paper = path("M150 842L250 800 640 806 690 868 560 912 200 906z", "#f3ead6")
    paper += path("M150 842L250 800 640 806 690 868 560 912 200 906z", "url(#soft)", 0.6)
    high = 210 * picture.stretch
    front = f"M196 866L588 884V{884 - high:g}L196 {866 - high * 0.62:g}z"
    upper = (
        f"M196 {866 - high * 0.62:g}L588 {884 - high:g}Q640 {860 - high:g} 612 "
        f"{836 - high:g}L226 {846 - high * 0.68:g}z"
    )
    rind = f"M588 884Q652 868 640 836V{846 - high:g}Q640 {862 - high:g} 588 {884 - high:g}z"
    body = path(front, picture.second) + _wedge_marks(picture, high) + path(front, "url(#down)")
    body += path(upper, lighter(picture.second, 0.3)) + path(rind, picture.colour)
    body += path(rind, "url(#soft)")
    flag = _cheese_flag(picture, 330, 800 - high * 0.8)
    return Still(paper + flag + body, (410, 896, 226), 1.12)


def _wedge_marks(picture: Picture, high: float) -> str:
    """Eyes, veins, crystals or a line of ash in the cut face."""
    deep = darker(picture.second, 0.25)
    if picture.pattern == "blue":
        veins = "M260 840q40 -30 70 -6t60 -34M380 860q10 -60 60 -66t60 -40M520 866q-14 -40 20 -70"
        return line(veins, "#51707a", 8, 0.7) + line(veins, "#86a193", 3, 0.8)
    if picture.pattern == "ash":
        return line(f"M198 {866 - high * 0.3:g}L586 {884 - high * 0.5:g}", "#3b3a3d", 7, 0.75)
    if picture.pattern == "crystals":
        return "".join(
            disc(230 + n * 59 % 340, 846 - n * 37 % 110, 3.4, "#fffdf4", 0.95) for n in range(28)
        )
    holes = (
        (300, 828, 10),
        (380, 800, 15),
        (452, 846, 12),
        (520, 786, 18),
        (556, 850, 9),
        (440, 770, 7),
    )
    many = "".join(oval(x, y, r, r * 0.78, deep, 0.7) for x, y, r in holes)
    return many if picture.pattern == "eyes" else oval(380, 820, 6, 5, deep, 0.5)


def loaf(picture: Picture) -> Still:
    """A round loaf with a cut cross, or flat crisp rounds when the pattern says so."""
    if picture.pattern == "crisp":
        return _crisp(picture)
    crust = "M196 842C180 700 280 606 400 606S620 700 604 842Q600 902 400 902T196 842z"
    cut = "M0 -96C26 -60 26 40 0 96C-20 40 -20 -60 0 -96z"
    cuts = "".join(
        f'<path d="{cut}" transform="translate({x} 716) rotate({turn})" fill="#e9cf9f"/>'
        for x, turn in ((304, 34), (400, 30), (496, 26))
    )
    flour = path("M240 730C300 640 420 620 540 668C460 650 330 670 240 730z", "#fff6e2", 0.55)
    layers = path(crust, picture.colour) + cuts + flour + path(crust, "url(#round)")
    body = inside(crust, layers)
    return Still(body, (400, 896, 204), 1.12)


def _crisp(picture: Picture) -> Still:
    """A stack of seeded rounds tied with paper."""
    stack = ""
    for n in range(7):
        y = 872 - n * 36
        push = (n * 37) % 17 - 8
        edge = f"M{212 + push} {y:g}q190 66 380 0v16q-190 66 -380 0z"
        stack += path(edge, darker(picture.colour, 0.24))
        stack += oval(
            402 + push, y, 190, 40, picture.colour if n % 2 else lighter(picture.colour, 0.12)
        )
    top = 872 - 6 * 36
    seeds = "".join(
        turned(
            oval(260 + n * 61 % 280, top - 18 + n * 23 % 36, 7, 3, "#5b3b22", 0.75),
            n * 40,
            260 + n * 61 % 280,
            top,
        )
        for n in range(26)
    )
    place = Place(282, top + 52, 236, 176, 16)
    return Still(stack + seeds + label(picture.text, place), (400, 892, 204), 1.2)


def crate(picture: Picture) -> Still:
    """A crate with fruit heaped in it; `colour` fruit, `second` wood."""
    fruit = ""
    for n, (x, y) in enumerate(
        (
            (250, 640),
            (330, 606),
            (412, 596),
            (492, 610),
            (556, 646),
            (292, 660),
            (372, 644),
            (456, 646),
            (530, 668),
        )
    ):
        shade = mix(picture.colour, picture.third, (n * 0.37) % 1)
        fruit += moved(_fruit(shade), x, y, 0.86)
    boards = box(180, 686, 440, 62, picture.second, 4) + box(180, 760, 440, 62, picture.second, 4)
    boards += box(180, 834, 440, 62, picture.second, 4)
    posts = box(186, 672, 26, 230, darker(picture.second, 0.2)) + box(
        588, 672, 26, 230, darker(picture.second, 0.2)
    )
    shade = path("M180 686H620V902H180z", "url(#soft)")
    place = Place(286, 716, 228, 158, 0, "soft")
    return Still(fruit + boards + posts + shade + label(picture.text, place), (400, 900, 224))


def _fruit(colour: str) -> str:
    """One round fruit with light and stalk, around 0 0."""
    return (
        disc(0, 0, 58, colour)
        + path("M-58 0A58 58 0 0 0 58 0C40 34 -30 40 -58 0z", darker(colour, 0.4), 0.35)
        + oval(-20, -24, 16, 11, "#fff", 0.4)
        + line("M2 -50q2 -16 12 -24", "#5a4124", 5)
    )


def almonds(picture: Picture) -> Still:
    """A bowl of nuts heaped up, with a band around it."""
    heap = ""
    for n in range(36):
        row, column = divmod(n, 9)
        x = 244 + column * 39 + (row % 2) * 16 + (n * 7) % 9
        y = 760 - row * 27 + abs(column - 4) ** 2 * 2.4 * (1 if row else 0.4) + (n * 5) % 7
        colour = mix(picture.colour, picture.second, (n * 0.31) % 1)
        nut = path("M0 -36C24 -18 28 16 0 36C-28 16 -24 -18 0 -36z", colour)
        nut += line("M-6 -20C-10 0 -8 12 -3 24", darker(colour, 0.4), 2.5, 0.5)
        heap += f'<g transform="translate({x:g} {y:g}) rotate({n * 47 % 120 - 60})">{nut}</g>'
    dish = "M206 752Q400 838 594 752C590 850 520 902 400 902S210 850 206 752z"
    bowl = path(dish, picture.third) + path(dish, "url(#round)")
    words = writing(picture.text.lines[0], 400, 846, 34, picture.text.ink, at_most=250)
    words += writing(picture.text.lines[1], 400, 874, 20, picture.text.ink, at_most=180, track=18)
    rim = oval(400, 752, 194, 42, darker(picture.third, 0.3))
    return Still(rim + heap + bowl + words, (400, 900, 160), 1.3)

"""Roofs of a city at night, and a workshop wall."""

from __future__ import annotations

from marketplace.demo.art.brush import box, disc, line, moved, oval, path
from marketplace.demo.art.colour import darker, lighter, mix
from marketplace.demo.art.landscapes.ground import Tones


def roofs(tones: Tones) -> str:
    """City roofs at night, a train with lit windows on a viaduct, the roaster's chimney."""
    night = path("M0 0H1600V600H0z", mix(tones.dark, "#101626", 0.3), 0.82)
    stars = "".join(
        disc(30 + n * 137 % 1560, 20 + n * 61 % 230, 1.6 + n % 3, "#fff3d2", 0.8) for n in range(50)
    )
    moon = path("M1340 62A54 54 0 1 0 1384 128A44 44 0 0 1 1340 62z", "#fbeecb")
    far = "".join(
        box(n * 84, 300 - n * 47 % 90, 84, 320, mix(tones.dark, "#3a3a52", 0.4)) for n in range(20)
    )
    near = ""
    for n in range(12):
        x, top = n * 138, 390 - n * 53 % 96
        wall = mix(tones.dark, "#0c0f18", 0.25 + n % 3 * 0.12)
        near += box(x, top, 138, 220, wall) + path(
            f"M{x - 6} {top}L{x + 69} {top - 52}L{x + 144} {top}z",
            darker(tones.accent, 0.45 + n % 2 * 0.12),
        )
        near += "".join(
            box(
                x + 22 + k % 3 * 36,
                top + 24 + k // 3 * 46,
                19,
                25,
                "#f5cf7a" if (n * 5 + k * 3) % 4 == 0 else mix(wall, "#ffffff", 0.07),
            )
            for k in range(6)
        )
    arches = box(0, 508, 1600, 22, lighter(tones.ground, 0.1)) + "".join(
        path(f"M{x} 600V556a40 34 0 0 1 80 0v44z", "#0c0f18") for x in range(14, 1600, 104)
    )
    stone = box(0, 526, 1600, 80, darker(tones.ground, 0.35))
    train = "".join(
        box(300 + n * 226, 446, 218, 60, tones.accent, 10)
        + "".join(box(316 + n * 226 + k * 40, 460, 26, 22, "#ffe3a0", 3) for k in range(5))
        for n in range(4)
    )
    steam = (
        disc(566, 230, 26, "#fff", 0.16)
        + disc(600, 196, 36, "#fff", 0.13)
        + disc(650, 156, 48, "#fff", 0.1)
    )
    chimney = box(532, 246, 36, 150, darker(tones.accent, 0.4)) + box(
        526, 240, 48, 12, tones.accent
    )
    return night + stars + moon + far + steam + chimney + near + stone + arches + train


def shelf(tones: Tones) -> str:
    """A workshop wall with two shelves of pots and a window."""
    wall = path("M0 0H1600V600H0z", tones.pale) + path("M0 0H1600V600H0z", "url(#sky)", 0.5)
    window = box(1120, 60, 360, 300, lighter(tones.pale, 0.8), 6) + line(
        "M1300 60V360M1120 210H1480", tones.ground, 12
    )
    green = path(
        "M1126 330C1200 250 1280 300 1340 260S1440 250 1474 280V354H1126z",
        mix("#93a574", tones.pale, 0.3),
        0.8,
    ) + line("M1300 60V360M1120 210H1480", tones.ground, 12)
    boards = box(80, 236, 940, 20, tones.ground) + box(80, 446, 940, 20, tones.ground)
    boards += box(80, 254, 940, 6, darker(tones.ground, 0.3)) + box(
        80, 464, 940, 6, darker(tones.ground, 0.3)
    )
    glazes = (
        tones.accent,
        tones.dark,
        lighter(tones.accent, 0.5),
        lighter(tones.pale, 0.6),
        mix(tones.dark, tones.accent, 0.5),
    )
    pots = "".join(_pot(140 + n * 96, 236, glazes[n % 5], n) for n in range(10))
    pots += "".join(_pot(150 + n * 96, 446, glazes[(n * 3 + 1) % 5], n * 3 + 2) for n in range(10))
    table = box(0, 540, 1600, 60, darker(tones.ground, 0.2))
    wheel = oval(1290, 520, 130, 26, darker(tones.dark, 0.2)) + path(
        "M1220 512C1216 450 1240 440 1236 410H1344C1340 440 1364 450 1360 512z", "#b98a68"
    )
    wheel += line("M1224 470q66 18 132 0M1232 440q60 16 116 0", "#8f6548", 5, 0.6) + oval(
        1290, 410, 54, 12, "#8f6548"
    )
    return wall + window + green + boards + pots + wheel + table


def _pot(x: float, y: float, glaze: str, n: int) -> str:
    shapes = (
        "M-36 -70H36C40 -30 30 -6 22 0H-22C-30 -6 -40 -30 -36 -70z",
        "M-16 -118H16C14 -90 44 -76 44 -40C44 -14 30 0 22 0H-22C-30 0 -44 -14 -44 "
        "-40C-44 -76 -14 -90 -16 -118z",
        "M-42 -48H42C42 -18 22 0 14 0H-14C-22 0 -42 -18 -42 -48z",
        "M-28 -92H28L34 0H-34z",
    )
    shape = shapes[n % 4]
    return moved(
        path(shape, glaze)
        + path("M-46 -16H46V2H-46z", "#b98a68", 0).replace(' opacity="0"', ' opacity="0"')
        + line("M-16 -40V-16", "#fff", 6, 0.3),
        x,
        y,
    )

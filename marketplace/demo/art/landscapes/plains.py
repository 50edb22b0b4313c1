"""Wide country: a high plain, heath, fields, the coast."""

from __future__ import annotations

from marketplace.demo.art.brush import box, disc, line, moved, oval, path
from marketplace.demo.art.colour import darker, lighter, mix
from marketplace.demo.art.landscapes.ground import Tones, fir, house, land, sun, tree


def plateau(tones: Tones) -> str:
    """Dry land with a table mountain, olive trees and cypresses."""
    mesa = path("M820 330L900 210H1250L1340 330L1480 350H700z", tones.far(0.5)) + path(
        "M900 210H1250L1266 232H886z", tones.far(0.35)
    )
    back = land("M0 340C400 310 700 350 1000 330S1400 320 1600 336", tones.far(0.34))
    front = land("M0 430C420 380 900 440 1600 400", tones.ground)
    near = land("M0 520C500 480 1100 540 1600 500", darker(tones.ground, 0.12))
    olive = mix("#8a9468", tones.ground, 0.25)
    trees = "".join(
        tree(120 + n * 190 + n % 3 * 30, 470 + n % 3 * 26, 0.9 + n % 2 * 0.25, olive, "#6a5038")
        for n in range(8)
    )
    cypress = "".join(
        path(
            f"M{x} 400C{x - 24} 340 {x - 14} 260 {x} 220C{x + 14} 260 {x + 24} 340 {x} 400z",
            tones.far(0.08),
        )
        for x in (610, 660, 700)
    )
    finca = box(520, 360, 90, 50, lighter(tones.pale, 0.6)) + path(
        "M510 362H620L604 338H526z", tones.accent
    )
    return sun(tones, 300, 150, 80) + mesa + back + finca + cypress + front + trees + near


def heath(tones: Tones) -> str:
    """Heather in flower, birches and a row of hives."""
    back = land("M0 320C300 280 700 330 1000 300S1400 290 1600 310", tones.far(0.62))
    firs = "".join(
        fir(60 + n * 83, 330 + n % 3 * 6, 0.5 + n % 4 * 0.09, tones.far(0.45)) for n in range(20)
    )
    bloom = mix("#9a6a98", tones.pale, 0.2)
    field = land("M0 380C400 340 1000 400 1600 356", mix(bloom, tones.ground, 0.3))
    tufts = "".join(
        oval(
            20 + n * 97 % 1600,
            400 + n * 53 % 190,
            44,
            15,
            mix(bloom, tones.accent, (n % 5) * 0.12),
            0.8,
        )
        for n in range(90)
    )
    birch = ""
    for x, high in ((1290, 300), (1350, 340), (1440, 280)):
        birch += box(x, 470 - high, 15, high, "#f2eee4") + line(
            "".join(f"M{x + 2} {470 - high + 30 + n * 43}h8" for n in range(6)), "#4a4540", 4
        )
        birch += oval(x + 8, 470 - high, 78, 62, mix("#93a05c", tones.pale, 0.2), 0.9)
    hives = "".join(_hive(300 + n * 132, 500 + n % 2 * 14, tones, n) for n in range(5))
    return sun(tones, 860, 150) + back + firs + field + tufts + birch + hives


def _hive(x: float, y: float, tones: Tones, n: int) -> str:
    colour = (
        tones.accent,
        lighter(tones.pale, 0.5),
        tones.dark,
        tones.accent,
        lighter(tones.pale, 0.5),
    )[n]
    wall = (
        box(-44, -104, 88, 50, colour)
        + box(-44, -52, 88, 48, darker(colour, 0.08))
        + box(-52, -116, 104, 14, darker(tones.dark, 0.1), 3)
    )
    return moved(
        wall + box(-22, -14, 44, 7, "#2a211b") + line("M-34 -4V14M34 -4V14", "#5b4630", 8), x, y
    )


def flats(tones: Tones) -> str:
    """Flat fields of mustard, pines, a post mill."""
    back = land("M0 350C500 336 1100 344 1600 340", tones.far(0.55))
    pines = "".join(
        fir(30 + n * 61, 352, 0.34 + n * 7 % 5 * 0.05, tones.far(0.35)) for n in range(27)
    )
    field = land("M0 370H1600", mix("#e0b52e", tones.ground, 0.15))
    stripes = "".join(
        path(
            f"M{x} 372L{x * 2.6 - 1300} 600H{x * 2.6 - 1150}L{x + 40} 372z",
            mix("#f2d264", tones.ground, 0.05),
            0.5,
        )
        for x in range(-100, 1700, 110)
    )
    mill = path("M1090 372L1112 210H1198L1220 372z", darker(tones.dark, 0.1)) + path(
        "M1104 212L1155 160L1206 212z", tones.accent
    )
    sails = line(
        "M1155 204L1040 120M1155 204L1270 288M1155 204L1240 88M1155 204L1070 320", tones.dark, 9
    )
    sails += "".join(
        path(f"M{a} {b}l{c} {d} {e} {f} {-c} {-d}z", lighter(tones.pale, 0.4), 0.9)
        for a, b, c, d, e, f in (
            (1048, 126, 80, 58, -18, 24),
            (1262, 282, -80, -58, 18, -24),
            (1234, 96, -60, 80, -24, -18),
            (1076, 312, 60, -80, 24, 18),
        )
    )
    farm = house(420, 376, 1.1, lighter(tones.pale, 0.5), tones.accent) + house(
        520, 376, 0.8, "#a8764e", tones.dark
    )
    return sun(tones, 700, 140, 74) + back + pines + field + stripes + farm + mill + sails


def coast(tones: Tones) -> str:
    """Sea, a dike with sheep, a striped lighthouse."""
    sea = path("M0 330H1600V470H0z", tones.far(0.42))
    waves = line(
        "".join(f"M{n * 211 % 1600} {352 + n * 37 % 90}h{60 + n * 13 % 80}" for n in range(24)),
        "#fff",
        4,
        0.4,
    )
    sails = path("M420 326V250L480 326zM412 326V262L376 326z", lighter(tones.pale, 0.8)) + path(
        "M366 330H490L470 350H386z", tones.accent
    )
    dike = land(
        "M0 440C240 400 480 380 900 384S1400 400 1600 430", mix("#8f9f62", tones.ground, 0.25)
    )
    front = land("M0 540C500 470 1100 500 1600 540", mix("#7f9056", tones.ground, 0.15))
    sheep = "".join(
        _sheep(x, y, s)
        for x, y, s in (
            (240, 470, 0.9),
            (360, 500, 1.1),
            (640, 450, 0.8),
            (760, 486, 1),
            (980, 470, 0.85),
            (1420, 500, 1.1),
        )
    )
    fence = line(
        "M0 560H1600M0 580H1600" + "".join(f"M{x} 544V600" for x in range(40, 1600, 120)),
        "#6a563c",
        5,
        0.7,
    )
    return (
        sun(tones, 760, 190, 66)
        + sea
        + waves
        + sails
        + dike
        + _lighthouse(tones)
        + front
        + sheep
        + fence
    )


def _lighthouse(tones: Tones) -> str:
    """A striped tower with its lamp."""
    tower = path("M1194 392L1206 150H1254L1266 392z", lighter(tones.pale, 0.8))
    bands = "".join(
        path(f"M{1194 + n * 4} {392 - n * 82}h{72 - n * 8}l-2 -40h{-68 + n * 8}z", tones.accent)
        for n in range(3)
    )
    lamp = (
        box(1208, 122, 44, 32, "#fdf0c0")
        + path("M1200 124L1230 96L1260 124z", tones.dark)
        + box(1198, 150, 64, 8, tones.dark)
    )
    return tower + bands + lamp


def _sheep(x: float, y: float, size: float) -> str:
    wool = "".join(
        disc(dx, dy, 19, "#f4efe3")
        for dx, dy in ((-26, -30), (-6, -38), (16, -34), (28, -24), (0, -22), (-18, -18))
    )
    legs = line("M-18 -10V10M-6 -8V10M12 -8V10M22 -10V10", "#3f3a35", 5)
    return moved(legs + wool + oval(44, -34, 13, 10, "#3f3a35"), x, y, size * 0.9)

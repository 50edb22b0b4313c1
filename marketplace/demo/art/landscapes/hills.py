"""Hilly country: a river bend, vineyards, alps, woods."""

from __future__ import annotations

from marketplace.demo.art.brush import box, disc, line, moved, oval, path
from marketplace.demo.art.colour import darker, lighter, mix
from marketplace.demo.art.landscapes.ground import Tones, fir, house, land, sun, tree


def river(tones: Tones) -> str:
    """Steep slate slopes over a river bend."""
    back = land(
        "M0 330C240 190 460 250 640 300S1080 160 1300 210S1520 280 1600 260", tones.far(0.62)
    )
    slope = land("M0 470C120 300 300 170 520 150C640 140 700 250 760 400", tones.far(0.3)).replace(
        "V600H0z", "L800 600H0z"
    )
    rows = "".join(f"M{30 + n * 46} {470 - n * 26 + n * n}L{190 + n * 50} 560" for n in range(13))
    water = path(
        "M560 600C640 500 900 470 1130 452S1500 430 1600 436V600z",
        lighter(mix(tones.pale, tones.dark, 0.2), 0.3),
    )
    bank = land("M0 560C300 520 560 520 700 600", tones.ground).replace("V600H0z", "H0z")
    far_bank = path(
        "M820 462C1000 410 1300 390 1600 400V438C1400 430 1060 452 820 478z", tones.far(0.42)
    )
    village = "".join(
        house(1010 + n * 74, 436 - n % 2 * 8, 0.5, lighter(tones.pale, 0.7), tones.accent)
        for n in range(5)
    )
    tower = box(1240, 360, 22, 70, lighter(tones.pale, 0.6)) + path(
        "M1234 362l17 -54 17 54z", tones.far(0.1)
    )
    ripples = line("M900 540h120M1100 510h160M1290 560h140M780 575h90", "#ffffff", 4, 0.5)
    return (
        sun(tones, 1130, 130)
        + back
        + far_bank
        + tower
        + village
        + water
        + ripples
        + slope
        + line(rows, lighter(tones.dark, 0.45), 5, 0.5)
        + bank
    )


def vines(tones: Tones) -> str:
    """Rolling hills with rows of vines that run to one point."""
    back = land("M0 300C300 200 520 320 800 260S1300 190 1600 280", tones.far(0.65))
    mid = land("M0 380C260 300 560 400 860 340S1400 320 1600 360", tones.far(0.42))
    front = land("M0 430C500 380 1100 390 1600 440", mix("#93984f", tones.ground, 0.4))
    rows = "".join(f"M{800 + n * 12} 402L{800 + n * 190} 620" for n in range(-9, 10))
    chapel = house(1180, 350, 0.8, lighter(tones.pale, 0.7), tones.dark) + path(
        "M1168 274l12 -40 12 40z", tones.dark
    )
    trees = tree(330, 380, 0.8, tones.far(0.2), "#5b4630") + tree(
        410, 372, 0.6, tones.far(0.3), "#5b4630"
    )
    return (
        sun(tones, 420, 140, 70)
        + back
        + mid
        + chapel
        + trees
        + front
        + line(rows, darker("#6f7a3c", 0.2), 17, 0.6)
    )


def alps(tones: Tones) -> str:
    """Peaks with snow, pastures, a hut and brown cows."""
    peaks = path(
        "M-20 420L180 170L300 290L470 90L700 330L840 220L1040 400L1220 150L1420 "
        "330L1640 200V600H-20z",
        tones.far(0.5),
    )
    snow = path(
        "M470 90L396 178L440 206L476 176L520 214L560 184zM1220 150L1158 234L1206 "
        "262L1240 230L1290 260L1308 230zM180 170L130 232L180 250L222 210z",
        "#fffdf8",
        0.92,
    )
    mid = land("M0 400C300 330 560 420 860 380S1380 330 1600 390", tones.far(0.3))
    firs = "".join(
        fir(40 + n * 71, 420 - (n * 37) % 40, 0.42 + n % 3 * 0.1, tones.far(0.1)) for n in range(10)
    )
    firs += "".join(
        fir(1120 + n * 52, 410 - (n * 29) % 34, 0.4 + n % 3 * 0.1, tones.far(0.1)) for n in range(9)
    )
    meadow = land("M0 450C420 400 980 500 1600 430", mix("#8a9c58", tones.ground, 0.3))
    hut = (
        box(860, 372, 170, 72, "#8a6238")
        + path("M836 378L945 306L1054 378z", tones.dark)
        + box(930, 402, 30, 42, "#4a3422")
        + box(880, 396, 28, 22, lighter(tones.pale, 0.6))
    )
    cows = "".join(_cow(x, y, s) for x, y, s in ((360, 520, 1), (520, 545, 1.15), (1240, 530, 1.1)))
    return sun(tones, 760, 120, 54) + peaks + snow + mid + firs + meadow + hut + cows


def _cow(x: float, y: float, size: float) -> str:
    body = path("M-50 -46C-50 -64 50 -64 56 -48L54 -18H-48z", "#8f6a4c") + line(
        "M-38 -20V8M-22 -20V8M30 -20V8M44 -20V8", "#6f5039", 9
    )
    head = (
        path("M50 -62L82 -58L90 -36L72 -30L54 -40z", "#7a583e")
        + oval(86, -38, 9, 8, "#e4d3bd")
        + line("M60 -64L54 -76M74 -62L80 -74", "#e9e0cf", 4)
    )
    return moved(body + head, x, y, size * 0.8)


def woods(tones: Tones) -> str:
    """Round hills of beech wood, a workshop, logs stacked."""
    back = land(
        "M0 320C200 200 420 220 620 300S1060 180 1260 240S1500 320 1600 290", tones.far(0.62)
    )
    mid = land("M0 390C300 280 560 360 820 330S1320 290 1600 370", tones.far(0.42))
    crowns = "".join(
        tree(
            40 + n * 79,
            420 + n * 31 % 26,
            0.9 + n % 3 * 0.16,
            mix(tones.dark, ("#a9743a", "#7f8a4a", "#c08a3e")[n % 3], 0.55),
            "#5b4630",
        )
        for n in range(21)
    )
    meadow = land("M0 440C420 410 1000 450 1600 424", mix("#93984f", tones.ground, 0.45))
    shed = (
        box(980, 352, 260, 110, "#9a7044")
        + path("M954 358L1110 268L1266 358z", tones.dark)
        + box(1080, 388, 60, 74, darker(tones.dark, 0.2))
        + box(1006, 384, 46, 34, "#f7dd9a")
    )
    planks = line("".join(f"M{x} 356V462" for x in range(1000, 1240, 22)), "#7d5a33", 2, 0.5)
    logs = "".join(
        _log(430 + column * 66 + row * 33, 540 - row * 56)
        for row in range(3)
        for column in range(6 - row)
    )
    return sun(tones, 360, 130) + back + mid + crowns + meadow + shed + planks + logs


def _log(x: float, y: float) -> str:
    return (
        disc(x, y, 33, "#7d5a33")
        + disc(x, y, 28, "#e0bd88")
        + disc(x, y, 18, "#cfa56c")
        + disc(x + 2, y + 1, 8, "#b98a55")
    )

"""What stands on a table when somebody eats: glasses, a cup, bread."""

from __future__ import annotations

from marketplace.demo.art.brush import box, disc, line, moved, oval, path, turned
from marketplace.demo.art.colour import lighter


def glass(wine: str, level: float = -178) -> str:
    """A glass on a stem, a third full."""
    cup = "M-58 -290C-66 -200 -52 -132 0 -124C52 -132 66 -200 58 -290z"
    drink = f"M-60 {level}C-54 -150 -34 -129 0 -124C34 -129 54 -150 60 {level}z"
    stem = path("M-5 -126L-4 -12H4L5 -126z", "#e8eef0", 0.85) + oval(0, -6, 46, 9, "#e8eef0", 0.8)
    rim = (
        '<ellipse cy="-290" rx="58" ry="10" fill="none" stroke="#fff" stroke-opacity=".8" '
        'stroke-width="3"/>'
    )
    filled = path(drink, wine, 0.9) + oval(0, level, 59, 9, lighter(wine, 0.35), 0.9)
    return (
        stem
        + path(cup, "#f4f8f9", 0.3)
        + filled
        + rim
        + line("M-44 -270C-50 -220 -46 -190 -38 -166", "#fff", 6, 0.5)
    )


def flute() -> str:
    """A narrow glass with rising bubbles."""
    cup = "M-30 -310C-34 -220 -26 -150 0 -140C26 -150 34 -220 30 -310z"
    drink = "M-32 -270C-30 -200 -22 -148 0 -140C22 -148 30 -200 32 -270z"
    pearls = "".join(disc(-12 + n * 17 % 26, -160 - n * 15, 3, "#fff", 0.8) for n in range(7))
    stem = path("M-4 -142L-3 -12H3L4 -142z", "#e8eef0", 0.85) + oval(0, -6, 40, 8, "#e8eef0", 0.8)
    return stem + path(cup, "#f4f8f9", 0.35) + path(drink, "#f0d58a", 0.9) + pearls


def cup() -> str:
    """A small white cup on a saucer."""
    saucer = oval(0, -8, 92, 18, "#e9e2d4") + oval(0, -11, 72, 12, "#d4cbb9")
    ear = line("M46 -60C84 -66 80 -22 40 -26", "#e2d9c8", 11)
    cup = "M-54 -78C-54 -40 -40 -14 -22 -12H22C40 -14 54 -40 54 -78z"
    return (
        saucer
        + ear
        + path(cup, "#f6f1e7")
        + path(cup, "url(#round)", 0.6)
        + oval(0, -78, 54, 12, "#fdfaf3")
        + oval(0, -77, 46, 9, "#4a2716")
    )


def beans() -> str:
    """A handful of coffee beans."""
    bean = (
        oval(0, 0, 22, 15, "#5b3520")
        + line("M-18 -4C-6 6 4 -8 18 3", "#2c170c", 3.5)
        + oval(-7, -7, 6, 3, "#fff", 0.2)
    )
    places = (
        (-70, -10, 20),
        (-34, -16, -30),
        (-2, -8, 70),
        (34, -14, 10),
        (70, -6, -40),
        (-14, -32, 40),
        (22, -36, -10),
        (102, -12, 24),
    )
    return "".join(
        f'<g transform="translate({x} {y}) rotate({t})">{bean}</g>' for x, y, t in places
    )


def bread() -> str:
    """Two slices of dark bread."""
    slice_ = "M-70 0C-84 -30 -80 -76 -40 -84C-10 -92 40 -90 62 -74C84 -56 76 -20 66 0z"
    crumb = "M-58 -6C-70 -32 -66 -68 -36 -74C-8 -80 36 -78 54 -66C70 -52 64 -22 56 -6z"
    one = path(slice_, "#7a4f2c") + path(crumb, "#c59c6b")
    holes = "".join(
        disc(-44 + n * 31 % 92, -16 - n * 19 % 52, 3 + n % 3, "#a67c4d", 0.7) for n in range(11)
    )
    return turned(moved(one, 36, -10), 8, 36, 0) + moved(one + holes, -22, 0)


def pretzel() -> str:
    """A pretzel lying flat."""
    way = (
        "M-20 -10C-100 -4 -116 -84 -56 -92C-10 -96 10 -40 44 -12M20 -10C100 -4 116 -84 56 "
        "-92C10 -96 -10 -40 -44 -12M-20 -10Q0 -4 20 -10"
    )
    salt = "".join(box(-76 + n * 43 % 152, -86 + n * 29 % 70, 5, 4, "#fff") for n in range(9))
    return (
        line(way, "#6b3c1e", 25)
        + line(way, "#9a5a2c", 17)
        + line("M-70 -82C-50 -92 -34 -84 -26 -74", "#d9a566", 5, 0.8)
        + salt
    )


def salmon() -> str:
    """A fillet of salmon on a small board."""
    wood = path("M-120 0L-96 -30H110L124 0z", "#b98a55") + path("M-120 0H124V8H-120z", "#8a6238")
    fillet = path("M-86 -14C-80 -52 -20 -58 40 -52C80 -48 96 -30 92 -12z", "#e58a62")
    return (
        wood
        + fillet
        + line("M-60 -40L-40 -16M-28 -50L-6 -16M8 -54L30 -16M44 -50L62 -16", "#f6c8ab", 5)
        + line("M-86 -12H92", "#9a9fa0", 6)
    )


def dipper() -> str:
    """A honey dipper with a drop."""
    grooves = "".join(
        box(
            -36 + (abs(n - 2) * 4),
            -14 - n * 15,
            72 - abs(n - 2) * 8,
            11,
            "#b5854c" if n % 2 else "#c99a5e",
            5,
        )
        for n in range(5)
    )
    dipper = box(-5, -210, 10, 134, "#b5854c", 5) + grooves
    pool = path(
        "M-66 -4C-60 -24 -10 -26 16 -18C40 -14 66 -16 66 -4C60 10 -60 10 -66 -4z", "#e0a12e", 0.9
    )
    return pool + turned(dipper, 62, -10, -14) + oval(-30, -14, 16, 4, "#fff", 0.5)

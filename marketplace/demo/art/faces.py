"""Portraits of people at a producer's: drawn from few shapes, never photographs."""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

from marketplace.demo.art.brush import disc, inside, line, oval, path
from marketplace.demo.art.colour import darker, lighter
from marketplace.demo.art.landscapes import Tones

SKINS: Final = ("#f0c9a8", "#e0ac82", "#c68a5e", "#9a6440", "#f3d3b8", "#d49b73")
HAIRS: Final = ("#3a2a20", "#6b4a2f", "#b5854c", "#8f8a86", "#d9d2c6", "#7a3a22", "#1f1a1a")
STYLES: Final = ("short", "bob", "bun", "curls", "bald", "cap", "long", "scarf")


def face(name: str, style: str, tones: Tones) -> str:
    """A portrait, 480 x 480; the name decides skin, hair colour and glasses."""
    digest = blake2b(name.encode(), digest_size=4).digest()
    skin, hair = SKINS[digest[0] % len(SKINS)], HAIRS[digest[1] % len(HAIRS)]
    ground = path("M0 0h480v480H0z", tones.pale) + disc(240, 210, 190, lighter(tones.accent, 0.62))
    bust = _behind(style, hair) + _shoulders(tones) + _neck(skin) + _head(skin)
    worn = _hair(style, hair, tones) + (_glasses() if digest[2] % 3 == 0 else "")
    beard = _beard(hair) if style in ("short", "bald", "cap") and digest[3] % 2 else ""
    drawing = ground + bust + beard + _features(skin) + worn
    whole = "M0 0h480v480H0z"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 480">'
        f"{inside(whole, drawing)}</svg>"
    )


def _shoulders(tones: Tones) -> str:
    """A work shirt with an apron."""
    shirt = path("M70 480C76 392 150 360 240 360S404 392 410 480z", tones.dark)
    apron = path("M166 480L182 398Q240 420 298 398L314 480z", lighter(tones.ground, 0.15))
    straps = line("M184 404L172 370M296 404L308 370", lighter(tones.ground, 0.15), 15)
    return shirt + apron + straps


def _neck(skin: str) -> str:
    return path("M206 300H274V366Q240 396 206 366z", darker(skin, 0.16))


def _head(skin: str) -> str:
    ears = disc(152, 222, 20, darker(skin, 0.08)) + disc(328, 222, 20, darker(skin, 0.08))
    head = "M154 190C154 110 326 110 326 190C330 270 300 330 240 334C180 330 150 270 154 190z"
    cheek = path(
        "M240 124C330 124 336 300 240 334C300 300 300 180 240 124z", darker(skin, 0.35), 0.12
    )
    return ears + path(head, skin) + cheek


def _features(skin: str) -> str:
    """Eyes, brows, nose, mouth."""
    deep = darker(skin, 0.6)
    eyes = oval(206, 222, 7, 8, "#2b211b") + oval(274, 222, 7, 8, "#2b211b")
    brows = line("M190 198q16 -10 32 -2M258 196q16 -8 32 2", deep, 6, 0.8)
    nose = line("M242 226q10 24 2 36q-8 4 -14 0", darker(skin, 0.36), 5)
    mouth = line("M214 290q26 20 54 -2", darker(skin, 0.55), 6)
    blush = disc(186, 262, 18, "#d9664a", 0.16) + disc(296, 262, 18, "#d9664a", 0.16)
    return blush + eyes + brows + nose + mouth


def _behind(style: str, hair: str) -> str:
    """Hair that falls behind the head."""
    if style == "long":
        return path(
            "M140 180C120 300 130 370 160 400H320C350 370 360 300 340 180z", darker(hair, 0.15)
        )
    if style == "bun":
        return disc(240, 96, 46, darker(hair, 0.1))
    if style == "bob":
        return path(
            "M134 190C126 270 136 310 158 326H322C344 310 354 270 346 190z", darker(hair, 0.12)
        )
    return ""


def _hair(style: str, hair: str, tones: Tones) -> str:
    """Hair or headgear over the forehead."""
    fringe = (
        "M148 200C140 96 206 84 244 86C312 84 342 120 332 200C318 160 290 148 262 150C216 "
        "152 170 156 148 200z"
    )
    if style == "bald":
        return path(
            "M148 214C146 196 150 184 156 178L160 216zM332 214C334 196 330 184 324 178L320 216z",
            hair,
        )
    if style == "cap":
        crown = path("M146 172C146 96 334 96 334 172C280 152 200 152 146 172z", tones.accent)
        return crown + path(
            "M146 172C200 150 300 148 372 184C320 178 260 176 146 172z", darker(tones.accent, 0.25)
        )
    if style == "scarf":
        cloth = path("M140 206C130 84 350 84 340 206C300 140 180 140 140 206z", tones.accent)
        dots = "".join(
            disc(172 + n * 27, 152 - (n % 2) * 22, 6, lighter(tones.pale, 0.6)) for n in range(6)
        )
        return (
            cloth + dots + path("M334 190q40 10 46 44q-26 -4 -44 -22z", darker(tones.accent, 0.15))
        )
    if style == "curls":
        ring = (
            (150, 190),
            (152, 152),
            (174, 118),
            (208, 98),
            (246, 92),
            (284, 102),
            (314, 124),
            (330, 160),
            (332, 194),
            (200, 132),
            (240, 124),
            (280, 134),
        )
        return "".join(
            disc(x, y, 29, darker(hair, 0.05 * (n % 3))) for n, (x, y) in enumerate(ring)
        )
    return path(fringe, hair) + line("M200 110q40 -14 90 4", lighter(hair, 0.25), 5, 0.5)


def _beard(hair: str) -> str:
    way = (
        "M154 240C160 330 200 352 240 352S320 330 326 240C310 280 290 276 240 276S170 280 154 240z"
    )
    return path(way, hair)


def _glasses() -> str:
    rings = "".join(
        f'<circle cx="{x}" cy="222" r="29" fill="#fff" fill-opacity=".18" '
        'stroke="#3a2f28" stroke-width="5"/>'
        for x in (206, 274)
    )
    return rings + line("M177 216L156 210M303 216L324 210M233 218q7 -6 14 0", "#3a2f28", 5)

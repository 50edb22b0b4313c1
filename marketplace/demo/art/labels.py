"""Labels: paper with a frame, an emblem and two or three lines, bent around what carries it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from marketplace.demo.art.brush import box, disc, inside, line, moved, path
from marketplace.demo.art.colour import brightness, lighter, mix
from marketplace.demo.art.letters import width_of, writing
from marketplace.demo.art.motifs import MOTIFS


@dataclass(frozen=True, slots=True)
class Print:
    """What is printed: two or three lines, emblem, layout, and the three colours used."""

    lines: tuple[str, ...]
    motif: str
    layout: str
    paper: str
    ink: str
    accent: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the picture: left, top, width, height; `bend` = how far edges sag in the middle."""

    x: float
    y: float
    wide: float
    high: float
    bend: float = 10
    light: str = "round"

    @property
    def middle(self) -> float:
        """The x of the middle line."""
        return self.x + self.wide / 2

    def outline(self, cut: float = 0) -> str:
        """The bent rectangle, made smaller on all sides by `cut`."""
        x, y, wide, high = self.x + cut, self.y + cut, self.wide - 2 * cut, self.high - 2 * cut
        half, sag = wide / 2, 2 * self.bend
        return f"M{x:g} {y:g}q{half:g} {sag:g} {wide:g} 0v{high:g}q{-half:g} {sag:g} {-wide:g} 0z"


def label(text: Print, place: Place) -> str:
    """The label as SVG, with the light of the round thing that carries it."""
    drawn = LAYOUTS[text.layout](text, place)
    shade = path(place.outline(), f"url(#{place.light})", 0.55)
    return path(place.outline(), text.paper) + drawn + shade


def _emblem(text: Print, x: float, y: float, radius: float, ink: str, paper: str) -> str:
    return moved(MOTIFS[text.motif](ink, paper), x, y, radius / 100)


def _lines(text: Print, place: Place, top: float, room: float, ink: str) -> str:
    """Name, kind and small line within `room` units of height below `top`."""
    at_most, drawn = place.wide * 0.86, ""
    kind = _folded(text.lines[1], at_most, room * 0.215) if len(text.lines) > 1 else []
    small = list(text.lines[2:])
    share = 0.31 if len(kind) > 1 else 0.36
    rows = [(text.lines[0], share)]
    rows += [(words, 0.19 if len(kind) > 1 else 0.225) for words in kind]
    rows += [(words, 0.165) for words in small]
    y = top
    for number, (words, part) in enumerate(rows):
        size = room * part
        y += size * (0.98 if number == 0 else 1.16)
        track = 0 if number == 0 else 15
        colour = mix(ink, text.paper, 0.1 if number else 0)
        drawn += writing(words, place.middle, y, size, colour, at_most=at_most, track=track)
    return drawn


def _folded(words: str, at_most: float, size: float) -> list[str]:
    """The words in one line, or in two where one line would have to be written very small."""
    if " " not in words or width_of(words, size, 15) * 0.82 <= at_most:
        return [words]
    cuts = [n for n, letter in enumerate(words) if letter == " "]
    cut = min(cuts, key=lambda n: abs(n - len(words) / 2))
    return [words[:cut], words[cut + 1 :]]


def _framed(text: Print, place: Place) -> str:
    """Thin frame, emblem above, lines below."""
    sag = place.bend
    frame = line(place.outline(9), mix(text.ink, text.paper, 0.55), 1.6)
    radius = min(place.wide * 0.2, place.high * 0.19)
    emblem_y = place.y + place.high * 0.31 + sag
    emblem = _emblem(text, place.middle, emblem_y, radius, text.accent, text.paper)
    top = place.y + place.high * 0.54 + sag
    return frame + emblem + _lines(text, place, top, place.high * 0.42, text.ink)


def _band(text: Print, place: Place) -> str:
    """The name in a coloured band across; emblem over it, the rest under it."""
    sag = place.bend
    band = Place(place.x, place.y + place.high * 0.42, place.wide, place.high * 0.27, sag)
    pale = text.paper if brightness(text.accent) < 0.62 else text.ink
    radius = min(place.wide * 0.2, place.high * 0.16)
    emblem_y = place.y + place.high * 0.22 + sag * 0.8
    drawn = path(band.outline(), text.accent)
    drawn += _emblem(text, place.middle, emblem_y, radius, text.accent, text.paper)
    y, at_most = place.y + place.high * 0.595 + sag, place.wide * 0.84
    drawn += writing(text.lines[0], place.middle, y, place.high * 0.135, pale, at_most=at_most)
    below = [*_folded(text.lines[1], at_most, place.high * 0.095), *text.lines[2:]]
    step = 0.115 if len(below) < 3 else 0.092
    for number, words in enumerate(below):
        y = place.y + place.high * (0.79 + step * number) + sag
        size = place.high * (0.095 if len(below) < 3 else 0.08)
        drawn += writing(words, place.middle, y, size, text.ink, at_most=at_most, track=15)
    return drawn


def _split(text: Print, place: Place) -> str:
    """Upper half in colour with a pale emblem, lower half paper with the lines."""
    sag = place.bend
    upper = Place(place.x, place.y, place.wide, place.high * 0.47, sag)
    radius = min(place.wide * 0.25, place.high * 0.18)
    pale = text.paper if brightness(text.accent) < 0.62 else text.ink
    emblem_y = place.y + place.high * 0.25 + sag * 0.8
    drawn = path(upper.outline(), text.accent)
    drawn += _emblem(text, place.middle, emblem_y, radius, pale, text.accent)
    return drawn + _lines(
        text, place, place.y + place.high * 0.53 + sag, place.high * 0.42, text.ink
    )


def _medal(text: Print, place: Place) -> str:
    """A round seal in colour that holds the emblem, over a double rule and the lines."""
    sag = place.bend
    radius = min(place.wide * 0.27, place.high * 0.22)
    y = place.y + place.high * 0.29 + sag * 0.8
    pale = text.paper if brightness(text.accent) < 0.62 else text.ink
    seal = disc(place.middle, y, radius, text.accent)
    seal += _emblem(text, place.middle, y, radius * 0.66, pale, text.accent)
    rule_y = place.y + place.high * 0.555 + sag
    rules = (
        f"M{place.x + place.wide * 0.14:g} {rule_y:g}h{place.wide * 0.72:g}m0 "
        f"5h{-place.wide * 0.72:g}"
    )
    return (
        seal
        + line(rules, mix(text.ink, text.paper, 0.45), 1.6)
        + _lines(text, place, rule_y + 4, place.high * 0.4, text.ink)
    )


def _field(text: Print, place: Place) -> str:
    """A picture label: the emblem as a landscape over the full width, words above."""
    sag = place.bend
    floor = place.y + place.high * 0.52
    sky = Place(place.x, floor, place.wide, place.high * 0.48, sag)
    ground = lighter(text.accent, 0.72)
    scale = max(place.wide, place.high * 0.5) / 200
    emblem_y = floor + place.high * 0.27 + sag
    art = path(sky.outline(), ground)
    art += _emblem(text, place.middle, emblem_y, scale * 78, text.accent, ground)
    top = place.y + place.high * 0.035 + sag
    return inside(place.outline(), art, "lab") + _lines(
        text, place, top, place.high * 0.46, text.ink
    )


LAYOUTS: Final[dict[str, Callable[[Print, Place], str]]] = {
    "framed": _framed,
    "band": _band,
    "split": _split,
    "medal": _medal,
    "field": _field,
}


def tag(words: str, x: float, y: float, paper: str, ink: str) -> str:
    """A small card on a string, for things that carry no label."""
    card = box(x - 46, y, 92, 56, paper, 5) + disc(x, y + 11, 4, mix(ink, paper, 0.4))
    return (
        line(f"M{x} {y + 11}C{x - 8} {y - 26} {x + 10} {y - 40} {x + 2} {y - 62}", ink, 2.5, 0.7)
        + card
        + writing(words, x, y + 40, 19, ink, at_most=80)
    )

"""Colours as "#rrggbb": mixing, lighter, darker."""

from __future__ import annotations


def mix(first: str, second: str, share: float) -> str:
    """The colour `share` (0..1) of the way from the first to the second."""
    ends = (_channels(first), _channels(second))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(*ends, strict=True))


def lighter(colour: str, share: float) -> str:
    """The colour moved towards a warm white."""
    return mix(colour, "#fffaf2", share)


def darker(colour: str, share: float) -> str:
    """The colour moved towards a warm black."""
    return mix(colour, "#1c120c", share)


def brightness(colour: str) -> float:
    """How bright the eye takes it, 0 black to 1 white. Source: Rec. 709 weights."""
    red, green, blue = _channels(colour)
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)

"""Own photos of a bundle: what has to be said of one before others see it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MOST_PHOTOS, KEY_SIGNS = 4, 12
PHOTO_LICENCES = ("CC-BY-SA-4.0", "CC-BY-4.0", "CC0-1.0", "all-rights")


@dataclass(frozen=True, slots=True)
class PhotoWords:
    """What its author says of a photo: what it shows, who made it, under which licence, whether
    people can be recognised (yes or no), whether they agree, and that no minors are on it.
    """

    alt: str
    credit: str
    licence: str
    people: str
    consent: bool
    no_minors: bool


def photo_faults(said: PhotoWords, photos: int) -> list[str]:
    """Which parts are wrong; `photos` are there already."""
    return [name for name, wrong in (
        ("photo", photos >= MOST_PHOTOS), ("alt", not 3 <= len(said.alt) <= 200),
        ("credit", not 2 <= len(said.credit) <= 80),
        ("licence", said.licence not in PHOTO_LICENCES),
        ("people", said.people not in ("yes", "no")),
        ("consent", said.people == "yes" and not said.consent),
        ("no_minors", not said.no_minors)) if wrong]


def photo_key(photo: Mapping[str, Any]) -> str:
    """Under which a part of a free board names this photo as its picture; the same for the same
    photo, wherever it is stored, and that of its file for one that was brought in.
    """
    return str(photo.get("key") or f"photo-{photo['files'][-1][2][:KEY_SIGNS]}")


def photo_named(photos: Sequence[Mapping[str, Any]], key: str) -> Mapping[str, Any] | None:
    """The photo that a part names; None where it shows what its producer shows."""
    return next((one for one in photos if photo_key(one) == key), None)

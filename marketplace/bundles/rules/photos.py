"""Own photos of a bundle: what has to be said of one before others see it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

MOST_PHOTOS = 4
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

"""The file `credits.json` beside a bundle in a ZIP: where it comes from, and what was said of its
photos. Pure.

It stands apart from `zuruf-bundle`, whose bytes are the composition alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.bundles.rules.photos import MOST_PHOTOS, PhotoWords, photo_key
from marketplace.bundles.rules.variants import MOST_STEPS

FORMAT, VERSION, MOST_BYTES = "zuruf-credits", 1, 65_536
FILE = re.compile(r"[\w-]{1,60}\.(webp|avif|jpe?g|png)", re.ASCII)
KEY = re.compile(r"photo-[0-9a-f]{12}")
ADDRESS = re.compile(r"https?://[^\s\"'<>\\]{3,300}")
WORDS = {"alt": 200, "credit": 80, "licence": 16, "people": 3}
TICKS = ("consent", "no_minors")


class CreditFault(ValueError):
    """A file of credits that cannot be read; says why in a word: size, json, version."""


@dataclass(frozen=True, slots=True)
class Credits:
    """Steps of the chain, newest first, with title, author and url; photos with file, key and the
    words of `PhotoWords`. `wrong` entries could not be read.
    """

    origins: Sequence[Mapping[str, str]] = ()
    photos: Sequence[Mapping[str, Any]] = ()
    wrong: int = 0


def credits_packed(origins: Sequence[Mapping[str, str]], photos: Sequence[Mapping[str, Any]]
                   ) -> bytes:
    """Credits as bytes: equal for equal credits. Photos are numbered in their order."""
    said = [{**{name: photo[name] for name in (*WORDS, *TICKS)}, "key": photo_key(photo),
             "file": photo_file(number)} for number, photo in enumerate(photos, start=1)]
    return json.dumps({"format": FORMAT, "origins": list(origins), "photos": said,
                       "version": VERSION}, sort_keys=True, ensure_ascii=False, indent=1).encode()


def photo_file(number: int) -> str:
    """The name of a photo's file in a ZIP, from 1."""
    return f"photo-{number}.webp"


def credits_opened(body: bytes) -> Credits:
    """What can be taken of a file. Raises CreditFault where nothing can."""
    if len(body) > MOST_BYTES:
        raise CreditFault("size")
    try:
        found = json.loads(body.decode())
    except (ValueError, RecursionError) as fault:
        raise CreditFault("json") from fault
    if not isinstance(found, dict) or (found.get("format"), found.get("version")) != (
            FORMAT, VERSION):
        raise CreditFault("version")
    origins, photos = (found.get(name) for name in ("origins", "photos"))
    origins, photos = (one if isinstance(one, list) else [] for one in (origins, photos))
    steps = [step for step in map(_origin, origins[:MOST_STEPS]) if step]
    known: dict[str, dict[str, Any]] = {}
    for photo in map(_photo, photos[:MOST_PHOTOS]):
        if photo:
            known.setdefault(photo["key"], photo)
    wrong = len(origins) + len(photos) - len(steps) - len(known)
    return Credits(steps, list(known.values()), wrong)


def _words(value: Any, most: int) -> bool:
    return isinstance(value, str) and len(value) <= most and not any(
        ord(sign) < 32 for sign in value)


def _origin(said: Any) -> dict[str, str] | None:
    if not isinstance(said, dict) or not _words(said.get("title"), 80) or not _words(
            said.get("author"), 80) or not said["title"]:
        return None
    url = said.get("url")
    whole = isinstance(url, str) and ADDRESS.fullmatch(url)
    return {"title": said["title"], "author": said["author"], "url": url if whole else ""}


def _photo(said: Any) -> dict[str, Any] | None:
    """What is said of a photo; a name that leads elsewhere stays as "", so that only its words
    are kept.
    """
    if not isinstance(said, dict) or not all(
            _words(said.get(name), most) for name, most in WORDS.items()):
        return None
    key, file = said.get("key"), said.get("file")
    if not isinstance(key, str) or not KEY.fullmatch(key):
        return None
    return {**{name: said[name] for name in WORDS},
            **{name: said.get(name) is True for name in TICKS}, "key": key,
            "file": file if isinstance(file, str) and FILE.fullmatch(file) else ""}


def said_of(photo: Mapping[str, Any]) -> PhotoWords:
    """What a file says of a photo, as its author would say it in the editor."""
    return PhotoWords(photo["alt"], photo["credit"], photo["licence"], photo["people"],
                      photo["consent"], photo["no_minors"])

"""The file `zuruf-bundle`, version 1: a bundle as text that every market can read. Pure.

Keys sorted, no blanks, UTF-8, whole numbers only, so that equal bundles are equal bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from marketplace.bundles.rules.boards import LEAST_ITEMS, MOST_ITEMS
from marketplace.bundles.rules.collages import SEASONS, Place, place_fault
from marketplace.bundles.rules.variants import LICENCES

FORMAT, VERSION, MOST_BYTES = "zuruf-bundle", 1, 32_768
COLOUR = re.compile(r"#[0-9A-F]{6}")
NAME = re.compile(r"[\w.-]{1,90}")
MOST_PARENT = 300
NUMBERS = ("x", "y", "w", "h", "rot", "z")


class DocumentFault(ValueError):
    """A file that cannot be taken; `code` says why in a word, `name` which key, `number` which
    part (0: the bundle itself).
    """

    def __init__(self, code: str, name: str = "", number: int = 0) -> None:
        super().__init__(code)
        self.code, self.name, self.number = code, name, number


def _text(least: int, most: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and least <= len(value) <= most and not any(
        ord(sign) < 32 and sign not in "\n\t" for sign in value)


def _whole(least: int, most: int) -> Callable[[Any], bool]:
    return lambda value: type(value) is int and least <= value <= most


def _name(value: Any) -> bool:
    return value is None or (isinstance(value, str) and bool(NAME.fullmatch(value)))


BUNDLE: Mapping[str, Callable[[Any], bool]] = {
    "alt": _text(0, 300), "background": lambda v: isinstance(v, str) and bool(COLOUR.fullmatch(v)),
    "format": lambda v: v == FORMAT, "items": lambda v: isinstance(v, list),
    "lang": lambda v: v in ("de", "en"), "licence": lambda v: v in LICENCES,
    "mode": lambda v: v in ("board", "collage"), "occasion": _name,
    "parent": lambda v: v is None or _text(1, MOST_PARENT)(v),
    "remix": lambda v: type(v) is bool, "season": lambda v: v is None or v in SEASONS,
    "template": _name, "text": _text(0, 2000), "title": _text(3, 80),
    "version": lambda v: type(v) is int and v == VERSION,
}
"""What each key of a bundle may hold."""
ITEM: Mapping[str, Callable[[Any], bool]] = {
    "crop": lambda v: isinstance(v, list) and len(v) == 4, "h": _whole(0, 10_000),
    "note": _text(0, 200), "picture": _text(0, 40), "pos": _whole(1, MOST_ITEMS),
    "product": lambda v: v is not None and _name(v), "qty": _whole(1, 99),
    "rot": _whole(-1800, 1799), "slot": _text(0, 30),
    "variant": lambda v: v is None or _text(1, 40)(v), "w": _whole(0, 10_000),
    "x": _whole(0, 10_000), "y": _whole(0, 10_000), "z": _whole(1, MOST_ITEMS),
}
"""What each key of a part may hold."""


def packed(document: Mapping[str, Any]) -> bytes:
    """A bundle as bytes: equal for equal bundles."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False,
                      allow_nan=False).encode()


def opened(body: bytes) -> dict[str, Any]:
    """A file as a bundle whose every value may stand there. Raises DocumentFault."""
    if len(body) > MOST_BYTES:
        raise DocumentFault("size")
    try:
        found = json.loads(body.decode(), object_pairs_hook=_once)
    except DocumentFault:
        raise
    except (ValueError, RecursionError) as fault:
        raise DocumentFault("json") from fault
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise DocumentFault("format")
    if type(found.get("version")) is not int or found["version"] != VERSION:
        raise DocumentFault("version", str(found.get("version"))[:20])
    _checked(found, BUNDLE, 0)
    items = found["items"]
    if not LEAST_ITEMS <= len(items) <= MOST_ITEMS:
        raise DocumentFault("count", "items")
    for number, item in enumerate(items, start=1):
        _part(item, number)
    _layers(items)
    return found


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which no key stands twice. Raises DocumentFault."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise DocumentFault("twice", name[:40])
        found[name] = value
    return found


def _checked(found: Mapping[str, Any], known: Mapping[str, Callable[[Any], bool]], number: int
             ) -> None:
    for name in sorted(found.keys() - known.keys()):
        raise DocumentFault("unknown", name[:40], number)
    for name, fits in known.items():
        if name not in found:
            raise DocumentFault("missing", name, number)
        if not fits(found[name]):
            raise DocumentFault("value", name, number)


def _part(item: Any, number: int) -> None:
    if not isinstance(item, dict):
        raise DocumentFault("value", "items", number)
    _checked(item, ITEM, number)
    if item["pos"] != number:
        raise DocumentFault("value", "pos", number)
    fault = place_fault(place_of(item))
    if fault:
        raise DocumentFault("value", {"crop": "crop", "small": "w", "outside": "x"}.get(
            fault, "crop"), number)


def _layers(items: Sequence[Mapping[str, Any]]) -> None:
    """Each layer from 1 up holds one part. Raises DocumentFault."""
    seen: set[int] = set()
    for number, item in enumerate(items, start=1):
        if item["z"] in seen or item["z"] > len(items):
            raise DocumentFault("value", "z", number)
        seen.add(item["z"])


def place_of(item: Mapping[str, Any]) -> Place:
    """Where a part of a file lies."""
    left, top, width, height = item["crop"]
    return Place(item["x"], item["y"], item["w"], item["h"], item["rot"], item["z"],
                 (left, top, width, height))


def rejoined(here: Sequence[Mapping[str, Any]], away: Sequence[Mapping[str, Any]]
             ) -> list[dict[str, Any]]:
    """The parts that are here and those that are not, in their first order and layers."""
    items = [dict(one) for one in here]
    for one in sorted(away, key=lambda it: int(it["z"])):
        for item in items:
            item["z"] += item["z"] >= one["z"]
        items.append({**one, "away": True})
    found = [item for item in items if not item.get("away")]
    for one in sorted((item for item in items if item.pop("away", False)),
                      key=lambda it: int(it["pos"])):
        found.insert(min(one["pos"], len(found) + 1) - 1, one)
    return [{**item, "pos": pos} for pos, item in enumerate(found, start=1)]

"""Films of people: known by their content, and without where they were taken.

Cameras write place and device into boxes of their own (`udta`, `meta`, `uuid`) or, in WebM, into
tags. Each is emptied in its place, so that nothing else of the file moves.
Source: ISO/IEC 14496-12 section 4 and 8.10; RFC 8794 and RFC 9559 section 5.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

MOST_FILM_BYTES = 64 * 1024 * 1024
BRANDS = frozenset((b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1",
                    b"M4V ", b"M4VH", b"M4VP", b"MSNV", b"dash", b"f4v "))
PRIVATE, HOLDING = frozenset((b"udta", b"meta", b"uuid")), frozenset((b"moov", b"trak"))
EBML, SEGMENT, TAGS, DOC_TYPE = 0x1A45DFA3, 0x18538067, 0x1254C367, 0x4282
VOID, CLUSTER = b"\xec", 0x1F43B675
MOST_BOXES = 10_000


class NotAFilm(ValueError):
    """The bytes cannot be taken as a film; says why in a word: kind, size, broken."""


@dataclass(frozen=True, slots=True)
class Film:
    """A film as it may be shown: its bytes without private boxes, and the ending of its name."""

    body: bytes
    ending: str


def film_of(body: bytes) -> Film:
    """A film by what it holds, whatever its name says. Raises NotAFilm."""
    if len(body) > MOST_FILM_BYTES:
        raise NotAFilm("size")
    if body[4:8] == b"ftyp":
        return _mp4(bytearray(body))
    if body[:4] == EBML.to_bytes(4, "big"):
        return _webm(bytearray(body))
    raise NotAFilm("kind")


def _mp4(body: bytearray) -> Film:
    """An MP4 with its index and its pictures. Raises NotAFilm."""
    boxes = list(_boxes(body, 0, len(body)))
    begin, end = boxes[0][1:]
    named = {bytes(body[at:at + 4]) for at in (begin, *range(begin + 8, end - 3, 4))}
    if not named & BRANDS:
        raise NotAFilm("kind")
    if not {b"moov", b"mdat"} <= {kind for kind, _begin, _end in boxes}:
        raise NotAFilm("broken")
    _empty_boxes(body, boxes)
    return Film(bytes(body), "mp4")


def _boxes(body: bytearray, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, begin and end of the content of each box in a stretch. Raises NotAFilm."""
    for _count in range(MOST_BOXES):
        if at == end:
            return
        size, kind, head = int.from_bytes(body[at:at + 4], "big"), bytes(body[at + 4:at + 8]), 8
        if size == 1:
            size, head = int.from_bytes(body[at + 8:at + 16], "big"), 16
        elif size == 0:
            size = end - at
        if size < head or at + size > end:
            raise NotAFilm("broken")
        yield kind, at + head, at + size
        at += size
    raise NotAFilm("broken")


def _empty_boxes(body: bytearray, boxes: list[tuple[bytes, int, int]]) -> None:
    """Make private boxes free space of the same length, those of the index and its tracks too."""
    for kind, begin, end in boxes:
        if kind in PRIVATE:
            head = begin - 4 if body[begin - 4:begin] == kind else begin - 12
            body[head:head + 4] = b"free"
            body[begin:end] = bytes(end - begin)
        elif kind in HOLDING:
            _empty_boxes(body, list(_boxes(body, begin, end)))


def _webm(body: bytearray) -> Film:
    """A WebM with at least one cluster of pictures. Raises NotAFilm."""
    _name, begin, end = _element(body, 0, len(body))
    kinds = [bytes(body[first:last]).rstrip(b"\0")
             for name, first, last in _elements(body, begin, end) if name == DOC_TYPE]
    if kinds != [b"webm"]:
        raise NotAFilm("kind")
    name, begin, end = _element(body, end, len(body))
    if name != SEGMENT:
        raise NotAFilm("broken")
    found = list(_elements(body, begin, end))
    if CLUSTER not in {name for name, _first, _last in found}:
        raise NotAFilm("broken")
    for name, first, last in found:
        if name == TAGS:
            head = body.rindex(TAGS.to_bytes(4, "big"), 0, first)
            _void(body, head, last)
    return Film(bytes(body), "webm")


def _elements(body: bytearray, at: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Name, begin and end of the content of each element in a stretch. Raises NotAFilm."""
    for _count in range(MOST_BOXES * 10):
        if at >= end:
            return
        name, begin, last = _element(body, at, end)
        yield name, begin, last
        at = last
    raise NotAFilm("broken")


def _element(body: bytearray, at: int, end: int) -> tuple[int, int, int]:
    """Name, begin and end of the element that begins here; one of unknown length fills the rest.

    Raises NotAFilm.
    """
    name, at = _number(body, at, end, keep_mark=True)
    size, begin = _number(body, at, end, keep_mark=False)
    unknown = size == (1 << 7 * (begin - at)) - 1
    last = end if unknown else begin + size
    if last > end:
        raise NotAFilm("broken")
    return name, begin, last


def _number(body: bytearray, at: int, end: int, keep_mark: bool) -> tuple[int, int]:
    """A number of one to eight bytes, and where it ends. Raises NotAFilm."""
    if at >= end or not body[at]:
        raise NotAFilm("broken")
    length = 9 - body[at].bit_length()
    if at + length > end:
        raise NotAFilm("broken")
    found = int.from_bytes(body[at:at + length], "big")
    return (found if keep_mark else found & ((1 << 7 * length) - 1)), at + length


def _void(body: bytearray, head: int, last: int) -> None:
    """Put an empty element of the same length in the place of another of at least nine bytes."""
    rest = last - head - 9
    if rest < 0:
        return
    body[head:last] = VOID + (rest | 1 << 56).to_bytes(8, "big") + bytes(rest)

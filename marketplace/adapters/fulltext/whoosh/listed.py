"""Lists of documents with a score each, and how one list is looked up in another."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from marketplace.adapters.fulltext.whoosh.decode import Postings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Docs = NDArray[np.int32]

MARKED_FROM = 256
"""A list is marked where it holds at least every so-manieth document: marks then take a fourth of
its own room at most, and spare a search in it for every document asked."""
UNPACKED_FROM = 16
"""Marks are unpacked where every so-manieth document of the index is asked about."""
LAID_OUT_BELOW = 32
"""Laying a list out for one lookup pays where that many times what is looked up is everything."""


class Marks:
    """Which documents of the index a list holds, a bit for each, and where in the list they are.

    Source: rank on bit vectors, Jacobson 1989, with one count for every 64 bits.
    """

    __slots__ = ("_before", "_bits", "_words")

    def __init__(self, docs: Docs, size: int) -> None:
        import numpy as np

        held = np.zeros(-(-size // 64) * 64, np.bool_)
        held[docs] = True
        self._bits = np.packbits(held, bitorder="little")
        self._words = self._bits.view("<u8")
        self._before = np.zeros(len(self._words), np.int32)
        np.cumsum(np.bitwise_count(self._words[:-1]), out=self._before[1:])

    @property
    def nbytes(self) -> int:
        """The room they take."""
        return self._bits.nbytes + self._before.nbytes

    def hold(self, docs: Docs) -> NDArray[np.bool_]:
        """Tell of each document whether it is in the list."""
        import numpy as np

        found: NDArray[np.bool_]
        if UNPACKED_FROM * len(docs) >= 8 * len(self._bits):
            found = np.unpackbits(self._bits, bitorder="little").view(np.bool_).take(docs)
            return found
        found = (self._bits.take(docs >> 3) & _bit().take(docs & 7)) != 0
        return found

    def places(self, docs: Docs) -> NDArray[np.int64]:
        """Give the places in the list of documents that are in it."""
        import numpy as np

        words = docs >> 6
        below = self._words.take(words) & _below().take(docs & 63)
        return self._before.take(words) + np.bitwise_count(below).astype(np.int64)


@cache
def _bit() -> NDArray[np.uint8]:
    """The bit of each of eight documents."""
    import numpy as np

    return (1 << np.arange(8)).astype(np.uint8)


@cache
def _below() -> NDArray[np.uint64]:
    """The bits before each of 64 documents."""
    import numpy as np

    return (np.uint64(1) << np.arange(64, dtype=np.uint64)) - np.uint64(1)


class Listed:
    """The living documents of a word in ascending order, each with a score or a title's yes.

    marks: where the word is so frequent that they pay.
    """

    __slots__ = ("docs", "marks", "scores")

    def __init__(self, docs: Docs, scores: NDArray[Any], marks: Marks | None = None) -> None:
        self.docs, self.scores, self.marks = docs, scores, marks


def kept_listed(docs: Docs, scores: NDArray[Any], size: int) -> Listed:
    """Give a list as it is kept to be asked again, of an index of so many documents."""
    return Listed(docs, scores, Marks(docs, size) if MARKED_FROM * len(docs) >= size else None)


def decoded_size(found: Postings | None) -> int:
    """What a decoded list takes, in postings of 8 bytes."""
    return len(found.docs) if found else 1


def listed_size(found: Listed | None) -> int:
    """What a list that is ready takes, in postings of 8 bytes."""
    if found is None:
        return 1
    room = found.docs.nbytes + found.scores.nbytes
    return (room + (0 if found.marks is None else found.marks.nbytes)) // 8


def meet(listed: Listed, docs: Docs, size: int) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """Give which of these documents (ascending) are in a list, by their place here, and their
    scores there.
    """
    if listed.marks is not None:
        kept = listed.marks.hold(docs).nonzero()[0]
        return kept, listed.scores.take(listed.marks.places(docs.take(kept)))
    if len(listed.docs) < len(docs):
        kept, there = _found(docs, listed.docs)
        return kept, listed.scores.take(there)
    if size <= LAID_OUT_BELOW * (len(docs) + len(listed.docs)):
        import numpy as np

        laid = np.zeros(size, listed.scores.dtype)
        laid[listed.docs] = listed.scores
        scores = laid.take(docs)
        kept = scores.nonzero()[0]
        return kept, scores.take(kept)
    there, kept = _found(listed.docs, docs)
    return kept, listed.scores.take(there)


def _found(among: Docs, docs: Docs) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give where documents are that both have: their places in `among`, and in `docs`."""
    where = among.searchsorted(docs)
    where[where == len(among)] = 0
    here = (among.take(where) == docs).nonzero()[0]
    return where.take(here), here


def hold(listed: Listed, docs: Docs, size: int) -> NDArray[np.bool_]:
    """Tell of each of these documents (ascending) whether it is in a list."""
    import numpy as np

    if listed.marks is not None:
        return listed.marks.hold(docs)
    held = np.zeros(len(docs), np.bool_)
    held[meet(listed, docs, size)[0]] = True
    return held

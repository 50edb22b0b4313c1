"""One generation of the index as arrays: parts that survive a reopen, and what is alive of them."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any
from weakref import finalize

from marketplace.adapters.fulltext.contract import FACETS, FIGURES, Band, Count
from marketplace.adapters.fulltext.whoosh import decode, schema
from marketplace.adapters.fulltext.whoosh.decode import Postings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class PostingCache:
    """Decoded posting lists, the least recently used go first; bounded in postings."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.held = 0
        self._lists: OrderedDict[tuple[str, str, str], Postings | None] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, part: Part, field: str, word: str) -> Postings | None:
        """Give the posting list of a word in a part, decoded once while it is in use."""
        key = (part.name, field, word)
        with self._lock:
            if key in self._lists:
                self._lists.move_to_end(key)
                return self._lists[key]
        found = part.decode(field, word)
        with self._lock:
            if key not in self._lists:
                self._lists[key] = found
                self.held += len(found.docs) if found else 1
            while self.held > self.limit and len(self._lists) > 1:
                _, old = self._lists.popitem(last=False)
                self.held -= len(old.docs) if old else 1
        return found


class Part:
    """One segment: never changes but for deletions, so its arrays are kept over commits."""

    def __init__(self, reader: Any, *, fast: bool) -> None:
        self.name = str(reader.segment().segment_id())
        self.count: int = reader.doc_count_all()
        self.fast = fast
        self._reader = reader
        self._lock = threading.Lock()
        self.ids = self._texts("id")
        self.facets = {
            name: decode.references(reader, f"f_{name}", schema.facet_column(name), fast=fast)
            for name in FACETS
        }
        self.figures = {
            name: decode.numbers(
                reader, f"n_{name}", schema.figure_column(), schema.NO_FIGURE, fast=fast
            )
            for name in FIGURES
        }
        finalize(self, _close, reader)

    def _texts(self, field: str) -> list[bytes]:
        column = self._reader.schema[field].column_type
        return decode.texts(self._reader, field, column, fast=self.fast)

    @cached_property
    def titles(self) -> list[bytes]:
        """Normalised titles, read when somebody first sorts by them."""
        with self._lock:
            return self._texts("title")

    def decode(self, field: str, word: str) -> Postings | None:
        """Decode the posting list of a word; None if it does not occur."""
        with self._lock:
            return decode.postings(self._reader, field, word, fast=self.fast)

    def words(self, field: str) -> list[tuple[str, int]]:
        """Give all words of a field with their number of documents."""
        with self._lock:
            return list(decode.words_of(self._reader, field))


def _close(reader: Any) -> None:
    if not reader.is_closed:
        reader.close()


class Facet:
    """A facet's values for all documents: each document refers to a combination of values."""

    def __init__(self, refs: Sequence[NDArray[np.int32]], values: Sequence[list[bytes]]) -> None:
        import numpy as np

        known: dict[bytes, int] = {}
        moved = []
        for part_refs, part_values in zip(refs, values, strict=True):
            numbers = [known.setdefault(v, len(known)) for v in part_values]
            moved.append(np.array(numbers, np.int32)[part_refs])
        self.refs = np.concatenate(moved) if moved else np.zeros(0, np.int32)
        self.numbers: dict[str, int] = {}
        rows = [
            [self.numbers.setdefault(v, len(self.numbers)) for v in combination]
            for combination in (self._split(c) for c in known)
        ]
        self.names = list(self.numbers)
        self.lengths = np.array([len(r) for r in rows], np.int64)
        self.starts = np.cumsum(self.lengths) - self.lengths
        self.flat = np.array([n for r in rows for n in r], np.int32)
        self.single = bool(len(self.lengths)) and int(self.lengths.max()) <= 1

    @staticmethod
    def _split(combination: bytes) -> list[str]:
        return combination.decode().split(schema.SEPARATOR) if combination else []

    def mask(self, values: frozenset[str]) -> NDArray[np.bool_]:
        """Tell of each document whether it has at least one of the values."""
        import numpy as np

        wanted = [self.numbers[v] for v in values if v in self.numbers]
        fits = np.zeros(len(self.lengths), np.bool_)
        owners = np.repeat(np.arange(len(self.lengths)), self.lengths)
        fits[owners[np.isin(self.flat, wanted)]] = True
        found: NDArray[np.bool_] = fits[self.refs]
        return found

    def counts(self, docs: NDArray[np.int32] | None) -> NDArray[np.int64]:
        """Count the documents (all if None) of each value, in the order of `names`."""
        import numpy as np

        refs = self.refs if docs is None else self.refs[docs]
        combos = np.bincount(refs, minlength=len(self.lengths))
        used = np.flatnonzero(combos)
        lengths, weights = self.lengths[used], combos[used]
        ends = np.cumsum(lengths)
        within = np.arange(int(ends[-1]) if len(ends) else 0)
        where = within + np.repeat(self.starts[used] - ends + lengths, lengths)
        found = np.bincount(
            self.flat[where], weights=np.repeat(weights, lengths), minlength=len(self.names)
        )
        return found.astype(np.int64)


class View:
    """An immutable generation: global document numbers run through the parts in order."""

    def __init__(
        self, parts: Sequence[Part], dead: Mapping[str, Sequence[int]], cache: PostingCache
    ) -> None:
        import numpy as np

        self.parts = parts
        self.cache = cache
        self.bases = [0, *accumulate(p.count for p in parts)]
        self.size = self.bases[-1]
        self.alive = np.ones(self.size, np.bool_)
        for part, base in zip(parts, self.bases, strict=False):
            gone = list(dead.get(part.name, ()))
            self.alive[base + np.array(gone, np.int64)] = False
        self.count = int(self.alive.sum())
        self.whole = self.count == self.size
        self.masks: OrderedDict[object, NDArray[np.bool_]] = OrderedDict()
        self.browsed: dict[
            object, tuple[dict[str, tuple[Count, ...]], tuple[Band, ...]]] = {}
        self.orders: dict[str, NDArray[np.int64]] = {}
        self.listed: dict[str, NDArray[np.int64]] = {}
        self.all_counts: dict[str, NDArray[np.int64]] = {}
        self._columns = threading.Lock()
        self._facets: dict[str, Facet] = {}
        self._figures: dict[str, NDArray[np.int64]] = {}

    def facet(self, name: str) -> Facet:
        """Give a facet's values, joined over the parts when first asked for."""
        with self._columns:
            if name not in self._facets:
                pairs = [p.facets[name] for p in self.parts]
                self._facets[name] = Facet([r for r, _ in pairs], [v for _, v in pairs])
            return self._facets[name]

    def figure(self, name: str) -> NDArray[np.int64]:
        """Give a figure of all documents, -1 for none."""
        import numpy as np

        with self._columns:
            if name not in self._figures:
                pieces = [p.figures[name] for p in self.parts]
                whole = np.concatenate(pieces) if pieces else np.zeros(0, np.int64)
                self._figures[name] = whole
            return self._figures[name]

    def postings(self, field: str, word: str) -> Postings | None:
        """Give the living documents of a word; None if there are none."""
        import numpy as np

        found = []
        for part, base in zip(self.parts, self.bases, strict=False):
            lists = self.cache.get(part, field, word)
            if lists is not None:
                found.append(Postings(lists.docs + np.int32(base), lists.weights))
        if not found:
            return None
        docs = found[0].docs if len(found) == 1 else np.concatenate([f.docs for f in found])
        weights = (
            found[0].weights if len(found) == 1 else np.concatenate([f.weights for f in found])
        )
        if not self.whole:
            kept = self.alive[docs]
            docs, weights = docs[kept], weights[kept]
        return Postings(docs, weights) if len(docs) else None

    def id_of(self, doc: int) -> str:
        """Give the id of a document number."""
        part = bisect_right(self.bases, doc) - 1
        return self.parts[part].ids[doc - self.bases[part]].decode()

    def in_order(self, name: str, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give the living documents by their places in an order; made once per generation."""
        import numpy as np

        if name not in self.listed:
            ranked = np.argsort(places, kind="stable")
            self.listed[name] = ranked[self.alive[ranked]]
        return self.listed[name]

    def titles(self) -> list[bytes]:
        """Give the normalised titles of all documents."""
        return [title for part in self.parts for title in part.titles]

    def words(self, field: str) -> dict[str, int]:
        """Give all words of a field with their number of documents, deleted ones included."""
        found: dict[str, int] = {}
        for part in self.parts:
            for word, count in part.words(field):
                found[word] = found.get(word, 0) + count
        return found

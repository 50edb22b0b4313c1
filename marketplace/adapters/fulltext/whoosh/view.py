"""One generation of the index as arrays: parts that survive a reopen, and what is alive of them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import finalize

from marketplace.adapters.fulltext.contract import (
    FACETS,
    FIGURES,
    SIGNAL_SCALE,
    Band,
    Count,
    IndexDamaged,
)
from marketplace.adapters.fulltext.kept import Kept
from marketplace.adapters.fulltext.whoosh import decode, schema
from marketplace.adapters.fulltext.whoosh.decode import Postings
from marketplace.adapters.fulltext.whoosh.facets import Facet
from marketplace.adapters.fulltext.whoosh.listed import Listed, kept_listed, listed_size

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Part:
    """One segment: never changes but for deletions, so its arrays are kept over commits."""

    def __init__(self, reader: Any, path: Path, *, fast: bool) -> None:
        self._path, self._stamp = path, _stamp(path)
        self.name = str(reader.segment().segment_id())
        self.count: int = reader.doc_count_all()
        self.fast = fast
        self._reader = reader
        self._lock = threading.Lock()
        self.ids = [one.decode() for one in self._texts("id")]
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
        with self._lock, self._read_whole():
            return self._texts("title")

    @contextmanager
    def _read_whole(self) -> Iterator[None]:
        """Read from a file that may have been damaged since it was opened. Raises IndexDamaged.

        One that was cut ends the process when it is read, for it is mapped; one that somebody wrote
        to may answer wrongly without a fault; one that is gone is there as long as it is mapped.
        """
        try:
            if self._path.exists() and _stamp(self._path) != self._stamp:
                raise EOFError("the file was changed after it was opened")
            yield
        except Exception as fault:
            # a damaged file raises whatever it likes
            raise IndexDamaged(f"segment {self.name} cannot be read: {fault!r}") from fault

    def decode(self, field: str, word: str) -> Postings | None:
        """Decode the posting list of a word; None if it does not occur."""
        with self._lock, self._read_whole():
            return decode.postings(self._reader, field, word, fast=self.fast)

    def words(self, field: str) -> list[tuple[str, int]]:
        """Give all words of a field with their number of documents."""
        with self._lock, self._read_whole():
            return list(decode.words_of(self._reader, field))


def _stamp(path: Path) -> tuple[int, int]:
    """Size in bytes and time of the last change of a file that nobody writes to any more."""
    now = path.stat()
    return now.st_size, now.st_mtime_ns


def _close(reader: Any) -> None:
    if not reader.is_closed:
        reader.close()


class View:
    """An immutable generation: global document numbers run through the parts in order."""

    def __init__(
        self, parts: Sequence[Part], dead: Mapping[str, Sequence[int]],
        cache: Kept[Postings | None]
    ) -> None:
        import numpy as np

        self.parts = parts
        self.cache = cache
        self.ready: Kept[Listed | None] = Kept(3 * cache.limit, listed_size)
        self.bases = [0, *accumulate(p.count for p in parts)]
        self.size = self.bases[-1]
        self.alive = np.ones(self.size, np.bool_)
        for part, base in zip(parts, self.bases, strict=False):
            gone = list(dead.get(part.name, ()))
            self.alive[base + np.array(gone, np.int64)] = False
        self.count = int(self.alive.sum())
        self.whole = self.count == self.size
        self.masks: OrderedDict[object, NDArray[np.bool_] | None] = OrderedDict()
        self.browsed: dict[
            object, tuple[dict[str, tuple[Count, ...]], tuple[Band, ...]]] = {}
        self.orders: dict[str, NDArray[np.int64]] = {}
        self.listed: dict[str, NDArray[np.int64]] = {}
        self.all_counts: dict[str, NDArray[np.int64]] = {}
        self._columns = threading.Lock()
        self._facets: dict[str, Facet] = {}
        self._figures: dict[str, NDArray[np.int64]] = {}
        self._raised: dict[float, NDArray[np.float32] | None] = {}

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
            lists = self.cache.get((part.name, field, word), partial(part.decode, field, word))
            if lists is not None:
                found.append(Postings(lists.docs + np.int32(base) if base else lists.docs,
                                      lists.weights))
        if not found:
            return None
        docs, weights = found[0]
        if len(found) > 1:
            docs, weights = map(np.concatenate, zip(*found, strict=True))
        if not self.whole:
            kept = self.alive[docs]
            docs, weights = docs[kept], weights[kept]
        return Postings(docs, weights) if len(docs) else None

    def titled(self, word: str) -> Listed | None:
        """Give the living documents that have a word in their title; None if there are none."""
        return self.ready.get(("title", word), partial(self._titled, word))

    def _titled(self, word: str) -> Listed | None:
        import numpy as np

        found = self.postings("title_words", word)
        if found is None:
            return None
        return kept_listed(found.docs, np.ones(len(found.docs), np.bool_), self.size)

    @cached_property
    def ids(self) -> list[str]:
        """The ids by document number."""
        if len(self.parts) == 1:
            return self.parts[0].ids
        return [one for part in self.parts for one in part.ids]

    @cached_property
    def late(self) -> NDArray[np.bool_] | None:
        """Which documents are unavailable; None where none is."""
        found: NDArray[np.bool_] = self.figure("available") == 0
        return found if found.any() else None

    def raised(self, community: float) -> NDArray[np.float32] | None:
        """Give what the community's signal multiplies scores by; None where there is no signal."""
        import numpy as np

        if community not in self._raised:
            signal = np.maximum(self.figure("signal"), 0)
            made = (1 + community * (signal / np.float32(SIGNAL_SCALE))).astype(np.float32)
            self._raised[community] = made if signal.any() else None
        return self._raised[community]

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

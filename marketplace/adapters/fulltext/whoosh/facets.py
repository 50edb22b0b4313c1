"""The values of one facet for all documents, and how many documents have which."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from marketplace.adapters.fulltext.whoosh import schema

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.integer[Any]]
    """In the narrowest type that holds them: most time goes into fetching them from memory."""

WIDEST = 16
"""Combinations of more values than this are not laid out as a table."""


class Facet:
    """A facet's values for all documents: each document refers to a combination of values."""

    def __init__(self, refs: Sequence[NDArray[np.int32]], values: Sequence[list[bytes]]) -> None:
        import numpy as np

        known: dict[bytes, int] = {}
        moved = []
        for part_refs, part_values in zip(refs, values, strict=True):
            numbers = [known.setdefault(v, len(known)) for v in part_values]
            moved.append(np.array(numbers, np.int32)[part_refs])
        whole = np.concatenate(moved) if moved else np.zeros(0, np.int32)
        self.refs: Numbers = whole.astype(np.min_scalar_type(len(known)))
        self.numbers: dict[str, int] = {}
        rows = [
            [self.numbers.setdefault(v, len(self.numbers)) for v in combination]
            for combination in (self._split(c) for c in known)
        ]
        self.names = np.array(list(self.numbers), object)
        self.lengths = np.array([len(r) for r in rows], np.int64)
        self.width = int(self.lengths.max(initial=0))
        self.flat = np.array([n for r in rows for n in r], np.int32)
        self.owners = np.repeat(np.arange(len(rows)), self.lengths)

    @staticmethod
    def _split(combination: bytes) -> list[str]:
        return combination.decode().split(schema.SEPARATOR) if combination else []

    @cached_property
    def table(self) -> Numbers:
        """The values of each combination in a row, filled up with a number no value has."""
        import numpy as np

        count = len(self.names)
        made = np.full((len(self.lengths), self.width), count, np.min_scalar_type(count))
        starts = np.cumsum(self.lengths) - self.lengths
        made[self.owners, np.arange(len(self.flat)) - starts[self.owners]] = self.flat
        return made[:, 0].copy() if self.width == 1 else made

    @cached_property
    def places(self) -> NDArray[np.int64]:
        """The place of each value in the alphabet, from the end."""
        import numpy as np

        ordered = sorted(range(len(self.names)), key=lambda n: str(self.names[n]), reverse=True)
        made = np.empty(len(ordered), np.int64)
        made[ordered] = np.arange(len(ordered))
        return made

    def mask(self, values: frozenset[str]) -> NDArray[np.bool_]:
        """Tell of each document whether it has at least one of the values."""
        import numpy as np

        wanted = [self.numbers[v] for v in values if v in self.numbers]
        fits = np.zeros(len(self.lengths), np.bool_)
        fits[self.owners[np.isin(self.flat, wanted)]] = True
        found: NDArray[np.bool_] = fits[self.refs]
        return found

    def counts(self, docs: NDArray[np.int32] | None) -> NDArray[np.int64]:
        """Count the documents (all if None) of each value, in the order of `names`."""
        import numpy as np

        refs = self.refs if docs is None else self.refs.take(docs)
        count = len(self.names)
        if len(refs) < len(self.flat):
            return np.bincount(self._of(refs), minlength=count)[:count]
        weights = np.bincount(refs, minlength=len(self.lengths))[self.owners]
        found = np.bincount(self.flat, weights=weights, minlength=count)
        return found[:count].astype(np.int64)

    def _of(self, refs: Numbers) -> Numbers:
        """Give the values of all these combinations, one after the other."""
        import numpy as np

        if self.width <= WIDEST:
            rows: Numbers = self.table.take(refs, axis=0).ravel()
            return rows
        lengths = self.lengths[refs]
        starts = np.cumsum(self.lengths) - self.lengths
        ends = np.cumsum(lengths)
        where = np.arange(int(ends[-1]) if len(ends) else 0)
        found: Numbers = self.flat[
            where + np.repeat(starts[refs] - ends + lengths, lengths)]
        return found

    def ranked(self, numbers: NDArray[np.int64], most: int) -> NDArray[np.int64]:
        """Give the values that are counted at all, most first, then by the alphabet."""
        import numpy as np

        used = np.flatnonzero(numbers > 0)
        keys = numbers[used] * len(self.names) + self.places[used]
        ranked: NDArray[np.int64] = used[np.argsort(-keys)[:most]]
        return ranked

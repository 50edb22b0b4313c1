"""What a typed beginning is completed to, from one sorted list."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from heapq import nlargest

KEPT_LETTERS = 3
KEPT = 10
LOOKED_AT = 2_000


class Completions:
    """All completions of a generation; those of short beginnings are kept ready."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._words = sorted(counts)
        self._counts = dict(counts)
        self._ready: dict[str, list[str]] = {}

    def of(self, prefix: str, k: int) -> list[str]:
        """Complete a beginning, most frequent first, then by the alphabet; none for nothing."""
        if not prefix:
            return []
        if len(prefix) <= KEPT_LETTERS and k <= KEPT:
            if prefix not in self._ready:
                self._ready[prefix] = self._best(prefix, KEPT)
            return self._ready[prefix][:k]
        return self._best(prefix, k)

    def _best(self, prefix: str, k: int) -> list[str]:
        start = bisect_left(self._words, prefix)
        end = bisect_left(self._words, prefix + "\U0010ffff", lo=start)
        if len(prefix) > KEPT_LETTERS:
            end = min(end, start + LOOKED_AT)
        found = self._words[start:end]
        return sorted(nlargest(k, found, key=self._counts.__getitem__), key=self._rank)

    def _rank(self, word: str) -> tuple[int, str]:
        return -self._counts[word], word

"""The engine itself: writes in whole batches, reads from one generation, repairs by going back."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from marketplace.adapters.fulltext.completion import Completions
from marketplace.adapters.fulltext.contract import (
    Document,
    Filters,
    Found,
    Health,
    IndexDamaged,
    IndexMissing,
    Query,
    Sort,
)
from marketplace.adapters.fulltext.files import FileIndex
from marketplace.adapters.fulltext.folders import facts_of, size_of
from marketplace.adapters.fulltext.kept import Kept
from marketplace.adapters.fulltext.whoosh import decode, finding, opening, writing
from marketplace.adapters.fulltext.whoosh.decode import Postings
from marketplace.adapters.fulltext.whoosh.listed import decoded_size
from marketplace.adapters.fulltext.whoosh.view import View
from marketplace.foundation.meters import index_kept

log = logging.getLogger(__name__)
Thing = TypeVar("Thing")

NO_FILTERS = Filters()
LOOK_SECONDS = 0.5
REBUILD_MEGABYTES = 1024


class WhooshIndex(FileIndex):
    """Full text on disk below one folder; share one per process, any number of threads may use it.

    cached_postings bounds the posting lists in memory (8 bytes each), a quarter of them as decoded,
    the rest ready to be scored; wait_seconds is how long a write waits for another process before
    it raises IndexBusy; fast=False uses only public names of the library.
    """

    def __init__(
        self,
        root: Path | str,
        *,
        cached_postings: int = 16_000_000,
        wait_seconds: float = 30.0,
        fast: bool | None = None,
    ) -> None:
        super().__init__(root, wait_seconds)
        self._fast = decode.is_known_version() if fast is None else fast
        self._most_postings = cached_postings
        self._cache: Kept[Postings | None] = Kept(cached_postings // 4, decoded_size)
        self._mark: frozenset[tuple[str, int]] = frozenset()
        self._generation = -1
        self._view: View | None = None
        self._completions: tuple[View, Completions] | None = None

    # writing

    def _change(self, ids: Iterable[str], documents: Sequence[Document]) -> None:
        with self._opening:
            self._open()
        if self._folder is None:
            raise IndexMissing("no index: rebuild first")
        writing.change(self._folder, ids, documents)

    def _fill(self, folder: Path, stream: Iterable[Document]) -> int:
        return writing.fill(folder, stream, REBUILD_MEGABYTES)

    # reading

    def view(self) -> View:
        """Give the generation to read from, looking for a newer one at most every half second.

        Raises IndexMissing.
        """
        now = time.monotonic()
        if self._view is None or now - self._looked >= LOOK_SECONDS:
            self._refresh(now, wait=self._view is None or self._looked == 0.0)
        if self._view is None:
            raise IndexMissing("no index can be opened")
        return self._view

    def _refresh(self, now: float, *, wait: bool) -> None:
        if not self._opening.acquire(blocking=wait):
            return
        try:
            self._looked = now
            if wait:
                self._open()
            elif self._mark != self._newest_mark():
                threading.Thread(target=self._open_behind, daemon=True).start()
        finally:
            self._opening.release()

    def _open_behind(self) -> None:
        with self._opening:
            self._open()

    def _newest_mark(self) -> frozenset[tuple[str, int]]:
        """Say which commits there are, of the folder in force and of the one that serves."""
        folders = {self._folders.pointed(), self._folder} - {None}
        return frozenset((f.name, opening.generation(f)) for f in folders if f)

    def _open(self) -> None:
        """Open the newest generation that can be opened; the caller holds `_opening`."""
        if self._view is not None and self._newest_mark() == self._mark:
            return
        known = {part.name: part for part in self._view.parts} if self._view else {}
        for folder in self._folders.newest_first():
            if folder.name in self._damaged:
                continue
            self._generation = opening.generation(folder)
            view = opening.opened(folder, known, self._cache, fast=self._fast)
            if view is not None:
                self._view, self._folder = view, folder
                self._mark = self._newest_mark()
                return

    def find(
        self,
        words: Query | None = None,
        filters: Filters = NO_FILTERS,
        sort: Sort = "relevance",
        k: int = 24,
        facets: Sequence[str] = (),
        offset: int = 0,
    ) -> Found:
        """Give k hits from the offset on, in a total order, and facet counts, in one pass.

        Facet "price" gives bands. Raises IndexMissing.
        """
        found = self._asked(
            lambda view: finding.find(view, words, filters, sort, k, facets, offset))
        index_kept(8 * self._kept_postings(), 8 * self._most_postings)
        return found

    def _kept_postings(self) -> int:
        return self._cache.held + (self._view.ready.held if self._view else 0)

    def _asked(self, ask: Callable[[View], Thing]) -> Thing:
        """Ask the newest generation; where its files are damaged, the folder before. Raises
        IndexMissing.
        """
        while True:
            view, folder = self.view(), self._folder
            try:
                return ask(view)
            except IndexDamaged as fault:
                log.warning("index %s: %s", folder and folder.name, fault)
                self._leave(folder)

    def _leave(self, folder: Path | None) -> None:
        """Serve from this folder no more."""
        with self._opening:
            if folder is not None:
                self._damaged.add(folder.name)
            self._view, self._folder, self._mark = None, None, frozenset()

    def suggest(self, prefix: str, k: int = 8) -> list[str]:
        """Complete a folded beginning, most frequent first. Raises IndexMissing."""
        view = self.view()
        if self._completions is None or self._completions[0] is not view:
            words = self._asked(lambda newest: newest.words("completions"))
            self._completions = (view, Completions(words))
        return self._completions[1].of(prefix, k)

    def spellings(self) -> Mapping[str, int]:
        """Give all words that corrections may name, with the number of documents."""
        return self._asked(lambda view: view.words("spellings"))

    def facts(self) -> Mapping[str, object]:
        """Give what was handed to the last rebuild. Raises IndexMissing."""
        self.view()
        return facts_of(self._folder) if self._folder else {}

    def health(self) -> Health:
        """Say how the index is. Raises IndexMissing."""
        view = self.view()
        return Health(
            engine="whoosh",
            documents=view.count,
            deleted=view.size - view.count,
            segments=len(view.parts),
            size_bytes=size_of(self._folder) if self._folder else 0,
            generation=self._generation,
            cached_postings=self._kept_postings(),
            fast=self._fast,
            in_force=self._folder == self._folders.pointed(),
        )

    def close(self) -> None:
        """Let go of all files."""
        self._view, self._completions, self._mark = None, None, frozenset()

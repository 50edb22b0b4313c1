"""The engine itself: writes in whole batches, reads from one generation, repairs by going back."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from marketplace.adapters.fulltext.completion import Completions
from marketplace.adapters.fulltext.contract import (
    Document,
    Filters,
    Found,
    Health,
    IndexMissing,
    Query,
    Sort,
)
from marketplace.adapters.fulltext.files import FileIndex
from marketplace.adapters.fulltext.folders import facts_of, size_of
from marketplace.adapters.fulltext.tantivy import finding, rows
from marketplace.adapters.fulltext.tantivy.finding import Generation

log = logging.getLogger(__name__)

NO_FILTERS = Filters()
LOOK_SECONDS = 0.5
CHANGE_BYTES, REBUILD_BYTES = 64_000_000, 512_000_000
META = "meta.json"

Thing = TypeVar("Thing")


class TantivyIndex(FileIndex):
    """Full text by tantivy below one folder; share one per process, any number of threads may use
    it. wait_seconds is how long a write waits for another process before it raises IndexBusy.

    Raises ImportError where tantivy is not installed.
    """

    def __init__(self, root: Path | str, *, wait_seconds: float = 30.0) -> None:
        import tantivy

        super().__init__(root, wait_seconds)
        self._library = tantivy
        self._mark: tuple[str, int, int] | None = None
        self._at: Generation | None = None
        self._completions: tuple[Generation, Completions] | None = None

    # writing

    def _change(self, ids: Iterable[str], documents: Sequence[Document]) -> None:
        place = time.time_ns()
        made = [rows.row(document, place + n) for n, document in enumerate(documents)]
        self._looked = 0.0
        self._generation()
        assert self._folder is not None
        writer = self._library.Index.open(str(self._folder)).writer(CHANGE_BYTES, 1)
        for one in ids:
            writer.delete_documents_by_term("id", one)
        for row in made:
            writer.add_document(row)
        writer.commit()
        writer.wait_merging_threads()

    def _fill(self, folder: Path, stream: Iterable[Document]) -> int:
        writer = self._library.Index(rows.schema(), path=str(folder)).writer(REBUILD_BYTES, 1)
        place, count = time.time_ns(), 0
        for document in stream:
            writer.add_document(rows.row(document, place + count))
            count += 1
        writer.commit()
        writer.wait_merging_threads()
        return count

    # reading

    def _generation(self) -> Generation:
        """Give what to read from, looking for something newer at most every half second.

        Raises IndexMissing.
        """
        now = time.monotonic()
        if self._at is None or now - self._looked >= LOOK_SECONDS:
            with self._opening:
                self._looked = now
                self._open()
        if self._at is None:
            raise IndexMissing("no index can be opened")
        return self._at

    def _open(self) -> None:
        """Open the newest generation that can be opened; the caller holds `_opening`."""
        pointed = self._folders.pointed()
        if self._at is not None and pointed is not None and _mark(pointed) == self._mark:
            return
        for folder in self._folders.newest_first():
            if folder.name in self._damaged:
                continue
            try:
                with told_as_missing(folder.name):
                    searcher = self._library.Index.open(str(folder)).searcher()
            except IndexMissing:
                continue
            self._at, self._folder = Generation(searcher), folder
            self._mark = _mark(pointed) if pointed else None
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
        """Give k hits from the offset on, in a total order, and facet counts.

        Facet "price" gives bands. Raises IndexMissing.
        """
        at = self._generation()
        return self._asked(
            lambda: finding.find(at, words, filters, sort, k, facets, offset))

    def suggest(self, prefix: str, k: int = 8) -> list[str]:
        """Complete a folded beginning, most frequent first. Raises IndexMissing."""
        at = self._generation()
        if self._completions is None or self._completions[0] is not at:
            self._completions = (at, Completions(self._words(at, "completions")))
        return self._completions[1].of(prefix, k)

    def spellings(self) -> Mapping[str, int]:
        """Give all words that corrections may name, with the number of documents."""
        return self._words(self._generation(), "spellings")

    def _words(self, at: Generation, field: str) -> dict[str, int]:
        return self._asked(lambda: dict(at.searcher.terms_with_prefix(field, "")))

    def _asked(self, ask: Callable[[], Thing]) -> Thing:
        """What was asked for. Raises IndexMissing where files are damaged; the folder before serves
        the next one who asks.
        """
        folder = self._folder
        try:
            with told_as_missing(folder.name if folder else ""):
                return ask()
        except IndexMissing:
            with self._opening:
                if folder is not None:
                    self._damaged.add(folder.name)
                self._at, self._folder, self._mark = None, None, None
            raise

    def facts(self) -> Mapping[str, object]:
        """Give what was handed to the last rebuild. Raises IndexMissing."""
        self._generation()
        return facts_of(self._folder) if self._folder else {}

    def health(self) -> Health:
        """Say how the index is. Raises IndexMissing."""
        at, folder = self._generation(), self._folder
        assert folder is not None
        try:
            meta = json.loads((folder / META).read_text(encoding="utf-8"))
        except (OSError, ValueError) as fault:
            raise IndexMissing("the index went away") from fault
        gone = sum(one["deletes"]["num_deleted_docs"] for one in meta["segments"]
                   if one["deletes"])
        return Health(engine="tantivy", documents=at.count, deleted=gone,
                      segments=at.searcher.num_segments, size_bytes=size_of(folder),
                      generation=meta["opstamp"], cached_postings=0, fast=True,
                      in_force=folder == self._folders.pointed())

    def close(self) -> None:
        """Let go of all files."""
        self._at, self._completions, self._mark = None, None, None


def _mark(folder: Path) -> tuple[str, int, int]:
    """Tell one commit from another."""
    try:
        told = (folder / META).stat()
    except OSError:
        return folder.name, 0, 0
    return folder.name, told.st_mtime_ns, told.st_ino


@contextmanager
def told_as_missing(name: str) -> Iterator[None]:
    """What the library says of damaged files is no index. Raises IndexMissing.

    Its panics are no ordinary exceptions, so they are known by their name.
    """
    try:
        yield
    except (OSError, ValueError) as fault:
        log.warning("index %s cannot be read: %r", name, fault)
        raise IndexMissing(f"index {name} cannot be read") from fault
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":
            raise
        log.warning("index %s cannot be read: %r", name, fault)
        raise IndexMissing(f"index {name} cannot be read") from fault

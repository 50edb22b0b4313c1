"""What engines in files share: writing in whole batches, a rebuild beside the index in force."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from marketplace.adapters.fulltext.contract import Document
from marketplace.adapters.fulltext.folders import Folders


class FileIndex(ABC):
    """An index in folders below one root; one process writes at a time."""

    def __init__(self, root: Path | str, wait_seconds: float) -> None:
        self._folders = Folders(Path(root))
        self._wait = wait_seconds
        self._opening = threading.Lock()
        self._looked = 0.0
        self._folder: Path | None = None
        self._damaged: set[str] = set()

    def replace(self, documents: Iterable[Document]) -> int:
        """Write documents in one commit, each instead of its former version; give their number.

        Of several with one id the last counts. Raises IndexBusy, IndexMissing.
        """
        wanted = {document.id: document for document in documents}
        self._write(wanted, list(wanted.values()))
        return len(wanted)

    def remove(self, ids: Iterable[str]) -> None:
        """Take documents out in one commit; unknown ids are no fault. Raises as `replace`."""
        self._write(ids, [])

    def _write(self, ids: Iterable[str], documents: Sequence[Document]) -> None:
        with self._folders.writing(self._wait):
            self._change(ids, documents)
        self._looked = 0.0

    def rebuild(self, stream: Iterable[Document], facts: Mapping[str, object],
                keep_former: bool = True) -> int:
        """Write a new index beside the old one and switch to it at the end; give its size.

        Searches go on in the old one meanwhile; without `keep_former` its files go afterwards.
        Raises IndexBusy.
        """
        with self._folders.writing(self._wait):
            folder = self._folders.make()
            count = self._fill(folder, stream)
            self._folders.switch(folder, facts, keep_former)
        self._looked = 0.0
        return count

    @abstractmethod
    def _change(self, ids: Iterable[str], documents: Sequence[Document]) -> None:
        """Take these ids out of the index in force and write the documents, in one commit."""

    @abstractmethod
    def _fill(self, folder: Path, stream: Iterable[Document]) -> int:
        """Write all documents into an empty folder; how many."""

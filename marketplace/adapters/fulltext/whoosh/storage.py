"""Files of an index that are on the disk before a commit counts."""

from __future__ import annotations

import os
from typing import Any

from whoosh.filedb.filestore import FileStorage


class SyncedStorage(FileStorage):
    """Files of an index that are on the disk, not only in its cache, before the commit counts."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._opened: list[Any] = []

    def open_file(self, name: str, **kwargs: Any) -> Any:
        """Open a file for reading; remembered until `close_all`."""
        made = super().open_file(name, **kwargs)
        self._opened = [file for file in self._opened if not file.is_closed] + [made]
        return made

    def close_all(self) -> None:
        """Close what was opened and left open when a damaged file made the library give up."""
        for file in self._opened:
            if not file.is_closed:
                file.close()

    def create_file(self, name: str, **kwargs: Any) -> Any:
        """Open a new file whose close waits for the disk."""
        made = super().create_file(name, **kwargs)
        inner = made.onclose

        def synced(file: Any) -> None:
            file.flush()
            os.fsync(file.fileno())
            if inner:
                inner(file)

        made.onclose = synced
        return made

"""One folder of the index opened for reading, or told to be damaged."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from whoosh.index import FileIndex

from marketplace.adapters.fulltext.contract import IndexDamaged
from marketplace.adapters.fulltext.kept import Kept
from marketplace.adapters.fulltext.whoosh import sums
from marketplace.adapters.fulltext.whoosh.decode import Postings
from marketplace.adapters.fulltext.whoosh.storage import SyncedStorage
from marketplace.adapters.fulltext.whoosh.view import Part, View

log = logging.getLogger(__name__)


def generation(folder: Path) -> int:
    """Give the number of the last commit; -1 where there is none."""
    names = (path.name for path in folder.glob("_MAIN_*.toc"))
    numbers = [int(n.removeprefix("_MAIN_").removesuffix(".toc")) for n in names]
    return max(numbers, default=-1)


def opened(
    folder: Path, known: Mapping[str, Part], cache: Kept[Postings | None], *, fast: bool
) -> View | None:
    """Open the last commit freshly, keeping known parts; None if the files are damaged."""
    files = SyncedStorage(str(folder))
    try:
        return _view(folder, files, known, cache, fast=fast)
    except Exception as fault:
        # a damaged file raises whatever it likes: the folder before serves, the operator is told
        log.warning("index %s cannot be opened: %r", folder.name, fault)
        files.close_all()
        return None


def _view(folder: Path, files: SyncedStorage, known: Mapping[str, Part],
          cache: Kept[Postings | None], *, fast: bool) -> View:
    reader = FileIndex(files).searcher().reader()
    parts, dead = [], {}
    for leaf, _ in reader.leaf_readers():
        if not leaf.doc_count_all():
            continue
        name = _name(leaf)
        file = leaf.segment().make_filename(".seg")
        if name not in known and not sums.fits(folder, file):
            raise IndexDamaged(f"segment {name} is not as it was written")
        dead[name] = tuple(leaf.segment().deleted_docs())
        if name in known:
            leaf.close()
        parts.append(known[name] if name in known else Part(leaf, folder / file, fast=fast))
    return View(parts, dead, cache)


def _name(leaf: Any) -> str:
    return str(leaf.segment().segment_id())

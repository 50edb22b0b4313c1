"""Changes of one index folder in one commit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from whoosh.codec.whoosh3 import W3Codec
from whoosh.index import FileIndex

from marketplace.adapters.fulltext.contract import Document
from marketplace.adapters.fulltext.whoosh import sums
from marketplace.adapters.fulltext.whoosh.schema import row, schema
from marketplace.adapters.fulltext.whoosh.storage import SyncedStorage

COMMIT_MEGABYTES = 128


def codec() -> W3Codec:
    """Give the way postings are written: blocks of 512, lightly packed, no field lengths."""
    made = W3Codec(blocklimit=512, compression=3)
    made.length_stats = False
    return made


def _index(folder: Path) -> FileIndex:
    return FileIndex(SyncedStorage(str(folder)))


def change(folder: Path, ids: Iterable[str], documents: Sequence[Document]) -> None:
    """Take out the ids and write the documents, all or nothing. The caller holds the lock."""
    writer = _index(folder).writer(codec=codec(), limitmb=COMMIT_MEGABYTES)
    try:
        for one in ids:
            writer.delete_by_term("key", one)
        for document in documents:
            writer.add_document(**row(document))
    except BaseException:
        writer.cancel()
        raise
    writer.commit()
    sums.note(folder)


def fill(folder: Path, stream: Iterable[Document], megabytes: int) -> int:
    """Write a new index into an empty folder as one segment; give the number of documents.

    Ids come once each. The caller holds the lock.
    """
    index = FileIndex.create(SyncedStorage(str(folder)), schema())
    writer = index.writer(codec=codec(), limitmb=megabytes)
    count = 0
    try:
        for document in stream:
            writer.add_document(**row(document))
            count += 1
    except BaseException:
        writer.cancel()
        raise
    writer.commit()
    sums.note(folder)
    return count

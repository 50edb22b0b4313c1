"""Postings and columns of one segment as arrays: fast by private names, slow by public ones."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pickle import loads
from typing import TYPE_CHECKING, Any, NamedTuple

import whoosh
from whoosh.matching import ListMatcher
from whoosh.reading import TermNotFound

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KNOWN_VERSIONS = frozenset({(2, 7, 4), (2, 7, 5)})


class Postings(NamedTuple):
    """The documents of a word in ascending order, with its weight in each."""

    docs: NDArray[np.int32]
    weights: NDArray[np.float32]


def is_known_version() -> bool:
    """Tell whether the private names used here were tested with the installed library."""
    return tuple(whoosh.__version__[:3]) in KNOWN_VERSIONS


def postings(reader: Any, field: str, word: str, *, fast: bool = True) -> Postings | None:
    """Decode the posting list of a word in one segment; None if it does not occur.

    The caller holds a lock: a reader shared by threads gives wrong postings otherwise. Deleted
    documents may be among them.
    """
    import numpy as np

    try:
        if not fast:
            return _public_postings(reader, field, word)
        matcher = reader._terms.matcher(field, word.encode(), reader.schema[field].format)
    except (TermNotFound, KeyError):
        return None
    if isinstance(matcher, ListMatcher):
        ids, weights = matcher._ids, matcher._weights
        return Postings(np.array(ids, np.int32), np.array(weights, np.float32))
    docs, parts = zip(*_blocks(matcher), strict=True)
    return Postings(np.concatenate(docs), np.concatenate(parts))


def _blocks(matcher: Any) -> Iterator[tuple[NDArray[np.int32], NDArray[np.float32]]]:
    import numpy as np

    while True:
        size = matcher._nextoffset - matcher._dataoffset
        data = matcher._postfile.get(matcher._dataoffset, size)
        ids, weights, _ = loads(zlib.decompress(data) if matcher._compression else data)  # noqa: S301
        docs = np.cumsum(np.array(ids, np.int64)).astype(np.int32)
        if weights is None or isinstance(weights, float):
            yield docs, np.full(len(docs), 1.0 if weights is None else weights, np.float32)
        else:
            yield docs, np.array(weights, np.float32)
        if matcher._lastblock:
            return
        matcher._goto(matcher._nextoffset)


def _public_postings(reader: Any, field: str, word: str) -> Postings:
    import numpy as np

    matcher = reader.postings(field, word)
    docs, weights = [], []
    while matcher.is_active():
        docs.append(matcher.id())
        weights.append(matcher.weight())
        matcher.next()
    return Postings(np.array(docs, np.int32), np.array(weights, np.float32))


def numbers(
    reader: Any, field: str, column: Any, missing: int, *, fast: bool = True
) -> NDArray[np.int64]:
    """Read a column of whole numbers of one segment."""
    import numpy as np

    count = reader.doc_count_all()
    if not _has(reader, field):
        return np.full(count, missing, np.int64)
    if not fast:
        return np.array(list(reader.column_reader(field, column, translate=False)), np.int64)
    file, offset, length = _column_file(reader, field, column)
    found = np.frombuffer(bytes(file.get(offset, length)), ">i8").astype(np.int64)
    return np.concatenate([found, np.full(count - len(found), missing, np.int64)])


def texts(reader: Any, field: str, column: Any, *, fast: bool = True) -> list[bytes]:
    """Read a column of texts of one segment, one value per document."""
    if not _has(reader, field):
        return [b""] * reader.doc_count_all()
    if not fast:
        return [bytes(v) for v in reader.column_reader(field, column, translate=False)]
    made = reader._perdoc.column_reader(field, column)
    data = bytes(made._dbfile.get(made._basepos, sum(made._lengths)))
    found, start = [], 0
    for length in made._lengths:
        found.append(data[start : start + length])
        start += length
    return found


def references(
    reader: Any, field: str, column: Any, *, fast: bool = True
) -> tuple[NDArray[np.int32], list[bytes]]:
    """Read a column of few different texts: the number of its value per document, the values."""
    import numpy as np

    if not _has(reader, field):
        return np.zeros(reader.doc_count_all(), np.int32), [b""]
    if fast and hasattr(column, "_fixedlen"):
        made = reader._perdoc.column_reader(field, column)
        size = made._doccount * made._itemsize
        kind = ">u2" if made._typecode == "H" else "u1"
        refs = np.frombuffer(bytes(made._dbfile.get(made._basepos, size)), kind)
        return refs.astype(np.int32), [bytes(v) for v in made._uniques]
    return numbered(texts(reader, field, column, fast=fast))


def numbered(values: list[bytes]) -> tuple[NDArray[np.int32], list[bytes]]:
    """Number texts by first occurrence: the number of each, and the different texts."""
    import numpy as np

    known: dict[bytes, int] = {}
    refs = [known.setdefault(value, len(known)) for value in values]
    return np.array(refs, np.int32), list(known) or [b""]


def words_of(reader: Any, field: str) -> Iterator[tuple[str, int]]:
    """Go through all words of a field of one segment with their number of documents."""
    for (name, word), info in reader.iter_from(field, ""):
        if name != field:
            return
        yield word.decode(), info.doc_frequency()


def _has(reader: Any, field: str) -> bool:
    return bool(reader.has_column(field))


def _column_file(reader: Any, field: str, column: Any) -> tuple[Any, int, int]:
    reader._perdoc.column_reader(field, column)
    found: tuple[Any, int, int] = reader._perdoc._colfiles[field]
    return found

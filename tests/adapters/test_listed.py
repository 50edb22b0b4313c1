"""Lists of documents looked up in one another: the same answer in every way of keeping them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from marketplace.adapters.fulltext.whoosh.listed import (
    Listed,
    Marks,
    hold,
    kept_listed,
    listed_size,
    meet,
)

SIZE = 700
numbers = some.sets(some.integers(0, SIZE - 1), max_size=SIZE)


def docs_of(found: set[int]) -> np.ndarray:
    """Documents in ascending order."""
    return np.array(sorted(found), np.int32)


@given(numbers, numbers)
def test_marked_and_plain_lists_meet_alike(held: set[int], asked: set[int]) -> None:
    """search, 4: which documents both lists have, and the scores of the first, told by sets."""
    docs, both = docs_of(asked), sorted(held & asked)
    scores = np.array([number / 4 + 1 for number in sorted(held)], np.float32)
    for marks in (None, Marks(docs_of(held), SIZE)):
        for size in (SIZE, 10**6) if marks is None else (SIZE,):
            listed = Listed(docs_of(held), scores, marks)
            kept, found = meet(listed, docs, size)
            assert docs.take(kept).tolist() == both
            assert found.tolist() == [number / 4 + 1 for number in both]
            assert docs[hold(listed, docs, size)].tolist() == both


@pytest.mark.parametrize("size", [1, 63, 64, 65, 128])
def test_the_last_document_is_found(size: int) -> None:
    """At the ends of words of 64 bits no document is lost and none is made up."""
    marks = Marks(np.array([size - 1], np.int32), size)
    every = np.arange(size, dtype=np.int32)
    assert marks.hold(every).nonzero()[0].tolist() == [size - 1]
    assert marks.places(np.array([size - 1], np.int32)).tolist() == [0]


def test_what_a_frequent_word_takes() -> None:
    """search, 9: of 500,000 documents, marks of a word in 50,000: 8 bytes a posting, a bit for each
    document and 4 bytes for every 64 of them: 400,000 + 62,504 + 31,252 bytes.
    """
    docs = np.arange(0, 500_000, 10, dtype=np.int32)
    listed = kept_listed(docs, np.ones(len(docs), np.float32), 500_000)
    assert listed_size(listed) == (400_000 + 62_504 + 31_252) // 8
    assert kept_listed(docs[:10], np.ones(10, np.float32), 500_000).marks is None

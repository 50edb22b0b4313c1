"""tantivy behind the contract: the same answers as the library on disk, also when files break."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest

from marketplace.adapters.fulltext.contract import Filters, Form, IndexMissing, Query, Wanted
from marketplace.adapters.fulltext.folders import Folders
from marketplace.adapters.fulltext.whoosh import WhooshIndex
from tests.adapters.agreeing import agree
from tests.adapters.cellar import CELLAR, _doc
from tests.adapters.test_fulltext import _ids, _query

pytest.importorskip("tantivy")


@pytest.fixture
def made(tmp_path):
    """Give an index of the cellar."""
    from marketplace.adapters.fulltext.tantivy import TantivyIndex

    found = TantivyIndex(tmp_path / "t", wait_seconds=.3)
    found.rebuild(CELLAR, {"mean": 3})
    yield found
    found.close()


def again(tmp_path):
    """Give the same index as another process opens it."""
    from marketplace.adapters.fulltext.tantivy import TantivyIndex

    return TantivyIndex(tmp_path / "t", wait_seconds=.3)


def test_both_engines_agree(made, tmp_path):
    """search-2, search-4, search-14: as the files do."""
    agree(WhooshIndex(tmp_path / "i"), made)


def test_orders_agree(made, tmp_path):
    """Every order of 300 random things, some unavailable and some without a price, is that of the
    files; things alike in all that is asked come in the order of writing.
    """
    draw, files = random.Random(2), WhooshIndex(tmp_path / "i")
    rows = [_doc(n, "a", draw.choice(["ahorn", "birke", "birke rot", "buche"]), figures={
        "price_minor": draw.choice([-1, 0, 5, 900, 10**7]), "q10": draw.choice([-1, 0, 10_000]),
        "signal": draw.choice([-1, 0, 7, 10_000]), "buyers": draw.choice([0, 3, 70_000]),
        "newest": draw.choice([0, 1, 1_796_000_000]), "available": draw.choice([0, 1, 1]),
    }) for n in range(300)]
    for engine in (made, files):
        engine.rebuild(rows, {})
    for sort in ("relevance", "peers", "price", "newest", "title"):
        assert _ids(made.find(sort=sort, k=300)) == _ids(files.find(sort=sort, k=300)), sort
        assert _ids(made.find(_query("a"), sort=sort, k=9)) == _ids(
            files.find(_query("a"), sort=sort, k=9)), sort


def test_pages_join_beyond_the_rescored(made):
    """900 things alike, 100 of them unavailable: each stands on one page, the latter at the end."""
    made.rebuild([_doc(n, {"saft": 1 + n % 7}, figures={"available": int(n % 9 > 0)})
                  for n in range(900)], {})
    pages = [_ids(made.find(_query("saft"), k=100, offset=at)) for at in range(0, 900, 100)]
    joined = [int(one) for page in pages for one in page]
    assert sorted(joined) == list(range(900))
    assert all(one % 9 == 0 for one in joined[800:]) and all(one % 9 for one in joined[:800])


@pytest.mark.parametrize("word", [
    "a'b", "a\\b", "a:b AND c", "!(", "\x00", "🍷", "ß" * 900, "%s", "*"])
def test_any_word_is_text(made, word):
    """search, faults: no sign in a word is an operator, in the index or in a question."""
    made.replace([_doc(70, {word: 1.0}, word, title_words=frozenset({word}))])
    assert _ids(made.find(Query(wanted=(Wanted(word, (Form((word,)),)),)))) == ["70"]
    assert made.find(Query(wanted=(Wanted(word, (Form((word, "fehlt")),)),))).total == 0


def test_no_index_says_so(tmp_path):
    engine = again(tmp_path)
    for ask in (engine.find, engine.health, engine.facts, engine.spellings,
                lambda: engine.replace([_doc(1, "a")]), lambda: engine.remove(["product:1"])):
        with pytest.raises(IndexMissing):
            ask()


@pytest.mark.parametrize("harm", ["cut", "gone", "noise"])
def test_damaged_index_is_answered_by_the_one_before_or_told_missing(made, tmp_path, harm):
    """search, faults: whatever happens to the files, there is an answer or "no index", no fault."""
    made.rebuild([_doc(2, "neu")], {})
    folder, noise = Folders(tmp_path / "t").pointed(), random.Random(4)
    for path in [*folder.glob("*.idx"), *folder.glob("*.term"), *folder.glob("*.fast")]:
        if harm == "gone":
            path.unlink()
        elif harm == "cut":
            path.write_bytes(path.read_bytes()[:3])
        else:
            path.write_bytes(noise.randbytes(path.stat().st_size))
    with suppress(IndexMissing):
        assert again(tmp_path).find(_query("wein")).total in (0, 3)
    other = again(tmp_path)
    assert other.rebuild(CELLAR, {}) == 4 and other.find(_query("wein"), Filters()).total == 3


def test_failed_rebuild_changes_nothing(made):
    """search-11: what breaks in the middle of a rebuild."""
    def broken():
        yield _doc(50, "neu", "neu")
        raise OSError("the disk is full")

    with pytest.raises(OSError):
        made.rebuild(broken(), {})
    assert made.find().total == 4 and made.facts() == {"mean": 3}
    assert made.replace([_doc(60, "neu")]) == 1 and made.find().total == 5

"""PostgreSQL behind the contract: the same answers as the files, also when something fails."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from marketplace.adapters.fulltext.contract import (
    Form,
    IndexBusy,
    IndexMissing,
    Query,
    Wanted,
)
from marketplace.adapters.fulltext.postgres import PostgresIndex
from marketplace.adapters.fulltext.whoosh import WhooshIndex
from tests.adapters.agreeing import agree
from tests.adapters.cellar import CELLAR, _doc
from tests.adapters.test_fulltext import _ids, _query

pytestmark = pytest.mark.postgresql


@pytest.fixture
def grown(postgres_url):
    """The cellar in PostgreSQL."""
    made = PostgresIndex(postgres_url, wait_seconds=.3)
    made.rebuild(CELLAR, {"mean": 3}, keep_former=False)
    yield made
    made.close()


def test_both_engines_agree(grown, tmp_path):
    """search-2, search-4, search-14: the same totals, counts, bands, order and scores for forty
    random questions of one to three words, some of them with forms, filters and unwanted words.
    """
    agree(WhooshIndex(tmp_path / "i"), grown)


def test_no_index_says_so(grown):
    """Search answers from the market's tables then."""
    with grown._engine.begin() as connection:
        connection.execute(text("DROP SCHEMA zuruf_fulltext CASCADE"))
    for ask in (grown.find, grown.health, grown.facts, grown.spellings,
                lambda: grown.replace([_doc(1, "a")]), lambda: grown.remove(["product:1"])):
        with pytest.raises(IndexMissing):
            ask()
    assert grown.rebuild(CELLAR, {}) == 4 and grown.find().total == 4


def test_broken_off_writing_changes_nothing(grown):
    """search-11: a batch that fails in the middle, and a rebuild."""
    def broken():
        yield _doc(50, "neu", "neu")
        raise OSError("the disk is full")

    for write in (lambda: grown.replace(broken()), lambda: grown.rebuild(broken(), {})):
        with pytest.raises(OSError):
            write()
        assert grown.find().total == 4 and grown.find(_query("neu")).total == 0
        assert grown.facts() == {"mean": 3}


def test_second_writer_waits_and_then_gives_up(grown):
    """One writer at a time; who waits too long is told so."""
    with grown._writing(), pytest.raises(IndexBusy):
        grown.replace([_doc(60, "neu")])
    assert grown.replace([_doc(60, "neu")]) == 1


def test_former_index_is_kept_or_goes(grown):
    """One former table at most; none where nothing old may be left."""
    def names():
        with grown._engine.connect() as connection:
            return connection.scalar(text("SELECT count(*) FROM pg_tables WHERE schemaname = "
                                          "'zuruf_fulltext' AND tablename LIKE 'documents%'"))

    for _n in range(3):
        grown.rebuild(CELLAR, {})
        assert names() == 2
    grown.rebuild(CELLAR[:3], {}, keep_former=False)
    assert names() == 1 and grown.find().total == 3


@pytest.mark.parametrize("word", [
    "a'b", "a\\b", "a:b & c", "!(", "\x00", "🍷", "ß" * 900, "%s", ":v0"])
def test_any_word_is_text(grown, word):
    """search, faults: no sign in a word is an operator, in the index or in a question."""
    grown.replace([_doc(70, {word: 1.0}, word, title_words=frozenset({word}))])
    assert _ids(grown.find(Query(wanted=(Wanted(word, (Form((word,)),)),)))) == ["70"]
    assert grown.find(Query(wanted=(Wanted(word, (Form((word, "fehlt")),)),))).total == 0

"""/operator/search: what is searched, pairs of words, the index; rule of synonyms by hand."""

from __future__ import annotations

import html

import pytest
from flask import Flask

from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.search.models import SearchRebuild, Synonym
from marketplace.search.queries import Asked, find
from marketplace.search.rules.synonyms import Pair, fault, others, usable
from tests.cast import PEOPLE, Cast
from tests.search.hands import indexed
from tests.search.test_nothing_found import ask


@pytest.mark.parametrize(("typed", "pairs", "expected"), [
    (["randen"], [Pair("Randen", "Rote Bete")], {"randen": [("rote", "bete")]}),
    (["rote", "bete", "roh"], [Pair("Randen", "Rote Bete")],
     {"rote": [("randen",)], "bete": [("randen",)]}),
    (["bete", "rote"], [Pair("Randen", "Rote Bete")], {}),
    (["semmel"], [Pair("Brötchen", "Semmel", both_ways=False)], {}),
    (["brotchen"], [Pair("Brötchen", "Semmel", both_ways=False)], {"brotchen": [("semmel",)]}),
])
def test_pairs_stand_side_by_side(typed: list[str], pairs: list[Pair],
                                  expected: dict[str, list[tuple[str, ...]]]) -> None:
    """Spec synonyms: one way or both; a phrase counts as a whole and in its order."""
    assert others(typed, pairs) == expected


def test_pairs_of_a_language_and_for_rescue() -> None:
    """Spec synonyms: of the reader's language; rescue ones only where little was found."""
    pairs = [Pair("a", "b", lang="de"), Pair("c", "d", always=True), Pair("e", "f", lang="en")]
    assert [one.words for one in usable(pairs, "de", rescue=False)] == ["c"]
    assert [one.words for one in usable(pairs, "de", rescue=True)] == ["a", "c"]


@pytest.mark.parametrize(("words", "other", "wrong"), [
    ("", "x", "empty"), ("a b c d", "x", "long"), ("Käse", "kaese", "same"),
    ("Semmel", "Brötchen", "")])
def test_faults_of_a_pair(words: str, other: str, wrong: str) -> None:
    """Bad input: nothing, too much, the same."""
    assert fault(words, other) == wrong


def test_pair_is_tried_kept_and_ended(app: Flask, cast: Cast) -> None:
    """Editor: the preview changes nothing; kept, the pair finds, and is named on the page; ended,
    it does not, and stays in the list.
    """
    indexed(app)
    olga, asked = cast.browser("olga"), Asked(words="Troyer", lang="de")
    assert find(asked, 5).total == 0
    seen = html.unescape(olga.get(
        "/operator/search/pairs?words=Troyer&other=Fischerpullover&both=1"
    ).get_data(as_text=True))
    assert "0 Waren vorher, 1 nachher" in seen and "1 Waren vorher, 1 nachher" in seen
    assert find(asked, 5).total == 0 and db.session.scalars(db.select(Synonym)).all() == []
    done = cast.post(olga, "/operator/search/pairs", words="Troyer", other="Fischerpullover",
                     both="1")
    assert done.status_code == 303
    answer = find(asked, 5)
    assert list(answer.ids) == [cast.goods("fischerpullover").product_id]
    assert list(answer.alike) == [("troyer", "fischerpullover")]
    assert "fischerpullover gesucht" in ask(app.test_client(), "Troyer")
    assert cast.post(olga, "/operator/search/pairs", words="Troyer",
                     other="Fischerpullover", both="1").status_code == 409
    db.session.rollback()
    one = db.session.scalars(db.select(Synonym.id)).one()
    assert cast.post(olga, f"/operator/search/pairs/{one}/end").status_code == 303
    assert find(asked, 5).total == 0
    assert "Troyer = Fischerpullover" in html.unescape(
        olga.get("/operator/search").get_data(as_text=True))


def test_rescue_begins_below_five(app: Flask, cast: Cast) -> None:
    """Spec synonyms: with five goods or more found, a rescue pair is not used; "always" is."""
    indexed(app)
    few = Pair("Wein", "Fischerpullover")
    assert find(Asked(words="Kaltbach", plain=True), 9).total == 3
    three = Pair("Kaltbach", "Fischerpullover")
    assert find(Asked(words="Kaltbach", plain=True, pairs=(three,)), 9).total == 4
    many = find(Asked(words="geschichte", plain=True), 9).total
    assert many >= 5
    kept = Asked(words="geschichte", plain=True, pairs=(Pair("geschichte", "nirgends"), few))
    assert find(kept, 9).alike == []


def test_words_are_refused(app: Flask, cast: Cast) -> None:
    """Bad input: a sentence beside the field, and nothing kept."""
    olga = cast.browser("olga")
    assert cast.post(olga, "/operator/search/pairs", words="Käse",
                     other="kaese").status_code == 422
    assert olga.get("/operator/search/pairs?words=K%C3%A4se&other=kaese").status_code == 422
    assert db.session.scalars(db.select(Synonym)).all() == []


def test_top_and_unclicked_words(app: Flask, cast: Cast) -> None:
    """Top searches and words without clicks, of at least five people."""
    indexed(app)
    for who in PEOPLE[:5]:
        ask(cast.browser(who), "Riesling")
    ask(cast.browser("ana"), "Deichwind")
    text = html.unescape(cast.browser("olga").get("/operator/search").get_data(as_text=True))
    assert text.count(">riesling</a>") == 2, "most searched, and nobody looked at it"
    assert ">deichwind</a>" not in text


def test_rebuild_with_progress(app: Flask, cast: Cast) -> None:
    """Rebuild: asked for twice it runs once; what it did is said, and how far it is meanwhile."""
    indexed(app)
    olga = cast.browser("olga")
    for _ in range(2):
        assert cast.post(olga, "/operator/search/rebuild").status_code == 303
    waiting = olga.get("/operator/search").get_data(as_text=True)
    assert "Wartet, bis es an der Reihe ist." in waiting and 'hx-trigger="load delay:2s"' in waiting
    run_due()
    db.session.rollback()
    row = db.session.scalars(db.select(SearchRebuild).order_by(SearchRebuild.id.desc())).first()
    assert row is not None and (row.phase, row.done) == ("ready", row.total) and row.total > 10
    assert db.session.scalar(db.select(db.func.count()).select_from(SearchRebuild).where(
        SearchRebuild.asked_by.is_not(None))) == 1
    with committing():
        row.phase, row.ended_at, row.done = "index", None, 7
    text = olga.get("/operator/search").get_data(as_text=True)
    assert f"7 von {row.total} Dokumenten" in text and "<progress" in text

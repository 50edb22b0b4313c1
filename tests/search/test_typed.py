"""Quotes and minuses in a query, and what a wish does not want: word for word, in the texts."""

from __future__ import annotations

import pytest
from flask import Flask

from marketplace.foundation.database import committing, db
from marketplace.search.models import SearchDocument
from marketplace.search.queries import Asked, find
from marketplace.search.queries.wishes import goods_for, read_wish
from marketplace.search.rules.typed import holds, names, read
from tests.cast import Cast
from tests.reviews.hands import HAT, RED, WINE
from tests.search.hands import indexed


@pytest.mark.parametrize(("text", "words", "phrases", "without"), [
    ('Riesling "vom Schiefer"', "Riesling vom Schiefer", (("vom", "schief"),), ()),
    ("Wein -süß", "Wein", (), ("suss",)),
    ("„roter Wein“ -Mosel -trocken", "roter Wein", (("rot", "wein"),), ("mosel", "trock")),
    ('Wein "Mosel', 'Wein "Mosel', (), ()),
    ("-Wein", "-Wein", (), ()),
    ("Wein - Käse -5 a-b", "Wein - Käse -5 a-b", (), ()),
    ('"Wein"', "Wein", (), ()),
    ("", "", (), ())])
def test_only_quotes_and_a_minus_are_signs(text: str, words: str, phrases: object,
                                           without: tuple[str, ...]) -> None:
    """search, matching: an odd quote, a lone minus and a number are text."""
    found = read(text)
    assert (found.words, found.phrases) == (words, phrases)
    assert len(found.without) == len(without)
    assert all(one.startswith(two) for one, two in zip(found.without, without, strict=True))


@pytest.mark.parametrize(("text", "word", "named"), [
    ("mit Haselnüssen", "nüsse", True), ("nuts inside", "nut", True),
    ("ohne Nüsse", "nüsse", False), ("Becher ohne Henkel", "henkel", False),
    ("ein Becher mit Henkel", "henkel", True), ("nussfrei", "nüsse", False),
    ("made without any palm oil", "palm oil", False), ("with palm oil", "palm oil", True),
    ("", "nüsse", False), ("Nüsse", "", False)])
def test_a_text_that_says_it_is_without_names_nothing(text: str, word: str, named: bool) -> None:
    """search, wishes: negation; the vectors of the rule."""
    assert names(text, word) is named


def test_a_phrase_is_word_after_word() -> None:
    """In any form of its words, but in their order."""
    phrase = read('"trockener Wein"').phrases[0]
    assert holds("Ein trockener Wein.", phrase) and holds("trockene Weine", phrase)
    assert not holds("Wein, trocken", phrase) and not holds("trockener roter Wein", phrase)


@pytest.fixture
def texts(app: Flask, cast: Cast) -> Cast:
    """The white wine names nuts, the red one says that it is without, the hat says nothing."""
    indexed(app)
    said = {WINE: "Riecht nach reifen Haselnüssen.", RED: "Ganz ohne Haselnüsse, sagt er.",
            HAT: "Warm um die Ohren."}
    with committing():
        for slug, body in said.items():
            db.session.execute(db.update(SearchDocument).where(
                SearchDocument.object_id == cast.goods(slug).product_id,
                SearchDocument.kind == "product").values(body=body))
    return cast


def slugs(cast: Cast, words: str, **more: object) -> set[str]:
    """Which of the three are found."""
    found = find(Asked(words=words, **more), 50)  # type: ignore[arg-type]
    assert found.total == len(found.ids)
    known = {cast.goods(one).product_id: one for one in (WINE, RED, HAT)}
    return {known[one] for one in found.ids if one in known}


def test_a_minus_leaves_out_what_names_it(texts: Cast) -> None:
    """search, matching: minus = without, counts and facets with it."""
    assert {WINE, RED} <= slugs(texts, "Wein")
    assert slugs(texts, "Wein -Haselnüsse") == {RED}
    assert slugs(texts, "Wein -Schiefer") == {RED}


def test_a_phrase_is_found_word_for_word(texts: Cast) -> None:
    """search, matching: quotes = phrase."""
    assert slugs(texts, '"Riesling vom Schiefer"') == {WINE}
    assert slugs(texts, '"Schiefer vom Riesling"') == set()


def test_an_unwanted_word_of_a_wish_is_not_looked_for(texts: Cast) -> None:
    """search-7: negation keeps its promise; what says that it is without stays."""
    assert slugs(texts, "Wein ohne Haselnüsse") == {RED}


def test_what_one_needs_of_food_is_kept_to(texts: Cast) -> None:
    """search-7: a vegan wine is one whose text says so, in either language; one that says it is not
    vegan is none. The search field only puts such first.
    """
    with committing():
        for slug, body in ((WINE, "Ein organic wine."), (RED, "Leider nicht vegan.")):
            db.session.execute(db.update(SearchDocument).where(
                SearchDocument.object_id == texts.goods(slug).product_id,
                SearchDocument.kind == "product").values(body=body))
    known = {texts.goods(one).product_id: one for one in (WINE, RED, HAT)}

    def wished(words: str) -> list[str]:
        part, = goods_for(read_wish(words), 5)
        return [known[one] for one in part.found.ids if one in known]

    assert wished("Biowein") == [WINE]
    assert wished("veganer Wein") == []
    assert {WINE, RED} <= slugs(texts, "veganer Wein")

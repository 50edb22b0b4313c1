"""Analysis: spellings of one word meet, compounds come apart, exact titles are kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from marketplace.search.rules import analysis
from tests.search.pairs import ENGLISH, GERMAN


@pytest.mark.parametrize(("one", "other"), GERMAN)
def test_german_spellings_of_one_word_meet(one, other):
    """search-2: forty pairs."""
    assert analysis.stems(one) == analysis.stems(other)


@pytest.mark.parametrize(("one", "other"), ENGLISH)
def test_english_spellings_of_one_word_meet(one, other):
    """search-2: twenty pairs."""
    assert analysis.stems(one) == analysis.stems(other)


@pytest.mark.parametrize(
    ("one", "other"), [("tablet", "table"), ("wallet", "wall"), ("socket", "sock")]
)
def test_different_words_stay_apart(one, other):
    assert analysis.stems(one) != analysis.stems(other)


@pytest.mark.parametrize("word", ["neue", "quelle", "blaue", "haus", "glas", "reis"])
def test_vowels_and_endings_that_belong_to_the_word_stay(word):
    """ "ue" after a vowel or q, s of Haus, Glas, Reis."""
    assert analysis.fold(word) == word
    assert analysis.singular(word) == word


def test_verbs_lose_their_ending_and_nouns_keep_it():
    assert analysis.stem("bietet") == analysis.stem("bieten")
    assert analysis.stem("paket") == "paket"


def test_numbers_keep_their_units():
    assert "0.75l" in analysis.stems("Wein 0,75 l") and "0.75" in analysis.stems("0,75 l")


def test_apostrophes_and_little_words_make_exact_titles():
    """search-2: "There There" and "Don't Be Evil" are one word each for the exact match."""
    assert analysis.whole("Don't Be Evil") == analysis.whole("Don’t be evil") == "= dont be evil"
    assert "= there there" in analysis.title_words("There There")
    assert "ther ther" in analysis.title_words("There There")
    assert analysis.title_words("...") == frozenset()


def test_compounds_come_apart_where_both_parts_stand_alone():
    alone = {"weiss", "wein", "essig", "hand", "tuch", "geschirr"}
    assert analysis.parts("weisswein", alone) == ("weiss", "wein")
    assert analysis.parts("weinessig", alone) == ("wein", "essig")
    assert analysis.parts("geschirrtucher", alone) == ("geschirr", "tuch")
    assert analysis.parts("weissbier", alone) is None
    assert analysis.parts("wein", alone) is None and analysis.parts("a1b2c3d4e5", alone) is None


def test_linking_letters_are_skipped():
    assert analysis.parts("geburtstagskuchen", {"geburtstag", "kuch"}) == ("geburtstag", "kuch")


def test_english_texts_are_never_taken_apart():
    alone = {"water", "color", "weiss", "wein"}
    assert list(analysis.compound_parts("the watercolor is for you and me", alone)) == []
    assert list(analysis.compound_parts("Weißwein", alone)) == ["weiss", "wein"]


def test_language_is_told_by_little_words():
    assert analysis.language("the wine of the house") == "en"
    assert analysis.language("der Wein des Hauses") == "de"
    assert analysis.language("Riesling") == "de"


def test_little_words_are_known():
    assert analysis.is_function_word("und") and analysis.is_function_word("the")
    assert not analysis.is_function_word("wein")


def test_spellings_are_whole_folded_words():
    assert analysis.spellings("Käse 3kg", "in Öl") == frozenset({"kase"})


def test_neighbours_are_joined():
    assert analysis.neighbours(["a", "b", "c"]) == ["a b", "b c"]


@example("Ꭰ")  # Cherokee folds to its capitals
@given(st.text(max_size=60))
def test_any_text_is_analysed(text):
    for word in analysis.stems(text):
        assert word and word == word.casefold()
    assert analysis.stems(text) == analysis.stems(text)


def test_threads_share_the_stemmer():
    words = [f"häuser{i}" for i in range(300)]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(analysis.stems, words * 4))
    assert found == [analysis.stems(w) for w in words * 4]

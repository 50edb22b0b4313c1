"""The contract of full text, on every engine there is."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from marketplace.adapters.fulltext.contract import (
    Between,
    Filters,
    Form,
    OneOf,
    Query,
    Ranking,
    Wanted,
)
from marketplace.adapters.fulltext.whoosh import WhooshIndex
from tests.adapters.cellar import _doc

ROOT = Path(__file__).resolve().parents[2]


def _query(words, **more):
    wanted = tuple(Wanted(w, (Form((w,)),)) for w in words.split())
    return Query(wanted=wanted, **more)


def _ids(found):
    return [hit.id.removeprefix("product:") for hit in found.hits]


def _counts(found, facet):
    return {count.value: count.count for count in found.facets[facet]}




def test_words_find_all_of_them_and_unavailable_things_last(engine):
    """Wein: 1 and 2 alike with the word in the title, 4 is unavailable."""
    assert _ids(engine.find(_query("wein"))) == ["1", "2", "4"]
    assert engine.find(_query("wein")).total == 3


def test_rare_words_weigh_more_and_missing_words_are_named(engine):
    """Few hold both words, so those with one follow; the best hit lacks none or the named one."""
    found = engine.find(_query("wein rot"))
    assert _ids(found)[0] == "1" and found.dropped == ()
    assert engine.find(_query("honig bier")).dropped == ("bier",)
    assert engine.find(_query("bier")).total == 0


def test_unwanted_words_are_left_out(engine):
    unwanted = (Form(("rot",)),)
    assert _ids(engine.find(_query("wein", unwanted=unwanted))) == ["2", "4"]
    assert _ids(engine.find(Query(unwanted=unwanted), sort="price")) == ["3", "2", "4"]


def test_word_is_found_in_any_of_its_forms(engine):
    """Rotwein as one word or as rot and wein at 0.8."""
    both = Wanted("rotwein", (Form(("rotwein",)), Form(("rot", "wein"), 0.8)))
    assert _ids(engine.find(Query(wanted=(both,)))) == ["1"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("price", ["3", "2", "1", "4"]),
        ("newest", ["2", "3", "1", "4"]),
        ("peers", ["3", "1", "2", "4"]),
        ("title", ["3", "1", "2", "4"]),
        ("unit_price", ["2", "3", "1", "4"]),
    ],
)
def test_orders_without_words_put_unavailable_things_last(engine, sort, order):
    assert _ids(engine.find(sort=sort)) == order


def test_filters_narrow_and_values_of_one_facet_are_or(engine):
    either = OneOf("category", frozenset({"wine/red", "food"}))
    assert _ids(engine.find(filters=Filters(one_of=(either,)), sort="price")) == ["3", "1", "4"]
    sweet = Filters(none_of=(OneOf("attribute", frozenset({"organic=yes"})),))
    assert _ids(engine.find(filters=sweet, sort="price")) == ["1", "4"]
    cheap = Filters(between=(Between("price_minor", None, 700),))
    assert _ids(engine.find(filters=cheap, sort="price")) == ["3", "2", "4"]
    named = Filters(only=frozenset({"product:2", "product:99"}))
    assert _ids(engine.find(filters=named)) == ["2"]


def test_counts_say_what_one_would_get(engine):
    """With red chosen: categories as without that choice, attributes of the red one only."""
    red = Filters(one_of=(OneOf("category", frozenset({"wine/red"})),))
    found = engine.find(filters=red, facets=("category", "attribute"))
    assert _counts(found, "category") == {"food": 2, "wine": 2, "wine/red": 1, "wine/white": 1}
    assert found.facets["attribute"] == ()


def test_attributes_of_one_name_are_or_and_of_two_names_and(engine):
    """With taste=dry chosen the other tastes keep their counts, organic counts within dry."""
    dry = Filters(one_of=(OneOf("attribute", frozenset({"taste=dry"})),))
    found = engine.find(filters=dry, facets=("attribute",))
    assert _counts(found, "attribute") == {"organic=yes": 1, "taste=dry": 1, "taste=sour": 1}


def test_price_bands_hold_all_results(engine):
    bands = engine.find(facets=("price",)).bands
    assert sum(band.count for band in bands) == 4
    assert (bands[0].low, bands[-1].high) == (300, 900)


def test_replacing_and_removing_is_seen_at_once(engine):
    engine.replace([_doc(1, "bier", "bier"), _doc(9, "bier wein", "bier")])
    engine.remove(["product:2", "product:unknown"])
    assert sorted(_ids(engine.find(_query("bier")))) == ["1", "9"]
    assert sorted(_ids(engine.find(_query("wein")))) == ["4", "9"]
    health = engine.health()
    assert engine.find().total == 4 and health.documents == 4
    assert health.deleted == (0 if health.engine == "postgresql" else 2)


def test_last_of_two_with_one_id_counts(engine):
    assert engine.replace([_doc(7, "alt", "alt"), _doc(7, "neu", "neu")]) == 1
    assert engine.find(_query("alt")).total == 0 and engine.find(_query("neu")).total == 1


def test_pages_join_to_the_whole_list(engine):
    engine.replace([_doc(i, "saft", "saft", figures={"price_minor": 100}) for i in range(20, 60)])
    for sort in ("relevance", "price", "newest"):
        whole = _ids(engine.find(_query("saft"), sort=sort, k=40))
        pages = [
            _ids(engine.find(_query("saft"), sort=sort, k=7, offset=o)) for o in range(0, 40, 7)
        ]
        assert [one for page in pages for one in page] == whole and len(set(whole)) == 40
    assert engine.find(_query("saft"), k=5, offset=100).hits == ()
    assert engine.find(_query("saft"), k=0).total == 40
    assert engine.find(_query("saft"), k=0).hits == ()


def test_beginnings_are_completed_most_frequent_first(engine):
    rows = [_doc(i, "x", completions=("kaffee",)) for i in (70, 71)]
    engine.replace([*rows, _doc(72, "x", completions=("kaese", "kamille"))])
    assert engine.suggest("ka") == ["kaffee", "kaese", "kamille"]
    assert engine.suggest("kaffe", k=1) == ["kaffee"]
    assert engine.suggest("") == [] and engine.suggest("zz") == []


def test_spellings_and_facts_are_given_back(engine):
    engine.replace([_doc(80, "x", spellings=frozenset({"riesling"}))])
    assert engine.spellings()["riesling"] == 1
    assert engine.facts() == {"mean": 3}


def test_community_raises_a_score_by_at_most_a_tenth(engine):
    """search-6: six equal documents, signals 0, .2, .4, .6, .8, 1 -> factors 1 to 1.1."""
    rows = [_doc(90 + i, "tee", "tee", figures={"signal": 2000 * i}) for i in range(6)]
    engine.replace(rows)
    hits = engine.find(_query("tee")).hits
    base = hits[-1].score
    assert [round(h.score / base, 4) for h in hits] == [1.1, 1.08, 1.06, 1.04, 1.02, 1.0]
    plain = engine.find(_query("tee", ranking=Ranking(community=0.0)))
    assert len({h.score for h in plain.hits}) == 1


def test_words_in_the_title_and_whole_titles_lead(engine):
    """Same weights: whole title first, then neighbours, then title, then text only."""
    words = {"there": 1.0, "then": 1.0}
    rows = [
        _doc(1, words, title_words=frozenset()),
        _doc(2, words, title_words=frozenset({"there", "then"})),
        _doc(3, words, title_words=frozenset({"there", "then", "there then"})),
        _doc(4, words, title_words=frozenset({"there", "then", "there then", "= there then"})),
    ]
    engine.replace(rows)
    query = _query("there then", neighbours=("there then",), whole="= there then")
    hits = engine.find(query).hits
    assert [h.id[-1] for h in hits] == ["4", "3", "2", "1"]
    assert [round(h.score / hits[3].score, 4) for h in hits[1:]] == [1.69, 1.3, 1.0]


def test_both_ways_of_reading_agree(tmp_path):
    """The private names give what the library's public ones give, over several segments."""
    fast = WhooshIndex(tmp_path / "i", fast=True)
    draw = random.Random(3)
    names = [f"w{i}" for i in range(40)]
    fast.rebuild((_random(i, draw, names) for i in range(700)), {})
    fast.replace([_random(i, draw, names) for i in range(650, 760)])
    fast.remove([f"product:{i}" for i in range(20)])
    slow = WhooshIndex(tmp_path / "i", fast=False)
    for _ in range(40):
        query = _query(" ".join(draw.sample(names, draw.randint(1, 3))))
        narrow = Filters(one_of=(OneOf("region", frozenset({draw.choice("abc")})),))
        for filters in (Filters(), narrow):
            asked = {"filters": filters, "facets": ("region", "attribute", "price"), "k": 50}
            assert fast.find(query, **asked) == slow.find(query, **asked)


def _random(i, draw, names):
    words = {w: draw.random() * 3 for w in draw.sample(names, 6)}
    facets = {"region": [draw.choice("abc")], "attribute": draw.sample(["x=1", "x=2", "y=1"], 2)}
    return _doc(i, words, "t", facets=facets, figures={"price_minor": draw.randint(1, 900)})


def test_facet_counts_equal_a_recount(tmp_path):
    """search-4: 200 random combinations against counting by hand."""
    engine, draw = WhooshIndex(tmp_path / "i"), random.Random(5)
    names = [f"w{i}" for i in range(12)]
    rows = [_random(i, draw, names) for i in range(300)]
    engine.rebuild(rows, {})
    for _ in range(200):
        word = draw.choice([None, *names])
        region, value = frozenset(draw.sample("abc", 2)), draw.choice(["x=1", "y=1"])
        filters = Filters(one_of=(OneOf("region", region), OneOf("attribute", frozenset({value}))))
        found = engine.find(_query(word) if word else None, filters, facets=("region",))
        fits = [r for r in rows if (not word or word in r.words) and value in r.facets["attribute"]]
        assert _counts(found, "region") == dict(Counter(r.facets["region"][0] for r in fits))
        assert found.total == sum(r.facets["region"][0] in region for r in fits)

"""Ranking, spelling and the offline measurement of search."""

from __future__ import annotations

import csv
import json

import pytest

from marketplace.adapters.fulltext.contract import Form
from marketplace.adapters.fulltext.whoosh import WhooshIndex
from marketplace.search import offline
from marketplace.search.rules import ranking, spelling

KNOWN = ranking.Whole({"title": 2.0, "maker": 1.0, "body": 4.0}, frozenset({"weiss", "wein"}))


def test_folded_weight_by_hand():
    """Title "Wein rot" (2 words, mean 2): 4/(1-.6+.6*1) = 4 each. Body "Wein" (1 word, mean 4):
    1/(1-.8+.8/4) = 2.5. Wein: 4 + 2.5 = 6.5."""
    found = ranking.folded(ranking.Texts("Wein rot", "", "Wein"), KNOWN)
    assert {k: round(v, 6) for k, v in found.items()} == {"wein": 6.5, "rot": 4.0}


def test_compound_parts_weigh_less():
    """Title "Weißwein", one word: 4/(.4+.3) = 5.7143; its parts 0.3 of it."""
    found = ranking.folded(ranking.Texts("Weißwein"), KNOWN)
    assert {k: round(v, 4) for k, v in found.items()} == {
        "weisswein": 5.7143, "weiss": 1.7143, "wein": 1.7143,
    }  # fmt: skip


def test_survey_counts_lengths_and_words_that_stand_alone():
    texts = [ranking.Texts("Weiß Wein", "Hof", "a"), ranking.Texts("Wein", "", "Weiß und gut")]
    found = ranking.survey(texts)
    assert found.averages == {"title": 1.5, "maker": 0.5, "body": 2.0}
    assert {"weiss", "wein"} <= set(found.alone) and "gut" not in found.alone
    assert ranking.Whole.of(json.loads(json.dumps(found.facts()))) == found


def test_query_asks_for_the_word_or_all_its_parts():
    found = ranking.query("Weißwein und Käse", KNOWN, unwanted=["Rotes"], meant={"kase": ["wein"]})
    first, little, mistyped = found.wanted
    assert first.forms == (Form(("weisswein",)), Form(("weiss", "wein"), 0.8))
    assert little.weight < 1 == first.weight
    assert mistyped.forms[1] == Form(("wein",), 0.8)
    assert found.unwanted == (Form(("rot",)),)
    assert found.neighbours[0] == "weisswein und" and found.whole == "= weisswein und kase"


def test_empty_and_endless_queries_are_harmless():
    assert ranking.query(" ... ", KNOWN).wanted == ()
    assert len(ranking.query("wort " * 5000, KNOWN).wanted) == 1
    assert sum(len(w.typed) for w in ranking.query("x" * 10_000, KNOWN).wanted) <= 200


def test_personal_signals_move_only_the_first_twenty_within_a_tenth():
    """Twenty hits of 1.00, 0.99, ...: the 10th (0.91) with full signal gets 1.001 and leads."""
    hits = [(str(i), 1 - i / 100) for i in range(30)]
    found = ranking.personal_order(hits, {"9": 1.0, "25": 1.0})
    assert found[0] == ("9", pytest.approx(0.91 * 1.1))
    assert found[20:] == hits[20:]
    assert ranking.personal_order(hits, {}) == hits


def test_ranking_page_gets_the_figures_in_force():
    """search-6: /ranking prints the parameters."""
    told = ranking.describe()
    assert told["community"] == 0.10 and told["title_weight"] == 4.0


WORDS = spelling.Dictionary(
    {"riesling": 9, "wein": 50, "weiss": 20, "honig": 9, "lavendel": 3, "kuchen": 4, "kirchen": 1}
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("reisling", ("riesling",)),
        ("honnig", ("honig",)),
        ("hnoig", ("honig",)),
        ("lawendell", ("lavendel",)),
        ("weisswein", ("weiss", "wein")),
        ("kuhcen", ("kuchen",)),
    ],
)
def test_mistyped_words_are_corrected(typed, meant):
    """search-3."""
    assert WORDS.correct(typed).meant == meant


@pytest.mark.parametrize("typed", ["wein", "weine", "honigs", "xyzxyz", "wen", "ab12", "r2d2"])
def test_correct_short_and_strange_words_are_left_alone(typed):
    """search-3: correct words are never corrected."""
    assert WORDS.correct(typed) is None


@pytest.mark.parametrize(("typed", "meant"), [
    ("prinuer", "printer"), ("compuer", "computer"), ("noebook", "notebook"),
    ("earbds", "earbud"), ("eabruds", "earbud")])
def test_slips_beside_an_e_and_before_an_ending_are_seen(typed, meant):
    """search-3: folding takes "ue" for an umlaut, and the index may know the word in another form
    only.
    """
    words = spelling.Dictionary({"printer": 9, "computer": 9, "notebook": 9, "earbud": 1,
                                 "com": 9, "pur": 9})
    assert [one.meant for one in spelling.corrections(typed, words)] == [(meant,)]


def test_all_one_slip_queries_find_the_meant_word():
    """search-3: each word with one letter taken out, doubled or swapped, from 5 letters on."""
    for word in ("riesling", "honig", "lavendel"):
        for i in range(1, len(word) - 1):
            slips = {word[:i] + word[i + 1 :], word[:i] + word[i] + word[i:]}
            slips.add(word[:i] + word[i + 1] + word[i] + word[i + 2 :])
            for typed in slips - {word}:
                correction = WORDS.correct(typed)
                assert correction is None or correction.meant == (word,)
                assert correction or typed in WORDS


def test_distance_counts_a_swap_once():
    """ab -> ba 1; riesling -> reisling 1; beyond the limit limit + 1."""
    assert spelling.distance("ab", "ba", 2) == 1
    assert spelling.distance("wein", "weinen", 1) == 2
    assert spelling.distance("wein", "bier", 2) == 3
    assert spelling.distance("wein", "wein", 2) == 0


def test_letters_are_taken_out():
    assert spelling.deletions("abc", 1) == {"abc", "bc", "ac", "ab"}
    assert spelling.reach("abc") == 0 and spelling.reach("abcd") == 1


def test_corrected_query_is_written_out():
    found = spelling.corrections("guter reisling und honnig", WORDS)
    assert [c.typed for c in found] == ["reisling", "honnig"]
    assert spelling.rewritten("guter Reisling und honnig", found) == "guter riesling und honig"


PRODUCTS = """id,title,producer,description,category,attributes
a,Weißwein trocken,Hof Berg,Passt zu Spargel,Wein,"{""jahr"": 2021}"
b,Rotwein,Hof Tal,Nicht weiß,Wein,"{""sorten"": [""Merlot""]}"
c,Honig,Imkerei,Aus der Heide,Essen,{}
d,Wein,Hof,Weiß und frisch,Wein,
"""


@pytest.fixture
def files(tmp_path):
    (tmp_path / "p.csv").write_text(PRODUCTS, encoding="utf-8")
    (tmp_path / "q.csv").write_text("query_id,query\n1,weisswein\n2,honnig\n3,merlot\n4,???\n")
    (tmp_path / "s.csv").write_text("id,signal\nd,1\n")
    return tmp_path


def _run(path):
    with path.open() as file:
        return [(r["query_id"], r["rank"], r["id"]) for r in csv.DictReader(file)]


def test_offline_ranks_and_measures(files):
    """search-14: the file format of the house, corrections as on the site."""
    out = files / "run.csv"
    told = offline.run_offline(files / "p.csv", files / "q.csv", 3, out)
    assert set(told) == {"documents", "seconds_to_index", "index_bytes", "p50_ms", "p95_ms"}
    assert told["documents"] == 4 and told["index_bytes"] > 0
    rows = _run(out)
    assert rows[0] == ("1", "1", "a") and ("2", "1", "c") in rows and ("3", "1", "b") in rows
    first = out.read_bytes()
    offline.run_offline(files / "p.csv", files / "q.csv", 3, out)
    assert out.read_bytes() == first


def test_offline_signals_change_scores_by_a_tenth_at_most(files):
    plain, raised = files / "a.csv", files / "b.csv"
    offline.run_offline(files / "p.csv", files / "q.csv", 3, plain)
    offline.run_offline(files / "p.csv", files / "q.csv", 3, raised, files / "s.csv")
    scores = [_scores(path) for path in (plain, raised)]
    assert scores[1]["1", "d"] == pytest.approx(scores[0]["1", "d"] * 1.1, abs=1e-5)
    assert scores[1]["1", "a"] == scores[0]["1", "a"]


def _scores(path):
    with path.open() as file:
        return {(r["query_id"], r["id"]): float(r["score"]) for r in csv.DictReader(file)}


def test_exact_title_leads_even_of_little_words(tmp_path):
    """search-2: "There There" before a book that says it more often."""
    head = "id,title,producer,description,category,attributes\n"
    rows = "1,Over There,,there there there there,,\n2,There There,,a novel,,\n3,Here,,x,,\n"
    (tmp_path / "p.csv").write_text(head + rows)
    engine = WhooshIndex(tmp_path / "i")
    known = offline.build(engine, offline.rows(tmp_path / "p.csv"), {})
    assert engine.find(ranking.query("there there", known)).hits[0].id == "2"

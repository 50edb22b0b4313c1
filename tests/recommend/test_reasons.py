"""Signals, reasons, arrangement, and lists made offline."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import timedelta

import pytest

from marketplace.recommend import offline
from marketplace.recommend.rules import arrangement, reasons, signals
from marketplace.recommend.rules.community import Suggestion, Summand
from tests.recommend.test_rules import NOW, _crowd


@pytest.mark.parametrize(
    ("acts", "value"),
    [
        ([("yes", 0)], 1.0),
        ([("yes", 0), ("no", 1)], 0.6),
        ([("no", 1), ("yes", 0)], 0.6),
        ([("saved", 5), ("no", 1)], 0.6),
        ([("saved", 0)], 0.8),
        ([("tap", 0), ("reordered", 1)], 0.8),
        ([], None),
    ],
)
def test_signal_is_the_newest_answer_else_the_strongest_act(acts, value):
    evidence = [signals.Evidence(act, NOW + timedelta(days=day)) for act, day in acts]
    assert signals.signal(evidence) == value


def test_ratings_of_other_scales_are_put_on_ours():
    assert signals.imported_signals([0.5, 2.25, 4.0]) == pytest.approx([0.2, 0.6, 1.0])
    assert signals.imported_signals([1, 1]) == [1.0, 1.0] and signals.imported_signals([]) == []
    assert signals.is_liked(0.8) and not signals.is_liked(0.6)


def _suggested(**parts):
    peers = (Summand("lena", 0.4), Summand("max", 0.3), Summand("eva", -0.1))
    return Suggestion("wine", 1.0, parts.pop("taste", 0.6), 0.2, 0.2, peers)


def test_first_true_reason_is_said():
    """recommend-3: in the order of the house."""
    facts = reasons.Facts(
        to_you=["ben"], trusted=["cleo"], followed=["dora"] * 5, group="g1", named={"lena"},
        agreement={"lena": (9, 11)}, goes_with="cheese", fits_wish=True, verdict=(33, 37),
        newcomer=True,
    )  # fmt: skip
    said = []
    for name in ("to_you", "trusted", "followed"):
        said.append(reasons.reason(_suggested(), facts).kind)
        facts = replace(facts, **{name: ()})
    facts_without_group = replace(facts, group=None)
    said += [reasons.reason(_suggested(), f).kind for f in (facts, facts_without_group)]
    facts = facts_without_group
    for name, nothing in [("goes_with", None), ("fits_wish", False), ("verdict", (2, 4))]:
        said.append(reasons.reason(_suggested(taste=0.1), facts).kind)
        facts = replace(facts, **{name: nothing})
    said.append(reasons.reason(_suggested(taste=0.1), facts).kind)
    assert said == [
        "recommended_to_you", "trusted", "followed", "group_pick", "peers", "goes_with",
        "fits_wish", "verdict", "newcomer",
    ]  # fmt: skip
    assert reasons.reason(_suggested(taste=0.1), replace(facts, newcomer=False)) is None


def test_peers_are_named_only_with_consent():
    """ "Lena and 1 other you agree with on 9 of 11", else "2 members"; opponents never speak."""
    facts = reasons.Facts(named={"lena"}, agreement={"lena": (9, 11)})
    named = reasons.by_peers(_suggested(), facts)
    assert (named.people, named.others, named.k, named.n) == (("lena",), 1, 9, 11)
    silent = reasons.by_peers(_suggested(), reasons.Facts())
    assert (silent.people, silent.others) == ((), 2)
    assert reasons.speaking(_suggested()) == ["lena", "max"]


def test_people_of_a_reason_are_counted_beyond_three():
    found = reasons.reason(_suggested(), reasons.Facts(followed=["a", "b", "c", "d", "e"]))
    assert (found.people, found.others) == (("a", "b", "c"), 2)


def test_no_more_than_three_of_one_producer_in_twelve():
    """Twenty products of hof, then ten of others: three of hof, others, and hof again later."""
    products = [*range(20), *range(100, 110)]
    producers = {p: "hof" if p < 20 else p for p in products}
    found = arrangement.few_of_each(products, producers)
    assert sorted(found) == sorted(products)
    assert found[:4] == [0, 1, 2, 100]
    assert sum(producers[p] == "hof" for p in found[:12]) == 3


def test_newcomers_take_every_seventh_place():
    """insights-7: 4, 11, 18, each once, told apart; nothing doubled."""
    usual, fresh = [f"u{i}" for i in range(20)], ["n1", "u3", "n2", "n3"]
    found, shown = arrangement.with_newcomers(usual, fresh)
    assert [found[3], found[10], found[17]] == ["n1", "n2", "n3"]
    assert shown == {"n1", "n2", "n3"} and len(set(found)) == 20 and found[4] == "u3"
    assert arrangement.with_newcomers(usual, [])[0] == usual


def _files(tmp_path, rows):
    ratings = ["person,item,value,at", *(f"{p},{i},{v},{n}" for n, (p, i, v) in enumerate(rows))]
    (tmp_path / "r.csv").write_text("\n".join(ratings), encoding="utf-8")
    (tmp_path / "t.csv").write_text("person,trusts\nm0,m1\nm0,m2\n", encoding="utf-8")
    (tmp_path / "p.txt").write_text("m0\nm1\nnobody\n", encoding="utf-8")
    return tmp_path / "r.csv", tmp_path / "p.txt"


def test_offline_lists_are_bit_equal_and_explained(tmp_path):
    """recommend-16: never a rated item, best first, same bytes, names in the reason."""
    rows = _crowd(10)
    ratings, people = _files(tmp_path, rows)
    outs = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for out in outs:
        told = offline.run_offline(ratings, people, 7, out, tmp_path / "t.csv", explain=True)
    assert outs[0].read_bytes() == outs[1].read_bytes()
    assert told["rows"] == len(rows) and told["ms_per_person"] > 0
    with outs[0].open() as file:
        lists = list(csv.DictReader(file))
    assert [r["rank"] for r in lists[:7]] == list("1234567") and len(lists) == 21
    rated = {(p, i) for p, i, _ in rows}
    assert not any((r["person"], r["item"]) in rated for r in lists)
    scores = [float(r["score"]) for r in lists[:7]]
    assert scores == sorted(scores, reverse=True) and "peer m" in lists[0]["reason"]


def test_offline_newest_value_of_a_pair_counts(tmp_path):
    (tmp_path / "r.csv").write_text("item,value,person,at\nx,1,a,2026-02\nx,5,a,2026-01\n")
    assert [v for _, _, v in offline.read_ratings(tmp_path / "r.csv")] == [5, 1]
    assert offline.read_follows(None).count("a") == 0 and offline.peak_memory_mb() > 1

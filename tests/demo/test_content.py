"""The written content keeps its own rules (demo-5, demo-9, demo-10)."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from marketplace.catalog.rules.vocabulary import CATEGORIES
from marketplace.demo.content import CONTENT, Content, checked_content
from marketplace.demo.content.checks import faults_of
from marketplace.demo.content.language import Text, language_faults
from marketplace.demo.content.particulars import particulars, wine_energy
from marketplace.demo.content.reading import read
from marketplace.demo.content.traders import iban_is_made_up


@pytest.fixture(scope="module")
def content() -> Content:
    """The shipped content."""
    return checked_content()


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the content that a test may spoil."""
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return folder


def _spoil(folder: Path, file: str, old: str, new: str) -> list[str]:
    """The faults after one replacement in one file."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    content, faults = read(folder)
    found = [*faults, *(faults_of(content) if content else [])]
    return [str(fault) for fault in found]


def test_shipped_content_has_no_fault(content: Content) -> None:
    assert faults_of(content) == []


def test_counts_are_those_of_the_small_marketplace(content: Content) -> None:
    assert len(content.producers) == 10
    assert len(content.products) == 100
    assert len(content.writers) == 60
    assert len(content.quiet) == 140
    assert len(content.groups) == 8
    assert len(content.bundles) == 12
    assert len(content.threads) == 40
    assert len(content.recommendations) == 40
    assert len(content.asks) == 10
    assert len(content.pairings) == 22
    assert 120 <= len(content.reviews) <= 160


def test_both_languages_speak(content: Content) -> None:
    langs = Counter(review.lang for review in content.reviews)
    assert 0.25 <= langs["en"] / len(content.reviews) <= 0.4
    assert {producer.lang for producer in content.producers} == {"de", "en"}


def test_a_third_of_the_voices_is_critical_and_many_are_answered(content: Content) -> None:
    critical = [review for review in content.reviews if not review.again]
    assert 0.33 <= len(critical) / len(content.reviews) <= 0.42
    assert sum(review.reply is not None for review in content.reviews) >= 40


def test_groups_show_every_kind(content: Content) -> None:
    kinds = Counter(group.kind for group in content.groups)
    assert kinds == {"open": 6, "closed": 1, "secret": 1}
    assert all(4 <= len(group.topics) <= 6 or group.kind == "open" for group in content.groups)


def test_the_cast_is_complete(content: Content) -> None:
    handles = {member.handle for member in content.cast}
    assert handles == {"ana", "bert", "cleo", "dan", "gina", "max", "olga"}
    cleo = next(member for member in content.cast if member.handle == "cleo")
    assert cleo.ratings == 40


def test_one_producer_rests_and_one_answers_late(content: Content) -> None:
    assert [one.slug for one in content.producers if one.state == "paused"] == [
        "drechslerei-kernholz"
    ]
    late = [one.slug for one in content.producers if one.habit.kept < 0.5]
    assert late == ["weingut-rebmoser"]
    assert sum(thread.late for thread in content.threads) == 2
    assert 6 <= sum(thread.answer is None for thread in content.threads) <= 10


def test_every_category_but_few_has_goods(content: Content) -> None:
    filled = {product.category for product in content.products}
    leaves = {one.slug for one in CATEGORIES if one.parent}
    assert leaves - filled <= {"books-paper", "spirits"} or not leaves - filled


def test_unknown_product_is_named_with_its_file(copied: Path) -> None:
    faults = _spoil(copied, "bundles.toml", "riesling-vom-schiefer", "riesling-vom-mond")
    assert faults == [
        "bundles.toml: zweiter-abend-mit-fenchel: no product called 'riesling-vom-mond'"
    ]


def test_broken_notation_is_named_with_its_line(copied: Path) -> None:
    faults = _spoil(copied, "threads.toml", "[[threads]]", "[[threads]")
    assert len(faults) == 1
    assert faults[0].startswith("threads.toml: notation:")
    assert "line 4" in faults[0]


def test_misspelt_key_and_missing_key_are_both_named(copied: Path) -> None:
    faults = _spoil(copied, "producers/senfwerk-dorn.toml", "region =", "regoin =")
    assert "producers/senfwerk-dorn.toml: regoin: is not a key that means anything here" in faults
    assert "producers/senfwerk-dorn.toml: region: is missing" in faults


def test_fibres_must_sum_to_a_hundred(copied: Path) -> None:
    file = "producers/nordgarn.toml"
    faults = _spoil(copied, file, "{ wool = 65, cotton = 35 }", "{ wool = 65, cotton = 30 }")
    assert faults == [f"{file}: products[ringelpullover]: fibre_shares give 95 %, not 100"]


def test_nutrition_must_add_up(copied: Path) -> None:
    """Oil: 91.6 g fat x 9 = 824 kcal, so 700 kcal (2929 kJ) cannot be."""
    file = "producers/casa-lunes.toml"
    faults = _spoil(copied, file, "[3389, 824, 91.6", "[2929, 700, 91.6")
    assert faults == [f"{file}: products[olive-oil-early]: nutrition gives 824 kcal, says 700"]


def test_claim_without_evidence_is_refused(copied: Path) -> None:
    file = "producers/senfwerk-dorn.toml"
    faults = _spoil(copied, file, "Grob, essigfrisch", "Klimaneutral, essigfrisch")
    assert len(faults) == 1
    assert "claim without evidence: klimaneutral" in faults[0]


def test_staff_cannot_review_their_own_goods(copied: Path) -> None:
    file = "reviews/weingut-kaltbach.toml"
    faults = _spoil(copied, file, 'by = "lena-w"', 'by = "ana"')
    assert any("staff cannot rate their own goods" in fault for fault in faults)


def test_real_bank_code_is_refused() -> None:
    assert iban_is_made_up("DE06888888880000001011")
    assert not iban_is_made_up("DE07888888880000001011")
    assert not iban_is_made_up("DE89370400440532013000")


def test_same_sentence_twice_is_found() -> None:
    texts = [
        Text("a", "1", "member", "Der Wein war kalt und gut. Sonst nichts."),
        Text("b", "2", "member", "Anders begonnen. Der Wein war kalt und gut!"),
    ]
    faults = [str(fault) for fault in language_faults(texts)]
    assert "b: 2: the same sentence as in a 1" in faults


def test_fourth_same_opening_is_found() -> None:
    tails = ("Käse dazu", "Regen danach", "Hunger vorher", "Gästen zusammen")
    texts = [Text("a", str(n), "member", f"Am Abend mit {tail}.") for n, tail in enumerate(tails)]
    faults = [str(fault) for fault in language_faults(texts)]
    assert faults == ["a: 3: opening „am abend mit“ for the 4th time"]


def test_texts_that_share_a_fifth_of_their_runs_are_found() -> None:
    """Nine runs of five words each, eight of them shared: 8 / 10 is over 0.2."""
    words = "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"
    texts = [Text("a", "1", "member", f"{words} ende"), Text("b", "2", "member", f"{words} anders")]
    assert [str(fault) for fault in language_faults(texts)] == ["a: 1: reads like b 2"]


def test_address_in_words_is_found() -> None:
    faults = language_faults([Text("a", "1", "member", "Schreib mir: otto@wein.de")])
    assert [fault.sentence for fault in faults] == ["holds an address or number"]


def test_energy_of_a_dry_wine() -> None:
    """12.0 %: 7 x 12 x .789 = 66.28; sugar 6.4 g/l: 2.56; acid 7.8 g/l: 2.34; glycerol 1.68."""
    assert wine_energy(12.0, 6.4, 7.8) == (305, 73)


def test_defaults_of_a_winery_do_not_reach_its_oil(content: Content) -> None:
    house = next(one for one in content.producers if one.slug == "casa-lunes")
    facts = {product.slug: particulars(house, product) for product in house.products}
    assert facts["garnacha-bush-vines"]["region"] == "Navarra"
    assert "region" not in facts["olive-oil-early"]
    assert facts["garnacha-bush-vines"]["nutrition"][0] > 0


def test_addresses_reach_nobody(content: Content) -> None:
    for producer in content.producers:
        assert producer.trader.e_mail.endswith(".example.org")
        assert iban_is_made_up(producer.trader.iban)

"""What producers may say: the table of claims in both languages (catalog-10, catalog-11)."""

from __future__ import annotations

import pytest

from marketplace.producers.rules.claims import lint, organic_words

ORGANIC = frozenset({"organic"})
BLOCKED = (
    ("Bio-Apfelsaft", "de", "food", "2018/848"),
    ("Unser Bioapfelsaft", "de", "food", "2018/848"),
    ("ökologisch angebaut", "de", "wine", "2018/848"),
    ("Trauben aus biologischem Anbau", "de", "wine", "2018/848"),
    ("organic honey", "en", "food", "2018/848"),
    ("klimaneutral verschickt", "de", "crafts", "2024/825"),
    ("Nachhaltige Becher", "de", "tableware", "2024/825"),
    ("umweltfreundlich", "de", "fashion", "2024/825"),
    ("an eco-friendly bowl", "en", "tableware", "2024/825"),
    ("biologisch abbaubar", "de", "crafts", "2024/825"),
    ("fair produziert", "de", "fashion", "2024/825"),
    ("plastic neutral", "en", "crafts", "2024/825"),
    ("Ein bekömmlicher Wein", "de", "wine", "C-544/10"),
    ("gesund", "de", "spirits", "C-544/10"),
    ("easy to digest", "en", "wine", "C-544/10"),
    ("Stärkt das Immunsystem", "de", "food", "1924/2006"),
    ("detox", "en", "food", "1924/2006"),
    ("entschlackt", "de", "coffee_tea", "1924/2006"),
)
HINTED = (
    ("der beste Wein der Pfalz", "de", "wine"),
    ("Nr. 1 im Land", "de", "food"),
    ("weltweit einzigartig", "de", "crafts"),
    ("the world's finest mug", "en", "tableware"),
    ("the world’s finest mug", "en", "tableware"),
    ("hat 2021 die Goldmedaille der Kammer gewonnen", "de", "wine"),
    ("Garantie auf Lebenszeit", "de", "crafts"),
    ("lifetime guarantee", "en", "crafts"),
)
ALLOWED = (
    ("Eine Biografie und eine Symbiose", "de", "wine"),
    ("Das ist unfair, sagt die Bestellung", "de", "food"),
    ("a bowl of organic shape", "en", "tableware"),
    ("Read our bio", "en", "crafts"),
    ("Nur gesunde Trauben kommen in die Kelter", "de", "wine"),
    ("Das beste kommt zuletzt", "de", "wine"),
    ("no one needs this", "en", "food"),
    ("Biologie, Bionik, Biene", "de", "food"),
    ("ungesund", "de", "wine"),
)


@pytest.mark.parametrize(("words", "lang", "template", "law"), BLOCKED)
def test_claim_without_proof_is_blocked(words: str, lang: str, template: str, law: str) -> None:
    """catalog-10: each blocked row of the table, with its law and what to do."""
    claim = lint(words, lang, template=template)[0]
    assert claim.blocks
    assert law in claim.law
    assert claim.remedy
    assert claim.words.lower() in words.lower()


@pytest.mark.parametrize(("words", "lang", "template"), HINTED)
def test_superlative_and_guarantee_are_hinted(words: str, lang: str, template: str) -> None:
    """catalog-10: superlatives and guarantees do not stop anybody, they ask who says so."""
    assert [claim.blocks for claim in lint(words, lang, template=template)] == [False]


@pytest.mark.parametrize(("words", "lang", "template"), ALLOWED)
def test_innocent_words_pass(words: str, lang: str, template: str) -> None:
    """catalog-10: whole words only, and homonyms are not taken for claims."""
    assert lint(words, lang, template=template) == ()


def test_proof_link_and_years_make_words_pass() -> None:
    """catalog-10, catalog-11: the last row of the table."""
    assert lint("biodynamisch arbeitend", "de", template="wine", evidence=ORGANIC) == ()
    assert lint("biodynamisch arbeitend", "de", template="wine")[0].blocks
    assert lint("hat 2021 die Goldmedaille der Kammer gewonnen", "de", link=True) == ()
    assert lint("Gold medal 2021: https://example.org/prize", "en") == ()
    assert lint("Garantie auf Lebenszeit", "de", guarantee_years=30) == ()
    assert lint("fair produziert", "de", evidence=frozenset({"working_conditions"})) == ()
    assert lint("klimaneutral", "de", evidence=ORGANIC)[0].blocks


def test_health_words_concern_what_is_eaten_or_drunk() -> None:
    """catalog-10: a bowl may be called healthy, a wine may not, whatever proves it."""
    assert lint("gesund", "de", template="tableware") == ()
    assert lint("gesund", "de", template="wine", evidence=frozenset({"other"}))[0].blocks


def test_hidden_signs_do_not_get_past() -> None:
    """catalog-10: soft hyphens, wide letters and odd dashes are looked through."""
    for words in ("B\u00adio-Wein", "Bio\u2010Wein", "\uff22\uff49\uff4f-Wein", "BIO  Wein"):
        assert lint(words, "de", template="wine")[0].blocks, words


def test_each_finding_once_and_blocks_first() -> None:
    """A word said twice is told once; what stops comes before what is hinted."""
    found = lint("Nr. 1: Bio-Wein, ja, Bio-Wein.", "de", template="wine")
    assert [(claim.words, claim.blocks) for claim in found] == [
        ("Bio-Wein", True), ("Nr. 1", False)]


def test_organic_words_are_told_from_green_ones() -> None:
    """catalog-11: what an organic certificate is asked for."""
    assert organic_words("Bio-Apfelsaft")
    assert not organic_words("biologisch abbaubar")
    assert not organic_words("Biografie")

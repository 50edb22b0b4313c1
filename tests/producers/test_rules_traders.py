"""Numbers of traders, days of the law, gates of shipping, steps of opening."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from marketplace.producers.rules.opening import FOR_PAGE, FOR_SALE, state_of
from marketplace.producers.rules.traders import (
    Shipping,
    forget_on,
    is_postcode,
    lucid_number,
    may_ship,
    missing,
    needs_new_tick,
    phone_number,
    sales_end,
    tax_overdue,
    tax_reminder,
    vat_number,
)


@pytest.mark.parametrize(("text", "stored"), [
    ("DE136695976", "DE136695976"), ("de 136 695 976", "DE136695976"), ("DE136695977", None),
    ("DE123456789", None), ("DE999999999", None), ("ATU13585627", "ATU13585627"),
    ("ATU1358562", None), ("136695976", None), ("", None),
])
def test_vat_numbers(text: str, stored: str | None) -> None:
    """producers-12: the vectors of spec 3.2, ISO 7064 MOD 11,10; blanks do not matter."""
    assert vat_number(text) == stored


@pytest.mark.parametrize(("text", "stored"), [
    ("DE1234567890123", "DE1234567890123"), ("de 12345 67890123", "DE1234567890123"),
    ("DE123456789012", None), ("1234567890123", None), ("DE12345678901234", None),
    ("DE١٢٣٤٥٦٧٨٩٠١٢٣", None),
])
def test_lucid_numbers(text: str, stored: str | None) -> None:
    """producers-12: DE and thirteen digits of ASCII."""
    assert lucid_number(text) == stored


@pytest.mark.parametrize(("text", "stored"), [
    ("+49 6531 12 34-5", "+49653112345"), ("0049 (0)6531 12345", "+49653112345"),
    ("06531 12345", None), ("+0123456789", None), ("+1234567890123456", None), ("+49 abc", None),
])
def test_phones(text: str, stored: str | None) -> None:
    """E.164: a plus, a country code, at most fifteen digits."""
    assert phone_number(text) == stored


@pytest.mark.parametrize(("text", "country", "good"), [
    ("54321", "DE", True), ("5432", "DE", False), ("1010", "AT", True), ("0010", "AT", False),
    ("8001", "CH", True), ("1012 AB", "NL", True), ("00-950", "PL", True), ("00950", "PL", False),
    ("LV-1010", "LV", True), ("?", "LV", False),
])
def test_postcodes(text: str, country: str, good: bool) -> None:
    """Each country has its form; where we do not know it, something readable will do."""
    assert is_postcode(text, country) is good


FULL = {"legal_name": "Weingut", "legal_form": "sole", "representative": "Ana", "street": "A 1",
        "postcode": "54321", "city": "Kaltbach", "country": "DE", "e_mail": "a@example.org",
        "phone": "+496531123", "self_certified_at": datetime(2026, 3, 1, tzinfo=UTC)}


def test_what_is_missing_is_named() -> None:
    """Spec 3.1: complete data lack nothing; a register needs its number, the word is needed too."""
    assert missing(FULL) == ()
    assert missing({**FULL, "street": "", "self_certified_at": None}) == (
        "street", "self_certified")
    assert missing({**FULL, "register": "Wittlich"}) == ("register_no",)


def test_changed_name_address_or_number_need_a_new_tick() -> None:
    """producers-12: the phone does not; sales end fourteen days after handing in."""
    assert needs_new_tick(FULL, {**FULL, "street": "B 2"})
    assert needs_new_tick({**FULL, "register_no": None}, {**FULL, "register_no": "HRA 1"})
    assert not needs_new_tick(FULL, {**FULL, "phone": "+4911"})
    handed = datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert sales_end(handed) == datetime(2026, 3, 15, 9, tzinfo=UTC)


@pytest.mark.parametrize(("ended", "gone"), [
    (date(2026, 3, 31), date(2026, 9, 30)), (date(2026, 8, 31), date(2027, 2, 28)),
    (date(2026, 6, 15), date(2026, 12, 15)), (date(2026, 7, 1), date(2027, 1, 1)),
])
def test_six_months_after_the_end(ended: date, gone: date) -> None:
    """producers-14: six calendar months; a shorter month ends with its last day."""
    assert forget_on(ended) == gone


def test_tax_facts() -> None:
    """producers-15: reminders from day 14 and 42, overdue on day 60 and not on day 59."""
    asked = date(2026, 1, 1)
    due = [tax_reminder(asked, False, asked + timedelta(days=n)) for n in (13, 14, 41, 42)]
    assert due == [0, 1, 1, 2]
    assert not tax_overdue(asked, False, asked + timedelta(days=59))
    assert tax_overdue(asked, False, asked + timedelta(days=60))
    assert not tax_overdue(asked, True, asked + timedelta(days=400))
    assert tax_reminder(asked, True, asked + timedelta(days=400)) == 0


def test_shipping_gates_name_what_is_missing() -> None:
    """producers-18: packaging number per country, excise for alcohol abroad, Switzerland, state."""
    house = Shipping("DE", "selling", {("DE", "packaging"): "DE1234567890123",
                                       ("AT", "packaging"): "AT1", ("CH", "packaging"): "CH1"})
    assert may_ship(house, "DE", True) == ()
    assert may_ship(house, "AT", False) == ()
    assert may_ship(house, "AT", True) == ("excise",)
    assert may_ship(house, "FR", False) == ("packaging",)
    assert may_ship(house, "CH", False) == ("switzerland",)
    ready = Shipping("DE", "paused", {**house.numbers, ("AT", "excise"): "yes"}, swiss=True)
    assert may_ship(ready, "CH", False) == ("state",)
    assert may_ship(ready, "AT", True) == ("state",)
    empty = Shipping("DE", "selling", {("DE", "packaging"): ""})
    assert may_ship(empty, "DE", False) == ("packaging",)


def test_states_follow_from_steps() -> None:
    """producers-11: selling needs all steps but the story, and the tick; open needs 1 and 8."""
    assert state_of("draft", FOR_SALE, False) == "draft"
    assert state_of("draft", FOR_SALE, True) == "selling"
    assert state_of("draft", FOR_PAGE, False) == "open"
    assert state_of("open", set(range(1, 10)) - {9}, True) == "open"
    for state in ("selling", "paused", "suspended", "ended"):
        assert state_of(state, (), False) == state

"""Vectors of the room's spec: attempts, commission, the ledger, disputes, matching."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.payments.rules import ledger
from marketplace.payments.rules.attempts import AFTER, NOTICES, after
from marketplace.payments.rules.commission import commission, commission_back, shares, split
from marketplace.payments.rules.ledger import Move, Part, balances
from marketplace.payments.rules.matching import (
    Match,
    Owed,
    is_reference,
    match,
    numbers_in,
    references_in,
    refund_codes_in,
)
from marketplace.payments.rules.transfers import transfer_payload

A, B, C = (Part(1, 11, 101, 6090, 432), Part(1, 12, 102, 1850, 104), Part(1, 13, 103, 2890, 192))
PARTS = (A, B, C)


def test_the_table_of_attempts_cell_by_cell() -> None:
    """payments-1, as printed in the spec; `=` written out."""
    assert NOTICES == ("paid", "mismatch", "processing", "not_paid", "page_closed")
    assert AFTER == {
        "new": ("paid", "review", "processing", "failed", "closed"),
        "open": ("paid", "review", "processing", "failed", "closed"),
        "processing": ("paid", "review", "processing", "failed", "processing"),
        "failed": ("paid", "review", "failed", "failed", "failed"),
        "closed": ("paid", "review", "processing", "failed", "closed"),
        "paid": ("paid", "paid", "paid", "paid", "paid"),
        "review": ("paid", "review", "review", "review", "review")}


@pytest.mark.parametrize("kinds", [("paid", "processing", "page_closed", "not_paid")])
def test_paid_wins_in_every_order_of_arrival(kinds: tuple[str, ...]) -> None:
    """payments-1: every order of every subset with doubles that holds a paid ends paid."""
    for size in range(1, len(kinds) + 1):
        for chosen in permutations(kinds * 2, size):
            state = "open"
            for kind in chosen:
                state = after(state, kind)
            if "paid" in chosen:
                assert state == "paid", chosen


@pytest.mark.parametrize(("goods", "kept"), [(5400, 432), (1300, 104), (2400, 192), (1231, 98)])
def test_commission(goods: int, kept: int) -> None:
    """payments-17, at 8 %."""
    assert commission(goods, 800) == kept


def test_commission_is_given_back_without_a_cent_lost() -> None:
    """payments-17: 4.10, 4.11, 4.10 on 12.31 give 0.32, 0.33, 0.33; taken back 3.78, 3.78, 3.77."""
    left, seen = 1231, []
    for back in (410, 411, 410):
        seen.append(commission_back(left, left - back, 800))
        left -= back
    assert seen == [32, 33, 33]
    assert [m - c for m, c in zip((410, 411, 410), seen, strict=True)] == [378, 378, 377]
    assert commission_back(1231, 1231, 800) == 0


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(1, 200_000), min_size=1, max_size=12), st.integers(0, 3000))
def test_any_series_of_refunds_gives_back_the_whole_commission(
    refunds: list[int], bp: int
) -> None:
    """payments-17."""
    left = goods = sum(refunds)
    given_back = 0
    for now in refunds:
        given_back += commission_back(left, left - now, bp)
        left -= now
    assert given_back == commission(goods, bp)


def test_deposit_and_sending_carry_no_commission() -> None:
    """payments 3.5: goods 54.00, sending 6.90, deposit 1.50 at 8 %."""
    assert split(5400, 150, 690, 800).transfer_minor == 6240 - 432


def test_the_example_of_the_ledger() -> None:
    """payments-5: sixteen moves, balances after each step as printed."""
    moves = ledger.paid(PARTS)
    assert balances(moves)["buyer:1"] == -10830
    for part in PARTS:
        moves += ledger.handed_over(part)
    now = balances(moves)
    assert [now[p.producer] for p in PARTS] == [5658, 1746, 2698]
    assert [now[p.held] for p in PARTS] == [0, 0, 0] and now[ledger.COMMISSION] == 728
    moves += ledger.fee(187)
    assert balances(moves)[ledger.COMMISSION] == 541
    moves += ledger.refunded(C, 2890, 192)
    assert balances(moves)[C.producer] == 0
    moves += ledger.refunded(B, 650, commission_back(1300, 650, 800))
    end = balances(moves)
    assert end == {"buyer:1": -7290, A.producer: 5658, B.producer: 1148, C.producer: 0,
                   ledger.COMMISSION: 297, ledger.FEES: 187, A.held: 0, B.held: 0, C.held: 0}
    assert len(moves) == 16 and sum(end.values()) == 0


def test_the_example_of_a_lost_dispute() -> None:
    """payments-5: 108.30 lost instead of the refunds, fee 20.00."""
    moves = ledger.paid(PARTS) + [m for p in PARTS for m in ledger.handed_over(p)]
    moves += ledger.fee(187)
    moves += ledger.disputed(1, 10830) + ledger.dispute_fee(2000)
    for part in PARTS:
        moves += ledger.recovered(part, part.total_minor - part.commission_minor)
    moves += ledger.commission_recovered(sum(part.commission_minor for part in PARTS))
    assert balances(moves) == {
        "buyer:1": 0, A.producer: 0, B.producer: 0, C.producer: 0, A.held: 0, B.held: 0,
        C.held: 0, ledger.COMMISSION: -187, ledger.DISPUTES: -2000, ledger.FEES: 2187}


def test_a_disputed_part_is_shared() -> None:
    """payments-5."""
    assert shares(5000, [6090, 1850, 2890]) == [2812, 854, 1334]


def test_nothing_moves_backwards() -> None:
    """A negative move is refused, one of nothing is none."""
    with pytest.raises(ValueError, match="positive"):
        ledger.refunded(A, 100, 200)
    assert ledger.fee(0) == []
    assert ledger.refunded_directly(A, 5) == [Move("producer:101", "buyer:1", 5, "refund", 11)]


OPEN = Owed(1, "RF17K7M3Q9TB1", "K7M3Q9TB-1", "awaiting_payment", 6090, 6090)
PAID = Owed(2, "RF87K7M3Q9TB2", "K7M3Q9TB-2", "paid", 1850, 0)
GONE = Owed(3, "RF60K7M3Q9TB3", "K7M3Q9TB-3", "expired", 2890, 2890)
OWED = {one.reference: one for one in (OPEN, PAID, GONE)}


@pytest.mark.parametrize(("minor", "text", "result"), [
    (6090, "RF17K7M3Q9TB1", Match("matched", OPEN, 6090)),
    (6000, "RF17K7M3Q9TB1 K7M3Q9TB-1", Match("part", OPEN, 6000)),
    (6100, "RF17K7M3Q9TB1", Match("over", OPEN, 6090, 10)),
    (10830, "RF17K7M3Q9TB1", Match("over", OPEN, 6090, 4740)),
    (1850, "RF87K7M3Q9TB2", Match("over", PAID, 0, 1850)),
    (2890, "RF60K7M3Q9TB3", Match("late", GONE, 0, 2890)),
    (6090, "Bestellung K7M3Q9TB danke", Match("suggested", OPEN)),
    (6091, "Bestellung K7M3Q9TB danke", Match("")),
    (6090, "Bestellung K7M3Q9TC danke", Match("")),
    (6090, "Miete", Match("")),
    (6090, "rf17 k7m3 q9tb 1", Match("matched", OPEN, 6090)),
    (6090, "RF17K7M3Q9 TB1/DANKE", Match("matched", OPEN, 6090)),
    (6090, "RF18K7M3Q9TB1", Match("")),
])
def test_matching_row_by_row(minor: int, text: str, result: Match) -> None:
    """payments-9."""
    assert match(minor, text, OWED) == result


def test_references() -> None:
    """orders 3.1: the vectors; a text with two; the longer and the shorter reading."""
    assert all(map(is_reference, ("RF17K7M3Q9TB1", "RF87K7M3Q9TB2", "RF60K7M3Q9TB3",
                                  "RF80K7M3Q9TB12")))
    assert not is_reference("RF18K7M3Q9TB1")
    assert references_in("RF17K7M3Q9TB1 und RF80K7M3Q9TB12") == ["RF17K7M3Q9TB1",
                                                                "RF80K7M3Q9TB12"]
    assert references_in("") == [] and references_in("RF1") == []
    assert numbers_in("xK7M3Q9TB K7M3Q9TB-1") == ["K7M3Q9TB"]
    assert refund_codes_in("Storno R-4F7K2M9Q vielen Dank") == ["4F7K2M9Q"]


def test_the_code_of_a_transfer() -> None:
    """payments-8: the 90 bytes of the spec; 331 bytes fit, 332 do not."""
    said = "RF17K7M3Q9TB1 K7M3Q9TB-1"
    payload = transfer_payload("Hof Beispiel GbR", "DE02 1203 0000 0000 2020 51", 6090, said)
    assert payload == ("BCD\n002\n1\nSCT\n\nHof Beispiel GbR\nDE02120300000000202051\nEUR60.90\n"
                       "\n\n" + said)
    assert len(payload.encode()) == 90
    room = 331 - len(payload.encode()) + len(said)
    assert len(transfer_payload("Hof Beispiel GbR", "DE02120300000000202051", 6090,
                                "x" * room).encode()) == 331
    with pytest.raises(ValueError, match="too long"):
        transfer_payload("Hof Beispiel GbR", "DE02120300000000202051", 6090, "x" * (room + 1))

"""Invoices and corrections: when they are issued, what they say, and that they stay."""

from __future__ import annotations

import random

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.money import vat_inside
from marketplace.orders.actions import cancel_lines, cancel_part, credit, hand_over, mark_paid
from marketplace.orders.models import OrderLine
from marketplace.orders.queries.sheets import sheet_of
from tests.cast import Cast
from tests.orders.hands import part
from tests.orders.papers import (
    GOODS,
    amounts,
    give_back,
    lines_of,
    ordered,
    papers,
    sent,
    taxed,
)

WINE, CHEESE, BOOK = ("Wein", 5400, 1, "standard"), ("Käse", 1300, 1, "reduced"), (
    "Buch", 1800, 1, "reduced")
YEAR = clock.today().year


def test_the_invoice_comes_when_the_goods_leave(cast: Cast) -> None:
    """orders-18, orders 3.9: wine, cheese, book and sending: 58.38 / 9.32 and 33.52 / 2.19."""
    one = ordered(cast, WINE, CHEESE, BOOK)
    assert papers(one) == []
    with committing():
        hand_over(one, "Ana")
        assert hand_over(one, "Ana") is None
    (paper,) = papers(one)
    assert amounts(paper) == {1900: (5838, 932), 700: (3352, 219)}
    assert (paper.total_minor, paper.vat_minor, paper.issuer) == (
        9190, 1151, f"producer:{cast.goods(GOODS).producer_id}")
    assert (paper.kind, paper.number, paper.mode) == ("invoice", f"WK-{YEAR}-00001", "live")
    assert paper.issued_on == paper.supplied_on == clock.today()
    assert paper.keep_until.isoformat() == f"{YEAR + 8}-12-31"


def test_what_was_cancelled_or_given_back_before_is_not_on_it(cast: Cast) -> None:
    """orders 3.9: one of three bottles cancelled, 2.00 given back before: both on no document;
    what came too much never was a part of the price.
    """
    one = ordered(cast, ("Wein", 1000, 3, "standard"), CHEESE)
    wine = lines_of(one)["Wein"].id
    db.session.rollback()
    with committing():
        cancel_lines(one, {wine: 1}, "Ana", "Zerbrochen")
        credit(one, 500, "system")
    give_back(one, rest=200)
    with committing():
        hand_over(one, "Ana")
    (paper,) = papers(one)
    assert [line["qty"] for line in paper.snapshot["lines"]] == [2, 1]
    # 33.00 of goods (20.00 and 13.00) with 6.90 of sending (4.18, 2.72), less 1.21 and 0.79
    assert amounts(paper) == {1900: (2297, 367), 700: (1493, 98)}
    assert paper.total_minor == part(one).total_minor - 1000 - 200
    give_back(one, rest=100, cause="overpaid")
    assert len(papers(one)) == 1


def test_corrections_of_a_set(cast: Cast) -> None:
    """orders-19: the cheese of a set goes back after it was sent: -5.63, VAT -0.37; one series."""
    one = sent(cast, ("Wein", 858, 1, "standard"), ("Käse", 563, 1, "reduced"),
               ("Tuch", 2079, 1, "standard"))
    give_back(one, {"Käse": (1, 563)}, cause="withdrawal")
    first, second = papers(one)
    assert amounts(first) == {1900: (3516, 561), 700: (674, 44)}
    assert amounts(second) == {700: (-563, -37)} and second.total_minor == -563
    assert (second.kind, second.number, second.corrects_id) == (
        "correction", f"WK-{YEAR}-00002", first.id)
    words = sheet_of(second)
    assert words.title == "Rechnungskorrektur" and "Du hast den Vertrag widerrufen." in words.lead
    assert first.number in words.lead
    assert "Gutschrift" not in " ".join(words.every_word + sheet_of(first).every_word)


def test_pieces_one_by_one_and_everything(cast: Cast) -> None:
    """orders-18: 3 x 3.33: 1.60, then -0.54, -0.53, -0.53; then the sending; nothing is left."""
    one = sent(cast, ("Glas", 333, 3, "standard"), sending=0)
    for _n in range(3):
        give_back(one, {"Glas": (1, 333)})
    assert [row.vat_minor for row in papers(one)] == [160, -54, -53, -53]
    two = sent(cast, WINE)
    give_back(two, {"Wein": (1, 5400)}, sending=690, cause="withdrawal")
    assert [row.total_minor for row in papers(two)] == [6090, -6090]


def test_a_small_business_shows_no_vat(cast: Cast) -> None:
    """orders-20: no VAT anywhere, the note is there; a later status touches no older document."""
    taxed(cast, "small")
    one = sent(cast, WINE)
    (paper,) = papers(one)
    before = (paper.snapshot, paper.rates)
    assert amounts(paper) == {0: (6090, 0)} and paper.vat_minor == 0
    words = sheet_of(paper)
    assert not words.taxes and all(not row.rate for row in words.rows)
    assert "Steuerbefreiung für Kleinunternehmer (§ 19 UStG)." in words.notes
    assert not any("19 %" in word for word in words.every_word)
    taxed(cast, "regular")
    two = sent(cast, WINE)
    assert amounts(papers(two)[0]) == {1900: (6090, 972)}
    give_back(one, {"Wein": (1, 5400)})
    first, second = papers(one)
    assert (first.snapshot, first.rates) == before
    assert amounts(second) == {0: (-5400, 0)} and second.snapshot["notes"] == ["small"]


def test_a_flat_rate_farmer_and_a_deposit(cast: Cast) -> None:
    """orders-18: 10.78 at 7.8 % has 0.78 inside; wine with deposit 62.40 has 9.96, 52.44 net."""
    two = sent(cast, ("Wein", 1000, 6, "standard"), sending=0, deposit=40)
    assert amounts(papers(two)[0]) == {1900: (6240, 996)}
    assert sheet_of(papers(two)[0]).rows[0].small == "mit 2,40\xa0€ Pfand"
    taxed(cast, "flat_rate")
    one = sent(cast, ("Honig", 1078, 1, "reduced"), sending=0)
    assert amounts(papers(one)[0]) == {780: (1078, 78)}
    assert any("§ 24" in note for note in sheet_of(papers(one)[0]).notes)


def test_a_revived_part_is_billed_whole(cast: Cast) -> None:
    """orders 3.2, 3.9: cancelled and given back, paid again: the first refund is over."""
    one = ordered(cast, WINE)
    with committing():
        cancel_part(one, "buyer")
    with committing():
        assert credit(one, 6090, "system") == "revived"
    with committing():
        hand_over(one, "Ana")
    assert papers(one)[0].total_minor == 6090


def test_orders_by_chance_through_the_real_steps(cast: Cast) -> None:
    """orders-18: orders with cancelled pieces and refunds: all documents of a part come to what
    was paid and not given back, and to the VAT of what is kept.
    """
    chance = random.Random(18)
    for _n in range(12):
        pieces = [(f"Ware {k}", chance.randint(100, 3_000), chance.randint(1, 4),
                   chance.choice(("standard", "reduced"))) for k in range(chance.randint(1, 4))]
        one = ordered(cast, *pieces, sending=chance.choice((0, 490, 690)))
        lines = lines_of(one)
        gone = {lines[title].id: 1 for title, _unit, qty, _rate in pieces
                if qty > 1 and chance.random() < .4}
        db.session.rollback()
        with committing():
            if gone:
                cancel_lines(one, gone, "Ana", "Zerbrochen")
            hand_over(one, "Ana")
        for title, unit, _qty, _rate in pieces:
            if chance.random() < .6:
                give_back(one, {title: (1, unit)}, sending=chance.choice((0, 50)) if part(
                    one).shipping_minor > 300 else 0, cause="withdrawal")
        rows = papers(one)
        row = part(one)
        assert sum(p.total_minor for p in rows) == row.paid_minor - row.refunded_minor
        kept: dict[int, list[int]] = {}
        for p in rows:
            for bp, (gross, vat) in amounts(p).items():
                kept.setdefault(bp, [0, 0])
                kept[bp][0] += gross
                kept[bp][1] += vat
        assert all(vat == vat_inside(gross, bp) for bp, (gross, vat) in kept.items())


def test_lines_keep_the_rate_of_their_day(cast: Cast) -> None:
    """orders 2: rate, country and note are copied when the order is placed."""
    taxed(cast, "flat_rate")
    one = ordered(cast, CHEESE, country="AT")
    taxed(cast, "regular")
    (line,) = lines_of(one).values()
    assert (line.tax_bp, line.tax_country, line.tax_note) == (780, "DE", "flat")
    assert mark_paid(one, "system") is False
    assert db.session.scalar(db.select(db.func.count()).select_from(OrderLine).where(
        OrderLine.tax_country == "")) == 0

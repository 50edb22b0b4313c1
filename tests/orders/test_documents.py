"""Invoices and corrections: when they are issued, what they say, and that they stay."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask

from marketplace.adapters.doors import doors
from marketplace.adapters.paper.documents import document_pdf
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.jobs import run_due
from marketplace.foundation.money import vat_inside
from marketplace.orders.actions import cancel_lines, cancel_part, credit, hand_over, mark_paid
from marketplace.orders.actions.own_papers import hand_in_document
from marketplace.orders.actions.taxing import keep_billing
from marketplace.orders.models import Document, NumberSeries, OrderLine
from marketplace.orders.queries.keeping import changed_papers, gaps
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


def test_documents_cannot_be_changed(cast: Cast) -> None:
    """orders-21: no statement changes number, snapshot or amounts, or deletes; a PDF comes once."""
    one = sent(cast, WINE)
    changes = {"number": "X-1", "snapshot": {}, "total_minor": 1, "rates": [], "kind": "correction",
               "issued_on": clock.today().replace(year=2020), "vat_minor": 0}
    for name, value in changes.items():
        with pytest.raises(sa.exc.DBAPIError), committing():
            db.session.execute(db.update(Document).values(**{name: value}))
    with pytest.raises(sa.exc.DBAPIError), committing():
        db.session.execute(db.delete(Document))
    run_due()
    assert papers(one)[0].pdf_file
    for value in (None, "other.pdf"):
        with pytest.raises(sa.exc.DBAPIError), committing():
            db.session.execute(db.update(Document).values(pdf_file=value))
    assert len(papers(one)) == 1 and papers(one)[0].number == f"WK-{YEAR}-00001"


def test_the_pdf_is_made_once_from_the_snapshot(cast: Cast) -> None:
    """orders-21: its checksum is kept; made again from the snapshot it is the same to the byte,
    whatever became of seller and goods; a damaged file is noticed.
    """
    one = sent(cast, WINE, CHEESE)
    taxed(cast, "small", legal_name="Anders GmbH", street="Woanders 1")
    assert run_due() > 0
    paper = papers(one)[0]
    body = doors().storage.open(str(paper.pdf_file))
    assert sha256(body).hexdigest() == paper.pdf_sha256 and body.startswith(b"%PDF-1.7")
    assert document_pdf(sheet_of(paper)) == body
    assert list(changed_papers(doors().storage.open, 10)) == []
    path = doors().storage.path(str(paper.pdf_file))
    path.write_bytes(body + b" ")
    assert list(changed_papers(doors().storage.open, 10)) == [(paper.number, paper.pdf_file)]
    client = cast.browser("cleo")
    number = paper.snapshot["order"]
    assert client.get(f"/orders/{number}/documents/{paper.id}.pdf").status_code == 404


def test_fifty_at_once_leave_no_gap(app: Flask, cast: Cast) -> None:
    """orders-17: 50 parallel dispatches, every fifth rolled back: 40 numbers without a gap."""
    parts = [ordered(cast, WINE) for _n in range(50)]
    db.session.remove()
    start = Barrier(25)

    class Undone(RuntimeError):
        """Something that goes wrong after the number was taken."""

    def go(place: int) -> bool:
        if place < 25:
            start.wait(60)
        with app.app_context(), app.test_request_context(method="POST"):
            try:
                with committing():
                    hand_over(parts[place], "Ana")
                    if place % 5 == 4:
                        raise Undone
            except Undone:
                return False
            return True

    with ThreadPoolExecutor(25) as pool:
        done = list(pool.map(go, range(50)))
    assert done.count(True) == 40
    numbers = sorted(db.session.scalars(db.select(Document.number)))
    assert numbers == [f"WK-{YEAR}-{place:05d}" for place in range(1, 41)]
    assert db.session.scalars(db.select(NumberSeries.next)).one() == 41 and gaps() == []
    assert sum(part(one).state == "dispatched" for one in parts) == 40


def test_a_number_series_with_a_gap_is_found(cast: Cast) -> None:
    """The doctor's check can fail: a series that counted on without a document."""
    sent(cast, WINE)
    assert gaps() == []
    with committing():
        db.session.execute(db.update(NumberSeries).values(next=5))
    assert [row[1:] for row in gaps()] == [(YEAR, 1, 4)]


def test_trials_count_apart(cast: Cast) -> None:
    """payments-12: documents of a demo or a trial never enter the series of what is real."""
    numbers = [papers(sent(cast, WINE, mode=mode))[0].number
               for mode in ("demo", "live", "test", "demo")]
    assert numbers == [f"DEMO-WK-{YEAR}-00001", f"WK-{YEAR}-00001", f"TEST-WK-{YEAR}-00001",
                       f"DEMO-WK-{YEAR}-00002"]
    words = sheet_of(db.session.scalars(db.select(Document).order_by(Document.id)).first())
    assert words.trial == "Muster eines Demo-Marktes: Es ist kein Geld geflossen"


def test_a_house_writes_its_own(cast: Cast) -> None:
    """orders 3.9: with `own` nothing is issued; the first that is handed in is the invoice, later
    ones correct it; a number stands once; what the marketplace wrote, it also corrects.
    """
    house = cast.goods(GOODS).producer_id
    ours = sent(cast, WINE)
    with committing():
        keep_billing(house, "own", "kb")
    one = sent(cast, WINE)
    assert papers(one) == []
    for number, kind in (("R/2026-17", "invoice"), ("R/2026-18", "correction")):
        if kind == "correction":
            give_back(one, rest=500)
        with committing():
            assert hand_in_document(one, number, "a.pdf", "0" * 64).kind == kind
    assert [row.total_minor for row in papers(one)] == [6090, -500]
    for number in ("R/2026-17", "", "<b>"):
        with pytest.raises(Invalid), committing():
            hand_in_document(one, number, "a.pdf", "0" * 64)
    with pytest.raises(Conflict), committing():
        hand_in_document(ours, "R-9", "a.pdf", "0" * 64)
    give_back(ours, rest=500)
    assert [row.number for row in papers(ours)] == [f"WK-{YEAR}-00001", f"KB-{YEAR}-00002"]
    assert gaps() == []
    for invoices, prefix in (("own", "zu lang und klein"), ("own", "demo"), ("nobody", "")):
        with pytest.raises(Invalid), committing():
            keep_billing(house, invoices, prefix)


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

"""Statements of a month and the marketplace's invoices for commission."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pypdfium2
import pytest
import time_machine

from marketplace.adapters.doors import doors
from marketplace.adapters.paper.contract import EInvoice, Party
from marketplace.adapters.paper.einvoices import einvoice_in, einvoice_xml
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.foundation.settings import load
from marketplace.orders.models import Document, SellerOrder
from marketplace.orders.queries.keeping import gaps
from marketplace.orders.queries.sheets import sheet_of
from marketplace.payments.actions import post
from marketplace.payments.actions.commission import bill_commission
from marketplace.payments.queries import balance
from marketplace.payments.queries.months import statement
from marketplace.payments.rules import ledger
from marketplace.payments.rules.months import Told, rows_of, sums
from marketplace.producers.models import Trader
from tests.cast import Cast
from tests.orders.hands import part
from tests.orders.papers import GOODS, give_back, ordered

AT = datetime(2026, 11, 3, tzinfo=UTC)
OPERATOR = load({"ZURUF_ENV": "test", "ZURUF_OPERATOR_NAME": "Markt Genossenschaft eG",
                 "ZURUF_OPERATOR_STREET": "Hafenstraße 1", "ZURUF_OPERATOR_POSTCODE": "20457",
                 "ZURUF_OPERATOR_CITY": "Hamburg", "ZURUF_OPERATOR_VAT_ID": "DE136695976",
                 "ZURUF_SECRET_KEY": "tests only, nothing is secret here at all",
                 "ZURUF_OPERATOR_IBAN": "DE02120300000000202051"}).operator


def moved(*moves: tuple[str, int, bool]) -> dict[str, int]:
    """Sums of a month with these moves."""
    return sums(rows_of(Told(AT, reason, minor, inward, "A-1") for reason, minor, inward in moves))


def test_example_months() -> None:
    """payments-28, 3.10: A 60.90 - 4.32 = 56.58; B 18.50 - 1.04 - 6.50 + 0.52 = 11.48; C 0.00."""
    a = moved(("transfer", 5658, True), ("commission", 432, False))
    assert a == {"sale": 6090, "commission": -432} and sum(a.values()) == 5658
    b = moved(("transfer", 1746, True), ("commission", 104, False), ("take_back", 598, False),
              ("commission_back", 52, False))
    assert b == {"sale": 1850, "commission": -104, "refund": -650, "commission_back": 52}
    assert sum(b.values()) == 1148
    c = moved(("transfer", 2698, True), ("commission", 192, False), ("take_back", 2698, False),
              ("commission_back", 192, False))
    assert sum(c.values()) == 0
    assert moved(("paid", 6090, True), ("refund", 650, False)) == {"sale": 6090, "refund": -650}
    assert moved(("dispute_recover", 5, False), ("correction", 7, True)) == {
        "dispute": -5, "correction": 7}


def split(part_id: int, goods: int, commission: int) -> ledger.Part:
    """A part paid by card and handed over, as the book tells it."""
    row = part(part_id)
    told = ledger.Part(row.order_id, part_id, row.producer_id, goods, commission)
    with committing():
        post(f"paid-{part_id}", ledger.paid([told]))
        post(f"give-{part_id}", ledger.handed_over(told))
    return told


def plain(minor: int) -> str:
    """An amount as a German file has it."""
    return f"{minor // 100},{minor % 100:02d}"


def months_of(cast: Cast) -> int:
    """Two months of ana's: sales by card, one given back in the second; her id."""
    house = cast.goods(GOODS).producer_id
    with time_machine.travel(datetime(2026, 10, 5, tzinfo=UTC), tick=False):
        one = split(ordered(cast, ("Wein", 5400, 1, "standard"), sending=0), 6090, 432)
    with time_machine.travel(datetime(2026, 11, 5, tzinfo=UTC), tick=False), committing():
        post(f"back-{one.seller_order_id}", ledger.refunded(one, 650, 52))
    return house


def test_a_statement_is_the_change_of_the_book(cast: Cast) -> None:
    """payments-28: closing less opening is the change of producer:<id>; page, CSV and PDF agree."""
    house = months_of(cast)
    october, november = statement(house, 2026, 10), statement(house, 2026, 11)
    assert (october.opening_minor, november.opening_minor) == (0, october.closing_minor)
    assert november.closing_minor == balance(f"producer:{house}")
    assert sums(november.rows) == {"refund": -650, "commission_back": 52}
    ana = cast.browser("ana")
    studio = ana.get("/studio/payments").get_data(as_text=True)
    assert "/studio/payments/months/2026-10" in studio
    html = ana.get("/studio/payments/months/2026-11?lang=de").get_data(as_text=True)
    assert "-6,50\xa0€" in html and "0,52\xa0€" in html
    table = ana.get("/studio/payments/months/2026-11.csv?lang=de").get_data(as_text=True)
    rows = list(csv.DictReader(StringIO(table[1:]), delimiter=";"))
    close, closer = (plain(november.closing_minor - back) for back in (0, 52))
    assert [(row["kind"], row["amount"], row["balance"]) for row in rows] == [
        ("refund", "-6,50", closer), ("commission_back", "0,52", close)]
    pdf = ana.get("/studio/payments/months/2026-11.pdf?lang=de").get_data()
    with pypdfium2.PdfDocument(pdf) as book:
        assert "Abrechnung" in book[0].get_textpage().get_text_range()
    assert ana.get("/studio/payments/months/2020-01").status_code == 404
    assert cast.browser("bert").get("/studio/payments/months/2026-11").status_code == 404


def test_a_commission_invoice(cast: Cast) -> None:
    """orders-22, payments-29: 4.84 has VAT 0.77 inside: 4.32 kept by card, 0.52 due by transfer;
    ZUGFeRD inside validates; once a month; the producer finds it, others do not.
    """
    house = cast.goods(GOODS).producer_id
    with time_machine.travel(datetime(2026, 10, 5, tzinfo=UTC), tick=False):
        split(ordered(cast, ("Wein", 5400, 1, "standard")), 6090, 432)
        direct = ordered(cast, ("Wein", 650, 1, "standard"))
        with committing():
            db.session.execute(db.update(SellerOrder).where(SellerOrder.id == direct)
                               .values(commission_bp=800))
    for count in (1, 0):
        with committing():
            assert bill_commission(OPERATOR, 2026, 10) == count
    run_due()
    row = db.session.scalars(db.select(Document).where(Document.issuer == "operator")).one()
    assert (row.total_minor, row.vat_minor, row.producer_id) == (484, 77, house)
    assert row.number == f"MGE-{clock.today().year}-00001" and gaps() == []
    words = sheet_of(row)
    assert words.title == "Provisionsrechnung" and words.to[0] == "Weingut Kaltbach"
    assert any("DE02120300000000202051" in note for note in words.notes)
    xml = einvoice_in(doors().storage.open(str(row.pdf_file))).decode()
    for said in ("urn:cen.eu:en16931:2017", row.number, "<ram:CalculatedAmount>0.77<",
                 "<ram:GrandTotalAmount>4.84<", "<ram:TotalPrepaidAmount>4.32<",
                 "<ram:DuePayableAmount>0.52<", "DE136695976"):
        assert said in xml, said
    ana = cast.browser("ana")
    assert f"/studio/documents/{row.id}" in ana.get("/studio/payments").get_data(as_text=True)
    assert ana.get(f"/studio/documents/{row.id}").status_code == 200
    assert ana.get(f"/studio/documents/{row.id}.pdf").status_code == 200
    assert cast.browser("bert").get(f"/studio/documents/{row.id}").status_code == 404


def test_refunds_of_a_later_month_correct_it(cast: Cast) -> None:
    """payments-17, payments-29: 8 % of 6.50 is due, then goods of 6.50 go back: -0.52."""
    with time_machine.travel(datetime(2026, 9, 5, tzinfo=UTC), tick=False):
        direct = ordered(cast, ("Wein", 650, 1, "standard"))
    with committing():
        db.session.execute(db.update(SellerOrder).where(SellerOrder.id == direct)
                           .values(commission_bp=800))
    with time_machine.travel(datetime(2026, 10, 5, tzinfo=UTC), tick=False):
        give_back(direct, {"Wein": (1, 650)})
    for month in (9, 10, 11):
        with committing():
            bill_commission(OPERATOR, 2026, month)
    run_due()
    rows = db.session.scalars(db.select(Document).where(
        Document.issuer == "operator").order_by(Document.id)).all()
    assert [(row.kind, row.total_minor) for row in rows] == [
        ("commission_invoice", 52), ("commission_correction", -52)]
    assert rows[1].corrects_id == rows[0].id
    xml = einvoice_in(doors().storage.open(str(rows[1].pdf_file))).decode()
    assert "<ram:TypeCode>384<" in xml and rows[0].number in xml


@pytest.mark.parametrize(("country", "vat_id", "note", "vat"), [
    ("ES", "ESX1234567X", "reverse", 0), ("ES", None, None, 8), ("CH", None, "outside", 0)])
def test_producers_abroad(cast: Cast, country: str, vat_id: str | None, note: str | None,
                          vat: int) -> None:
    """UStG § 3a(2), § 13b: abroad the recipient owes the VAT; outside the EU there is none."""
    with time_machine.travel(datetime(2026, 9, 5, tzinfo=UTC), tick=False):
        direct = ordered(cast, ("Wein", 650, 1, "standard"))
    with committing():
        db.session.execute(db.update(SellerOrder).where(SellerOrder.id == direct)
                           .values(commission_bp=800))
        db.session.execute(db.update(Trader).values(country=country, vat_id=vat_id))
    with committing():
        assert bill_commission(OPERATOR, 2026, 9) == 1
    run_due()
    row = db.session.scalars(db.select(Document).where(Document.issuer == "operator")).one()
    assert row.vat_minor == vat and row.snapshot["notes"] == ([note] if note else [])
    assert row.pdf_file and einvoice_in(doors().storage.open(row.pdf_file))


def test_what_is_wrong_is_no_einvoice() -> None:
    """orders-22: the schema is really looked at: an invoice without a line does not pass."""
    who = Party("A", "B", "1", "C", "DE", "DE136695976")
    wrong = EInvoice("1", date(2026, 12, 1), who, who, [], "S", 1900, 100, 19, 0, "EUR",
                     date(2026, 11, 1), date(2026, 11, 30), date(2026, 12, 1) + timedelta(14))
    with pytest.raises(Exception, match="valid"):
        einvoice_xml(wrong)
    assert einvoice_xml(replace(wrong, lines=[("x", 100)]))

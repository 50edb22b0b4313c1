"""DAC7: who is in the file of a year, with which quarters, and the copy of each seller."""

from __future__ import annotations

import csv
from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine

from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.orders.actions import credit, owe, refund_moved
from marketplace.orders.models import Refund, SellerOrder
from marketplace.payments.models import LedgerMove
from marketplace.payments.queries.reporting import seller_years
from marketplace.payments.rules.reporting import Quarter, lacking, reported
from marketplace.producers.models import Sighting, Trader
from tests.cast import Cast
from tests.orders.hands import part, placed

RED, HAT = "spaetburgunder-dorfkern", "muetze-deichwind"
URL = "/operator/tax-report"


@pytest.mark.parametrize(("contracts", "minor", "in_file"), [
    (29, 199_999, False), (29, 200_000, True), (30, 199_999, True), (30, 200_000, True),
    (0, 0, False)])
def test_boundaries(contracts: int, minor: int, in_file: bool) -> None:
    """orders-23: (29, 1,999.99) exempt; (29, 2,000.00), (30, 1,999.99), (30, 2,000.00) reported."""
    assert reported(contracts, minor) is in_file


def test_what_is_missing_is_named() -> None:
    """A sole trader states the day of birth, a company does not."""
    whole = dict.fromkeys(("legal_name", "street", "postcode", "city", "country", "tin", "iban"),
                          "x")
    assert lacking({**whole, "legal_form": "company"}) == []
    assert lacking({**whole, "legal_form": "sole", "tin": ""}) == ["tin", "birth_date"]


def paid_on(cast: Cast, day: str, slug: str) -> int:
    """An order that is paid by transfer on a day; its part."""
    at = datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=ZoneInfo("Europe/Berlin"))
    with time_machine.travel(at, tick=False):
        (one,) = placed(cast, (slug, 1))
        total = part(one).total_minor
        db.session.rollback()
        with committing():
            db.session.execute(db.update(SellerOrder).where(SellerOrder.id == one).values(
                commission_bp=800))
        with committing():
            credit(one, total, "staff", "Ute")
    return one


def given_back(one: int, day: str) -> None:
    """All of it goes back on a day."""
    at = datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=ZoneInfo("Europe/Berlin"))
    with time_machine.travel(at, tick=False):
        row = part(one)
        total, goods = row.total_minor, row.goods_minor
        db.session.rollback()
        with committing():
            found = owe(one, "complaint", total, goods_minor=goods, name="Ute", words="Korken")
            assert found is not None
            number = found.id
        with committing():
            refund_moved(number, "done")


def test_quarters_of_a_year(cast: Cast) -> None:
    """orders-23, payments-28: a hat of 39.00 + 6.90 at 8 %: 45.90 and 3.12 in each quarter it was
    sold in; what went back in another quarter lowers that one, and is no contract; the year is the
    change of the ledger.
    """
    for day in ("2026-03-31", "2026-04-01", "2026-12-31"):
        paid_on(cast, day, HAT)
    lost = paid_on(cast, "2026-12-30", HAT)
    given_back(lost, "2026-12-31")
    paid_on(cast, "2027-01-01", HAT)
    (row,) = seller_years(2026, "live")
    assert row.quarters == [Quarter(4590, 312, 1), Quarter(4590, 312, 1), Quarter(),
                            Quarter(4590, 312, 1)]
    account = f"producer:{row.producer_id}"
    begin = datetime(2027, 1, 1, tzinfo=ZoneInfo("Europe/Berlin"))
    change = sum(move.minor if move.to_account == account else -move.minor
                 for move in db.session.scalars(db.select(LedgerMove).where(
                     LedgerMove.at < begin)))
    assert row.year == Quarter(change, 936, 3)
    assert not row.reported
    assert seller_years(2026, "test") == []
    assert db.session.scalars(db.select(Refund.state)).all() == ["done"]


def table(text: str) -> list[dict[str, str]]:
    """Rows of a file by column."""
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_file_and_copies(cast: Cast) -> None:
    """orders-23: exempt sellers are absent; each reported one has the same row as its copy; who
    opens the file is noted beside the data that were read.
    """
    with committing():
        db.session.execute(db.text("UPDATE variants SET on_hand = 100"))
        db.session.execute(db.update(Trader).values(legal_name="=Haus", tin="12345678901"))
    for _ in range(30):
        paid_on(cast, "2026-05-04", HAT)
    paid_on(cast, "2026-05-04", RED)
    with committing():
        db.session.execute(db.text("UPDATE orders SET mode = 'demo'"))
    run_due()
    olga = cast.browser("olga")
    page = olga.get(f"{URL}?year=2026").get_data(as_text=True)
    assert "Nordgarn" in page
    assert "Weingut Kaltbach" not in page.split("<main")[1]
    rows = table(cast.post(olga, f"{URL}/2026").get_data(as_text=True))
    assert [row["producer"] for row in rows] == ["nordgarn"]
    assert (rows[0]["q2_consideration"], rows[0]["q2_contracts"]) == ("1377,00", "30")
    assert rows[0]["legal_name"] == "'=Haus"
    assert rows[0]["contracts"] == "30"
    assert db.session.scalars(db.select(Sighting.producer_id)).all() == [
        cast.goods(HAT).producer_id]
    copy = cast.browser("bert").get("/studio/payments/years/2026.csv")
    assert table(copy.get_data(as_text=True)) == rows
    own = cast.browser("bert").get("/studio/payments/years/2026").get_data(as_text=True)
    assert "1.377,00" in own
    ana = cast.browser("ana")
    assert "freigestellt" in ana.get("/studio/payments/years/2026").get_data(as_text=True)
    assert ana.get("/studio/payments/years/2025").status_code == 404

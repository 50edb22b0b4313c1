"""The order page and its list: search, what arrives at the seller, who may look, what to pack."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import NotYours
from marketplace.foundation.jobs import run_due
from marketplace.orders.actions import declare_withdrawal, deliver, hand_over, mark_paid
from marketplace.orders.actions.complaining import NewComplaint, complain
from marketplace.orders.actions.looking import look, may_look
from marketplace.orders.models import Document, OrderHistory, OrderLine
from marketplace.orders.rules.shares import arrives
from marketplace.producers.models import Producer
from tests.cast import Cast
from tests.orders.hands import number_of, paid, part, placed
from tests.stories.test_circle import order_by, send

WINE, LITRE, HAT = "riesling-vom-schiefer", "literwein-fuer-alle-tage", "muetze-deichwind"


def test_one_timeline_over_all_sellers(cast: Cast) -> None:
    """orders-31: what happened and what comes next stand in one line, what is expected of the buyer
    above it, each seller's part below, with its name and trader status (orders-5).
    """
    wine, _hat = placed(cast, (WINE, 1), (HAT, 1))
    number, cleo = number_of(wine), cast.browser("cleo")
    page = cleo.get(f"/orders/{number}").get_data(as_text=True)
    assert "/pay" in page.split('class="order-todo"')[1].split("</section>")[0]
    with committing():
        mark_paid(wine, "staff", "Ana")
    page = cleo.get(f"/orders/{number}").get_data(as_text=True)
    line = page.split('class="timeline"')[1].split("</ol>")[0]
    assert line.count("timeline-done") >= 2 and "timeline-next" in line
    assert page.count('class="basket-block"') == 2 and page.count("/imprint") >= 2


def test_own_orders_are_found_by_their_words(cast: Cast) -> None:
    """orders page table: number, goods or seller; all words; nobody else's; % is a sign."""
    wine, = placed(cast, (WINE, 1))
    other, = placed(cast, (HAT, 1))
    placed(cast, (HAT, 1), who="eva")
    cleo = cast.browser("cleo")

    def found(words: str) -> set[str]:
        page = cleo.get("/orders", query_string={"q": words}).get_data(as_text=True)
        return {number for number in (number_of(wine), number_of(other)) if number in page}

    assert found("riesling") == {number_of(wine)}
    assert found(number_of(other).lower()) == {number_of(other)}
    assert found("riesling muetze") == set() == found("%")
    assert len(found("")) == 2


def test_what_arrives_at_the_seller(cast: Cast) -> None:
    """orders-36: 18.30 at 19 %: VAT 2.92; 8 % of 11.40: 0.91; left 14.47; shown only where the
    seller wants it.
    """
    assert arrives([(1140, 1900)], 690, 1140, 800) == (292, 91, 1447)
    assert arrives([(1140, 0)], 690, 1140, 0, True) == (0, 0, 1830)
    (wine,) = paid(cast, (WINE, 1))
    number, cleo = number_of(wine), cast.browser("cleo")
    assert "Mehrwertsteuer," not in cleo.get(f"/orders/{number}").get_data(as_text=True)
    with committing():
        db.session.execute(sa.update(Producer).where(
            Producer.id == part(wine).producer_id).values(share_shown=True))
    cast.app.extensions.pop("kept", None)
    page = cleo.get(f"/orders/{number}").get_data(as_text=True)
    assert "2,92" in page and "15,38" in page


def test_the_market_looks_only_with_case_or_consent(cast: Cast) -> None:
    """orders-32: without case or consent refused and nothing shown; with one the buyer reads who
    looked and why; the consent can be taken back.
    """
    (wine,) = paid(cast, (WINE, 1))
    order, number, olga = part(wine).order_id, number_of(wine), cast.browser("olga")
    path = f"/operator/orders/{number}"
    assert WINE not in olga.get(path).get_data(as_text=True)
    assert cast.post(olga, path, reason="").status_code == 422
    refused = cast.post(olga, path, reason="Rückfrage der Käuferin")
    assert refused.status_code == 403 and WINE not in refused.get_data(as_text=True)
    with pytest.raises(NotYours), committing():
        look(order, "Olga", "Rückfrage")
    cleo = cast.browser("cleo")
    assert cast.post(cast.browser("dan"), f"/orders/{number}/look", look="yes").status_code == 404
    assert cast.post(cleo, f"/orders/{number}/look", look="yes").status_code == 303
    seen = cast.post(olga, path, reason="Rückfrage der Käuferin")
    assert seen.status_code == 200 and WINE in seen.get_data(as_text=True)
    told = cleo.get(f"/orders/{number}").get_data(as_text=True)
    assert "Rückfrage der Käuferin" in told and "Olga" in told
    cast.post(cleo, f"/orders/{number}/look", look="no")
    assert not may_look(order)
    db.session.rollback()
    with committing():
        hand_over(wine, "Ana")
        deliver(wine, "buyer")
        line = db.session.scalar(sa.select(OrderLine.id))
        complain(wine, NewComplaint("damaged", "money", "Der Korken war lose.", {line or 0: 1}))
    assert may_look(order)
    assert db.session.scalar(sa.select(sa.func.count()).where(OrderHistory.kind == "read")) == 1


def test_packing_lists(cast: Cast) -> None:
    """orders page table: by order, by product (2 + 3 pieces), by route; only what is still here;
    all slips in one PDF; another house has its own.
    """
    first, second = paid(cast, (WINE, 2))[0], paid(cast, (WINE, 3), (LITRE, 1))[0]
    gone = paid(cast, (WINE, 9))[0]
    db.session.rollback()
    with committing():
        hand_over(gone, "Ana")
    ana = cast.browser("ana")
    by = {way: ana.get(f"/studio/orders/pack?by={way}").get_data(as_text=True)
          for way in ("order", "product", "route")}
    assert part(first).number in by["order"] and part(gone).number not in by["order"]
    assert f"5 × {WINE}" in by["product"] and "DE-10115 Berlin" in by["route"]
    assert part(second).number in by["route"]
    pdf = ana.get("/studio/orders/slips.pdf")
    assert pdf.status_code == 200 and pdf.data.startswith(b"%PDF")
    assert WINE not in cast.browser("bert").get("/studio/orders/pack").get_data(as_text=True)
    assert cast.browser("bert").get("/studio/orders/slips.pdf").status_code == 404


def test_pages_cost_the_same_for_many(cast: Cast, statements: list[str]) -> None:
    """orders 8: the order page takes at most ten statements with everything on it, the studio's
    list at most six for 2 or 20 rows.
    """
    wine, _hat = paid(cast, (WINE, 2), (HAT, 1))
    number = number_of(wine)
    with committing():
        hand_over(wine, "Ana", note="Danke!")
        deliver(wine, "buyer")
        line = db.session.scalar(sa.select(OrderLine.id).where(OrderLine.seller_order_id == wine))
        complain(wine, NewComplaint("damaged", "money", "Der Korken war lose.", {line or 0: 1}))
        declare_withdrawal("Cleo", "cleo@example.org", f"{number}-1", "", "de", {line or 0: 1})
    cleo, ana = cast.browser("cleo"), cast.browser("ana")
    for browser, path, most in ((cleo, f"/orders/{number}", 10), (ana, "/studio/orders", 6)):
        assert browser.get(path).status_code == 200
        db.session.rollback()
        statements.clear()
        browser.get(path)
        count = len(statements)
        assert count <= most, "\n".join(statements)
    for _turn in range(20):
        placed(cast, (LITRE, 1))
    db.session.rollback()
    statements.clear()
    ana.get("/studio/orders")
    assert len(statements) <= 6


def test_due_rows_are_found_by_index(cast: Cast) -> None:
    """orders 8: what jobs look for is read from an index, not from whole tables; which of several
    indexes PostgreSQL begins a join with is its own matter.
    """
    from marketplace.orders.actions.complaining import silent_offers
    from marketplace.orders.actions.parcels import silent_parcels
    from marketplace.orders.actions.promising import due_to_send
    from marketplace.orders.actions.steps import due_to_expire

    wanted = {"ix_seller_orders_to_send": due_to_send(clock.today()),
              "ix_parcels_underway": silent_parcels(),
              "ix_complaints_state": silent_offers(),
              "ix_reservations_state": due_to_expire(200)}
    word = "EXPLAIN " if db.engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "
    with db.engine.connect() as connection:
        if db.engine.dialect.name == "postgresql":
            connection.execute(sa.text("SET enable_seqscan = off"))
        for index, statement in wanted.items():
            sql = str(statement.compile(db.engine, compile_kwargs={"literal_binds": True}))
            plan = "\n".join(str(row) for row in connection.execute(sa.text(word + sql)))
            joined = index == "ix_reservations_state" and word == "EXPLAIN "
            assert (index in plan or joined) and "Seq Scan" not in plan, plan


def test_days_are_those_of_the_order(cast: Cast) -> None:
    """orders-13: fourteen days after receipt stand on the page."""
    (wine,) = paid(cast, (WINE, 1))
    with committing():
        hand_over(wine, "Ana")
        deliver(wine, "buyer")
    until = part(wine).withdraw_until
    assert isinstance(until, date) and until >= clock.today() + timedelta(days=14)
    page = cast.browser("cleo").get(f"/orders/{number_of(wine)}").get_data(as_text=True)
    assert str(until.day) in page and f"/withdraw?number={part(wine).number}" in page


def test_the_seller_stands_on_page_mail_and_paper(cast: Cast) -> None:
    """orders-5: order page, each letter about a part and the invoice name the seller with address
    and whether it is a trader.
    """
    number = order_by(cast, cast.browser("cleo"), WINE)
    send(cast, "ana", f"{number}-1")
    run_due()
    page = cast.browser("cleo").get(f"/orders/{number}").get_data(as_text=True)
    assert "Weingut Kaltbach" in page and "Unternehmer" in page and "/imprint" in page
    mail = cast.app.extensions["doors"].mail
    letters = [found.text for found in map(mail.read, mail.names()) if number in found.text]
    assert len(letters) >= 4
    for text in letters:
        if "cleo" in text or "Danke" in text or f"{number}-1" in text:
            assert "Dorfstraße 1, 54321 Kaltbach" in text and "(Unternehmer)" in text, text
    paper = db.session.scalars(sa.select(Document)).one()
    assert paper.snapshot["seller"]["street"] == "Dorfstraße 1"

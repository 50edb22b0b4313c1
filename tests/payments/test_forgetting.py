"""What money still says of a buyer once the years of the law are over: nothing."""

from __future__ import annotations

from datetime import date

import time_machine

from marketplace.foundation.codes import creditor_reference
from marketplace.foundation.database import Model, committing, db
from marketplace.foundation.jobs import kinds, run_due
from marketplace.orders.actions import cancel_lines, deliver, hand_over
from marketplace.orders.models import OrderLine, TaxRate
from marketplace.payments.actions import tell_facts
from marketplace.payments.models import Dispute, StatementEntry
from tests.orders.hands import number_of, part, placed
from tests.payments.hands import HAT, RED, Shop, books
from tests.payments.test_statements import csv_of, euros, hand_in, take

IBAN, NAME = "DE02500105170137075030", "Kunigunde Planck"
MONEY = [table for mapper in Model.registry.mappers for table in (mapper.local_table,)
         if mapper.class_.__module__.startswith("marketplace.payments.")]


def said() -> str:
    """Everything the tables of money say, and the refunds of orders, as one text."""
    db.session.rollback()
    names = [*(str(table.name) for table in MONEY), "refunds", "order_history"]
    return " ".join(str(tuple(row)) for name in names
                    for row in db.session.execute(db.text(f"SELECT * FROM {name}")))


def bought(shop: Shop) -> list[int]:
    """By transfer, seen on a statement; by card, one of two given back, the rest disputed."""
    cast = shop.cast
    (bank,) = placed(cast, (HAT, 1))
    reference = creditor_reference(number_of(bank), 1)
    ana = cast.browser("bert")
    look = hand_in(cast, ana, csv_of((
        euros(part(bank).total_minor), f"{reference} {NAME} {IBAN}", f"{NAME} {IBAN}")))
    assert take(cast, ana, look).status_code == 303
    (card,) = shop.paid(shop.order((RED, 2)))
    line = db.session.scalars(db.select(OrderLine.id).where(
        OrderLine.seller_order_id == card)).one()
    db.session.rollback()
    with committing():
        cancel_lines(card, {line: 1}, "Ute", f"{NAME} will nur eine.")
    run_due()
    db.session.rollback()
    for one in (bank, card):
        with committing():
            hand_over(one, "Ute")
            deliver(one, "carrier")
    charge = shop.charge(card)
    dispute = shop.fake.world.dispute(charge, 500)
    shop.told()
    with committing():
        tell_facts(db.session.scalars(db.select(Dispute.id)).one(), part(card).producer_id, "Ute",
                   f"{NAME} hat selbst unterschrieben, IBAN {IBAN}.")
    charge["disputed"] = False
    shop.fake.world.end_dispute(dispute, won=True)
    shop.told()
    return [bank, card]


def test_nothing_of_money_names_a_forgotten_buyer(shop: Shop) -> None:
    """payments-33: an order of 2017, by transfer with a statement and by card with a refund and a
    dispute; after the years of the law no name and no account of the buyer is left where money
    is written down, statements among it; references and every amount of the book stay.
    """
    with committing():
        db.session.execute(db.update(TaxRate).values(valid_from=date(2007, 1, 1)))
    with time_machine.travel("2017-05-04T10:00:00+00:00", tick=False):
        bought(shop)
    before, entries = books(), db.session.scalar(db.select(db.func.count()).select_from(
        StatementEntry))
    assert entries == 1 and NAME in said()
    for _night in range(3):
        db.session.rollback()
        kinds()["orders.retention"].run()
    left = said()
    for planted in (NAME, "Kunigunde", IBAN, IBAN[-10:], "cleo@example.org"):
        assert planted not in left, planted
    assert books() == before
    assert db.session.scalar(db.text("SELECT count(*) FROM orders WHERE erased_at IS NULL")) == 0
    assert db.session.scalar(db.select(Dispute.reference)) in left

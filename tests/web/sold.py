"""Addresses of what a house sold: its papers, its files, its months."""

from __future__ import annotations

from typing import Any

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import Unlisted
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.orders.actions import declare_withdrawal
from marketplace.orders.actions.complaining import NewComplaint, complain
from marketplace.orders.actions.signalling import signal
from marketplace.orders.models import Complaint, Refund, Withdrawal
from marketplace.payments.models import (
    Advance,
    Correction,
    Difference,
    ForeignRefund,
    Payment,
    PaymentNotice,
)
from marketplace.web.tokens import sign


def sold(number: str) -> dict[str, dict[str, Any]]:
    """What the house has of the order, and a withdrawal from it."""
    part: dict[str, Any] = {"number": f"{number}-1"}
    codes, said, photo = _withdrawn(number), _complained(number), _photographed(number)
    parcel = str(db.session.scalar(db.text("SELECT code FROM parcels ORDER BY id")))
    receipt = {"token": sign("receipt", codes), "code": codes[0]}
    now: dict[str, Any] = {"year": clock.today().year, "month": clock.today().month}
    return {**{f"orders.{name}": part for name in ("slip", "hand_in", "hand_in_post", "part")},
            "orders.receipt": {"token": receipt["token"]},
            **{f"orders.{name}": receipt for name in (
                "receipt_pdf", "receipt_photo", "return_slip", "receipt_proof", "assign")},
            "orders.photo": {"number": number, "name": photo},
            "orders.returned": {**part, "code": codes[0]}, "orders.signals": part,
            **{f"orders.{name}": part for name in ("new_day", "cut")},
            "orders.parcel": {**part, "code": parcel}, "orders.parcel_note": {"code": parcel},
            "orders.parcel_act": {"number": number, "code": parcel},
            "orders.complaint_act": {"number": number, "code": said},
            "orders.complaint_answer": {**part, "code": said},
            "orders.step": {**part, "step": "paid"},
            "payments.money_csv": {"what": "ledger"},
            "payments.again": {"kind": "transfer", "number": 1},
            "orders.export_csv": {"what": "documents", **now},
            **{f"payments.{name}": now for name in ("month", "month_csv", "month_pdf")},
            **{f"payments.{name}": {"year": now["year"]} for name in (
                "year", "year_csv", "tax_report_file")}}


def _withdrawn(number: str) -> list[str]:
    """The buyer withdraws from all of it; its receipt is made."""
    email = db.session.scalar(db.text("SELECT email FROM orders WHERE number = :number"),
                              {"number": number})
    db.session.rollback()
    with committing():
        codes = [row.code for row in declare_withdrawal("Cleo", str(email), number, "")]
    run_due()
    return codes


def _complained(number: str) -> str:
    """The buyer complains, and taps that something is wrong."""
    part_id, line_id = db.session.execute(db.text(
        "SELECT seller_orders.id, order_lines.id FROM seller_orders JOIN order_lines ON "
        "order_lines.seller_order_id = seller_orders.id WHERE seller_orders.number = :number"),
        {"number": f"{number}-1"}).one()
    db.session.rollback()
    with committing():
        signal(part_id)
        return complain(part_id, NewComplaint(
            "damaged", "money", "Eine Flasche war gebrochen.", {line_id: 1})).code


def _refund(number: str) -> Refund:
    """A refund that was given, so that it can have been advanced."""
    part_id = db.session.scalar(db.text("SELECT id FROM seller_orders WHERE number = :number"),
                                {"number": f"{number}-1"})
    return Refund(code="PLACES2", seller_order_id=part_id, cause="complaint", minor=100,
                  method="stripe", state="done", due_on=clock.today(), made_at=clock.now(),
                  done_at=clock.now())
def _photographed(number: str) -> str:
    """The complaint and the withdrawal have a photo; its name."""
    kept = Unlisted(doors().storage.folder).put(b"RIFF....WEBP", "webp")
    with committing():
        for complaint in db.session.scalars(db.select(Complaint)):
            complaint.photos = [kept]
        db.session.execute(db.update(Withdrawal).values(proof_file=kept))
    db.session.rollback()
    return kept


def some_matters(number: str) -> dict[str, Any]:
    """One of each that waits for a person of the market, about the payment of an order."""
    now = clock.now()
    payment_id = db.session.scalars(db.select(Payment.id).order_by(Payment.id)).first()
    person_id = db.session.scalar(db.text("SELECT id FROM people WHERE handle = 'olga'"))
    db.session.rollback()
    with committing():
        rows = [
            ForeignRefund(payment_id=payment_id, reference="re_places", minor=100, found_at=now),
            Difference(kind="refund", reference="re_places", ours_minor=0, theirs_minor=100,
                       found_at=now),
            _refund(number),
            Correction(from_account="held:1", to_account="buyer:1", minor=100, why="Probe",
                       proposed_by=person_id, made_at=now)]
        db.session.add_all([*rows, PaymentNotice(
            source="stripe", event_id="evt_places", kind="paid", reference="cs_places",
            order_number=number, minor=100, currency="EUR", received_at=now, handled_at=now,
            outcome="wrong_mode")])
        db.session.flush()
        foreign, differs, refund, correction = (row.id for row in rows)
        db.session.add(Advance(refund_id=refund, producer_id=1, mode="test", minor=100,
                               made_at=now))
    db.session.rollback()
    return {"foreign_id": foreign, "difference_id": differs, "correction_id": correction,
            "refund_id": refund,
            "payment_id": payment_id, "source": "stripe", "event_id": "evt_places",
            "how": "drop", "change_id": 1}

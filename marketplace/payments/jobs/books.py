"""Work by the clock: what was given up begins again, statements are counted, invoices written."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import enqueue, job
from marketplace.payments import actions
from marketplace.payments.actions.commission import bill_commission
from marketplace.payments.models import Payment, PaymentNotice, RefundRun
from marketplace.payments.queries import waiting
from marketplace.payments.queries.disputes import unreturned
from marketplace.payments.rules.attempts import CARD

COUNT_AT_ONCE = 100
"""Entries of a bank statement that are counted in one transaction."""


@job("payments.sweep", every_seconds=3600)
def sweep() -> None:
    """Nothing is given up silently: every unfinished run has its job again."""
    with committing():
        for payment_id, part_id in waiting():
            enqueue("payments.hand_over", f"{payment_id} {part_id}", payment_id=payment_id,
                    part_id=part_id)
        for refund_id in db.session.scalars(select(RefundRun.refund_id).where(
                RefundRun.step.in_(("take_back", "refund")), RefundRun.next_at <= clock.now())):
            enqueue("payments.refund", str(refund_id), refund_id=refund_id)
        for charge in db.session.scalars(
                select(Payment.charge).join(RefundRun, RefundRun.payment_id == Payment.id)
                .where(RefundRun.step == "sent", RefundRun.next_at <= clock.now()).distinct()):
            enqueue("payments.refunds", str(charge), charge=charge)
        for refund_id in unreturned():
            enqueue("payments.return_dispute", str(refund_id), refund_id=refund_id)
        for row in db.session.execute(select(PaymentNotice.source, PaymentNotice.event_id).where(
                PaymentNotice.handled_at.is_(None))):
            enqueue("payments.notice", f"{row[0]} {row[1]}", source=row[0], event_id=row[1])
        for payment_id in db.session.scalars(select(Payment.id).where(
                Payment.state == "paid", Payment.fee_minor.is_(None),
                Payment.method == CARD)):
            enqueue("payments.fee", str(payment_id), payment_id=payment_id)


@job("payments.accounts", every_seconds=600)
def accounts() -> None:
    """Accounts of houses that were checked and waited three days are in force."""
    with committing():
        actions.apply_changes()


@job("payments.count_statement")
def count_statement(file_id: int) -> None:
    """Count the entries of a bank statement, some at a time, so that nobody waits for long."""
    while True:
        with committing():
            counted = actions.count_entries(file_id, COUNT_AT_ONCE)
        if counted < COUNT_AT_ONCE:
            return


@job("payments.commission", every_seconds=86_400)
def commission() -> None:
    """Invoice the commission of the month before; none while nobody is named as operator."""
    operator = current_app.config["ZURUF"].operator
    if not operator:
        return
    last = clock.today().replace(day=1) - timedelta(days=1)
    with committing():
        bill_commission(operator, last.year, last.month)

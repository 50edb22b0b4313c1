"""Reads of `payments`."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.payments.models import BankAccount, Payment


def bank_accounts(producer_ids: Collection[int]) -> Mapping[int, BankAccount]:
    """Accounts in force by producer. Loads: 1 statement."""
    rows = db.session.scalars(select(BankAccount).where(
        BankAccount.producer_id.in_(list(producer_ids)), BankAccount.replaced_at.is_(None)))
    return {row.producer_id: row for row in rows}


def last_payment(order_id: int) -> Payment | None:
    """The newest attempt of an order. Loads: 1 statement."""
    return db.session.scalar(select(Payment).where(Payment.order_id == order_id)
                             .order_by(Payment.attempt.desc()).limit(1)
                             .execution_options(populate_existing=True))

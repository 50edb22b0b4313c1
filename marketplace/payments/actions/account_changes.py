"""Another account of a house: it waits for three days and for the check."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict
from marketplace.foundation.events import OperatorActed, announce
from marketplace.payments.actions.accounts import checked_account, keep_account
from marketplace.payments.events import BankAccountChanged
from marketplace.payments.models import AccountChange

WAITS = timedelta(hours=72)


def ask_change(producer_id: int, holder: str, iban: str, person_id: int, name: str
               ) -> AccountChange:
    """Another account is asked for; one asked for before is dropped. Raises Invalid.

    The second factor was given before. Changes account_changes; announces BankAccountChanged.
    """
    plain = checked_account(holder, iban)
    drop_change(producer_id, tell=False)
    now = clock.now()
    row = AccountChange(producer_id=producer_id, holder=holder, iban=plain, asked_by=person_id,
                        asked_name=name[:80], asked_at=now, earliest_at=now + WAITS)
    db.session.add(row)
    db.session.flush()
    announce(BankAccountChanged(producer_id, "asked", plain[-4:], row.earliest_at.isoformat()))
    return row


def drop_change(producer_id: int, tell: bool = True) -> bool:
    """The account stays as it is; whether something waited. Changes account_changes; announces."""
    iban = db.session.scalar(select(AccountChange.iban).where(
        AccountChange.producer_id == producer_id, AccountChange.state == "waiting"))
    dropped = db.session.execute(
        update(AccountChange).where(AccountChange.producer_id == producer_id,
                                    AccountChange.state == "waiting")
        .values(state="dropped", ended_at=clock.now())
        .execution_options(synchronize_session=False))
    if dropped.rowcount and tell:  # type: ignore[attr-defined]
        announce(BankAccountChanged(producer_id, "dropped", (iban or "")[-4:], ""))
    return bool(dropped.rowcount)  # type: ignore[attr-defined]


def check_change(change_id: int, fits: bool, person_id: int) -> None:
    """A person of the operator compared holder and trader. Raises Conflict.

    Changes account_changes, and bank_accounts once the three days are over; announces.
    """
    row = db.session.get_one(AccountChange, change_id, with_for_update=True,
                             populate_existing=True)
    if row.state != "waiting" or row.checked_at is not None:
        raise Conflict(_("This is settled already."))
    announce(OperatorActed(person_id, "account.fits" if fits else "account.refused", "producer",
                           row.producer_id, f"… {row.iban[-4:]}"))
    if not fits:
        drop_change(row.producer_id)
        return
    row.checked_at = clock.now()
    db.session.flush()
    apply_changes()


def apply_changes() -> int:
    """Accounts that were checked and waited long enough are in force; how many.

    Open orders keep what they copied. Changes account_changes, bank_accounts; announces.
    """
    rows = db.session.scalars(
        select(AccountChange).where(AccountChange.state == "waiting",
                                    AccountChange.checked_at.is_not(None),
                                    AccountChange.earliest_at <= clock.now())
        .order_by(AccountChange.id).with_for_update()).all()
    for row in rows:
        row.state, row.ended_at = "in_force", clock.now()
        keep_account(row.producer_id, row.holder, row.iban)
        announce(BankAccountChanged(row.producer_id, "in_force", row.iban[-4:], ""))
    return len(rows)

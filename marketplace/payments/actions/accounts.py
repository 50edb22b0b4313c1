"""Where a producer's money goes."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select, update
from stdnum import iban as iban_number

from marketplace.adapters.payment.contract import AccountStanding
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.events import announce
from marketplace.payments.events import AccountKept
from marketplace.payments.models import BankAccount, ProviderAccount


def checked_account(holder: str, iban: str) -> str:
    """The IBAN without blanks. Raises Invalid."""
    plain, faults = iban.replace(" ", "").upper(), {}
    if not iban_number.is_valid(plain):
        faults["iban"] = _("The check digits of this IBAN are wrong. Please look again.")
    if not 1 <= len(holder) <= 70:
        faults["holder"] = _("The holder exactly as the bank knows it, up to 70 signs.")
    if faults:
        raise Invalid(faults)
    return plain


def keep_account(producer_id: int, holder: str, iban: str) -> BankAccount:
    """Where a producer's money goes from now on. Raises Invalid. Changes bank_accounts."""
    plain = checked_account(holder, iban)
    now = clock.now()
    db.session.execute(update(BankAccount).where(
        BankAccount.producer_id == producer_id, BankAccount.replaced_at.is_(None)
    ).values(replaced_at=now))
    row = BankAccount(producer_id=producer_id, holder=holder, iban=plain, valid_from=now)
    db.session.add(row)
    db.session.flush()
    announce(AccountKept(producer_id))
    return row


def begin_account(producer_id: int, mode: str, reference: str) -> ProviderAccount:
    """A producer began an account at the provider; a second one replaces the first."""
    row = db.session.scalar(select(ProviderAccount).where(
        ProviderAccount.producer_id == producer_id, ProviderAccount.mode == mode)
        .with_for_update())
    if row is None:
        row = ProviderAccount(producer_id=producer_id, mode=mode, reference=reference)
        db.session.add(row)
    row.reference, row.state, row.checked_at = reference, "started", clock.now()
    db.session.flush()
    return row


def keep_standing(reference: str, standing: AccountStanding) -> bool:
    """How the provider sees an account now; whether anything changed. Changes provider_accounts."""
    row = db.session.scalar(select(ProviderAccount).where(
        ProviderAccount.reference == reference).with_for_update()
        .execution_options(populate_existing=True))
    if row is None:
        return False
    missing = ", ".join(standing.missing)[:500]
    changed = (row.state, row.missing) != (standing.state, missing)
    row.state, row.missing, row.checked_at = standing.state, missing, clock.now()
    db.session.flush()
    return changed

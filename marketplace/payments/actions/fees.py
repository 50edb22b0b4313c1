"""Announcing what the marketplace takes."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.events import OperatorActed, announce
from marketplace.payments.events import FeeAnnounced
from marketplace.payments.models import FeeRule
from marketplace.payments.rules.commission import MOST_BP, NOTICE


def announce_fee(bp: int | None, valid_from: date | None, person_id: int, why: str) -> FeeRule:
    """A commission for every house from a day on, fifteen days from now at the earliest.

    Raises Invalid. Changes fee_rules; announces OperatorActed and FeeAnnounced. Source: Regulation
    2019/1150 Art. 3.
    """
    today, faults = clock.today(), {}
    if bp is None or not 0 <= bp <= MOST_BP:
        faults["percent"] = _("A share from 0 to 50 percent, please.")
    if valid_from is None or valid_from < today + NOTICE:
        faults["valid_from"] = _("Fifteen days after the announcement at the earliest.")
    elif db.session.scalar(select(FeeRule.id).where(FeeRule.valid_from == valid_from)) is not None:
        faults["valid_from"] = _("Another rule begins on this day.")
    if len(why.strip()) < 10:
        faults["why"] = _("Please say why, in a sentence.")
    if faults or bp is None or valid_from is None:
        raise Invalid(faults)
    row = FeeRule(commission_bp=bp, valid_from=valid_from, announced_on=today,
                  announced_at=clock.now(), announced_by=person_id, why=why.strip()[:300])
    db.session.add(row)
    db.session.flush()
    announce(OperatorActed(person_id, "fee.announce", "fee_rule", row.id,
                           f"{bp} bp, {valid_from.isoformat()}: {why.strip()}"[:300]))
    announce(FeeAnnounced(row.id, bp, valid_from.isoformat()))
    return row

"""Letters that come back or were called a nuisance: what is kept, what stops, what is tried."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.journal.actions import note
from marketplace.notify.actions.counting import count_letter
from marketplace.notify.actions.stopping import ALL, hashes_of, keep_stop
from marketplace.notify.events import AddressFailing
from marketplace.notify.models import Letter, Stop
from marketplace.notify.rules.reports import Report
from marketplace.people.queries import email_of

GIVEN_UP = timedelta(days=30)
"""So long required letters go on to an address that does not work."""
HARD_AGAIN = 2
CAUSES = ("bounce", "complaint")


def failing_since(email: str, before: datetime) -> bool:
    """Whether letters to an address came back already before a moment. Loads: 1 statement."""
    return db.session.scalar(select(Stop.at).where(
        Stop.to_hash.in_(hashes_of(email)), Stop.class_ == ALL, Stop.cause == "bounce",
        Stop.at < before).limit(1)) is not None


def take_report(report: Report) -> str:
    """Keep what a mail server reports of a letter: "bounced", "soft", "complained", "again"
    (known already) or "unknown" (no letter of ours). Changes letters, class_health, stops,
    journal; announces AddressFailing.
    """
    row = db.session.scalar(select(Letter).where(Letter.message_id.in_(report.message_ids))
                            .order_by(Letter.id).limit(1).with_for_update())
    if row is None:
        return "unknown"
    if report.what == "complaint":
        return _complained(row)
    if row.state != "sent" or (report.what == "soft" and row.why_skipped == "delayed"):
        return "again"
    if report.what == "soft":
        row.why_skipped = "delayed"
        count_letter(row.class_, "soft")
        return "soft"
    row.state = "bounced"
    count_letter(row.class_, "bounced")
    note("mail.failed", extra={"class": row.class_})
    db.session.flush()
    if row.to_hash is not None and _bounced(row.to_hash) >= HARD_AGAIN:
        _stop(row, "bounce")
    return "bounced"


def _complained(row: Letter) -> str:
    if row.state == "complained":
        return "again"
    row.state = "complained"
    count_letter(row.class_, "complained")
    note("mail.complained", extra={"class": row.class_})
    _stop(row, "complaint")
    return "complained"


def _bounced(to_hash: str) -> int:
    """How many letters to an address came back."""
    return db.session.scalar(select(func.count()).where(
        Letter.to_hash == to_hash, Letter.state == "bounced")) or 0


def _stop(row: Letter, cause: str) -> None:
    """Nothing that is not required goes to this address; its person hears of it here."""
    if row.to_hash is None or db.session.scalar(select(Stop.at).where(
            Stop.to_hash == row.to_hash, Stop.class_ == ALL, Stop.cause.in_(CAUSES))) is not None:
        return
    keep_stop(row.to_hash, ALL, cause)
    if row.person_id is not None:
        announce(AddressFailing(row.person_id, cause))


def failing(person_id: int) -> tuple[str, datetime] | None:
    """Why and since when optional letters to a person's address rest: "bounce" or "complaint".

    Loads: 2 statements.
    """
    known = email_of(person_id)
    row = db.session.execute(select(Stop.cause, Stop.at).where(
        Stop.to_hash.in_(hashes_of(known[0])), Stop.class_ == ALL,
        Stop.cause.in_(CAUSES)).limit(1)).first() if known else None
    return (row[0], row[1]) if row else None


def try_again(person_id: int) -> None:
    """A person says that their address works, or that letters are welcome again.

    Changes stops, letters.
    """
    known = email_of(person_id)
    if known is None:
        return
    mine = hashes_of(known[0])
    db.session.execute(delete(Stop).where(
        Stop.to_hash.in_(mine), Stop.class_ == ALL, Stop.cause.in_(CAUSES)))
    db.session.execute(update(Letter).where(
        Letter.to_hash.in_(mine), Letter.state == "bounced").values(to_hash=None))

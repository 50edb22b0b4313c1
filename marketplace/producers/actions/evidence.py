"""Evidence: handed in by the house, compared by the operator, hidden on its day."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlsplit

from flask_babel import gettext as _
from sqlalchemy import func, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound
from marketplace.foundation.events import OperatorActed, announce
from marketplace.foundation.jobs import enqueue
from marketplace.producers.actions.pages import demand
from marketplace.producers.events import (
    EvidenceChecked,
    EvidenceEnding,
    EvidenceExpired,
    EvidenceHandedIn,
    EvidenceSentBack,
)
from marketplace.producers.models import Evidence
from marketplace.producers.queries.staff import Role

EVIDENCE_KINDS = ("organic", "origin", "animal", "working_conditions", "craft", "other")
WARN_BEFORE = timedelta(days=30)
MOST_EVIDENCE = 30


def hand_in_evidence(role: Role, kind: str, issuer: str, number: str, until: date | None,
                     public_url: str, document: tuple[str, str] | None = None) -> Evidence:
    """Say who confirms what, under which number, until when; it shows after a check.

    The same confirmation again, with another day, address or document, is compared anew.
    `document` is (name of the kept file, "pdf" or "jpg"). Raises NotYours, Invalid. Changes
    evidence; announces EvidenceHandedIn.
    """
    demand(role, "texts")
    faults = evidence_faults(kind, issuer, number, until, public_url)
    if faults or until is None:
        raise Invalid(faults)
    row = db.session.scalar(select(Evidence).where(
        Evidence.producer_id == role.producer_id, Evidence.kind == kind,
        Evidence.issuer == issuer, Evidence.number == number))
    if row is None:
        _demand_room(role.producer_id)
        row = Evidence(producer_id=role.producer_id, kind=kind, issuer=issuer, number=number)
        db.session.add(row)
    row.until, row.public_url, row.handed_in_at = until, public_url or None, clock.now()
    row.checked_by = row.checked_at = row.warned_at = row.expired_at = None
    row.back_words = ""
    if document is not None:
        drop_document(row)
        row.document, row.document_type = document
    db.session.flush()
    announce(EvidenceHandedIn(role.producer_id, row.id))
    return row


def _demand_room(producer_id: int) -> None:
    known = db.session.scalar(select(func.count(Evidence.id)).where(
        Evidence.producer_id == producer_id)) or 0
    if known >= MOST_EVIDENCE:
        raise Invalid({"kind": _("Thirty are enough. Please take one out first.")})


def drop_document(row: Evidence) -> None:
    """Its document is kept no longer; a job takes the file away. Changes evidence."""
    if row.document:
        enqueue("producers.drop_document", f"document {row.document}", name=row.document)
    row.document, row.document_type = None, ""


def evidence_faults(kind: str, issuer: str, number: str, until: date | None, public_url: str
                    ) -> dict[str, str]:
    """What is wrong with what is said of a confirmation, by field of its form."""
    faults = {}
    if kind not in EVIDENCE_KINDS:
        faults["kind"] = _("Please choose one of these.")
    if not 2 <= len(issuer) <= 120:
        faults["issuer"] = _("Who confirms it? 2 to 120 characters.")
    if not 2 <= len(number) <= 60:
        faults["number"] = _("Under which number can it be looked up? 2 to 60 characters.")
    if until is None:
        faults["until"] = _("Please choose a day.")
    elif until <= clock.today():
        faults["until"] = _("This day is over.")
    if public_url and not is_web_address(public_url):
        faults["public_url"] = _("Expected an address that begins with https://.")
    return faults


def is_web_address(text: str) -> bool:
    """Whether something is a plain address of the web, at most 300 characters."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return (parts.scheme == "https" and "." in parts.netloc and "@" not in parts.netloc
            and len(text) <= 300 and not any(sign.isspace() for sign in text))


def take_evidence_out(role: Role, evidence_id: int) -> None:
    """It is shown no more. Raises NotYours, NotFound. Changes evidence; announces if it showed."""
    demand(role, "texts")
    row = db.session.scalar(select(Evidence).where(
        Evidence.id == evidence_id, Evidence.producer_id == role.producer_id))
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    shown = row.checked_by is not None and row.expired_at is None
    drop_document(row)
    db.session.delete(row)
    db.session.flush()
    if shown:
        announce(EvidenceExpired(role.producer_id, evidence_id, row.kind))


def _waiting(evidence_id: int) -> Evidence:
    row = db.session.get(Evidence, evidence_id, populate_existing=True)
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    if row.checked_by is not None or row.back_words:
        raise Conflict(_("This does not wait for a check any more."))
    return row


def check_evidence(evidence_id: int, person_id: int, why: str) -> None:
    """A person of the operator compared it with its issuer; it shows. Raises Conflict, Invalid."""
    row = _waiting(evidence_id)
    if len(why.strip()) < 10:
        raise Invalid({"why": _("What did you compare with? At least ten signs.")})
    row.checked_by, row.checked_at = person_id, clock.now()
    db.session.flush()
    announce(OperatorActed(person_id, "evidence_checked", "producer", row.producer_id,
                           why.strip()))
    announce(EvidenceChecked(row.producer_id, row.id))


def send_evidence_back(evidence_id: int, person_id: int, why: str) -> None:
    """It does not fit; the producer reads why. Raises Conflict, Invalid."""
    row = _waiting(evidence_id)
    if len(why.strip()) < 10:
        raise Invalid({"why": _("What does not fit? The producer reads it; at least ten signs.")})
    row.back_words = why.strip()[:300]
    db.session.flush()
    announce(OperatorActed(person_id, "evidence_sent_back", "producer", row.producer_id,
                           why.strip()))
    announce(EvidenceSentBack(row.producer_id, row.id))


def end_evidence() -> tuple[int, int]:
    """Warn of what ends within thirty days, tell what has ended; how many of each.

    Nothing is shown on its last day any more, whether this ran or not; documents go with it.
    Changes evidence; announces EvidenceEnding, EvidenceExpired.
    """
    today, now = clock.today(), clock.now()
    checked = select(Evidence).where(Evidence.checked_by.is_not(None)).order_by(Evidence.id)
    over = db.session.scalars(checked.where(
        Evidence.until <= today, Evidence.expired_at.is_(None))).all()
    soon = db.session.scalars(checked.where(
        Evidence.until > today, Evidence.until <= today + WARN_BEFORE,
        Evidence.warned_at.is_(None))).all()
    for row in over:
        row.expired_at = now
        announce(EvidenceExpired(row.producer_id, row.id, row.kind))
    for row in soon:
        row.warned_at = now
        announce(EvidenceEnding(row.producer_id, row.id, row.until.isoformat()))
    for row in db.session.scalars(select(Evidence).where(
            Evidence.until <= today, Evidence.document.is_not(None)).order_by(Evidence.id)).all():
        drop_document(row)
    db.session.flush()
    return len(soon), len(over)

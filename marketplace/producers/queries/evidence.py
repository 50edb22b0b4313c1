"""What proves a producer's words, as far as it is checked and has not ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from marketplace.foundation.database import db, read
from marketplace.producers.models import Evidence, Producer


@dataclass(frozen=True, slots=True)
class Proof:
    """A confirmation as it is shown: words and a number, never a picture of a seal."""

    kind: str
    issuer: str
    number: str
    until: date
    public_url: str | None


def valid_evidence(producer_id: int, on: date) -> Sequence[Proof]:
    """What was checked and has not ended on a day, by kind and issuer. Loads: 1 statement."""
    own = Evidence
    return [Proof(*row) for row in read(
        select(own.kind, own.issuer, own.number, own.until, own.public_url)
        .where(*_valid(producer_id, on)).order_by(own.kind, own.issuer, own.id))]


def evidence_kinds(producer_id: int, on: date) -> frozenset[str]:
    """Kinds for which something checked is valid on a day. Loads: 1 statement."""
    return frozenset(row[0] for row in read(
        select(Evidence.kind).where(*_valid(producer_id, on)).distinct()))


def _valid(producer_id: int, on: date) -> tuple[ColumnElement[bool], ...]:
    return (Evidence.producer_id == producer_id, Evidence.checked_by.is_not(None),
            Evidence.until > on)


def all_evidence(producer_id: int) -> Sequence[Evidence]:
    """Everything handed in by a producer, newest first. Loads: 1 statement."""
    return db.session.scalars(
        select(Evidence).where(Evidence.producer_id == producer_id)
        .order_by(Evidence.id.desc()).limit(100)).all()


@dataclass(frozen=True, slots=True)
class WaitingEvidence:
    """A confirmation that waits for a person of the operator."""

    id: int
    slug: str
    producer: str
    producer_state: str
    kind: str
    issuer: str
    number: str
    until: date
    public_url: str | None
    handed_in_at: datetime
    document: str | None
    document_type: str


def waiting_evidence(limit: int = 20, offset: int = 0, only_id: int | None = None
                     ) -> Sequence[WaitingEvidence]:
    """What waits to be compared, longest first. Loads: 1 statement."""
    own = Evidence
    wanted: Any = (
        select(own.id, Producer.slug, Producer.name, Producer.state, own.kind, own.issuer,
               own.number, own.until, own.public_url, own.handed_in_at, own.document,
               own.document_type)
        .join(Producer, Producer.id == own.producer_id).where(*_waits())
        .order_by(own.handed_in_at, own.id).limit(limit).offset(offset))
    if only_id is not None:
        wanted = wanted.where(own.id == only_id)
    return [WaitingEvidence(*row) for row in db.session.execute(wanted)]


def waiting_evidence_count() -> int:
    """How much waits to be compared. Loads: 1 statement."""
    return db.session.scalar(select(func.count(Evidence.id)).where(*_waits())) or 0


def _waits() -> tuple[ColumnElement[bool], ...]:
    return Evidence.checked_by.is_(None), Evidence.back_words == ""


@dataclass(frozen=True, slots=True)
class Document:
    """The kept file of an evidence, whose it is, and what kind: "pdf" or "jpg"."""

    producer_id: int
    file: str
    type: str


def document_of(evidence_id: int) -> Document | None:
    """The document of an evidence that has one. Loads: 1 statement."""
    row = db.session.execute(
        select(Evidence.producer_id, Evidence.document, Evidence.document_type)
        .where(Evidence.id == evidence_id, Evidence.document.is_not(None))).first()
    return Document(row[0], row[1] or "", row[2]) if row else None


def document_used(name: str) -> bool:
    """Whether an evidence still names this file. Loads: 1 statement."""
    return db.session.scalar(select(Evidence.id).where(Evidence.document == name).limit(1)
                             ) is not None

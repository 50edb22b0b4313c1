"""A producer's own words with their versions, and its faces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from marketplace.foundation.database import db
from marketplace.people.models import Subject
from marketplace.producers.models import Face, Producer, ProducerText, Staff


def versions_of(producer_id: int) -> Mapping[tuple[str, str], tuple[int, str]]:
    """The newest version and words of each text by (part, language). Loads: 1 statement."""
    rows = db.session.execute(
        select(ProducerText.part, ProducerText.lang, ProducerText.version, ProducerText.words)
        .where(ProducerText.producer_id == producer_id).order_by(ProducerText.version))
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}


def faces_of(producer_id: int) -> Sequence[Face]:
    """Everybody shown, oldest first. Loads: 1 statement."""
    return db.session.scalars(select(Face).where(Face.producer_id == producer_id)
                              .order_by(Face.id)).all()


def own_lines(producer_id: int) -> Mapping[str, str]:
    """The short lines of the public page. Loads: 1 statement."""
    row = db.session.execute(select(
        Producer.teaser_de, Producer.teaser_en, Producer.place, Producer.region, Producer.website
    ).where(Producer.id == producer_id)).one()
    return {name: value or "" for name, value in row._mapping.items()}


@dataclass(frozen=True, slots=True)
class TextVersion:
    """One version of a text, and the name under which somebody of the house wrote it."""

    part: str
    lang: str
    version: int
    words: str
    at: datetime
    by: str


def all_versions(producer_id: int, limit: int = 200) -> Sequence[TextVersion]:
    """Every version of every text, newest first within a text. Loads: 1 statement."""
    name = (select(func.max(Staff.shown_name)).where(
        Staff.producer_id == ProducerText.producer_id, Staff.person_id == ProducerText.person_id)
        .correlate(ProducerText).scalar_subquery())
    rows = db.session.execute(
        select(ProducerText.part, ProducerText.lang, ProducerText.version, ProducerText.words,
               ProducerText.at, func.coalesce(name, ""))
        .where(ProducerText.producer_id == producer_id)
        .order_by(ProducerText.part.desc(), ProducerText.lang, ProducerText.version.desc())
        .limit(limit))
    return [TextVersion(*row) for row in rows]


TEMPLATES = {"wine": "wine", "spirits": "spirits", "food": "food", "coffee-tea": "coffee_tea"}


def template_of(producer_id: int) -> str:
    """The kind of goods a house is about, as the lint of claims names it; "" for none of those.

    Loads: 1 statement.
    """
    slug = db.session.scalar(select(Subject.slug).join(
        Producer, Producer.subject_id == Subject.id).where(Producer.id == producer_id))
    return TEMPLATES.get(slug or "", "")

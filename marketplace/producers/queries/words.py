"""A producer's own words with their versions, and its faces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.producers.models import Face, Producer, ProducerText


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

"""Producers as search finds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, datetime, time

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.foundation.findable import Findable, joined
from marketplace.people.models import Subject
from marketplace.producers.models import Producer, ProducerText

OPEN = ("open", "selling", "paused")
MOST_LETTERS = 4_000


def documents(ids: Collection[int]) -> list[Findable]:
    """Producers with a public page, by name, place, trade and their newest words in both
    languages. Loads: 2 statements.
    """
    words = _words(ids)
    rows = db.session.execute(
        select(Producer.id, Producer.name, Producer.place, Producer.region, Producer.teaser_de,
               Producer.teaser_en, Producer.opened_on, Subject.name_de, Subject.name_en)
        .join(Subject, Subject.id == Producer.subject_id)
        .where(Producer.id.in_(list(ids)), Producer.state.in_(OPEN),
               Producer.opened_on.is_not(None)))
    return [Findable(
        "producer", row.id, row.name,
        joined(row.name_de, row.name_en, row.place, row.region, row.teaser_de, row.teaser_en,
               words.get(row.id)),
        datetime.combine(row.opened_on, time(), UTC), region=row.region) for row in rows]


def _words(ids: Collection[int]) -> dict[int, str]:
    """The newest version of each part of what they say of themselves."""
    parts: dict[int, dict[tuple[str, str], str]] = defaultdict(dict)
    for row in db.session.execute(
        select(ProducerText.producer_id, ProducerText.lang, ProducerText.part, ProducerText.words)
        .where(ProducerText.producer_id.in_(list(ids))).order_by(ProducerText.version)
    ):
        parts[row.producer_id][row.lang, row.part] = row.words
    return {one: joined(*said.values())[:MOST_LETTERS] for one, said in parts.items()}

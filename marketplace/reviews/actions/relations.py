"""Who has to do with a producer, as people of the platform found it."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid
from marketplace.reviews.actions.flagging import set_standing
from marketplace.reviews.models import Rating, Relation
from marketplace.reviews.rules.eligible import RELATIONS


def find_relation(
    person_id: int, producer_id: int, kind: str, benefit: str | None = None,
    since: datetime | None = None,
) -> Relation:
    """Keep that a person has to do with a producer; answers given since are labelled and aside.

    Raises Invalid. Changes relations, ratings, scores; announces StandingChanged.
    """
    if kind not in RELATIONS:
        raise Invalid({"kind": _("Please choose one from the list.")})
    row = Relation(person_id=person_id, producer_id=producer_id, kind=kind, benefit=benefit,
                   since=since or clock.now(), source="found")
    db.session.add(row)
    db.session.flush()
    for rating in db.session.scalars(select(Rating).where(
            Rating.person_id == person_id, Rating.producer_id == producer_id,
            Rating.given_at >= row.since, Rating.relation.is_(None))).all():
        rating.relation, rating.benefit = kind, benefit
        db.session.flush()
        if rating.standing == "counts":
            set_standing(rating.id, "aside", kind)
    return row


def end_relations(person_id: int, producer_id: int, kind: str) -> None:
    """From now on the person is nothing of this kind to the producer. Changes relations."""
    for relation_id in db.session.scalars(select(Relation.id).where(
            Relation.person_id == person_id, Relation.producer_id == producer_id,
            Relation.kind == kind, Relation.source == "found", Relation.until.is_(None))).all():
        end_relation(relation_id)


def end_relation(relation_id: int) -> None:
    """From now on the person has nothing to do with the producer. Changes relations."""
    row = db.session.get_one(Relation, relation_id)
    row.until = clock.now()
    db.session.flush()

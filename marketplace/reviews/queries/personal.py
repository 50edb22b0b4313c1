"""Everything this room holds of one person, for their own export."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.reviews.models import (
    HelpfulVote,
    ImportedRating,
    Invitation,
    Rating,
    RatingVersion,
    Relation,
    Tap,
)

OWN = ("code", "product_id", "lot_id", "again", "delight", "stars", "value", "title", "words",
       "to_producer", "used_for", "relation", "benefit", "shown_as", "lang", "origin", "standing",
       "aside_reason", "words_standing", "given_at", "changed_at", "version")


def personal(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """Answers, their versions, votes, taps, relations and questions. Loads: 7 statements."""
    ratings = db.session.scalars(select(Rating).where(Rating.person_id == person_id)
                                 .order_by(Rating.id)).all()
    return {
        "ratings": [_row(row, OWN) for row in ratings],
        "rating_versions": _rows(RatingVersion, RatingVersion.rating_id.in_(
            [row.id for row in ratings]), ("rating_id", "n", "again", "delight", "stars", "value",
                                           "title", "words", "cause", "at")),
        "helpful_votes": _rows(HelpfulVote, HelpfulVote.person_id == person_id,
                               ("rating_id", "up", "at")),
        "imported_ratings": _rows(ImportedRating, ImportedRating.person_id == person_id, (
            "source", "product_id", "value", "scale", "words", "words_standing", "at")),
        "taps": _rows(Tap, Tap.person_id == person_id, ("product_id", "up", "at")),
        "relations": _rows(Relation, Relation.person_id == person_id,
                           ("producer_id", "kind", "benefit", "since", "until", "source")),
        "invitations": _rows(Invitation, Invitation.person_id == person_id, (
            "product_id", "due_at", "asked_at", "answered_at", "declined_at", "ways"))}


def _rows(table: Any, where: Any, names: Sequence[str]) -> list[dict[str, Any]]:
    return [_row(row, names) for row in db.session.scalars(select(table).where(where))]


def _row(row: Any, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def version_ids(rating_ids: Collection[int]) -> list[int]:
    """The versions of these answers. Loads: 1 statement."""
    return list(db.session.scalars(select(RatingVersion.id).where(
        RatingVersion.rating_id.in_(list(rating_ids)))))

"""Telling other rooms of an answer, once for each version."""

from __future__ import annotations

from sqlalchemy import update

from marketplace.foundation.database import db
from marketplace.foundation.events import announce
from marketplace.reviews.actions.flagging import check_rating
from marketplace.reviews.events import LinkFound, RatingGiven
from marketplace.reviews.models import Rating
from marketplace.reviews.rules.links import commercial_links


def tell_rating(rating_id: int) -> None:
    """Announce an answer with what it was before, and look at it for signs.

    Safe to repeat: a version that was told is not told again. Changes ratings; announces
    RatingGiven, LinkFound.
    """
    row = db.session.get(Rating, rating_id, populate_existing=True, with_for_update=True)
    if row is None or row.told_version >= row.version:
        return
    before = row.told_again if row.told_version else None
    version, again, words = row.version, row.again, row.words
    db.session.execute(
        update(Rating).where(Rating.id == rating_id)
        .values(told_version=version, told_again=again)
        .execution_options(synchronize_session=False))
    if row.standing == "aside" and row.aside_reason == "withdrawn":
        return
    announce(RatingGiven(row.id, row.person_id, row.product_id, row.producer_id, again,
                         row.delight, before))
    if commercial_links(words) and not row.relation:
        announce(LinkFound(row.id, row.person_id, row.product_id))
    check_rating(rating_id)

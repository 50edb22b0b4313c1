"""The producer's reply and the votes of readers."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid, NotFound, NotYours
from marketplace.foundation.events import announce
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role
from marketplace.reviews.events import HelpfulVoted, ReplyPublished
from marketplace.reviews.models import HelpfulVote, Rating, Reply, ReplyVersion
from marketplace.web.masking import masked


def reply(rating_id: int, role: Role, person_id: int, words: str, lang: str) -> Reply:
    """Answer a rating in public, signed; a second time makes a new version.

    Raises NotYours, NotFound, Invalid. Changes replies, reply_versions; announces.
    """
    demand(role, "answer")
    rating = db.session.get(Rating, rating_id)
    if rating is None or rating.producer_id != role.producer_id:
        raise NotFound(_("There is nothing at this address."))
    if not 10 <= len(words) <= 4000:
        raise Invalid({"words": _("10 to 4,000 characters: answer the point, say what changes.")})
    row = db.session.scalar(select(Reply).where(Reply.rating_id == rating_id))
    signed = f"{role.shown_name}, {role.title or role.name}"[:60]
    if row is None:
        row = Reply(rating_id=rating_id, producer_id=role.producer_id, person_id=person_id,
                    shown_name=signed, words="", lang=lang, at=clock.now(), version=0)
        db.session.add(row)
    row.words, row.at, row.shown_name = masked(words, lang), clock.now(), signed
    row.version += 1
    db.session.flush()
    db.session.add(ReplyVersion(reply_id=row.id, n=row.version, words=row.words, at=row.at))
    db.session.flush()
    announce(ReplyPublished(row.id, rating_id, role.producer_id, rating.person_id))
    return row


def vote_helpful(code: str, person_id: int, up: bool | None) -> Rating:
    """Helpful, not helpful, or taken back (None). Raises NotFound, NotYours on one's own."""
    rating = db.session.scalar(select(Rating).where(Rating.code == code))
    if rating is None:
        raise NotFound(_("There is nothing at this address."))
    if rating.person_id == person_id:
        raise NotYours(_("Others decide whether your own words help."))
    db.session.execute(delete(HelpfulVote).where(HelpfulVote.rating_id == rating.id,
                                                 HelpfulVote.person_id == person_id))
    if up is not None:
        db.session.add(HelpfulVote(rating_id=rating.id, person_id=person_id, up=up,
                                   at=clock.now()))
    db.session.flush()
    _recount(rating.id)
    announce(HelpfulVoted(rating.id, person_id))
    return rating


def _recount(rating_id: int) -> None:
    def votes(up: bool) -> object:
        return (select(func.count()).where(HelpfulVote.rating_id == rating_id,
                                           HelpfulVote.up.is_(up)).scalar_subquery())

    db.session.execute(update(Rating).where(Rating.id == rating_id)
                       .values(helpful_up=votes(True), helpful_down=votes(False))
                       .execution_options(synchronize_session=False))

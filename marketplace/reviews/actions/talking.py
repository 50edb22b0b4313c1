"""The producer's reply with draft and second read, the votes of readers, and taps."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from marketplace.catalog.models import Product
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound, NotYours
from marketplace.foundation.events import announce
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role
from marketplace.reviews.events import (
    ChangeTold,
    HelpedMilestone,
    HelpfulVoted,
    ReplyPublished,
    TapGiven,
)
from marketplace.reviews.models import HelpfulVote, Rating, Reply, ReplyVersion, Tap
from marketplace.reviews.rules.score import helpful_rank
from marketplace.web.masking import masked

MILESTONES = (1, 7, 25, 100)
MOST_CHANGED = 280


def _asked(rating_id: int, role: Role) -> Rating:
    """The answer this role may reply to. Raises NotYours, NotFound."""
    demand(role, "answer")
    rating = db.session.get(Rating, rating_id)
    if rating is None or rating.producer_id != role.producer_id:
        raise NotFound(_("There is nothing at this address."))
    return rating


def _long_enough(words: str) -> None:
    if not 10 <= len(words) <= 4000:
        raise Invalid({"words": _("10 to 4,000 characters: answer the point, say what changes.")})


def _row(rating_id: int, role: Role, person_id: int, lang: str, state: str) -> Reply:
    row = db.session.scalar(select(Reply).where(Reply.rating_id == rating_id)
                            .with_for_update().execution_options(populate_existing=True))
    if row is None:
        row = Reply(rating_id=rating_id, producer_id=role.producer_id, person_id=person_id,
                    shown_name=_signed(role), words="", lang=lang, at=clock.now(), version=0,
                    state=state, draft="")
        db.session.add(row)
    return row


def _signed(role: Role) -> str:
    return f"{role.shown_name}, {role.title or role.name}"[:60]


def draft_reply(rating_id: int, role: Role, person_id: int, words: str, lang: str) -> Reply:
    """Keep what a reply shall say; nobody outside the producer sees it. Changes replies."""
    _asked(rating_id, role)
    _long_enough(words)
    row = _row(rating_id, role, person_id, lang, "draft")
    row.draft, row.drafted_by, row.read_by = words, person_id, None
    if row.version == 0:
        row.state = "draft"
    db.session.flush()
    return row


def read_reply(rating_id: int, role: Role, person_id: int) -> Reply:
    """A second person of the producer has read the draft. Raises NotFound, Conflict.

    Changes replies.
    """
    _asked(rating_id, role)
    row = db.session.scalar(select(Reply).where(Reply.rating_id == rating_id)
                            .execution_options(populate_existing=True))
    if row is None or not row.draft:
        raise NotFound(_("There is no draft to read."))
    if row.drafted_by == person_id:
        raise Conflict(_("The second read is somebody else's."))
    row.read_by = person_id
    if row.version == 0:
        row.state = "read"
    db.session.flush()
    return row


def reply(rating_id: int, role: Role, person_id: int, words: str, lang: str,
          changed: str | None = None) -> Reply:
    """Answer a rating in public, signed, with what was changed because of it, if anything was
    (None leaves what was said); a second time makes a new version.

    Raises NotYours, NotFound, Invalid. Changes replies, reply_versions; announces ReplyPublished,
    and ChangeTold where something new was changed.
    """
    rating = _asked(rating_id, role)
    _long_enough(words)
    if len(changed or "") > MOST_CHANGED:
        raise Invalid({"changed": _("At most 280 characters.")})
    row = _row(rating_id, role, person_id, lang, "published")
    hidden, before = masked(words, lang), row.changed or ""
    after = before if changed is None else masked(changed, lang)[:MOST_CHANGED]
    if row.version and row.state == "published" and (row.words, before) == (hidden, after):
        return row
    row.changed = after
    row.words, row.at, row.shown_name = hidden, clock.now(), _signed(role)
    row.state, row.draft, row.person_id = "published", "", person_id
    row.version += 1
    db.session.flush()
    db.session.add(ReplyVersion(reply_id=row.id, n=row.version, words=row.words, at=row.at,
                                shown_name=row.shown_name, changed=row.changed))
    db.session.flush()
    announce(ReplyPublished(row.id, rating_id, role.producer_id, rating.person_id))
    if after and after != before:
        announce(ChangeTold(row.id, rating_id, role.producer_id, rating.person_id))
    return row


def vote_helpful(code: str, person_id: int, up: bool | None) -> Rating:
    """Helpful, not helpful, or taken back (None). Raises NotFound, NotYours on one's own.

    Changes helpful_votes, ratings; announces HelpfulVoted, HelpedMilestone.
    """
    rating = db.session.scalar(select(Rating).where(Rating.code == code).with_for_update()
                               .execution_options(populate_existing=True))
    if rating is None:
        raise NotFound(_("There is nothing at this address."))
    if rating.person_id == person_id:
        raise NotYours(_("Others decide whether your own words help."))
    before = rating.helpful_up
    db.session.execute(delete(HelpfulVote).where(HelpfulVote.rating_id == rating.id,
                                                 HelpfulVote.person_id == person_id))
    if up is not None:
        db.session.add(HelpfulVote(rating_id=rating.id, person_id=person_id, up=up,
                                   at=clock.now()))
    db.session.flush()
    now_up = _recount(rating.id)
    announce(HelpfulVoted(rating.id, person_id))
    if up and now_up > before and now_up in MILESTONES and rating.person_id is not None:
        announce(HelpedMilestone(rating.id, rating.person_id, rating.product_id, now_up))
    return rating


def _recount(rating_id: int) -> int:
    """Count the votes and the rank of an answer anew; how many find it helpful."""
    found = dict(db.session.execute(
        select(HelpfulVote.up, func.count()).where(HelpfulVote.rating_id == rating_id)
        .group_by(HelpfulVote.up)).all())
    up, down = found.get(True, 0), found.get(False, 0)
    db.session.execute(
        update(Rating).where(Rating.id == rating_id)
        .values(helpful_up=up, helpful_down=down, helpful_rank=helpful_rank(up, up + down))
        .execution_options(synchronize_session=False))
    return int(up)


def tap(product_id: int, person_id: int, up: bool | None) -> None:
    """Liked, not liked, or taken back (None); apart from every score. Raises NotFound.

    Changes taps; announces TapGiven.
    """
    if db.session.get(Product, product_id) is None:
        raise NotFound(_("There is no such product here."))
    known = db.session.scalar(select(Tap.up).where(Tap.product_id == product_id,
                                                   Tap.person_id == person_id))
    if known == up:
        return
    db.session.execute(delete(Tap).where(Tap.product_id == product_id,
                                         Tap.person_id == person_id))
    if up is not None:
        db.session.execute(db.insert(Tap), [{
            "product_id": product_id, "person_id": person_id, "up": up, "at": clock.now()}])
    announce(TapGiven(product_id, person_id, up))

"""Who is told of bundles; handlers of the reactions table."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from marketplace.bundles.events import BundleRemixed, ChallengeEnded, PollEnded, PollOpened
from marketplace.bundles.models import Bundle, Challenge, Poll, PollVote
from marketplace.bundles.queries.challenges import places_of
from marketplace.foundation.database import db
from marketplace.notify.actions.reacting import name_of
from marketplace.notify.actions.telling import tell
from marketplace.notify.queries.objects import sees
from marketplace.people.models import Follow

MOST_FRIENDS = 200


def remixed(event: BundleRemixed) -> None:
    """The author of a bundle that somebody made a variant of, if they may see it."""
    parent = db.session.get_one(Bundle, event.parent_id)
    variant = db.session.get_one(Bundle, event.bundle_id)
    url = f"/bundles/{variant.slug}"
    if parent.author_id is not None and sees(parent.author_id, url):
        tell(parent.author_id, "variant", f"variant {parent.id}", "remixed", url,
             by=event.author_id, name=name_of(event.author_id), title=parent.title)


def poll_opened(event: PollOpened) -> None:
    """Friends of who asks them: people who follow each other."""
    if event.audience != "friends":
        return
    row, back = db.session.get_one(Poll, event.poll_id), aliased(Follow)
    friends = db.session.scalars(
        select(Follow.followed_id).join(back, back.follower_id == Follow.followed_id)
        .where(Follow.follower_id == row.author_id, back.followed_id == row.author_id)
        .order_by(Follow.at.desc(), Follow.followed_id).limit(MOST_FRIENDS)).all()
    for friend in friends:
        tell(friend, "asked", f"poll {row.id}", "poll_opened", f"/polls/{row.code}",
             by=row.author_id, name=name_of(row.author_id), question=row.question)


def poll_ended(event: PollEnded) -> None:
    """Who asked, with how many answered."""
    row = db.session.get_one(Poll, event.poll_id)
    voices = db.session.scalar(select(func.count()).where(PollVote.poll_id == row.id)) or 0
    tell(row.author_id, "answer", f"poll {row.id}", "poll_ended", f"/polls/{row.code}",
         question=row.question, voices=voices)


def challenge_ended(event: ChallengeEnded) -> None:
    """Everybody who took part, with their place."""
    row = db.session.get_one(Challenge, event.challenge_id)
    for person_id, title, rank in places_of(row.id):
        tell(person_id, "vote", f"challenge {row.id} {title}", "challenge_ended",
             f"/bundles/challenges/{row.slug}", theme=row.theme, title=title, rank=rank)

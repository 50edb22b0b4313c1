"""Asking others, answering, and the end of a poll."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from marketplace.bundles.events import PollEnded, PollOpened
from marketplace.bundles.models import Bundle, Poll, PollOption, PollVote
from marketplace.bundles.rules import MOST_ANSWER, poll_faults
from marketplace.foundation import clock
from marketplace.foundation.codes import new_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound, NotYours, TooMany
from marketplace.foundation.events import announce
from marketplace.groups.queries import role_in
from marketplace.people.queries import is_blocked

MOST_OPEN, MOST_ENDED = 10, 500


@dataclass(frozen=True, slots=True)
class NewPoll:
    """What is asked; each answer is words and the product they name, if they name one."""

    question: str
    answers: Sequence[tuple[str, int | None]]
    hours: int | None
    audience: str
    group_id: int | None = None
    bundle_id: int | None = None
    product_id: int | None = None


def open_poll(person_id: int, new: NewPoll, lang: str) -> Poll:
    """Ask friends, a group or everybody until a moment. Raises Invalid, NotYours, TooMany.

    Changes polls, poll_options; announces PollOpened.
    """
    _demand(person_id, new)
    now = clock.now()
    row = Poll(code=new_code(8), author_id=person_id, question=new.question, lang=lang,
               bundle_id=new.bundle_id, product_id=new.product_id, audience=new.audience,
               group_id=new.group_id if new.audience == "group" else None, made_at=now,
               ends_at=now + timedelta(hours=new.hours or 0))
    db.session.add(row)
    db.session.flush()
    db.session.add_all(PollOption(poll_id=row.id, pos=pos, words=words[:120],
                                  product_id=product_id)
                       for pos, (words, product_id) in enumerate(new.answers, start=1))
    db.session.flush()
    announce(PollOpened(row.id, person_id, row.audience, row.group_id))
    return row


def _demand(person_id: int, new: NewPoll) -> None:
    sentences = {
        "question": _("3 to 140 characters."),
        "answers": _("2 to 4 answers, each another one."),
        "hours": _("From one hour to 14 days."),
        "audience": _("Please choose whom you ask.")}
    faults = {name: sentences[name] for name in poll_faults(
        new.question, [words for words, _product in new.answers], new.hours, new.audience)}
    if any(product is None and len(words) > MOST_ANSWER for words, product in new.answers):
        faults["answers"] = _("An answer has at most 80 characters.")
    if new.audience == "group" and new.group_id is None:
        faults["group"] = _("Please choose one of your groups.")
    if new.bundle_id is not None and not faults and not _audience_sees(new):
        faults["audience"] = _("Not everybody you ask may see this bundle.")
    if faults:
        raise Invalid(faults)
    if new.audience == "group" and role_in(new.group_id or 0, person_id) is None:
        raise NotYours(_("Members of the group do this. Joining takes one click."))
    open_now = db.session.scalars(select(Poll.id).where(
        Poll.author_id == person_id, Poll.ends_at > clock.now()).limit(MOST_OPEN)).all()
    if len(open_now) >= MOST_OPEN:
        raise TooMany(_("Ten of your questions are open. Please wait until one ends."))


def _audience_sees(new: NewPoll) -> bool:
    """Whether whom one asks may open the bundle that it is about."""
    row = db.session.execute(select(Bundle.visibility, Bundle.group_id, Bundle.state).where(
        Bundle.id == new.bundle_id)).first()
    if row is None or row.state != "published":
        return False
    if row.visibility in ("public", "link"):
        return True
    if row.visibility == "members":
        return new.audience != "public"
    return bool(row.visibility == "group" and new.audience == "group"
                and row.group_id == new.group_id)


def answer_poll(poll_id: int, person_id: int, option_id: int) -> None:
    """Say one's answer, or another one than before. Raises NotYours, Conflict, NotFound.

    Changes poll_votes.
    """
    row = db.session.get(Poll, poll_id, with_for_update=True, populate_existing=True)
    if row is None or option_id not in db.session.scalars(select(PollOption.id).where(
            PollOption.poll_id == poll_id)).all():
        raise NotFound(_("There is no such answer."))
    if row.author_id == person_id:
        raise NotYours(_("You asked; the others answer."))
    if is_blocked(row.author_id, person_id):
        raise NotYours(_("One of you does not want contact with the other."))
    if row.ends_at <= clock.now():
        raise Conflict(_("This question has ended."))
    db.session.execute(delete(PollVote).where(PollVote.poll_id == poll_id,
                                              PollVote.person_id == person_id))
    db.session.add(PollVote(poll_id=poll_id, person_id=person_id, option_id=option_id,
                            at=clock.now()))
    db.session.flush()


def close_poll(poll_id: int, person_id: int) -> None:
    """End one's own poll before its time; twice is once. Raises NotYours.

    Changes polls; announces PollEnded.
    """
    row = db.session.get(Poll, poll_id, with_for_update=True, populate_existing=True)
    if row is None or row.author_id != person_id:
        raise NotYours(_("Only who asked ends a question."))
    now = clock.now()
    if row.ended_at is None:
        row.ends_at, row.ended_at = min(row.ends_at, now), now
        db.session.flush()
        announce(PollEnded(row.id, row.author_id))


def end_polls() -> None:
    """Note and tell the end of what is over. Changes polls; announces PollEnded."""
    now = clock.now()
    for row in db.session.scalars(
        select(Poll).where(Poll.ended_at.is_(None), Poll.ends_at <= now)
        .order_by(Poll.id).limit(MOST_ENDED).with_for_update()
    ):
        row.ended_at = now
        announce(PollEnded(row.id, row.author_id))
    db.session.flush()


def hide_poll(poll_id: int, hidden: bool) -> None:
    """Take a poll out of sight by a decision, or back. Changes polls."""
    db.session.execute(update(Poll).where(Poll.id == poll_id)
                       .values(standing="hidden" if hidden else "visible"))


def empty_poll(poll_id: int) -> None:
    """The words of a poll that a decision removed long ago go. Changes polls, poll_options."""
    hidden = select(Poll.id).where(Poll.id == poll_id, Poll.standing == "hidden")
    for change in (update(PollOption).where(PollOption.poll_id.in_(hidden)).values(words=""),
                   update(Poll).where(Poll.id.in_(hidden)).values(question="")):
        db.session.execute(change.execution_options(synchronize_session=False))

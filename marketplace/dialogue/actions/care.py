"""What moderators of a group do with its talk; each act is logged, told and can be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from marketplace.dialogue.events import TalkCared
from marketplace.dialogue.models import Post, TalkAct, Thread
from marketplace.dialogue.queries.care import cannot_decide, holds, time_words
from marketplace.dialogue.rules import MOST_PINNED, care_faults, seconds_left
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound, NotYours, TooMany
from marketplace.foundation.events import announce
from marketplace.groups.actions.belonging import demand_care
from marketplace.groups.models import Group


@dataclass(frozen=True, slots=True)
class NewCare:
    """What a moderator wants to do, with the reason its author reads."""

    act: str
    value: str = ""
    reason: str = ""
    words: str = ""
    post_code: str = ""


def care(thread: Thread, by: int, new: NewCare) -> TalkAct:
    """Pin, lock, slow down, label, fold words or let a topic go; the same twice is once.

    Raises NotYours (no moderator, party, tied, or words shall go), Invalid, NotFound, Conflict.
    Changes talk_acts, threads, posts; announces TalkCared.
    """
    _demand_carer(thread, by)
    if new.act in ("edit", "remove", "delete", "hide"):
        raise NotYours(_("Nobody in a group changes or removes what others wrote. Report it, and "
                         "the moderation of the marketplace decides."))
    _check(new)
    post = _post(thread, new)
    author = post.author_id if post is not None else thread.author_id
    if cannot_decide(thread, author, by, new.act):
        raise NotYours(_("You are part of this or tied to somebody who is; "
                         "another person decides it."))
    known = _known(thread, post, new.act)
    if known is not None and holds(known) and known.value == new.value:
        return known
    if new.act == "pin":
        _demand_room(thread)
    if thread.proposal_id is not None and new.act in ("lock", "away"):
        raise Conflict(_("A proposal is talked about until it is decided."))
    if known is not None:
        _end(known, by)
    now = clock.now()
    until = now + timedelta(days=int(new.value)) if new.act == "fold" else None
    row = TalkAct(group_id=thread.group_id, thread_id=thread.id, post_id=post and post.id,
                  act=new.act, value=new.value, reason=new.reason or None, words=new.words,
                  by_id=by, at=now, until=until)
    db.session.add(row)
    db.session.flush()
    _carry_out(row, new.value)
    announce(TalkCared(row.id, thread.id, by, author, row.act, row.reason or "order", False))
    return row


def take_back(thread: Thread, by: int, act_id: int) -> None:
    """End what a moderator did; twice is once. Raises NotYours, NotFound.

    Changes talk_acts, threads, posts; announces TalkCared.
    """
    _demand_carer(thread, by)
    row = db.session.get(TalkAct, act_id, populate_existing=True)
    if row is None or row.thread_id != thread.id:
        raise NotFound(_("There is nothing at this address."))
    author = thread.author_id if row.post_id is None else db.session.scalar(
        select(Post.author_id).where(Post.id == row.post_id))
    if cannot_decide(thread, author, by, row.act):
        raise NotYours(_("You are part of this or tied to somebody who is; "
                         "another person decides it."))
    if row.ended_at is not None:
        return
    _end(row, by)
    _carry_out(row, "")
    announce(TalkCared(row.id, thread.id, by, author, row.act, row.reason or "order", True))


def demand_open(thread: Thread, person_id: int) -> None:
    """Refuse words where a group locked its talk, let it go, or slowed it down.

    Raises Conflict, TooMany. Changes nothing but the order of two at once.
    """
    if thread.standing != "visible":
        raise Conflict(_("This is not in the group any more; nobody answers here."))
    if thread.locked:
        row = db.session.scalar(select(TalkAct).where(
            TalkAct.thread_id == thread.id, TalkAct.act == "lock", TalkAct.ended_at.is_(None)))
        raise Conflict(locked_words(row))
    if not thread.slow_seconds:
        return
    db.session.execute(update(Thread).where(Thread.id == thread.id).values(
        slow_seconds=Thread.slow_seconds).execution_options(synchronize_session=False))
    last = db.session.scalar(select(func.max(Post.at)).where(
        Post.thread_id == thread.id, Post.author_id == person_id))
    left = seconds_left(thread.slow_seconds,
                        None if last is None else (clock.now() - last).total_seconds())
    if left:
        raise TooMany(_("It goes slowly here: one post every %(time)s. You can write again in "
                        "%(left)s.", time=time_words(thread.slow_seconds), left=time_words(left)),
                      left)


def locked_words(row: TalkAct | None) -> str:
    """Why nobody posts in a locked topic."""
    return _("The moderators locked this topic: “%(why)s”", why=row.words if row else "")


def _demand_carer(thread: Thread, by: int) -> None:
    """Only who looks after the group; one after the other. Raises NotFound, NotYours."""
    if thread.group_id is None or thread.kind != "topic" or thread.standing == "hidden":
        raise NotFound(_("There is nothing at this address."))
    demand_care(thread.group_id, by)
    db.session.execute(select(Group.id).where(Group.id == thread.group_id).with_for_update())


def _check(new: NewCare) -> None:
    sentences = {
        "act": _("Please choose what shall happen."), "value": _("Please choose from the list."),
        "reason": _("Please choose a reason from the list."),
        "words": _("Say why, in 10 to 280 characters. Everybody here reads it."),
    }
    wrong = care_faults(new.act, new.value, new.reason, new.words)
    if wrong:
        raise Invalid({name: sentences[name] for name in sorted(wrong)})


def _post(thread: Thread, new: NewCare) -> Post | None:
    """The words that are folded. Raises NotFound."""
    if new.act != "fold":
        return None
    row = db.session.scalar(select(Post).where(
        Post.code == new.post_code, Post.thread_id == thread.id, Post.state == "published"))
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    return row


def _known(thread: Thread, post: Post | None, act: str) -> TalkAct | None:
    wanted = select(TalkAct).where(TalkAct.thread_id == thread.id, TalkAct.act == act,
                                   TalkAct.ended_at.is_(None))
    if post is not None:
        wanted = wanted.where(TalkAct.post_id == post.id)
    return db.session.scalar(wanted.execution_options(populate_existing=True))


def _demand_room(thread: Thread) -> None:
    """At most three topics of a group are pinned. Raises Conflict."""
    there = db.session.scalar(select(func.count(Thread.id)).where(
        Thread.group_id == thread.group_id, Thread.pinned, Thread.standing == "visible"))
    if (there or 0) >= MOST_PINNED:
        raise Conflict(_("Three topics are pinned already. Take one down first."))


def _end(row: TalkAct, by: int) -> None:
    row.ended_at, row.ended_by = clock.now(), by
    db.session.flush()


def _carry_out(row: TalkAct, value: str) -> None:
    """Let the topic or the words stand as the act says, or as before where it ended."""
    on = row.ended_at is None
    if row.act == "fold":
        db.session.execute(update(Post).where(Post.id == row.post_id).values(
            folded_until=row.until if on else None))
        return
    changes: dict[str, dict[str, object]] = {
        "pin": {"pinned": on}, "lock": {"locked": on},
        "slow": {"slow_seconds": int(value) if value.isdecimal() else 0},
        "label": {"label": value or None},
        "away": {"standing": "away" if on else "visible"}}
    db.session.execute(update(Thread).where(Thread.id == row.thread_id).values(
        **changes[row.act]).execution_options(synchronize_session=False))

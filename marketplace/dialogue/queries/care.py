"""What moderators of a group did with its talk, and what holds now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from marketplace.catalog.models import Product
from marketplace.dialogue.models import TalkAct, Thread
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.groups.queries import sells_in
from marketplace.producers.queries import is_concerned


def acts_on(thread_id: int) -> Sequence[TalkAct]:
    """All that moderators did in a topic, newest first, at most 100. Loads: 1 statement."""
    return db.session.scalars(
        select(TalkAct).where(TalkAct.thread_id == thread_id)
        .order_by(TalkAct.id.desc()).limit(100)).all()


def holds(act: TalkAct) -> bool:
    """Whether an act was neither taken back nor ran out."""
    return act.ended_at is None and (act.until is None or act.until > clock.now())


def folds(acts: Sequence[TalkAct]) -> Mapping[int, str]:
    """Why words are folded, by post."""
    return {act.post_id: why_of(act) for act in acts if act.post_id is not None and holds(act)}


def holding(acts: Sequence[TalkAct], kind: str) -> TalkAct | None:
    """The act of a kind that holds for the whole topic."""
    return next((act for act in acts if act.act == kind and holds(act)), None)


def why_of(act: TalkAct) -> str:
    """The reason of an act as people read it."""
    said = reason_words(act.reason) if act.reason else ""
    return f"{said}: {act.words}" if said and act.words else said or act.words


def cannot_decide(thread: Thread, author_id: int | None, by: int, act: str) -> bool:
    """Whether a moderator wrote it, knows who did, or sells what it is about; one's own topic may
    be pinned and labelled. Loads: at most 5 statements.
    """
    if act in ("pin", "label") and author_id == by:
        author_id = None
    house = thread.producer_id
    if house is None and thread.product_id is not None:
        house = db.session.scalar(select(Product.producer_id).where(
            Product.id == thread.product_id))
    return is_concerned(by, author_id, house) or sells_in(thread.group_id or 0, by)


def reason_words(reason: str) -> str:
    """Why a group folds words or lets a topic go."""
    return {"off_topic": _("does not belong here"), "duplicate": _("is here twice"),
            "spam_or_undeclared_ad": _("is advertising that does not say so"),
            "insult": _("insults somebody")}[reason]


def label_words(label: str) -> str:
    """What a topic is, as its group says."""
    return {"question": _("Question"), "tip": _("Tip"), "experience": _("Experience"),
            "search": _("Looking for something"), "group": _("About the group")}[label]


def time_words(seconds: int) -> str:
    """A short time in words, rounded up."""
    if seconds < 60:
        return ngettext("%(num)s second", "%(num)s seconds", seconds)
    if seconds < 3600:
        return ngettext("%(num)s minute", "%(num)s minutes", -(-seconds // 60))
    return ngettext("%(num)s hour", "%(num)s hours", -(-seconds // 3600))

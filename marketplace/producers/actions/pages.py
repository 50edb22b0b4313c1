"""Changes of `producers`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid, NotYours
from marketplace.foundation.events import announce
from marketplace.producers.events import (
    ProducerChanged,
    ProducerFollowed,
    ProducerUnfollowed,
    PromiseChanged,
)
from marketplace.producers.models import (
    Producer,
    ProducerFollow,
    ProducerText,
    Promise,
    SeenItem,
)
from marketplace.producers.queries.staff import Role, staff_of
from marketplace.producers.rules import may

PARTS = ("story", "method", "place", "people", "returns", "terms")


def demand(role: Role, right: str) -> None:
    """Refuse what this role may not do, and say who may. Raises NotYours."""
    if may(role.role, right):
        return
    able = [row.shown_name for row in staff_of(role.producer_id) if may(row.role, right)]
    raise NotYours(_("Your role at %(name)s does not include this. Ask %(who)s.",
                     name=role.name, who=", ".join(able[:3])))


def change_page(role: Role, fields: Mapping[str, str], texts: Mapping[tuple[str, str], str],
                person_id: int) -> None:
    """Change teasers and longer words; every version of a text is kept. Raises NotYours."""
    demand(role, "texts")
    wrong = [name for name, words in fields.items() if len(words) > 200]
    if wrong:
        raise Invalid({name: _("At most 200 characters.") for name in wrong})
    if fields:
        db.session.execute(update(Producer).where(Producer.id == role.producer_id)
                           .values(**fields))
    for (part, lang), words in texts.items():
        _keep_text(role.producer_id, part, lang, words, person_id)
    announce(ProducerChanged(role.producer_id, (*fields, *(part for part, _lang in texts))))


def _keep_text(producer_id: int, part: str, lang: str, words: str, person_id: int | None) -> None:
    last = db.session.scalar(
        select(ProducerText).where(ProducerText.producer_id == producer_id,
                                   ProducerText.part == part, ProducerText.lang == lang)
        .order_by(ProducerText.version.desc()).limit(1))
    if (last is None and not words) or (last is not None and last.words == words):
        return
    db.session.add(ProducerText(
        producer_id=producer_id, part=part, lang=lang, words=words, person_id=person_id,
        version=(last.version if last else 0) + 1, at=clock.now()))
    db.session.flush()


def promise(role: Role, kind: str, value: int) -> None:
    """Promise something new; the old line stays with its dates. Changes promises."""
    demand(role, "texts")
    if not 1 <= value <= 3650:
        raise Invalid({kind: _("A whole number from 1.")})
    old = end_promise(role.producer_id, kind)
    db.session.add(Promise(producer_id=role.producer_id, kind=kind, value=value,
                           from_at=clock.now()))
    db.session.flush()
    announce(PromiseChanged(role.producer_id, kind, old, value))
    announce(ProducerChanged(role.producer_id, ("promise",)))


def end_promise(producer_id: int, kind: str) -> int | None:
    """Close the open line of a kind with its date; its value, None if there was none."""
    row = db.session.scalar(select(Promise).where(
        Promise.producer_id == producer_id, Promise.kind == kind, Promise.to_at.is_(None)))
    if row is None:
        return None
    row.to_at = clock.now()
    db.session.flush()
    return row.value


def follow(person_id: int, producer_id: int) -> None:
    """Follow a producer; twice is once. Changes producer_follows, producers; announces."""
    try:
        with db.session.begin_nested():
            db.session.add(ProducerFollow(person_id=person_id, producer_id=producer_id,
                                          at=clock.now()))
    except IntegrityError:
        return
    _count(producer_id, 1)
    announce(ProducerFollowed(person_id, producer_id))


def unfollow(person_id: int, producer_id: int) -> None:
    """Follow a producer no longer. Changes producer_follows, producers; announces."""
    gone = db.session.execute(delete(ProducerFollow).where(
        ProducerFollow.person_id == person_id, ProducerFollow.producer_id == producer_id))
    if gone.rowcount:  # type: ignore[attr-defined]
        _count(producer_id, -1)
        announce(ProducerUnfollowed(person_id, producer_id))


def _count(producer_id: int, step: int) -> None:
    db.session.execute(update(Producer).where(Producer.id == producer_id)
                       .values(follower_count=Producer.follower_count + step))


def recount_followers() -> None:
    """Count followers anew from the rows. Changes producers."""
    count = (select(func.count()).where(ProducerFollow.producer_id == Producer.id)
             .scalar_subquery())
    db.session.execute(update(Producer).values(follower_count=count))


def mark_seen(producer_id: int, refs: Iterable[tuple[str, int]], person_id: int) -> None:
    """Somebody of the producer opened these voices. Changes seen_items."""
    for kind, ref in refs:
        if db.session.get(SeenItem, (producer_id, kind, ref)) is None:
            db.session.add(SeenItem(producer_id=producer_id, ref_kind=kind, ref_id=ref,
                                    person_id=person_id, at=clock.now()))
    db.session.flush()

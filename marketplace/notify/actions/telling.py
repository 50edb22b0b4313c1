"""Notices and letters, written in the transaction of what they tell."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db
from marketplace.foundation.jobs import enqueue
from marketplace.notify.actions.pushing import ANSWERS_AFTER, push
from marketplace.notify.models import Letter, Notice
from marketplace.notify.queries.own import (
    pace_of,
    reach_of,
    wants_mail,
    zone_of,
)
from marketplace.notify.rules import CLASSES, DIGEST, is_on
from marketplace.notify.rules.pace import PACED, next_morning
from marketplace.people.models import Person

TOLD = "told"
"""The letter that says what the notice says, for classes that have no own words."""


def tell(
    person_id: int, class_: str, merge_key: str, title: str, url: str, /, mail: str | None = None,
    by: int | None = None, house: int | None = None, of_group: int | None = None, **args: Any,
) -> None:
    """A notice for a person, merged with an unread one of the same key; a letter if wanted.

    `title` names a sentence of the notices page; `mail` the letter's template, the sentence of
    the notice without one ("": no letter, another one goes); `by` who did it: nothing of somebody
    muted or blocked is told; `house` the producer who speaks; `of_group` the group that does.
    Changes notices, letters, pushes.
    """
    must = CLASSES[class_].group == "must"
    if not must and by == person_id:
        return
    reach = reach_of(person_id, None if must else by, None if must else house)
    if not reach.hears or reach.snoozed:
        return
    chosen = reach.chosen
    if is_on(class_, "app", chosen):
        _notice(person_id, class_, merge_key, title, url, args)
    if is_on(class_, "push", chosen):
        push(person_id, class_, merge_key, url, by, house)
    if mail is None and not must:
        mail = TOLD
    if of_group is not None:
        args["of_group"] = of_group
    if mail and wants_mail(person_id, class_, chosen, of_group):
        lang = db.session.scalar(select(Person.lang).where(Person.id == person_id)) or "de"
        letter(class_, mail, lang, person_id=person_id, by=by, merge_key=merge_key,
               producer_id=house, args={**args, "url": url, "said": title})


def _notice(
    person_id: int, class_: str, merge_key: str, title: str, url: str, args: dict[str, Any]
) -> None:
    now = clock.now()
    dialect = db.session.get_bind().dialect.name
    table = Notice.__table__
    row = (sqlite if dialect == "sqlite" else postgresql).insert(table).values({
        "person_id": person_id, "class": class_, "merge_key": merge_key[:80], "title": title,
        "args": args, "url": url[:300], "count": 1, "first_at": now, "last_at": now})
    db.session.execute(row.on_conflict_do_update(
        index_elements=["person_id", "merge_key"], index_where=Notice.read_at.is_(None),
        set_={"count": table.c.count + 1, "last_at": now, "args": row.excluded.args,
              "url": row.excluded.url}))


def letter(
    class_: str, template: str, lang: str, *, person_id: int | None = None,
    email: str | None = None, args: dict[str, Any] | None = None, by: int | None = None,
    merge_key: str | None = None, producer_id: int | None = None, due_at: datetime | None = None,
) -> None:
    """A mail to be rendered and sent after this change, or at `due_at`. Changes letters, jobs.

    What came of the same matter while an optional letter waits stands in that letter.
    """
    key = merge_key[:80] if merge_key else None
    if CLASSES[class_].group != "must" and key and _joined(person_id, class_, key, args or {}):
        return
    row = Letter(person_id=person_id, email=email, class_=class_, template=template,
                 args=args or {}, lang=lang, by_id=by, merge_key=key, producer_id=producer_id,
                 due_at=due_at or _due(class_, person_id),
                 message_id=f"<{secret_code(96)}@zuruf.local>")
    db.session.add(row)
    db.session.flush()
    enqueue("notify.send", f"letter {row.id}", due_at=row.due_at, letter_id=row.id)


def _due(class_: str, person_id: int | None) -> datetime:
    """When a letter leaves: what is required at once, answers after five minutes, the rest in the
    next morning of its reader.
    """
    now, group = clock.now(), CLASSES[class_].group
    if group == "answers":
        return now + ANSWERS_AFTER
    if group not in PACED or class_ == DIGEST or person_id is None:
        return now
    return next_morning(now, pace_of(person_id).quiet_to, zone_of(person_id))


def _joined(person_id: int | None, class_: str, merge_key: str, args: dict[str, Any]) -> bool:
    """Whether a letter that waits takes this one up; it then counts how many it tells of."""
    row = db.session.scalar(select(Letter).where(
        Letter.person_id == person_id, Letter.class_ == class_, Letter.merge_key == merge_key,
        Letter.state == "waiting", Letter.left_at.is_(None)).limit(1))
    if row is None:
        return False
    row.args = {**args, "times": row.args.get("times", 1) + 1}
    db.session.flush()
    return True


def call_off(person_id: int, class_: str, merge_key: str) -> None:
    """A matter is done with before its letter left, and its notice was read. Changes letters,
    notices.
    """
    db.session.execute(update(Letter).where(
        Letter.person_id == person_id, Letter.class_ == class_, Letter.merge_key == merge_key,
        Letter.state == "waiting").values(state="skipped", why_skipped="nothing left"))
    db.session.execute(update(Notice).where(
        Notice.person_id == person_id, Notice.merge_key == merge_key, Notice.read_at.is_(None))
        .values(read_at=clock.now()))


def mark_read(person_id: int, notice_id: int | None = None) -> None:
    """One notice, or all, were read. Changes notices."""
    rows = update(Notice).where(Notice.person_id == person_id, Notice.read_at.is_(None))
    if notice_id is not None:
        rows = rows.where(Notice.id == notice_id)
    db.session.execute(rows.values(read_at=clock.now()))

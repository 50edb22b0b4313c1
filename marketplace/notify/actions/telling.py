"""Notices and letters, written in the transaction of what they tell."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db
from marketplace.foundation.jobs import enqueue
from marketplace.notify.models import Choice, Letter, Notice, Stop
from marketplace.notify.queries import choices_of
from marketplace.notify.rules import CLASSES, is_on
from marketplace.people.models import Person
from marketplace.people.queries import hears

ANSWERS_AFTER = timedelta(minutes=5)


def tell(
    person_id: int, class_: str, merge_key: str, title: str, url: str, /, mail: str | None = None,
    by: int | None = None, **args: Any,
) -> None:
    """A notice for a person, merged with an unread one of the same key; a letter if wanted.

    `title` names a sentence of the notices page; `mail` the letter's template; `by` who did it:
    nothing of somebody muted or blocked is told. Changes notices, letters.
    """
    if not hears(person_id, by):
        return
    chosen = choices_of(person_id)
    if is_on(class_, "app", chosen):
        _notice(person_id, class_, merge_key, title, url, args)
    if mail and is_on(class_, "mail", chosen):
        lang = db.session.scalar(select(Person.lang).where(Person.id == person_id)) or "de"
        letter(class_, mail, lang, person_id=person_id, args={**args, "url": url})


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
    email: str | None = None, args: dict[str, Any] | None = None,
) -> None:
    """A mail to be rendered and sent after this change. Changes letters, jobs."""
    now = clock.now()
    wait = ANSWERS_AFTER if CLASSES[class_].group == "answers" else timedelta(0)
    row = Letter(person_id=person_id, email=email, class_=class_, template=template,
                 args=args or {}, lang=lang, due_at=now + wait,
                 message_id=f"<{secret_code(96)}@zuruf.local>")
    db.session.add(row)
    db.session.flush()
    enqueue("notify.send", f"letter {row.id}", due_at=row.due_at, letter_id=row.id)


def mark_read(person_id: int, notice_id: int | None = None) -> None:
    """One notice, or all, were read. Changes notices."""
    rows = update(Notice).where(Notice.person_id == person_id, Notice.read_at.is_(None))
    if notice_id is not None:
        rows = rows.where(Notice.id == notice_id)
    db.session.execute(rows.values(read_at=clock.now()))


def choose(person_id: int, class_: str, channel: str, on: bool) -> None:
    """What a person wants of a class on a channel; must classes stay on. Changes choices."""
    if CLASSES[class_].group == "must" or channel not in ("app", "mail"):
        return
    db.session.merge(Choice(person_id=person_id, class_=class_, channel=channel, on=on,
                            at=clock.now()))
    db.session.flush()


def address_hash(email: str) -> str:
    """How a stopped address is remembered."""
    return sha256(f"stop:{email.strip().lower()}".encode()).hexdigest()


def stop(email: str, class_: str, cause: str) -> None:
    """An address wants a class no longer. Changes stops."""
    db.session.merge(Stop(to_hash=address_hash(email), class_=class_, cause=cause,
                          at=clock.now()))
    db.session.flush()

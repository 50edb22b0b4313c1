"""Reports, decisions and appeals, made through the pages."""

from __future__ import annotations

import re
from typing import Any

from marketplace.foundation.database import committing, db
from marketplace.people.models import Person
from tests.cast import Cast

WHY = "Der Satz beschreibt eine Flasche und keinen Menschen."


def moderate(cast: Cast, who: str, role: bool = True) -> None:
    """Somebody becomes a moderator of the site."""
    with committing():
        db.session.execute(db.update(Person).where(Person.handle == who)
                           .values(is_moderator=role))


def newest(column: str) -> str:
    """Of the newest row: table.column."""
    table, name = column.split(".")
    found = db.session.scalar(db.text(f"SELECT {name} FROM {table} ORDER BY id DESC LIMIT 1"))
    db.session.rollback()
    return str(found)


def reported(cast: Cast, who: str | None, thing: str, reason: str = "insult", **more: str) -> str:
    """The key of a report of somebody, a guest without a handle; thing: "post/<code>"."""
    client = cast.browser(who) if who else cast.app.test_client()
    page = cast.post(client, f"/moderation/report/{thing}", kind=reason, words="Bitte ansehen.",
                     step="send", **more).get_data(as_text=True)
    key = re.search(r"/moderation/reports/([\w-]+)", page)
    assert key, page
    return key.group(1)


def decided(cast: Cast, measure: str = "remove", reason: str = "insult", by: str = "max") -> str:
    """The newest matter decided by a moderator; its number."""
    number = newest("matters.number")
    done = cast.post(cast.browser(by), f"/moderation/matters/{number}", reason=reason,
                     measure=measure, facts="Der Satz setzt einen Menschen herab.",
                     milder_why="Er besteht nur daraus.")
    assert done.status_code == 303, done.get_data(as_text=True)
    return number


def appealed(cast: Cast, who: str, number: str, words: str = "Das war Lob für die Flasche.") -> str:
    """The number of somebody's appeal in a matter."""
    sent = cast.post(cast.browser(who), f"/moderation/decisions/{number}", words=words)
    assert sent.status_code == 303, sent.get_data(as_text=True)
    return newest("appeals.number")


def settle(cast: Cast, who: str, appeal: str, result: str = "restore", **more: str) -> int:
    """What somebody's decision about an appeal is answered."""
    return int(cast.post(cast.browser(who), f"/moderation/appeals/{appeal}", result=result,
                         **{"facts": WHY, **more}).status_code)


def one(query: Any) -> Any:
    """A value as it is in the database now."""
    db.session.rollback()
    return db.session.scalar(query)


def question(cast: Cast, who: str = "eva") -> str:
    """The code of a post in a public thread put to ana's house."""
    asked = cast.post(cast.browser(who), "/threads/new?about=/producers/weingut-kaltbach",
                      kind="question", title="Wie keltert ihr?", words="Nur Idioten keltern so.",
                      openness="public", step="send")
    assert asked.status_code == 303
    return newest("posts.code")

"""A market in which each kind of thing carries a word that nothing else has."""

from __future__ import annotations

from flask import Flask

from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from tests.cast import Cast

SEEN_BY = {
    "quirlig": ("", "dan", "eva", "cleo", "max"),
    "murmelnd": ("dan", "eva", "max"),
    "kauzigst": ("eva",),
    "wunderlich": ("eva",),
    "schrullig": ("dan", "eva", "max"),
    "putzigst": ("eva",),
    "verborgen": (),
    "entwurfig": (),
    "zurueckgez": (),
}
"""Which word finds something for whom: a visitor, a member, one of the secret group, one whom the
author blocked, the moderation."""
ROLES = ("", "dan", "eva", "cleo", "max")


def indexed(app: Flask) -> None:
    """The index is made anew, whatever another test left in it."""
    from marketplace.search.jobs import rebuild

    run_due()
    rebuild()
    settled(app)


def settled(app: Flask) -> None:
    """All waiting work is done, by itself, and nothing of the old index is kept."""
    run_due()
    for name in ("kept", "spellings"):
        app.extensions.pop(name, None)
    db.session.rollback()


def thread(cast: Cast, who: str, title: str, visibility: str = "public", slug: str = "",
           kind: str = "question", producer: int | None = None) -> int:
    """What somebody said, in a group if one is named; the id."""
    from marketplace.dialogue.actions import NewThread, open_thread
    from marketplace.groups.models import Group

    group = db.session.scalar(db.select(Group.id).where(Group.slug == slug)) if slug else None
    person = cast.id(who)
    db.session.rollback()
    with committing():
        row = open_thread(person, 2, NewThread(
            "topic" if slug else kind, title, f"Was sagt ihr zu {title}?", visibility, "de",
            group_id=group, producer_id=producer))
        return row.id


def bundle(cast: Cast, who: str, title: str, visibility: str, slug: str = "") -> int:
    """A bundle of two wines, published unless its visibility is "draft"; the id."""
    from marketplace.bundles.actions import ItemWish, fill, publish, start
    from marketplace.groups.models import Group

    wines = [cast.goods(one).product_id
             for one in ("riesling-vom-schiefer", "spaetburgunder-dorfkern")]
    group = db.session.scalar(db.select(Group.id).where(Group.slug == slug)) if slug else None
    person = cast.id(who)
    db.session.rollback()
    with committing():
        row = start(person, None, title, "de")
        fill(row.id, person, row.version, {}, [ItemWish("", one) for one in wines])
        if visibility != "draft":
            publish(row.id, person, visibility, group)
        return row.id


def filled(app: Flask, cast: Cast) -> None:
    """Things for everybody, for members, for a group, for their author alone."""
    from marketplace.people.actions import block, change_profile
    from tests.groups.hands import SECRET, put_in

    put_in(cast, SECRET, "member", "eva")
    gina, cleo = cast.id("gina"), cast.id("cleo")
    ana = cast.goods("riesling-vom-schiefer").producer_id
    db.session.rollback()
    with committing():
        change_profile(gina, "Gina", "Ich mag es schrullig.", "", "de", "")
    thread(cast, "bert", "Quirlig perlender Wein", producer=ana)
    bundle(cast, "gina", "Murmelnd durch den Mai", "members")
    bundle(cast, "gina", "Kauzigst im Mai", "group", SECRET)
    thread(cast, "gina", "Wunderlich leise", "group", SECRET)
    thread(cast, "gina", "Verborgen bleibt es", "private", producer=ana)
    bundle(cast, "gina", "Entwurfig", "draft")
    bundle(cast, "gina", "Zurueckgez und still", "link")
    with committing():
        db.session.execute(db.text(
            "UPDATE groups SET purpose = 'Putzigst' WHERE slug = 'geheime-runde'"))
        block(gina, cleo)
    indexed(app)

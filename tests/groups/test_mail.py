"""What a group sends to its members: as they chose, for all groups or for one."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid, NotYours
from marketplace.foundation.jobs import run_due
from marketplace.groups.actions import choose_mail
from marketplace.notify.actions import choose, stop_person
from marketplace.notify.models import Letter, Notice, Stop
from tests.cast import Cast
from tests.groups.hands import CLOSED, OPEN, group, put_in
from tests.web.circles import date_form


def topic(cast: Cast, slug: str, title: str = "Was zu Kohl?") -> None:
    sent = cast.post(cast.browser("gina"), f"/threads/new?about=/groups/{slug}", kind="topic",
                     openness="public", step="send", title=title, words=f"Seit Jahren: {title}")
    assert sent.status_code == 303
    run_due()
    db.session.rollback()


def letters(who: str, cast: Cast) -> list[tuple[str, str, str | None]]:
    db.session.rollback()
    rows = db.session.scalars(db.select(Letter).where(
        Letter.person_id == cast.id(who), Letter.class_.in_(("group_news", "vote")))
        .order_by(Letter.id))
    return [(row.class_, row.state, row.why_skipped) for row in rows]


def notices(who: str, cast: Cast) -> list[tuple[str, int, str]]:
    return [tuple(row) for row in db.session.execute(
        db.select(Notice.title, Notice.count, Notice.url).where(
            Notice.person_id == cast.id(who), Notice.class_ == "group_news")
        .order_by(Notice.id))]


def choice(cast: Cast, slug: str, wanted: str | None, who: str = "eva") -> None:
    group_id = group(slug).id
    with committing():
        choose_mail(group_id, cast.id(who), wanted)


def test_news_of_a_group_are_one_notice_until_looked_at(cast: Cast) -> None:
    """notify 3.1, groups 5: two topics and a date are one notice of three for each member but who
    began them; outsiders and the blocked hear nothing.
    """
    put_in(cast, OPEN, "member", "eva", "cleo")
    from marketplace.people.actions import block

    with committing():
        block(cast.id("cleo"), cast.id("gina"))
    topic(cast, OPEN)
    topic(cast, OPEN, "Und zu Rüben?")
    cast.post(cast.browser("gina"), f"/groups/{OPEN}/dates/new", **date_form())
    run_due()
    db.session.rollback()
    assert notices("eva", cast) == [("group_news", 3, f"/groups/{OPEN}/dates")]
    assert notices("gina", cast) == [("group_news", 1, f"/groups/{OPEN}/dates")]
    assert notices("dan", cast) == []
    assert notices("cleo", cast) == [("group_news", 1, f"/groups/{OPEN}/dates")]
    page = cast.browser("eva").get("/account/notices").get_data(as_text=True)
    assert "3 new things in Weißwein zu Gemüse." in page
    assert letters("eva", cast) == []


def test_one_group_may_write_and_another_may_not(cast: Cast) -> None:
    """groups 4: a yes for one group writes though the class is off; a no for one group is silent
    though the class is on; nothing chosen: as the settings say.
    """
    put_in(cast, OPEN, "member", "eva")
    put_in(cast, CLOSED, "member", "eva")
    choice(cast, OPEN, "on")
    for slug in (OPEN, CLOSED):
        topic(cast, slug)
    assert [row[0] for row in letters("eva", cast)] == ["group_news"]
    choice(cast, OPEN, "off")
    with committing():
        choose(cast.id("eva"), "group_news", "mail", True)
        db.session.execute(db.delete(Letter))
    for slug in (OPEN, CLOSED):
        topic(cast, slug, "Noch etwas?")
    row, = db.session.scalars(db.select(Letter).where(Letter.class_ == "group_news"))
    assert row.args["group"] == "Stiller Keller"
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        db.session.rollback()
        run_due(kind="notify.send")
        assert letters("eva", cast) == [("group_news", "sent", None)]


@pytest.mark.parametrize("change", ["off", "left", "stopped"])
def test_a_change_while_the_letter_waits_holds(cast: Cast, change: str) -> None:
    """groups-29, notify 3.2: switched off, left, or stopped by the link before it leaves."""
    put_in(cast, OPEN, "member", "eva")
    choice(cast, OPEN, "on")
    topic(cast, OPEN)
    if change == "off":
        choice(cast, OPEN, "off")
    elif change == "left":
        cast.post(cast.browser("eva"), f"/groups/{OPEN}/leave")
    else:
        with committing():
            stop_person(cast.id("eva"), "group_news", "header")
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        db.session.rollback()
        run_due(kind="notify.send")
        why = "stopped" if change == "stopped" else "off"
        assert letters("eva", cast) == [("group_news", "skipped", why)]


def test_own_yes_lifts_what_a_link_stopped(cast: Cast) -> None:
    """notify 3.5: a stop beats everything but the person's own new yes."""
    put_in(cast, OPEN, "member", "eva")
    with committing():
        stop_person(cast.id("eva"), "group_news", "header")
    assert db.session.scalar(db.select(db.func.count()).select_from(Stop)) == 1
    sent = cast.post(cast.browser("eva"), f"/groups/{OPEN}/mail", mail="on")
    assert sent.status_code == 303
    assert db.session.scalar(db.select(db.func.count()).select_from(Stop)) == 0
    page = cast.browser("eva").get("/account/groups?lang=en").get_data(as_text=True)
    assert "By mail: votes and news of this group" in page


def test_only_members_choose_and_only_what_there_is(cast: Cast) -> None:
    """6: outsiders, other values."""
    group_id, dan, gina = group(OPEN).id, cast.id("dan"), cast.id("gina")
    with pytest.raises(NotYours), committing():
        choose_mail(group_id, dan, "on")
    with pytest.raises(Invalid), committing():
        choose_mail(group_id, gina, "daily")

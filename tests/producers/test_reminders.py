"""Reminders of open steps: after three, ten and thirty days without a step, and never again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.jobs import kinds, run_due
from marketplace.notify.models import Letter, Notice
from marketplace.producers.rules.opening import step_reminder
from tests.cast import Cast
from tests.producers.houses import all_steps, opened, sent, wine

DAY = date(2026, 5, 1)


@pytest.mark.parametrize(("days", "reminded", "which"), [
    (2, 0, 0), (3, 0, 1), (4, 1, 0), (10, 1, 2), (12, 0, 1), (29, 2, 0), (30, 2, 3), (31, 3, 0),
    (900, 3, 0)])
def test_three_reminders_and_no_more(days: int, reminded: int, which: int) -> None:
    """producers 5: days 3, 10, 30 after the last step; who was forgotten gets one at a time."""
    assert step_reminder(DAY, reminded, DAY + timedelta(days=days)) == which


def letters() -> list[Letter]:
    """Letters of open steps so far."""
    db.session.rollback()
    return list(db.session.scalars(db.select(Letter).where(
        Letter.template == "steps_open").order_by(Letter.id)))


def run_at(start: datetime, *days: int) -> None:
    """The daily job on each of these days."""
    for n in days:
        with time_machine.travel(start + timedelta(days=n), tick=False):
            kinds()["producers.reminders"].run()


def test_house_is_reminded_of_what_is_left(cast: Cast) -> None:
    """producers 5: three letters and no fourth, each naming the steps left at that moment; the last
    one says that it is the last; a house that sells hears nothing.
    """
    opened(cast)
    start = clock.now()
    run_at(start, 1, 2)
    assert letters() == []
    run_at(start, 3, 4, 5, 9)
    assert [one.args["left"] for one in letters()] == [8]
    run_at(start, 10, 30, 31, 60, 300)
    rows = letters()
    assert [one.args["last"] for one in rows] == [False, False, True]
    assert {one.person_id for one in rows} == {cast.id("dan")}
    db.session.rollback()
    with time_machine.travel(start + timedelta(days=301), tick=False):
        run_due()
    mail = cast.app.extensions["doors"].mail
    texts = [mail.read(name).text for name in mail.names(50)]
    found = [text for text in texts if "noch nicht im Verkauf; 8 Schritte fehlen" in text]
    assert found and "Wohin das Geld" in found[0] and "Wer ihr seid" not in found[0]
    assert sum("Wir erinnern dich nicht noch einmal." in text for text in texts) == 1


def test_a_step_moves_the_next_reminder(cast: Cast) -> None:
    """producers 5: nine days of silence count from the last step; with all steps done none comes,
    also while the check is waited for.
    """
    dan, start = opened(cast), clock.now()
    with time_machine.travel(start + timedelta(days=2), tick=False):
        sent(cast, cast.browser("dan"), "account", holder="Dan Müller",
             iban="DE89370400440532013000")
    run_at(start, 3, 4)
    assert letters() == []
    run_at(start, 5)
    assert [one.args["left"] for one in letters()] == [7]
    all_steps(cast, dan)
    number = wine(cast)
    assert cast.post(dan, f"/studio/products/{number}/sale").status_code == 303
    db.session.rollback()
    left = db.session.scalar(db.text(
        "SELECT 9 - count(*) FROM checklist c JOIN producers p ON p.id = c.producer_id "
        "WHERE p.slug = 'muehle-am-bach'"))
    assert left == 0
    run_at(start, 100, 200)
    assert len(letters()) == 1
    notices = db.session.scalars(db.select(Notice.title).where(
        Notice.title == "steps_open")).all()
    assert len(notices) == 1

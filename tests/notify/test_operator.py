"""Letters of those who run the market: own words, the closing, the week."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.notify.actions import tell
from marketplace.notify.jobs import closing as closing_jobs
from marketplace.notify.models import Letter, MarketClosing
from marketplace.notify.rules.closing import round_due
from marketplace.people.models import Person
from tests.cast import Cast
from tests.notify.test_classes import mail_of
from tests.notify.test_sending import leave


def test_own_paragraph_stands_in_the_letter(cast: Cast) -> None:
    """Spec 4: kept by language with version and author, shown in the sample and in the letter;
    links and too many words are refused and nothing typed is lost; taking it out is a version too.
    """
    olga, here = cast.browser("olga"), "/operator/mails/dispatched/own"
    words = "Bitte hebt die Kartons auf."
    bad = cast.post(olga, here, **{"own-de": "Mehr: https://example.org", "own-en": words})
    assert bad.status_code == 422 and words in bad.get_data(as_text=True)
    assert cast.post(olga, here, **{"own-de": words, "own-en": ""}).status_code == 303
    assert olga.get("/operator/mails/dispatched").get_data(as_text=True).count(words) == 3
    db.session.rollback()
    with committing():
        tell(cast.id("cleo"), "dispatch", "k", "dispatched", "/feed", "dispatched",
             producer="Kaltbach", part="Z-1")
    leave(timedelta(0))
    assert words in mail_of("Kaltbach")[0]
    assert db.session.scalar(db.select(Letter.own_version).where(
        Letter.template == "dispatched")) == 1
    assert cast.post(olga, here, **{"own-de": "", "own-en": ""}).status_code == 303
    assert words not in olga.get("/operator/mails/dispatched").get_data(as_text=True)
    assert cast.post(cast.browser("ana"), here, **{"own-de": words}).status_code == 403


def test_rounds_of_the_closing() -> None:
    """Spec 3.11: at once, at 30 and at 7 days; days missed by the job are made up for."""
    assert [round_due(days) for days in (60, 31, 30, 8, 7, 0, -1)] == [1, 1, 2, 2, 3, 3, 1]


def test_closing_is_told_three_times_sixty_days_before(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """notify-10: 59 days are refused; each member gets one letter in each round, in batches; every
    page says so; taken back, nothing more comes.
    """
    monkeypatch.setattr(closing_jobs, "BATCH", 3)
    shell, today = app.test_cli_runner(), clock.today()
    said = shell.invoke(args=["notify", "closing", "--on", str(today + timedelta(days=59))])
    assert said.exit_code != 0 and "60" in said.output
    db.session.rollback()
    assert db.session.scalar(db.select(MarketClosing.id)) is None
    assert shell.invoke(args=["notify", "closing", "--on",
                              str(today + timedelta(days=60))]).exit_code == 0
    assert "schließt am" in app.test_client().get("/").get_data(as_text=True)
    members = db.session.scalar(db.select(db.func.count(Person.id)))
    for days, letters in ((0, 1), (1, 1), (30, 2), (31, 2), (54, 3), (58, 3)):
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
            db.session.rollback()
            closing_jobs.closing_again()
            run_due(kind="notify.closing")
        db.session.rollback()
        assert db.session.scalar(db.select(db.func.count(Letter.id)).where(
            Letter.template == "market_closes")) == letters * members
    assert shell.invoke(args=["notify", "closing", "--take-back"]).output == "taken back\n"
    assert "schließt am" not in app.test_client().get("/").get_data(as_text=True)


def test_week_reaches_the_operator_with_voices_and_heads(cast: Cast) -> None:
    """notify-26, insights-13: on Monday one letter with public voices, half of them critical, none
    of private threads or of the house, and the heads of both logs; not twice.
    """
    from marketplace.insights.jobs import week
    from marketplace.moderation.queries import log_heads

    cleo = cast.browser("cleo")
    for n, kind in enumerate(["question"] * 12 + ["complaint"] * 5):
        with time_machine.travel(datetime(2026, 12, 2, 9 + n // 4, n, tzinfo=UTC), tick=False):
            cast.post(cleo, "/threads/new?about=/producers/weingut-kaltbach", kind=kind,
                      title=f"Sache {n}", words=f"Stimme {n}.", step="send",
                      openness="private" if n == 0 else "public")
    for _n in range(2):
        with time_machine.travel(datetime(2026, 12, 7, 6, tzinfo=UTC), tick=False):
            db.session.rollback()
            week()
            run_due(kind="notify.send")
    assert clock.today() != date(2026, 12, 7)
    texts = mail_of("Die Woche auf dem Markt: 2026-W49")
    assert len(texts) == 1
    drawn = [n for n in range(17) if f"“Stimme {n}.”" in texts[0] or f"„Stimme {n}.“" in texts[0]]
    assert len(drawn) == 10 and 0 not in drawn and sum(n >= 12 for n in drawn) == 5
    db.session.rollback()
    assert all(head in texts[0] for _name, _n, head in log_heads())

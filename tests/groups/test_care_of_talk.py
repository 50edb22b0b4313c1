"""What moderators of a group do with its talk: it is logged, told, and taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import time_machine
from flask import Flask
from flask.testing import FlaskClient

from marketplace.dialogue.models import Post, TalkAct, Thread
from marketplace.dialogue.rules import care_faults, seconds_left
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.moderation.models import ModerationLogEntry
from marketplace.moderation.queries import broken_at
from marketplace.notify.models import Notice
from tests.cast import Cast
from tests.groups.hands import CLOSED, OPEN, SECRET, page, put_in, topic

WHY = "Das steht hier schon seit Mai."


def row(url: str) -> Thread:
    """The topic as the database has it."""
    db.session.rollback()
    found = db.session.scalar(db.select(Thread).where(Thread.code == url.rsplit("/", 1)[1])
                              .execution_options(populate_existing=True))
    assert found is not None
    return found


def log() -> list[tuple[str, str, str]]:
    """What the public log says, oldest first."""
    db.session.rollback()
    return [(said["object"], said["measure"], said["reason"]) for said in db.session.scalars(
        db.select(ModerationLogEntry.entry).order_by(ModerationLogEntry.n))]


def told(cast: Cast, handle: str) -> list[str]:
    """What a person was told of decisions."""
    db.session.rollback()
    return list(db.session.scalars(db.select(Notice.title).where(
        Notice.person_id == cast.id(handle), Notice.class_ == "statement").order_by(Notice.id)))


def undo(cast: Cast, browser: FlaskClient, url: str) -> int:
    """Take back the newest act."""
    db.session.rollback()
    newest = db.session.scalar(db.select(db.func.max(TalkAct.id)))
    return int(cast.post(browser, f"{url}/care", undo=newest).status_code)


def test_acts_on_plain_values() -> None:
    """groups-23: fold and "not in this group" name a reason of the list, locks say why; slow mode
    is 0, 60, 300 or 3,600 seconds; words are folded for 30 days at most.
    """
    assert care_faults("pin", "", "", "") == frozenset()
    assert care_faults("remove", "", "", "") == {"act"}
    assert care_faults("slow", "61", "", "") == {"value"}
    assert [care_faults("slow", n, "", "") for n in ("0", "60", "300", "3600")] == [frozenset()] * 4
    assert care_faults("fold", "31", "personal_data", "kurz") == {"value", "reason", "words"}
    assert care_faults("away", "", "off_topic", WHY) == frozenset()
    assert [seconds_left(300, since) for since in (None, 0.0, 299.2, 300.0)] == [0, 300, 1, 0]


def test_pinned_topics_come_first_and_are_three_at_most(cast: Cast) -> None:
    """groups-17, groups-23: pinned first, whatever was said last; a fourth is refused and changes
    nothing; taken back it stands in its place again.
    """
    put_in(cast, OPEN, "member", "eva")
    gina, titles = cast.browser("gina"), ("Erstes Thema", "Zweites", "Drittes", "Viertes")
    urls = [topic(cast, title=title) for title in titles]
    for url in urls[:3]:
        for _twice in range(2):
            assert cast.post(gina, f"{url}/care", act="pin").status_code == 303
    assert cast.post(gina, f"{urls[3]}/care", act="pin").status_code == 409
    assert not row(urls[3]).pinned and log() == [("thread", "pin", "order")] * 3
    said = page(gina, f"/groups/{OPEN}")
    assert [said.index(title) for title in ("Drittes", "Zweites", "Erstes Thema", "Viertes")] == \
        sorted(said.index(title) for title in titles)
    assert undo(cast, gina, urls[2]) == 303 and undo(cast, gina, urls[2]) == 303
    assert not row(urls[2]).pinned and log()[3:] == [("thread", "restore", "order")]
    assert cast.post(gina, f"{urls[3]}/care", act="pin").status_code == 303


def test_locked_topic_takes_no_words_and_says_why(cast: Cast) -> None:
    """groups-23: locked, nobody posts, moderators neither; the page says why, what was typed stays
    on it, the author is told; unlocked it goes on.
    """
    put_in(cast, OPEN, "member", "eva", "dan")
    gina, dan, url = cast.browser("gina"), cast.browser("dan"), topic(cast)
    assert cast.post(gina, f"{url}/care", act="lock", words="kurz").status_code == 422
    assert not row(url).locked and log() == []
    assert cast.post(gina, f"{url}/care", act="lock", words=WHY).status_code == 303
    for browser in (dan, gina):
        refused = cast.post(browser, url, words="Mein langer Satz dazu.")
        assert refused.status_code == 409
        assert WHY in refused.get_data(as_text=True)
        assert "Mein langer Satz dazu." in refused.get_data(as_text=True)
    assert row(url).replies == 0 and WHY in page(dan, url)
    assert told(cast, "eva") == ["care_lock"] and log() == [("thread", "lock", "order")]
    assert undo(cast, gina, url) == 303
    assert cast.post(dan, url, words="Jetzt geht es.").status_code == 303
    assert told(cast, "eva") == ["care_lock", "care_ended"]


def test_folded_words_open_for_everybody_and_end_in_time(app: Flask, cast: Cast) -> None:
    """groups-23: folded with the reason for up to 30 days, everybody unfolds; the words stay as
    they are; they are no teaser in the list; after the time they stand open.
    """
    put_in(cast, OPEN, "member", "eva", "dan")
    gina, url = cast.browser("gina"), topic(cast)
    assert cast.post(cast.browser("dan"), url, words="Kauft mein altes Rad!").status_code == 303
    code = db.session.scalar(db.select(Post.code).order_by(Post.id.desc()).limit(1))
    assert code in page(gina, url) and f"care?post={code}" in page(gina, url)
    assert "Kauft mein altes Rad!" in page(gina, f"{url}/care?post={code}")
    form: dict[str, Any] = {"act": "fold", "post": code, "value": "30", "reason": "off_topic",
                            "words": "Hier geht es um Wein."}
    assert cast.post(gina, f"{url}/care", **{**form, "value": "31"}).status_code == 422
    assert cast.post(gina, f"{url}/care", **form).status_code == 303
    seen = page(app.test_client(), url)
    folded = seen[seen.index('class="details"'):]
    folded = folded[:folded.index("</details>")]
    assert "Hier geht es um Wein." in folded and "Kauft mein altes Rad!" in folded
    assert "Kauft mein altes Rad!" not in page(gina, f"/groups/{OPEN}")
    assert told(cast, "dan") == ["care_fold"] and log() == [("post", "collapse", "off_topic")]
    with time_machine.travel(clock.now() + timedelta(days=30, seconds=1), tick=False):
        assert "Hier geht es um Wein." not in page(app.test_client(), url)
    assert undo(cast, gina, url) == 303
    assert 'class="details"' not in page(app.test_client(), url)


def test_topic_not_in_this_group_stays_with_its_author(app: Flask, cast: Cast) -> None:
    """groups-23: it leaves the lists, its feed and everybody else's reach; the author keeps it,
    reads why, also after leaving a secret group; moderators take it back.
    """
    put_in(cast, SECRET, "member", "eva", "dan")
    gina, eva, dan = (cast.browser(one) for one in ("gina", "eva", "dan"))
    url = topic(cast, slug=SECRET)
    assert dan.get(url).status_code == 200
    form = {"act": "away", "reason": "duplicate", "words": WHY}
    assert cast.post(gina, f"{url}/care", **form).status_code == 303
    assert "Was zu Kohl?" not in page(dan, f"/groups/{SECRET}")
    assert [browser.get(url).status_code for browser in (dan, app.test_client())] == [404, 404]
    assert WHY in page(eva, url) and "Ich suche etwas Leichtes." in page(eva, url)
    assert cast.post(eva, url, words="Noch ein Wort.").status_code == 403
    assert told(cast, "eva") == ["care_away"] and log() == [("thread", "away", "duplicate")]
    assert cast.post(eva, f"/groups/{SECRET}/leave").status_code == 303
    assert WHY in page(eva, url) and "Geheime Runde" not in page(eva, url)
    assert "Was zu Kohl?" in page(eva, "/threads?mine=1")
    assert "Was zu Kohl?" not in page(dan, "/threads?mine=1")
    assert "Was zu Kohl?" in page(gina, f"{url}/care")
    assert undo(cast, gina, url) == 303
    assert dan.get(url).status_code == 200 and "Was zu Kohl?" in page(dan, f"/groups/{SECRET}")


def test_slow_mode_per_person_and_topic(cast: Cast) -> None:
    """groups-17, groups-23: one post a minute for each person and topic; sooner 429 with the time,
    and the words are kept; others and other topics are not slowed down.
    """
    put_in(cast, OPEN, "member", "eva", "dan")
    gina, dan, url = cast.browser("gina"), cast.browser("dan"), topic(cast)
    assert cast.post(gina, f"{url}/care", act="slow", value="59").status_code == 422
    assert cast.post(gina, f"{url}/care", act="slow", value="60").status_code == 303
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=False) as now:
        assert cast.post(dan, url, words="Mein erster Satz.").status_code == 303
        now.shift(59)
        refused = cast.post(dan, url, words="Mein zweiter Satz.")
        assert refused.status_code == 429 and refused.headers["Retry-After"] == "1"
        assert "Mein zweiter Satz." in refused.get_data(as_text=True)
        assert row(url).replies == 1
        assert cast.post(cast.browser("eva"), url, words="Ein anderer Mensch.").status_code == 303
        now.shift(1)
        assert cast.post(dan, url, words="Mein zweiter Satz.").status_code == 303
    assert row(url).replies == 3 and log() == [("thread", "slow", "order")]
    assert cast.post(gina, f"{url}/care", act="slow", value="0").status_code == 303
    assert row(url).slow_seconds == 0


def test_label_of_the_list_shows(cast: Cast) -> None:
    """groups-23: a label out of a closed list, on the topic and in the group; taken back: none."""
    put_in(cast, OPEN, "member", "eva")
    gina, url = cast.browser("gina"), topic(cast)
    assert cast.post(gina, f"{url}/care", act="label", value="rude").status_code == 422
    for value in ("tip", "experience"):
        assert cast.post(gina, f"{url}/care", act="label", value=value).status_code == 303
    assert row(url).label == "experience"
    assert "Erfahrung" in page(gina, url) and "Erfahrung" in page(gina, f"/groups/{OPEN}")
    assert undo(cast, gina, url) == 303 and row(url).label is None


def test_nobody_removes_or_edits_words(cast: Cast) -> None:
    """groups-23: any attempt to remove or edit words gives 403; not a word changes."""
    put_in(cast, OPEN, "member", "eva")
    gina, url = cast.browser("gina"), topic(cast)
    for act in ("remove", "edit", "delete", "hide"):
        sent = cast.post(gina, f"{url}/care", act=act, words="Andere Worte, bitte.")
        assert sent.status_code == 403
    for path in ("", "/edit", "/remove"):
        assert gina.delete(url + path).status_code in (400, 403, 404, 405)
    assert "Ich suche etwas Leichtes." in page(gina, url)
    assert log() == [] and row(url).standing == "visible"


def test_who_sells_or_knows_a_party_does_not_decide(cast: Cast) -> None:
    """groups-23: a moderator who follows the author, wrote it, or sells goods of the subject gets
    403 and is told why beforehand; the own topic may be pinned.
    """
    put_in(cast, OPEN, "member", "eva")
    put_in(cast, OPEN, "moderator", "cleo", "bert", "ana")
    url, own, lock = topic(cast), topic(cast, "gina", title="Willkommen"), {"act": "lock",
                                                                            "words": WHY}
    assert cast.post(cast.browser("cleo"), "/members/eva/follow", follow="yes").status_code == 303
    for who in ("cleo", "ana"):
        browser = cast.browser(who)
        assert cast.post(browser, f"{url}/care", **lock).status_code == 403, who
        assert "notice-info" in page(browser, f"{url}/care"), who
    gina = cast.browser("gina")
    assert cast.post(gina, f"{own}/care", **lock).status_code == 403
    assert cast.post(gina, f"{own}/care", act="pin").status_code == 303
    assert not row(url).locked and not row(own).locked
    assert cast.post(gina, f"{url}/care", **lock).status_code == 303
    assert undo(cast, cast.browser("cleo"), url) == 403 and row(url).locked


def test_public_log_says_no_names(app: Flask, cast: Cast) -> None:
    """groups-23: the log holds the act and the reason, no group and nobody's name; its chain is
    whole.
    """
    put_in(cast, CLOSED, "member", "eva")
    url = topic(cast, slug=CLOSED)
    assert cast.post(cast.browser("gina"), f"{url}/care", act="away", reason="off_topic",
                     words=WHY).status_code == 303
    said = page(app.test_client(), "/moderation/log")
    main = said[said.index("<table"):said.index("</table>")]
    assert "nicht in dieser Gruppe" in main
    assert not [name for name in ("eva", "gina", "Stiller Keller", "Kohl") if name in main]
    assert set(broken_at().values()) == {None}

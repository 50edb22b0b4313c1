"""Letters are looked at again when they leave, merged, paced and sent once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import pytest
import time_machine
from flask import Flask

from marketplace.adapters.doors import doors
from marketplace.adapters.mail import Mail
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import OutsideDown
from marketplace.foundation.jobs import run_due
from marketplace.notify.actions import choose, keep_pace, letter, tell
from marketplace.notify.models import ClassDay, ClassPause, Letter
from marketplace.notify.rules import CLASSES
from marketplace.notify.rules.pace import Pace
from marketplace.people.actions import block, give_consent, withdraw_consent
from tests.cast import Cast

NOON = datetime(2026, 11, 30, 11, tzinfo=UTC)
MORNING = timedelta(days=1)


def write(cast: Cast, class_: str, who: str = "cleo", n: int = 1, **more: object) -> None:
    """Letters of a class to somebody, each about something else."""
    db.session.rollback()
    with committing():
        for one in range(n):
            letter(class_, "answer", "de", person_id=cast.id(who),
                   merge_key=f"{class_} {one}", **{"args": {"title": "X", "url": "/feed"},
                                                   **more})


def became(class_: str) -> list[tuple[str, str | None]]:
    """State and reason of the letters of a class."""
    db.session.rollback()
    rows = db.session.scalars(db.select(Letter).where(Letter.class_ == class_)
                              .order_by(Letter.id))
    return [(row.state, row.why_skipped) for row in rows]


def leave(later: timedelta = timedelta(minutes=6)) -> None:
    """Send what is due after a while."""
    with time_machine.travel(clock.now() + later, tick=False):
        db.session.rollback()
        run_due(kind="notify.send")


def want(cast: Cast, class_: str, who: str = "cleo") -> None:
    db.session.rollback()
    with committing():
        choose(cast.id(who), class_, "mail", True)


def test_new_account_gets_only_what_is_required(cast: Cast) -> None:
    """notify-1: events of all classes; by mail only the required ones leave, and there is no row
    of choices before.
    """
    with committing():
        for name in CLASSES:
            tell(cast.id("dan"), name, f"k {name}", "welcome", "/feed", mail="answer", title="X")
    with time_machine.travel(clock.now() + timedelta(minutes=6), tick=False):
        run_due(kind="notify.send")
    sent = {row.class_ for row in db.session.scalars(db.select(Letter).where(
        Letter.person_id == cast.id("dan"), Letter.state == "sent"))}
    must = {name for name, one in CLASSES.items() if one.group == "must"}
    assert must <= sent <= must | {"watch", "stock"}


def test_a_notice_takes_two_statements(cast: Cast, statements: list[str]) -> None:
    """Spec 8: in the announcing transaction two for a receiver, also where somebody did it and a
    producer speaks; merged with one that is unread, two again.
    """
    house = cast.goods("riesling-vom-schiefer").producer_id
    for _n in range(2):
        with committing():
            del statements[:]
            tell(cast.id("cleo"), "follow", "k", "house_news", "/feed", by=cast.id("ana"),
                 house=house, name="Kaltbach", title="Neues")
            asked = [one for one in statements if "people" not in one]
        assert len(asked) == 2, asked


def test_answers_of_one_thread_come_as_one_letter(cast: Cast) -> None:
    """notify-3: 25 answers in 3 threads within two minutes are 3 letters after five minutes."""
    want(cast, "answer")
    with committing():
        for n in range(25):
            tell(cast.id("cleo"), "answer", f"answer {n % 3}", "answer", "/feed", mail="answer",
                 by=cast.id("eva"), title=f"T{n % 3}")
    leave(timedelta(minutes=4))
    assert became("answer") == [("waiting", None)] * 3
    leave()
    assert became("answer") == [("sent", None)] * 3
    mails = [doors().mail.read(name) for name in doors().mail.names(10)]  # type: ignore[attr-defined]
    assert sorted(mail.subject for mail in mails if "neue Antworten" in mail.subject) == [
        "8 neue Antworten", "8 neue Antworten", "9 neue Antworten"]


def test_week_of_news_and_advertising_keeps_the_pace(cast: Cast) -> None:
    """notify-3: 6 news, 4 advertising, 2 dispatch mails -> 3 with 1 of advertising, and 2."""
    want(cast, "group_news")
    with committing():
        give_consent(cast.id("cleo"), "review_invite", "2026-11", "checkout")
    for n in range(6):
        write(cast, "group_news", args={"title": f"N{n}", "url": "/feed"})
        if n < 4:
            write(cast, "review_invite")
        leave(MORNING)
    write(cast, "dispatch", n=2)
    leave(timedelta(0))
    counts = {name: became(name).count(("sent", None))
              for name in ("group_news", "review_invite", "dispatch")}
    assert counts == {"group_news": 2, "review_invite": 1, "dispatch": 2}
    assert became("group_news")[-1] == ("skipped", "pace")


def test_quiet_hours_move_a_letter_to_the_morning(cast: Cast) -> None:
    """notify-3: at 23:00 in Berlin it waits until 8:00; what is required leaves at once."""
    want(cast, "group_news")
    with committing():
        keep_pace(cast.id("cleo"), Pace())
    with time_machine.travel(datetime(2026, 11, 30, 22, tzinfo=UTC), tick=False) as now:
        write(cast, "group_news")
        write(cast, "dispatch")
        run_due(kind="notify.send")
        assert became("dispatch") == [("sent", None)]
        row = db.session.scalar(db.select(Letter).where(Letter.class_ == "group_news"))
        assert (row.state, row.due_at) == ("waiting", datetime(2026, 12, 1, 7, tzinfo=UTC))
        now.move_to(datetime(2026, 12, 1, 7, 1, tzinfo=UTC))
        db.session.rollback()
        run_due(kind="notify.send")
    assert became("group_news") == [("sent", None)]


@pytest.mark.parametrize(("spoil", "why"), [
    (lambda cast: choose(cast.id("cleo"), "answer", "mail", False), "off"),
    (lambda cast: block(cast.id("cleo"), cast.id("eva")), "not visible"),
    (lambda cast: db.session.add(ClassPause(class_="answer", off_at=clock.now(), why="stops",
                                            sent=200, bad=12)), "class paused"),
    (lambda cast: db.session.execute(db.text("UPDATE people SET state = 'suspended' "
                                             "WHERE handle = 'cleo'")), "person gone"),
    (lambda cast: db.session.execute(db.text("UPDATE accounts SET confirmed_at = NULL")),
     "address not confirmed"),
])
def test_what_changed_in_between_stops_a_letter(cast: Cast, spoil: object, why: str) -> None:
    """notify-18: weighed again in the moment of leaving; the reason is kept, nothing is sent."""
    want(cast, "answer")
    write(cast, "answer", by=cast.id("eva"))
    with committing():
        spoil(cast)  # type: ignore[operator]
    leave()
    assert became("answer") == [("skipped", why)]


def test_hidden_thread_and_secret_group_are_told_to_nobody(cast: Cast) -> None:
    """notify-18: a thread that is hidden, and a group that became secret, after the event."""
    from marketplace.groups.models import Group

    want(cast, "answer", "dan")
    want(cast, "group_news", "dan")
    slug = db.session.scalar(db.select(Group.slug))
    write(cast, "answer", "dan", args={"title": "X", "url": "/threads/gone"})
    write(cast, "group_news", "dan", args={"title": "X", "url": f"/groups/{slug}"})
    with committing():
        db.session.execute(db.update(Group).values(kind="secret"))
    leave(MORNING)
    assert became("answer") + became("group_news") == [("skipped", "not visible")] * 2


def test_goods_of_eighteen_are_named_to_adults_only(cast: Cast) -> None:
    """notify-19: to who said 18, not to 16 and unknown."""
    slug = "riesling-vom-schiefer"
    for who, age in (("cleo", "18"), ("dan", "16"), ("eva", "unknown")):
        want(cast, "recommendation", who)
        with committing():
            db.session.execute(db.text("UPDATE products SET age_class = 18"))
            db.session.execute(db.text("UPDATE people SET age_class = :age WHERE handle = :who"),
                               {"age": age, "who": who})
        write(cast, "recommendation", who, args={"title": "X", "url": f"/products/{slug}"})
    leave()
    assert became("recommendation") == [("sent", None), ("skipped", "not visible"),
                                        ("skipped", "not visible")]


def test_withdrawn_consent_stops_advertising_in_the_queue(cast: Cast) -> None:
    """notify-4: nothing without a stored consent; withdrawn between queue and send stops it."""
    write(cast, "review_invite", "dan")
    with committing():
        give_consent(cast.id("cleo"), "review_invite", "2026-11", "checkout")
    write(cast, "review_invite")
    with committing():
        withdraw_consent(cast.id("cleo"), "review_invite")
    leave(MORNING)
    assert became("review_invite") == [("skipped", "no consent")] * 2


class Shut:
    """A door that is shut for a while; what came through stands in `through`."""

    def __init__(self, door: object) -> None:
        self.door, self.open, self.through = door, False, list[str]()

    def send(self, mail: Mail) -> None:
        """Take it, or say that nobody answers."""
        if not self.open:
            raise OutsideDown("The mail relay does not answer.", 60)
        self.through.append(mail.message_id)


def test_shut_door_keeps_letters_and_sends_each_once(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """notify-29: the letter waits with growing pauses to six hours, under one message id; a
    sender that dies after the door hands over the same message id again.
    """
    from marketplace.notify.jobs.sending import send
    from marketplace.notify.jobs.tending import late
    from marketplace.notify.models import Notice

    door = Shut(doors().mail)
    monkeypatch.setattr(doors(), "mail", door)
    with time_machine.travel(NOON, tick=False) as now:
        write(cast, "dispatch")
        pauses = []
        for _n in range(14):
            run_due(kind="notify.send")
            db.session.rollback()
            row = db.session.scalar(db.select(Letter).where(Letter.class_ == "dispatch"))
            pauses.append(round((row.due_at - clock.now()).total_seconds() / 60))
            now.move_to(row.due_at)
        assert pauses[:9] == [1, 1, 2, 4, 8, 16, 32, 64, 128]
        assert pauses[10:] == [360] * 4
        late()
        assert db.session.scalar(db.select(Notice).where(
            Notice.person_id == cast.id("olga"), Notice.title == "mail_late")) is not None
        door.open, number, fixed = True, row.id, row.message_id
        db.session.rollback()
        run_due(kind="notify.send")
        with committing():
            db.session.execute(db.update(Letter).values(state="waiting"))
        send(number)
    assert door.through == [fixed, fixed]
    assert became("dispatch") == [("sent", None)]


def test_fault_in_the_words_of_one_language_sends_the_other(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Spec 6: the other language with a line of apology, the operator hears, never empty."""
    from marketplace.notify.jobs import composing
    from marketplace.notify.models import Notice

    whole = composing.render_template

    def broken(name: str, **more: object) -> str:
        if more["page"].lang == "de":  # type: ignore[attr-defined]
            raise KeyError("title")
        return whole(name, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(composing, "render_template", broken)
    write(cast, "dispatch")
    leave()
    mail = doors().mail.read(doors().mail.names(1)[0])  # type: ignore[attr-defined]
    assert "We are sorry" in mail.text and "We are sorry" in mail.html
    assert db.session.scalar(db.select(Notice).where(
        Notice.person_id == cast.id("olga"), Notice.title == "mail_words")) is not None


def test_letter_has_the_marks_of_a_list_and_of_a_machine(app: Flask, cast: Cast) -> None:
    """notify-2, spec 3.7: both headers, one link in both forms, Auto-Submitted, List-Id,
    References; below 40 kB; no picture, no remote address but links; figures count it.
    """
    want(cast, "answer")
    write(cast, "answer")
    leave()
    door = doors().mail
    raw = (door.folder / door.names(1)[0]).read_bytes()  # type: ignore[attr-defined]
    mail = message_from_bytes(raw)
    link = mail["List-Unsubscribe"].strip("<>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated" and mail["List-Id"] and mail["References"]
    bodies = [part.get_payload(decode=True).decode() for part in mail.walk()
              if part.get_content_maintype() == "text"]
    assert len(bodies) == 2 and all(link in body for body in bodies)
    assert len(raw) < 40_000
    assert "<img" not in bodies[1] and "src=" not in bodies[1]
    assert db.session.scalar(db.select(ClassDay.sent).where(ClassDay.class_ == "answer")) == 1

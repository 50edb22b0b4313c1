"""Letters that come back, complaints, answers by mail: what a mail server pipes in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes

import pytest
import time_machine
from flask import Flask

from marketplace.adapters.doors import doors
from marketplace.commands.letters import take_mail
from marketplace.dialogue.models import Post, Thread
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.notify.actions import address_hash
from marketplace.notify.models import ClassDay, Letter, Notice, Stop
from marketplace.notify.rules.incoming import own_words
from marketplace.notify.rules.reports import Report, read_report
from tests.cast import Cast
from tests.notify.test_sending import became, leave, want, write

BOUNCE = """\
From: MAILER-DAEMON@mx.example.org
To: post@example.org
Subject: Undelivered
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It did not work.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; cleo@example.org
Action: {action}
Status: {status}

--b
Content-Type: {copy}

Message-ID: {id}
Subject: Hello

--b--
"""
COMPLAINT = """\
From: fbl@provider.example.org
Content-Type: multipart/report; report-type=feedback-report; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

Somebody complained.
--b
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: Some/1.0
Version: 1

--b
Content-Type: message/rfc822

Message-ID: {id}
Subject: Hello

Words
--b--
"""


def bounce(message_id: str, action: str = "failed", status: str = "5.1.1",
           copy: str = "text/rfc822-headers") -> bytes:
    """A report of delivery as RFC 3464 has it."""
    return BOUNCE.format(id=message_id, action=action, status=status, copy=copy).encode()


def complaint(message_id: str, kind: str = "abuse") -> bytes:
    """A report of a complaint as RFC 5965 has it."""
    return COMPLAINT.format(id=message_id, kind=kind).encode()


@pytest.mark.parametrize(("raw", "what"), [
    (bounce("<a@b>"), "hard"), (bounce("<a@b>", copy="message/rfc822"), "hard"),
    (bounce("<a@b>", status="5.0.0"), "hard"), (bounce("<a@b>", status=""), "hard"),
    (bounce("<a@b>", "delayed", "4.4.1"), "soft"), (bounce("<a@b>", status="4.2.1"), "soft"),
    (bounce("<a@b>", status="5.2.2"), "soft"), (bounce("<a@b>", status="5.7.1"), "soft"),
    (bounce("<a@b>".upper().lower(), "FAILED", "5.1.1 (unknown)"), "hard"),
    (complaint("<a@b>"), "complaint"), (complaint("<a@b>", "fraud"), "complaint")])
def test_reports_are_read(raw: bytes, what: str) -> None:
    """notify section 6: standard reports; full mailboxes, size and policy say nothing of the
    address; also with lines ended as mail ends them.
    """
    assert read_report(raw) == Report(what, ("<a@b>",))
    assert read_report(raw.replace(b"\n", b"\r\n")) == Report(what, ("<a@b>",))


@pytest.mark.parametrize("raw", [
    bounce("<a@b>", "delivered", "2.0.0"), bounce("<a@b>", "relayed", "2.0.0"),
    complaint("<a@b>", "not-spam"), b"", b"From: a@b\n\nHello", b"\xff\x00\xfe"])
def test_what_reports_nothing_bad_is_no_report(raw: bytes) -> None:
    """notify section 6: delivered, "not spam" and plain mail change nothing."""
    assert read_report(raw) is None


def sent_id(cast: Cast, class_: str = "dispatch") -> str:
    """The message id of the newest letter of a class, after it left."""
    leave()
    return str(db.session.scalars(db.select(Letter.message_id).where(
        Letter.class_ == class_).order_by(Letter.id.desc())).first())


def counted(class_: str) -> tuple[int, int, int]:
    db.session.rollback()
    row = db.session.execute(db.select(
        ClassDay.bounced, ClassDay.soft, ClassDay.complained).where(
            ClassDay.class_ == class_, ClassDay.day >= clock.today())).first()
    return tuple(row) if row else (0, 0, 0)


def test_second_hard_bounce_stops_what_is_optional(cast: Cast) -> None:
    """notify section 6: once nothing stops; the same report twice counts once; after the second
    letter optional ones rest, required ones go on for 30 days; the person reads it here and says
    that the address works again.
    """
    want(cast, "answer")
    write(cast, "dispatch")
    first = bounce(sent_id(cast))
    assert take_mail(first) == ("bounced", 0) and take_mail(first) == ("again", 0)
    assert db.session.scalar(db.select(Stop.cause)) is None
    write(cast, "dispatch")
    assert take_mail(bounce(sent_id(cast))) == ("bounced", 0)
    assert counted("dispatch")[0] == 2
    db.session.rollback()
    stop = db.session.execute(db.select(Stop.to_hash, Stop.class_, Stop.cause)).one()
    assert tuple(stop) == (address_hash("cleo@example.org"), "all", "bounce")
    assert db.session.scalar(db.select(Notice.title).where(
        Notice.person_id == cast.id("cleo"), Notice.class_ == "account",
        Notice.title == "address_fails"))
    write(cast, "answer")
    write(cast, "order")
    leave()
    assert became("answer") == [("skipped", "stopped")] and became("order") == [("sent", None)]
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        write(cast, "payment")
        leave()
    assert became("payment") == [("skipped", "address fails")]
    cleo = cast.browser("cleo")
    assert "kommt Post an deine Adresse zurück" in cleo.get(
        "/account/notices/settings").get_data(as_text=True)
    assert cast.post(cleo, "/account/notices/try-again").status_code == 303
    write(cast, "answer", args={"title": "Y", "url": "/feed"})
    leave()
    assert became("answer")[-1] == ("sent", None)


def test_soft_bounces_count_and_stop_nothing(cast: Cast) -> None:
    """notify section 6: put off three times is counted once for the letter and stops nothing."""
    write(cast, "dispatch")
    raw = bounce(sent_id(cast), "delayed", "4.4.1")
    assert [take_mail(raw)[0] for _n in range(3)] == ["soft", "again", "again"]
    assert counted("dispatch") == (0, 1, 0) and became("dispatch") == [("sent", "delayed")]
    assert db.session.scalar(db.select(Stop.cause)) is None
    assert take_mail(bounce("<unknown@elsewhere>")) == ("unknown", 0)


def test_one_complaint_stops_everything_optional(cast: Cast) -> None:
    """notify section 6, notify-11: once is enough; it counts for its class, required letters
    still go.
    """
    want(cast, "answer")
    write(cast, "answer")
    raw = complaint(sent_id(cast, "answer"))
    assert take_mail(raw) == ("complained", 0) and take_mail(raw) == ("again", 0)
    assert counted("answer") == (0, 0, 1)
    write(cast, "answer", args={"title": "Y", "url": "/feed"})
    write(cast, "order")
    leave()
    assert became("answer") == [("complained", None), ("skipped", "stopped")]
    assert became("order") == [("sent", None)]
    page = cast.browser("olga").get("/operator/mails").get_data(as_text=True)
    assert "Adressen mit Beschwerde" in page


REPLIES = [
    ("Ja, gern.\n\nAm Mo., 30. Nov. 2026 um 11:02 Uhr schrieb Zuruf <z@example.org>:\n> Hallo\n",
     "Ja, gern."),
    ("Yes.\n\n-- \nEva\n\n-----Original Message-----\nFrom: Z <z@example.org>\n", "Yes."),
    ("Gut.\n\n________________________________\nVon: Z <z@example.org>\nGesendet: Montag\n"
     "An: eva\nBetreff: Antwort\n\nHallo", "Gut."),
    ("> nur zitiert\n> mehr", ""), ("", "")]


@pytest.mark.parametrize(("text", "words"), REPLIES)
def test_quoted_letter_is_cut_off(text: str, words: str) -> None:
    """notify-15: what is quoted, its header and the signature are not said again."""
    assert own_words(text) == words


@pytest.fixture
def replies(app: Flask) -> Iterator[None]:
    """A mailbox for answers is set."""
    before = app.config["ZURUF"]
    app.config["ZURUF"] = replace(before, mail_replies="answers@example.org")
    yield
    app.config["ZURUF"] = before


def asked_thread(cast: Cast) -> str:
    """A question of cleo to a house that bert's browser cannot answer; its code."""
    sent = cast.post(cast.browser("cleo"), "/threads/new?about=/producers/weingut-kaltbach",
                     kind="question", title="Wie lange hält er offen?", words="Im Kühlschrank.",
                     openness="public", step="send")
    assert sent.status_code == 303
    return str(sent.location).rsplit("/", 1)[1].split("#")[0]


def reply_to(cast: Cast) -> str:
    """The Reply-To of the newest letter."""
    leave()
    door = doors().mail
    raw = (door.folder / door.names(1)[0]).read_bytes()  # type: ignore[attr-defined]
    return str(message_from_bytes(raw)["Reply-To"])


def answer_mail(sender: str, to: str, words: str = "Eine Woche.", more: str = "") -> bytes:
    return (f"From: Somebody <{sender}>\nTo: {to}\n{more}Subject: Re\n"
            "Content-Type: text/plain; charset=utf-8\n\n"
            f"{words}\n\nAm Mo., 30. Nov. 2026 um 11:02 Uhr schrieb Zuruf <z@example.org>:\n"
            "> Es gibt eine neue Antwort\n").encode()


def said(code: str) -> list[tuple[str, str]]:
    """Role and words in a thread."""
    db.session.rollback()
    return [tuple(row) for row in db.session.execute(
        db.select(Post.role, Post.words).join(Thread, Thread.id == Post.thread_id)
        .where(Thread.code == code).order_by(Post.id))]


def test_answer_by_mail_lands_in_the_thread(cast: Cast, replies: None) -> None:
    """notify-15: the house asked for mail; its answer is signed as from the page, said once though
    the mail comes twice, without the quoted letter; the asker hears of it.
    """
    want(cast, "question", "ana")
    code = asked_thread(cast)
    to = reply_to(cast)
    assert to.startswith("answers+") and to.endswith("@example.org") and to == to.lower()
    said_so, status = take_mail(answer_mail("ana@example.org", to, "Ruf an: 0171 2345678."))
    assert status == 0, said_so
    assert take_mail(answer_mail("ana@example.org", to, "Ruf an: 0171 2345678."))[1] == 0
    words = said(code)
    assert [role for role, _words in words] == ["asker", "staff"]
    assert "schrieb" not in words[1][1] and "2345678" not in words[1][1], "masked as on the page"
    assert db.session.scalar(db.select(Notice.id).where(
        Notice.person_id == cast.id("cleo"), Notice.title == "answer")) is not None


def test_what_is_no_answer_goes_back_or_away(cast: Cast, replies: None) -> None:
    """notify-15: another sender, a forged signature, no words, a machine, a thread that is gone:
    each with its sentence in the person's language or in silence, and nothing is said.
    """
    want(cast, "question", "ana")
    code = asked_thread(cast)
    to = reply_to(cast)
    name, domain = to.split("@")
    other = f"{name[:-1]}{'0' if name[-1] != '0' else '1'}@{domain}"
    for raw, words, status in (
            (answer_mail("eva@example.org", to), "Adresse deines Kontos", 65),
            (answer_mail("ana@example.org", other), "nobody at this address", 65),
            (answer_mail("ana@example.org", "post@example.org"), "nobody at this address", 65),
            (answer_mail("ana@example.org", to, ""), "keine eigenen Worte", 65),
            (answer_mail("ana@example.org", to, more="Auto-Submitted: auto-replied\n"), "", 0),
            (b"x" * 10_000_001, "too big", 65)):
        answered, code_of_exit = take_mail(raw)
        assert words in answered and code_of_exit == status, answered
    db.session.rollback()
    with committing():
        db.session.execute(db.update(Thread).values(standing="hidden"))
    assert "gibt es nicht mehr" in take_mail(answer_mail("ana@example.org", to))[0]
    assert len(said(code)) == 1


def test_without_a_mailbox_letters_take_no_answers(cast: Cast) -> None:
    """notify-15: no Reply-To where none is set, and an answer to it reaches nobody."""
    want(cast, "question", "ana")
    asked_thread(cast)
    assert reply_to(cast) == "None"
    run_due(kind="notify.send")

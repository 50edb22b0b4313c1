"""What letters never are, and what always arrives: sentences of the room, each by a short proof."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask

from marketplace.adapters.doors import doors
from marketplace.dialogue.jobs import voices
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.notify.actions import letter, stop_person, tell
from marketplace.notify.jobs.composing import LetterPage, rendered
from marketplace.notify.models import Letter
from marketplace.notify.views.operating import OPTIONAL, templates
from marketplace.notify.views.samples import OWN, SAMPLES
from marketplace.producers.models import Producer
from tests.cast import Cast
from tests.notify.test_sending import became, leave, want
from tests.stories.test_circle import order_by, send

WINE, HAT = "riesling-vom-schiefer", "muetze-deichwind"
SITE = "http://localhost"
PLACE = Path(__file__).resolve().parents[2] / "marketplace"


def drawn(name: str, lang: str, /, **args: object) -> tuple[str, str, str]:
    """A letter with example values: subject, text, HTML."""
    return rendered(name, LetterPage(
        "Cleo", {**SAMPLES, **OWN.get(name, {}), **args}, SITE, "Zuruf",
        f"{SITE}/unsubscribe/example" if name in OPTIONAL else None,
        f"{SITE}/account/notices/settings", lang))


PUSHING = re.compile(
    r"\bbasket\b|warenkorb|miss(ed)? you|vermiss|last chance|letzte chance|hurry|beeil|"
    r"only today|nur heute|countdown|expires in|läuft ab|don.t forget|vergiss nicht", re.I)


def test_no_letter_pulls_at_anybody(app: Flask) -> None:
    """notify-6: all letters in both languages; no basket, countdown, "we miss you"."""
    for name in templates():
        assert not re.search("basket|cart|miss|countdown|remind", name), name
        for lang in ("de", "en"):
            found = PUSHING.search(" ".join(drawn(name, lang)))
            assert found is None, (name, lang, found)


REMOTE = re.compile(r"<img|<link|<script|<iframe|\bsrc=|url\(|background=|@import", re.I)
LINK = re.compile(r"""https?://[^\s"<>')]+""")
OWN_WORDS = {"complaint", "withdrawal"}
"""Receipts: what their reader wrote stands in them whole."""


def test_no_letter_loads_or_betrays_anything(app: Flask) -> None:
    """notify-17: nothing remote but links to the market itself, no member's address, at most 280
    characters of another's words, which are escaped.
    """
    long = "x" * 600
    for name in templates():
        words = long if name not in OWN_WORDS else "kurz"
        for lang in ("de", "en"):
            subject, text, html = drawn(name, lang, words=words, wish=words, why=words,
                                        title="<u>Wein</u>", who="<i>Ana</i>")
            assert not REMOTE.search(html), name
            assert all(one.startswith(SITE) for one in LINK.findall(text + html)), name
            assert "@" not in subject + text, name
            assert "x" * 281 not in text and "x" * 281 not in html, name
            assert "<u>Wein" not in html and "<i>Ana" not in html, name


def test_thanks_say_neither_yes_nor_no(app: Flask) -> None:
    """notify-21: the letters of thanks do not tell how anybody answered."""
    for name in ("helped", "changed", "reply"):
        for lang in ("de", "en"):
            said = " ".join(drawn(name, lang)[:2])
            assert not re.search(r"\b(ja|nein|yes|no|wieder kaufen|buy it again)\b", said, re.I), (
                name, said)
    for title, args in (("thanked", {"name": "eva"}), ("answer_helped", {"name": "eva"})):
        said = " ".join(drawn("told", "de", said=title, **args)[:2])
        assert not re.search(r"\b(ja|nein)\b", said, re.I)


def addresses() -> set[str]:
    """What is given as an address wherever a letter is written."""
    found = set()
    for path in PLACE.rglob("*.py"):
        for call in (node for node in ast.walk(ast.parse(path.read_text("utf-8")))
                     if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
                     and node.func.id == "letter"):
            found |= {ast.unparse(word.value) for word in call.keywords if word.arg == "email"}
    return found


def test_letters_go_to_ones_own_address_only() -> None:
    """notify-20: the order's own, the withdrawal's own, a new address to be confirmed by its
    account, the former one, buyers of a recall, guests who reported or wrote what was decided, the
    public one of a house whose account changes; everywhere else a person, never a typed address.
    """
    assert addresses() == {"order.email", "row.email", "event.email", "event.former", "one.email",
                           "str(public)"}


def test_statements_arrive_whatever_was_stopped(cast: Cast) -> None:
    """notify-9: with its reason; to who stopped everything, is suspended, or was put out of a
    closed group.
    """
    from marketplace.groups.events import PersonExcluded
    from marketplace.groups.models import Group
    from marketplace.notify.actions.groups import person_excluded

    closed = db.session.scalar(db.select(Group.id).where(Group.kind == "closed"))
    db.session.rollback()
    with committing():
        stop_person(cast.id("cleo"), "digest", "click", everything=True)
        db.session.execute(db.text("UPDATE people SET state = 'suspended' WHERE handle = 'dan'"))
        for who in ("cleo", "dan"):
            letter("statement", "statement", "de", person_id=cast.id(who), args={
                "measure": "verborgen", "reason": "Beleidigung", "facts": "Satz zwei"})
        person_excluded(PersonExcluded(1, closed, cast.id("cleo"), cast.id("gina"), "advertising",
                                       "Dreimal Werbung."))
    leave(timedelta(0))
    assert became("statement") == [("sent", None)] * 3
    texts = texts_of(3)
    assert sum("Beleidigung" in one and "Satz zwei" in one for one in texts) == 2
    assert sum("Dreimal Werbung." in one for one in texts) == 1


def texts_of(n: int) -> list[str]:
    """The texts of the last letters."""
    door = doors().mail
    return [door.read(name).text for name in door.names(n)]  # type: ignore[attr-defined]


def test_letters_of_a_contract_name_the_seller(cast: Cast) -> None:
    """notify-16: order, payment, dispatch and delivery: name, address, whether a trader."""
    number = order_by(cast, cast.browser("cleo"), WINE)
    send(cast, "ana", f"{number}-1")
    run_due()
    db.session.rollback()
    sent = dict(db.session.execute(db.select(Letter.template, Letter.message_id).where(
        Letter.email == "cleo@example.org", Letter.state == "sent")).all())
    assert {"order", "paid", "dispatched", "delivered"} <= set(sent)
    door = doors().mail
    mails = [door.read(name) for name in door.names(40)]  # type: ignore[attr-defined]
    for template in ("order", "paid", "dispatched", "delivered"):
        text = next(mail.text for mail in mails if mail.message_id == sent[template])
        assert "Dorfstraße 1, 54321 Kaltbach" in text and "(Unternehmer)" in text, template


def test_delay_is_told_before_anybody_asks(app: Flask) -> None:
    """notify-7: the old day, that no new one is named yet, and waiting, cancelling and asking in
    one sentence without weight, in both languages; with a new day the reason stands there.
    """
    for lang, waits in (("de", "warten, stornieren"), ("en", "wait, cancel or ask")):
        text = drawn("late", lang)[1]
        assert waits in text, text
        assert ("4. Dezember" if lang == "de" else "4 December") in text.replace("04", "4"), text
    assert "Sturm" in drawn("new_day", "de", why="Sturm")[1]


def test_channel_and_language_hold_for_every_house(cast: Cast) -> None:
    """notify-14: eva said once that answers come by mail, and reads English: both houses' answers
    do, in English.
    """
    want(cast, "answer", "eva")
    eva = cast.browser("eva")
    for slug, who in (("weingut-kaltbach", "ana"), ("nordgarn", "bert")):
        sent = eva.get("/")
        sent = cast.post(eva, f"/threads/new?about=/producers/{slug}", kind="question",
                         title=f"Question to {slug}", words=f"How long, {slug}?", step="send",
                         openness="public")
        path = str(sent.location).split("#")[0]
        path = "/threads/" + path.rsplit("/", 1)[1]
        assert cast.post(cast.browser(who), path, words="Two weeks.").status_code == 303
    leave()
    assert became("answer") == [("sent", None)] * 2
    assert all("Hello Eva" in one for one in texts_of(2))


@pytest.mark.parametrize(("chosen", "letters"), [("daily", 8), ("weekly", 2), ("none", 0)])
def test_unanswered_voices_come_as_often_as_chosen(cast: Cast, chosen: str, letters: int) -> None:
    """notify-24: eight days with one question that waits: eight letters, two, none."""
    house = cast.goods(WINE).producer_id
    cast.post(cast.browser("cleo"), "/threads/new?about=/producers/weingut-kaltbach",
              kind="question", title="Wie lange hält er?", words="Im Kühlschrank.",
              openness="public", step="send")
    with committing():
        db.session.execute(db.update(Producer).where(Producer.id == house)
                           .values(voices_mail=chosen))
    for day in range(8):
        with time_machine.travel(datetime(2026, 12, 1 + day, 9, tzinfo=UTC), tick=False):
            db.session.rollback()
            voices()
            voices()
    db.session.rollback()
    assert db.session.scalar(db.select(db.func.count(Letter.id)).where(
        Letter.template == "voices", Letter.person_id == cast.id("ana"))) == letters


def test_every_class_has_a_letter(cast: Cast) -> None:
    """Spec 3.7: a switch by mail that is turned on brings a letter, also where the class has no
    words of its own; in German and English it says what the notice says.
    """
    want(cast, "criticism")
    with committing():
        tell(cast.id("cleo"), "criticism", "k", "critic", "/feed", title="Riesling")
    leave()
    assert became("criticism") == [("sent", None)]
    assert "Riesling" in texts_of(1)[0]
    page = LetterPage("Cleo", {"said": "critic", "title": "Riesling", "url": "/feed", "times": 2},
                      SITE, "Zuruf", None, SITE, "en")
    assert "2 critical voices on Riesling" in rendered("told", page)[1]
    assert rendered("told", replace(page, lang="de")) != rendered("told", page)

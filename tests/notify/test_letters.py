"""Sentences that hold for letters of every class: their marks, their form, who gets none."""

from __future__ import annotations

import random
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest
from flask import Flask

from marketplace.adapters.doors import doors
from marketplace.foundation.database import committing, db
from marketplace.notify.actions import choose
from marketplace.notify.models import Choice
from marketplace.notify.queries.own import wants_mail
from marketplace.notify.rules import CLASSES, DIGEST
from marketplace.notify.views.operating import templates
from marketplace.people.actions import give_consent
from tests.cast import Cast
from tests.notify.test_promises import drawn
from tests.notify.test_sending import MORNING, leave, write

OPTIONAL = sorted(name for name, one in CLASSES.items() if one.group != "must")
MUST = sorted(name for name, one in CLASSES.items() if one.group == "must")
VOID = {"meta", "br", "hr", "img", "link", "input"}


def newest() -> tuple[EmailMessage, str, str]:
    """The letter that left last, its words and its HTML."""
    door = doors().mail
    raw = (door.folder / door.names(1)[0]).read_bytes()  # type: ignore[attr-defined]
    mail = message_from_bytes(raw, policy=policy.default)
    text, html = (str(mail.get_body((kind,)).get_content())  # type: ignore[union-attr]
                  for kind in ("plain", "html"))
    return mail, text, html


@pytest.mark.parametrize("name", [one for one in OPTIONAL if one != DIGEST])
def test_every_optional_letter_says_how_to_stop_it(cast: Cast, name: str) -> None:
    """notify-2: both headers and the same link in words and HTML, for each class."""
    with committing():
        if CLASSES[name].group == "advertising":
            give_consent(cast.id("cleo"), name, "2026-11", "checkout")
        choose(cast.id("cleo"), name, "mail", True)
    write(cast, name)
    leave(MORNING)
    mail, text, html = newest()
    link = mail["List-Unsubscribe"].strip("<>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link.startswith("http") and link in text and link in html


@pytest.mark.parametrize("name", MUST)
def test_no_required_letter_offers_to_stop_it(cast: Cast, name: str) -> None:
    """Spec 3.1: what law or contract asks for cannot be stopped and does not pretend to."""
    write(cast, name)
    leave()
    mail, text, html = newest()
    assert mail["List-Unsubscribe"] is None and "unsubscribe" not in text + html


def test_ten_thousand_events_bring_a_new_account_only_required_mail(cast: Cast) -> None:
    """notify-1: events of all classes, drawn ten thousand times: mail is wanted for required ones
    alone, and for what is asked for one by one; nobody has chosen anything.
    """
    dice, dan = random.Random(1), cast.id("dan")
    assert db.session.scalar(db.select(Choice).where(Choice.person_id == dan)) is None
    wanted = {name for name in (dice.choice((*OPTIONAL, *MUST)) for _n in range(10_000))
              if wants_mail(dan, name, {})}
    assert wanted == {*MUST, "watch", "stock"}
    assert all(CLASSES[name].group not in ("news", "thanks", "advertising") for name in wanted)


class Nesting(HTMLParser):
    """What is wrong with a page: ends without a beginning, beginnings without an end."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A beginning; no attribute twice, none without a value."""
        names = [name for name, _value in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"{tag}: an attribute twice")
        if tag == "a" and not dict(attrs).get("href"):
            self.faults.append("a link that leads nowhere")
        if tag not in VOID:
            if tag == "p" and "p" in self.open:
                self.faults.append("p in p")
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """An end."""
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> out of place")


def test_every_letter_is_whole_html(app: Flask) -> None:
    """notify-30: every template in both languages: each tag ends where it began, a language and a
    title, words without any tag say the same address as the button; nothing needs a picture.
    """
    for name in templates():
        for lang in ("de", "en"):
            subject, text, html = drawn(name, lang)
            page = Nesting()
            page.feed(html)
            page.close()
            assert not page.faults and not page.open, (name, lang, page.faults, page.open)
            assert f'<html lang="{lang}">' in html and "<title>" in html, name
            assert subject.strip() and "\n" not in subject.strip(), name
            assert "<" not in text.replace("<http", "") and len(text) > 60, (name, text)
            assert len(html.encode()) < 40_000, name

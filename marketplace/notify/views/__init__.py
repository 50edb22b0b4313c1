"""Notices, what reaches me, and stopping with one click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import NotFound
from marketplace.notify import actions
from marketplace.notify.models import Notice
from marketplace.notify.queries import choices_of, notices_of, unread_count
from marketplace.notify.rules import CLASSES, is_on
from marketplace.notify.views.titles import TITLES
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, machine, see_other
from marketplace.web.formats import moment
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import PagerView, pager
from marketplace.web.tokens import unsign

pages = Blueprint("notify", __name__)
A_PAGE = 20


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice of the list."""

    id: str
    words: str
    url: str
    when: str
    unread: bool
    icon: str
    read_url: str


@dataclass(frozen=True, slots=True)
class NoticesPage:
    """What is new for me."""

    notices: Sequence[NoticeRow]
    unread: int
    pager: PagerView
    all_read_url: str
    settings_url: str
    feed_url: str


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """What reaches me, class by class: (name, words, app on, mail on, fixed)."""

    rows: Sequence[tuple[str, str, bool, bool, bool]]
    url: str


@dataclass(frozen=True, slots=True)
class StopPage:
    """Stopping a class of letters, signed out too."""

    done: bool
    class_words: str
    url: str


ICONS = {"must": "document", "answers": "talk", "thanks": "heart", "news": "people",
         "advertising": "again"}


@pages.get("/account/notices")
@signed_in
def notices() -> Response:
    """What is new, unread first."""
    me, number = person_id(), asked_page(500)
    rows, total = notices_of(me, (number - 1) * A_PAGE, A_PAGE)
    page = NoticesPage(
        [_row(row) for row in rows], unread_count(me), pager(Pages(rows, number, A_PAGE, total)),
        url_for("notify.all_read"), url_for("notify.settings"), url_for("storefront.feed"))
    return answer("notify/notices.html", page)


def _row(row: Notice) -> NoticeRow:
    return NoticeRow(
        str(row.id), TITLES[row.title](row.args, row.count), row.url, moment(row.last_at),
        row.read_at is None, ICONS[CLASSES[row.class_].group],
        url_for("notify.read", notice_id=row.id))


@pages.post("/account/notices/read")
@signed_in
def all_read() -> Response:
    """All notices were read."""
    with committing():
        actions.mark_read(person_id())
    return see_other(url_for("notify.notices"))


@pages.post("/account/notices/<int:notice_id>/read")
@signed_in
def read(notice_id: int) -> Response:
    """One notice was read."""
    with committing():
        actions.mark_read(person_id(), notice_id)
    return see_other(url_for("notify.notices"))


def class_words(name: str) -> str:
    """A class of messages in words."""
    return {
        "account": _("Account and security"), "order": _("Your orders"),
        "payment": _("Payments"), "dispatch": _("Parcels on their way"),
        "delivery": _("Parcels that arrived"), "cancellation": _("Cancellations"),
        "withdrawal": _("Receipts of withdrawal"), "statement": _("Decisions about your words"),
        "order_in": _("Orders that come in"), "answer": _("Answers in your threads"),
        "reply": _("Replies of producers to your words"),
        "changed": _("Your words changed something"), "question": _("Questions to you"),
        "recommendation": _("Recommendations to you"),
        "asked": _("Wishes of others that you could answer"),
        "join": _("Requests and invitations of groups"),
        "vote": _("Votes in your groups"), "date": _("Dates you come to"),
        "criticism": _("Critical voices on your goods"), "thanks": _("Thanks"),
        "helpful": _("New answers to your goods"),
        "helped": _("Your words helped somebody"), "follow": _("New followers"),
        "group_news": _("News of your groups"), "watch": _("What you asked to be told of"),
        "stock": _("Your stock runs low"),
        "review_invite": _("The question whether you would buy it again"),
    }[name]


@pages.get("/account/notices/settings")
@signed_in
def settings() -> Response:
    """What reaches me, and how."""
    chosen = choices_of(person_id())
    rows = [(name, class_words(name), is_on(name, "app", chosen), is_on(name, "mail", chosen),
             known.group == "must") for name, known in CLASSES.items()]
    return answer("notify/settings.html", SettingsPage(rows, url_for("notify.settings_post")))


@pages.post("/account/notices/settings", endpoint="settings_post")
@signed_in
def settings_post() -> Response:
    """Keep what reaches me."""
    me = person_id()
    with committing():
        for name, known in CLASSES.items():
            if known.group != "must":
                for channel in ("app", "mail"):
                    actions.choose(me, name, channel, f"{name}-{channel}" in request.form)
    flash(_("Kept: this is what reaches you."), "good")
    return see_other(url_for("notify.settings"))


def _stopped(token: str) -> tuple[str, str]:
    """Address and class of a stop link. Raises NotFound."""
    value = unsign("stop", token)
    if not isinstance(value, list) or len(value) != 2 or value[1] not in CLASSES:
        raise NotFound(_("This link is not ours."))
    return str(value[0]), str(value[1])


@pages.get("/unsubscribe/<token>")
def unsubscribe(token: str) -> Response:
    """One page with one button, because mail programs open links by themselves."""
    _email, class_ = _stopped(token)
    return answer("notify/stop.html", StopPage(
        False, class_words(class_), url_for("notify.unsubscribe_post", token=token)))


@pages.post("/unsubscribe/<token>", endpoint="unsubscribe_post")
@machine
def unsubscribe_post(token: str) -> Response:
    """Stop this class of letters at once, without sign-in (RFC 8058)."""
    email, class_ = _stopped(token)
    with committing():
        actions.stop(email, class_, "click")
    return answer("notify/stop.html", StopPage(True, class_words(class_), ""))

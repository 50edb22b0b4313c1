"""What is new for me, and the badge that counts it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, jsonify, make_response, request, url_for

from marketplace.foundation.database import committing
from marketplace.notify import actions
from marketplace.notify.models import Notice
from marketplace.notify.queries import notices_of, unread_count
from marketplace.notify.rules import CLASSES
from marketplace.notify.views import pages
from marketplace.notify.views.titles import TITLES
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, machine, see_other
from marketplace.web.formats import moment
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import PagerView, pager

A_PAGE = 20
ICONS = {"must": "document", "answers": "talk", "thanks": "heart", "news": "people",
         "advertising": "again"}


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


@pages.get("/account/notices/count")
@signed_in
@machine
def count() -> Response:
    """How many notices are unread; 204 where the asker knows that number already."""
    unread = unread_count(person_id())
    if request.args.get("seen") == str(unread):
        return make_response("", 204)
    return jsonify({"count": unread})

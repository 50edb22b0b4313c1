"""Every version of an answer and of its reply, for everybody."""

from __future__ import annotations

from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from marketplace.catalog.queries import cards
from marketplace.foundation.errors import NotFound
from marketplace.people.queries import lines
from marketplace.reviews.models import Rating
from marketplace.reviews.queries import history_of, rating_by_code, reply_versions
from marketplace.reviews.views import pages
from marketplace.reviews.views.shapes import HistoryPage, VersionView, answer_words, delight_words
from marketplace.reviews.views.speakers import speaker
from marketplace.web.access import viewer_id
from marketplace.web.answers import answer
from marketplace.web.formats import month
from marketplace.web.languages import current_lang
from marketplace.web.shapes import ContextChip


@pages.get("/ratings/<code>")
def history(code: str) -> Response:
    """What an author said when, and what the producer replied when."""
    row = rating_by_code(code)
    if row is None or (row.version == 1 and not row.words and row.words_standing != "erased"):
        raise NotFound(_("There is nothing at this address."))
    return answer("reviews/history.html", _page(row))


def _page(row: Rating) -> HistoryPage:
    lang, me = current_lang(), viewer_id()
    card = cards([row.product_id], lang).get(row.product_id)
    people = lines({row.person_id} if row.person_id else set(), me)
    versions, reply = history_of(row.id)
    said = reply_versions([reply.id]).get(reply.id, []) if reply else []
    return HistoryPage(
        ContextChip(card.title, card.url, "", card.picture) if card else None,
        speaker(row, people), [_version(row, one) for one in versions],
        [VersionView(_said(one, reply), reply.lang, (), month(one.at), one.shown_name)
         for one in said] if reply else [], reply.shown_name if reply else "",
        f"{card.url}#review-{row.code}" if card else "",
        url_for("moderation.report", kind="rating", ref=row.code))


def _said(version: Any, reply: Any) -> str:
    hidden = version.n <= reply.hidden_to
    return _("(the words were removed)") if hidden else str(version.words)


def _version(row: Rating, version: Any) -> VersionView:
    hidden = version.n <= row.hidden_to or row.words_standing == "erased"
    words = _("(the words were removed)") if hidden else \
        f"{version.title}\n\n{version.words}".strip()
    facts = [answer_words(version.again), delight_words(version.delight)]
    why = {"first": _("first answer"), "author": _("changed by the author"),
           "after_reply": _("changed after the producer's reply"),
           "rebuy": _("changed after another purchase")}[version.cause]
    return VersionView(words, row.lang, [one for one in facts if one], month(version.at), why)

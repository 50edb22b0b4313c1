"""A producer's voices in the studio: read and reply; nothing edits, hides or deletes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from marketplace.catalog.queries import cards
from marketplace.foundation.errors import NotFound
from marketplace.people.queries import lines
from marketplace.producers.queries import Role, roles_of
from marketplace.producers.rules import may
from marketplace.reviews.models import Rating, Reply
from marketplace.reviews.queries import ReplyFigures, reply_figures, studio_voices
from marketplace.reviews.views import pages
from marketplace.reviews.views.shapes import StudioReviewsPage, StudioVoice, delight_words
from marketplace.reviews.views.speakers import speaker
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer
from marketplace.web.formats import month, number
from marketplace.web.languages import current_lang
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import pager

A_PAGE = 10
Typed = tuple[str, str, str, str]


@pages.get("/studio/reviews")
@signed_in
def studio() -> Response:
    """Unanswered voices first, the oldest critical one on top."""
    asked = request.args.get("producer", "")
    role = next((one for one in roles_of(person_id()) if asked in ("", one.slug)), None)
    if role is None:
        raise NotFound(_("There is nothing at this address."))
    return reviews_page(role)


def reviews_page(role: Role, status: int = 200, typed: Typed = ("", "", "", "")) -> Response:
    """The page of a producer's voices, with what was typed last."""
    at = asked_page(500)
    rows, total = studio_voices(role.producer_id, (at - 1) * A_PAGE, A_PAGE)
    goods = cards([row.product_id for row, _reply in rows], current_lang())
    people = lines({row.person_id for row, _reply in rows if row.person_id}, person_id())
    here: dict[str, Any] = {"producer": role.slug}
    page = StudioReviewsPage(
        (role.name, url_for("storefront.producer", slug=role.slug)),
        [(_("Waiting"), url_for("dialogue.studio", **here), False, None),
         (_("Voices"), url_for("reviews.studio", **here), True, total),
         (_("Orders"), url_for("orders.studio"), False, None),
         (_("Goods"), url_for("catalog.goods"), False, None)],
        [_voice(row, reply, goods, people, role, typed) for row, reply in rows],
        _figures(reply_figures(role.producer_id)), pager(Pages(rows, at, A_PAGE, total)),
        url_for("dialogue.new", about="/studio"))
    return answer("reviews/studio.html", page, status)


def _voice(row: Rating, reply: Reply | None, goods: Mapping[int, Any],
           people: Mapping[int, object], role: Role, typed: Typed) -> StudioVoice:
    card = goods.get(row.product_id)
    hidden = row.words_standing in ("hidden", "erased")
    mine = typed[0] == row.code
    draft = reply.draft if reply else ""
    return StudioVoice(
        row.code, card.title if card else "", card.url if card else "", speaker(row, people),
        month(row.given_at), row.again,
        "" if hidden else f"{row.title}\n\n{row.words}".strip(), row.lang, row.to_producer,
        _facts(row), reply.words if reply and reply.state == "published" else "",
        typed[1] if mine else draft or (reply.words if reply else ""),
        _draft_words(reply), url_for("reviews.reply", code=row.code)
        if may(role.role, "answer") else "",
        bool(draft and reply and reply.drafted_by != person_id() and reply.read_by is None),
        url_for("reviews.history", code=row.code) if row.words else "",
        url_for("moderation.report", kind="rating", ref=row.code), typed[2] if mine else "",
        typed[3] if mine else reply.changed if reply else "")


def _draft_words(reply: Reply | None) -> str:
    """How far a draft has come."""
    if reply is not None and reply.hidden and not reply.draft:
        return _("A decision took this reply away. What you write anew shows.")
    if reply is None or not reply.draft:
        return ""
    return _("A draft, read by a second person.") if reply.read_by else \
        _("A draft; nobody else has read it yet.")


def _facts(row: Rating) -> list[tuple[str, str]]:
    """What else was answered."""
    facts = [(_("Expectation"), delight_words(row.delight))] if row.delight else []
    if row.value is not None:
        facts.append((_("Price"), _("worth it") if row.value else _("too much")))
    if row.stars is not None:
        facts.append((_("Stars"), _("%(n)s of 5", n=row.stars)))
    return facts


def _figures(found: ReplyFigures) -> list[tuple[str, str]]:
    """How this house answers."""
    rows = [(_("Critical voices answered"),
             _("%(k)s of %(n)s", k=found.answered, n=found.critical))]
    if found.median_hours is not None:
        rows.append((_("Half of them within"),
                     _("%(n)s hours", n=number(round(found.median_hours, 1)))))
    return rows

"""Answering "would you buy it again?", and voting on words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, current_app, flash, request, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import NotAPicture, render
from marketplace.catalog.queries import cards, occasions
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound, NotYours
from marketplace.orders.actions import buyer_key_of
from marketplace.orders.queries import Received, order_for, received
from marketplace.reviews import actions
from marketplace.reviews.actions import Answer
from marketplace.reviews.actions.rating import MOST_PHOTOS, refusal_of
from marketplace.reviews.models import Rating
from marketplace.reviews.queries import own_rating
from marketplace.web.access import guest_orders, person_id, viewer_id
from marketplace.web.answers import answer, back, see_other
from marketplace.web.formats import month
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter
from marketplace.web.shapes import Question

pages = Blueprint("reviews", __name__)


@dataclass(frozen=True, slots=True)
class RatePage:
    """The answer of a buyer; blind: no score and no other voice on it."""

    title: str
    url: str
    picture: Any
    seller: str
    lot: str
    when: str
    question: Question
    answered: bool
    saved_words: str
    form_url: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    delights: Sequence[tuple[str, str, str]]
    stars: Sequence[tuple[str, str]]
    worths: Sequence[tuple[str, str, str]]
    occasions: Sequence[tuple[str, str]]
    help_url: str
    relations: Sequence[tuple[str, str]] = ()
    pictures: Sequence[Any] = ()
    edited_words: str = ""
    undo_url: str = ""
    share: Any = None
    next_url: str = ""


def _own_line(number: str, line_id: int) -> tuple[Received, str | None]:
    """A line of one's own order, and the guest's key. Raises NotFound, NotYours."""
    found = order_for(number, viewer_id(), guest_orders())
    if not any(line.id == line_id for part in found.parts for line in part.lines):
        raise NotFound(_("There is no such order here."))
    line = received(line_id)
    assert line is not None
    me = viewer_id()
    key = None if me else buyer_key_of(None, found.email,
                                       current_app.config["ZURUF"].secret_key)
    sentence = refusal_of(line, me, key)
    if sentence:
        raise NotYours(sentence)
    return line, key


@pages.get("/orders/<number>/lines/<int:line_id>/rating")
def rate(number: str, line_id: int) -> Response:
    """One question; a tap stores the answer."""
    line, key = _own_line(number, line_id)
    return _page(line, own_rating(line_id, viewer_id(), key), {})


def _page(line: Received, known: Rating | None, faults: Mapping[str, str], status: int = 200,
          typed: Mapping[str, str] | None = None) -> Response:
    card = cards([line.product_id], current_lang()).get(line.product_id)
    lang = current_lang()
    url = url_for("reviews.rate_post", number=line.order_number, line_id=line.line_id)
    page = RatePage(
        title=card.title if card else line.title, url=card.url if card else "/",
        picture=card.picture if card else None, seller=card.seller.name if card else "", lot="",
        when=_("bought in %(month)s", month=month(line.paid_at)) if line.paid_at else "",
        question=Question(_("Would you buy it again?"), url, "again",
                          "" if known is None else "yes" if known.again else "no",
                          [("yes", _("Yes"), "good"), ("no", _("No"), "bad"),
                           ("none", _("No thanks"), "close")]),
        answered=known is not None, saved_words=_("Kept. Your answer counts now."), form_url=url,
        typed=typed if typed is not None else _typed(known), faults=faults,
        delights=[("disappointed", _("worse"), ""), ("okay", _("as expected"), ""),
                  ("delighted", _("better"), "")],
        stars=[(str(n), ngettext("%(num)s star", "%(num)s stars", n)) for n in range(5, 0, -1)],
        worths=[("yes", _("worth it"), ""), ("no", _("too much"), "")],
        occasions=[(o.slug, o.name(lang)) for o in occasions().values()],
        help_url=url_for("dialogue.new", about=f"/orders/{line.order_number}"))
    return answer("reviews/rate.html", page, status)


def _typed(known: Rating | None) -> dict[str, str]:
    """What was said before, to go on from."""
    if known is None:
        return {}
    value = {True: "yes", False: "no", None: ""}[known.value]
    return {"words": known.words, "delight": known.delight or "", "value": value,
            "stars": str(known.stars or ""), "private_words": known.to_producer}


@pages.post("/orders/<number>/lines/<int:line_id>/rating", endpoint="rate_post")
@limiter.limit("120 per hour")
def rate_post(number: str, line_id: int) -> Response:
    """Store the tap, or the words beside it."""
    line, key = _own_line(number, line_id)
    me, said = viewer_id(), request.form.get("again")
    known = own_rating(line_id, me, key)
    here = url_for("reviews.rate", number=number, line_id=line_id)
    if said == "none":
        flash(_("Good. You will not be asked again for this."), "info")
        return see_other(url_for("orders.order", number=number))
    if said not in ("yes", "no") and known is None:
        fault = {"again": _("Please answer the question first: yes or no.")}
        return _page(line, None, fault, 422, dict(request.form))
    try:
        given = _answer(known, said)
        photos = _photos()
        with committing():
            row = actions.rate(line_id, given, me, key)
            for made, alt in photos:
                actions.add_photo(row.id, made, alt)
    except Invalid as fault:
        return _page(line, known, fault.faults, 422, dict(request.form))
    session["rated"] = line.product_id
    return see_other(here)


def _answer(known: Rating | None, said: str | None) -> Answer:
    """The answer this form gives; a bare tap keeps the words said before. Raises Invalid."""
    form = request.form
    again = said == "yes" if said in ("yes", "no") else bool(known and known.again)
    if "words" not in form and known is not None:
        return Answer(again, known.delight, known.stars, known.value, known.title, known.words,
                      known.to_producer, (), known.shown_as, known.lang)
    slug = {o.slug: o.id for o in occasions().values()}
    stars = form.get("stars", "")
    if stars and not (stars.isdecimal() and len(stars) == 1):
        raise Invalid({"stars": _("One to five.")})
    return Answer(
        again, form.get("delight") or None, int(stars) if stars else None,
        {"yes": True, "no": False}.get(form.get("value", "")), "",
        clean(form.get("words", "")) or "", clean(form.get("private_words", "")) or "",
        [slug[form["used_for"]]] if form.get("used_for") in slug else (), "handle",
        current_lang())


def _photos() -> list[tuple[Any, str]]:
    """Uploaded pictures, made small and without metadata. Raises Invalid."""
    made = []
    for upload in request.files.getlist("pictures")[:MOST_PHOTOS]:
        if not upload.filename:
            continue
        try:
            made.append((render(upload.read(), doors().storage), ""))
        except NotAPicture as fault:
            raise Invalid({"pictures": _("%(name)s cannot be used: at most 10 MB and 20 million "
                                         "pixels, JPEG, PNG, WebP or AVIF.",
                                         name=upload.filename[:40])}) from fault
    return made


@pages.post("/ratings/<code>/helpful")
@limiter.limit("240 per hour")
def helpful(code: str) -> Response:
    """Helpful, not helpful, or taken back."""
    me = person_id()
    vote = {"up": True, "down": False}.get(request.values.get("vote", ""))
    with committing():
        actions.vote_helpful(code, me, vote)
    return back("/")

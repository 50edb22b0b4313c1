"""Answering "would you buy it again?": one tap, the rest if somebody likes."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from flask import Response, current_app, flash, request, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.catalog.queries import cards, occasions
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound, NotYours
from marketplace.orders.queries import order_for
from marketplace.reviews import actions
from marketplace.reviews.models import Rating
from marketplace.reviews.queries import answers_of, asked_line, own_rating
from marketplace.reviews.queries.asking import Asked, of_lot
from marketplace.reviews.views import pages
from marketplace.reviews.views.pictures import pictures_of, removable, sent_pictures
from marketplace.reviews.views.shapes import RatePage, ShareOffer, relation_choices
from marketplace.reviews.views.typed import answer_of, drafted, known_fields
from marketplace.web.access import demand_confirmed, guest_orders, viewer_id
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import month
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter, network
from marketplace.web.masking import find, masked
from marketplace.web.shapes import Question
from marketplace.web.sharing import passed_on


def _mine(number: str, line_id: int) -> tuple[Asked, str | None]:
    """A line of one's own order, and the guest's key.

    Raises NotFound for strangers to the order, NotYours for a line of another order.
    """
    line, me = asked_line(line_id), viewer_id()
    if line is not None and line.order_number == number.upper():
        if me is not None and line.buyer_id == me:
            return line, None
        secret = guest_orders().get(line.order_number, "")
        known = line.guest_secret_hash or ""
        if line.buyer_id is None and known and hmac.compare_digest(
                sha256(secret.encode()).hexdigest(), known):
            return line, line.buyer_key
        raise NotFound(_("There is no such order here."))
    order_for(number, me, guest_orders())
    raise NotYours(_("This was not your order."))


@pages.get("/orders/<number>/lines/<int:line_id>/rating")
def rate(number: str, line_id: int) -> Response:
    """One question; a tap stores the answer."""
    line, key = _mine(number, line_id)
    sentence = actions.refusal_of(line, viewer_id(), key)
    if sentence:
        raise NotYours(sentence)
    return _page(line, own_rating(line, viewer_id(), key), {})


@pages.post("/orders/<number>/lines/<int:line_id>/rating", endpoint="rate_post")
@limiter.limit("120 per hour")
def rate_post(number: str, line_id: int) -> Response:
    """Store the tap, or the words beside it; or keep, show or take back."""
    step, said = request.form.get("step", ""), request.form.get("again")
    here = url_for("reviews.rate", number=number, line_id=line_id)
    if step in ("draft", "preview", "undo") or said == "none":
        return _other_step(number, line_id, "none" if said == "none" else step)
    if step == "publish" and request.form.get("words", "").strip() and viewer_id() is not None:
        demand_confirmed()
    network_key = _network()
    made, faults = ([], {}) if not _uploads() else _pictures(number, line_id)
    with committing():
        line, key = _mine(number, line_id)
        me = viewer_id()
        mine = answers_of(line.product_id, me, key, lock=True)
        known = of_lot(mine, line.lot_id)
        if said not in ("yes", "no") and known is None:
            faults = {"again": _("Please answer the question first: yes or no.")}
        else:
            try:
                row = actions.rate_line(line, answer_of(known, said), me, key, network_key, mine)
                _keep_pictures(row, made, faults)
            except Invalid as fault:
                faults |= fault.faults
    if faults:
        known = own_rating(line, viewer_id(), key)
        return _page(line, known, faults, 422, dict(request.form))
    session["rated"] = line.product_id
    return see_other(here)


def _uploads() -> bool:
    return any(one.filename for one in request.files.values())


def _pictures(number: str, line_id: int) -> tuple[list[Any], dict[str, str]]:
    """Pictures made small before the change begins, only for who may answer."""
    line, key = _mine(number, line_id)
    sentence = actions.refusal_of(line, viewer_id(), key)
    if sentence:
        raise NotYours(sentence)
    return sent_pictures()


def _keep_pictures(row: Rating, made: list[Any], faults: dict[str, str]) -> None:
    """Put pictures beside the answer; what does not fit is a fault, all else is kept."""
    for photo_id in request.form.getlist("remove"):
        if photo_id.isdecimal():
            actions.remove_photo(row.id, int(photo_id))
    for picture, pair in made:
        try:
            actions.add_photo(row.id, picture, request.form.get("alt", "").strip(), pair)
        except Invalid as fault:
            faults |= fault.faults


def _network() -> str:
    """The caller's network as a keyed hash; it is kept for 30 days."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"rating:{network()}".encode(), sha256).hexdigest()[:32]


def _other_step(number: str, line_id: int, step: str) -> Response:
    """No thanks, take back, keep as a draft, or look at what will be hidden."""
    here = url_for("reviews.rate", number=number, line_id=line_id)
    typed, said = dict(request.form), ""
    with committing():
        line, key = _mine(number, line_id)
        known = own_rating(line, viewer_id(), key)
        if step == "none" and known is None:
            actions.decline(line)
            said = _("Good. You will not be asked again for this.")
        elif step in ("undo", "none") and known is not None:
            actions.withdraw_answer(known)
            said = _("Your answer is taken back; it does not count any more.")
        elif step == "draft" and known is not None:
            actions.keep_draft(known, drafted(request.form))
            said = _("Kept as a draft; only you see it.")
    if said:
        flash(said, "info")
        return see_other(here if step == "draft" else url_for("orders.order", number=number))
    faults = {} if known else {"again": _("Please answer the question first: yes or no.")}
    return _page(line, known, faults, 422 if faults else 200, typed, step == "preview")


def _page(line: Asked, known: Rating | None, faults: Mapping[str, str], status: int = 200,
          typed: Mapping[str, str] | None = None, preview: bool = False) -> Response:
    lang = current_lang()
    card = cards([line.product_id], lang).get(line.product_id)
    url = url_for("reviews.rate_post", number=line.order_number, line_id=line.line_id)
    words = (typed or {}).get("words", "")
    live = known is not None and known.aside_reason != "withdrawn"
    page = RatePage(
        title=card.title if card else line.title, url=card.url if card else "/",
        picture=card.picture if card else None, seller=card.seller.name if card else "", lot="",
        when=_("bought in %(month)s", month=month(line.paid_at)) if line.paid_at else "",
        question=_question(url, known if live else None),
        answered=live, saved_words=_saved_words(known), once_words="", form_url=url,
        typed=typed if typed is not None else known_fields(known), faults=faults,
        delights=[("disappointed", _("worse"), ""), ("okay", _("as expected"), ""),
                  ("delighted", _("better"), "")],
        stars=[(str(n), ngettext("%(num)s star", "%(num)s stars", n)) for n in range(5, 0, -1)],
        worths=[("yes", _("worth it"), ""), ("no", _("too much"), "")],
        occasions=[(o.slug, o.name(lang)) for o in occasions().values()],
        relations=relation_choices(),
        shown=[("handle", _("with my name")), ("buyer", _("as “a buyer”"))],
        pictures=pictures_of(known), removable=removable(known),
        preview=masked(words, lang).splitlines() if preview else (),
        hidden_kinds=_hidden_kinds(words) if preview else "", undo=live,
        history_url=url_for("reviews.history", code=known.code)
        if known and known.version > 1 else "", share=_share(known, card) if live else None,
        help_url=url_for("dialogue.new", about=f"/orders/{line.order_number}"))
    return answer("reviews/rate.html", page, status)


def _question(url: str, known: Rating | None) -> Question:
    return Question(_("Would you buy it again?"), url, "again",
                    "" if known is None else "yes" if known.again else "no",
                    [("yes", _("Yes"), "good"), ("no", _("No"), "bad"),
                     ("none", _("No thanks"), "close")])


def _saved_words(known: Rating | None) -> str:
    """What became of the answer."""
    if known is None or known.standing == "counts":
        return _("Kept. Your answer counts now.")
    if known.aside_reason == "check":
        return _("Kept. A person looks at this answer; until then it does not count.")
    return _("Kept and shown with its label; it does not count in the total.")


def _hidden_kinds(words: str) -> str:
    """What the preview hid, in words."""
    names = {"e-mail": _("an e-mail address"), "IBAN": _("a bank account"),
             "card number": _("a card number"), "phone": _("a phone number"),
             "order number": _("an order number"), "address": _("a street address")}
    return ", ".join(dict.fromkeys(names[spot.kind] for spot in find(words)))


def _share(known: Rating | None, card: Any) -> ShareOffer | None:
    """A text to pass on, with neither price nor address in it."""
    if known is None or card is None:
        return None
    site = str(current_app.config["ZURUF_URL"])
    said = _("I would buy %(title)s again.", title=card.title) if known.again else \
        _("I would not buy %(title)s again.", title=card.title)
    return ShareOffer(url_for("reviews.share", code=known.code),
                      f"{passed_on(said, current_lang())} {site}{card.url}")

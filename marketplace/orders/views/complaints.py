"""A buyer complains, answers offers, and says how it ended; one tap: something is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict, Invalid, NotFound
from marketplace.orders.actions import complaining, signalling
from marketplace.orders.models import SellerOrder
from marketplace.orders.queries import LineView, OrderView, SellerPart, order_for
from marketplace.orders.queries.complaints import complaints_of, kind_words
from marketplace.orders.rules.complaints import WISHES
from marketplace.orders.views import pages
from marketplace.orders.views.papers import sent_photos
from marketplace.orders.views.saying import wish_words
from marketplace.orders.views.shapes import picture_of
from marketplace.web.access import guest_orders, viewer_id
from marketplace.web.answers import answer, see_other
from marketplace.web.forms import clean, whole
from marketplace.web.limits import limiter


@dataclass(frozen=True, slots=True)
class ComplaintLineRow:
    """Goods that a complaint can be about."""

    name: str
    title: str
    picture: object
    most: int
    chosen: int
    rate_url: str


@dataclass(frozen=True, slots=True)
class ComplaintPage:
    """The form of a complaint, or the sellers to choose from."""

    number: str
    seller: str
    sellers: Sequence[tuple[str, str]]
    kinds: Sequence[tuple[str, str, str]]
    wishes: Sequence[tuple[str, str, str]]
    lines: Sequence[ComplaintLineRow]
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    closed_words: str
    url: str
    back_url: str
    help_url: str


def bought_part(number: str, position: int) -> tuple[OrderView, SellerPart]:
    """An own part. Raises NotFound."""
    found = order_for(number, viewer_id(), guest_orders())
    part = next((p for p in found.parts if p.position == position), None)
    if part is None:
        raise NotFound(_("There is no such order here."))
    return found, part


@pages.get("/orders/<number>/complaint")
def complaint(number: str) -> Response:
    """What went wrong, with which goods, and what would help; private."""
    found = order_for(number, viewer_id(), guest_orders())
    chosen = whole(request.args, "part", 1, 1000, 0)
    part = next((p for p in found.parts if p.position == chosen or len(found.parts) == 1), None)
    return _form(found, part, {}, {}, 200)


def _form(found: OrderView, part: SellerPart | None, typed: Mapping[str, str],
          faults: Mapping[str, str], status: int) -> Response:
    here = url_for("orders.order", number=found.number)
    kinds: Sequence[str] = ()
    if part is not None:
        kinds = complaining.kinds_for(db.session.get_one(SellerOrder, part.id))
    page = ComplaintPage(
        found.number, str(part.seller["name"]) if part else "",
        [] if part else [(str(p.seller["name"]), url_for("orders.complaint", number=found.number,
                                                         part=p.position)) for p in found.parts],
        [(kind, *kind_words(kind)) for kind in kinds],
        [(wish, wish_words(wish), "") for wish in WISHES],
        [_line(found, line, typed) for line in part.lines if line.qty > line.cancelled]
        if part else [], typed, faults,
        "" if kinds or part is None else
        _("Nothing of this has been sent yet, or more than two years have passed since it came. "
          "You can always ask, or tap “Something is wrong”."),
        url_for("orders.complain", number=found.number, position=part.position) if part else "",
        here, url_for("dialogue.new", about=here))
    given = answer("orders/complaint.html", page, status)
    given.headers["Referrer-Policy"] = "no-referrer"
    return given


def _line(found: OrderView, line: LineView, typed: Mapping[str, str]) -> ComplaintLineRow:
    name, most = f"qty{line.id}", line.qty - line.cancelled
    return ComplaintLineRow(
        name, line.title, picture_of(line.picture_file), most, whole(typed, name, 0, most, 0),
        url_for("reviews.rate", number=found.number, line_id=line.id) if line.delivered else "")


@pages.post("/orders/<number>/parts/<int:position>/complaint", endpoint="complain")
@limiter.limit("30 per hour")
def complain(number: str, position: int) -> Response:
    """Send the complaint."""
    found, part = bought_part(number, position)
    typed = {name: clean(value) or "" for name, value in request.form.items()}
    pieces = {line.id: whole(typed, f"qty{line.id}", 0, line.qty, 0) for line in part.lines}
    if len(part.lines) == 1 and not pieces[part.lines[0].id]:
        pieces = {part.lines[0].id: part.lines[0].qty}
    try:
        photos = sent_photos("photos", complaining.MOST_PHOTOS)
        with committing():
            row = complaining.complain(part.id, complaining.NewComplaint(
                typed.get("kind", ""), typed.get("wish", ""), typed.get("words", ""), pieces,
                photos))
    except Invalid as fault:
        return _form(found, part, typed, fault.faults, 422)
    flash(_("%(name)s has your complaint. You read the answer here.", name=part.seller["name"]),
          "good")
    return see_other(url_for("orders.order", number=found.number) + f"#c-{row.code}")


@pages.post("/orders/<number>/complaints/<code>", endpoint="complaint_act")
def complaint_act(number: str, code: str) -> Response:
    """Say something, take an offer or not, and say how it ended."""
    found = order_for(number, viewer_id(), guest_orders())
    rows = complaints_of([part.id for part in found.parts])
    row = next((one.row for some in rows.values() for one in some
                if one.row.code == code.upper()), None)
    if row is None:
        raise NotFound(_("There is no such order here."))
    act, words = request.form.get("act", ""), clean(request.form.get("words")) or ""
    try:
        with committing():
            _do(row.id, act, words)
    except Invalid as fault:
        flash(fault.sentence, "bad")
    else:
        flash(_("Kept. The seller sees it."), "good")
    return see_other(url_for("orders.order", number=found.number) + f"#c-{row.code}")


def _do(complaint_id: int, act: str, words: str) -> None:
    kind, _colon, outcome = act.partition(":")
    if kind == "say":
        complaining.say(complaint_id, "buyer", None, words)
    elif kind == "accept":
        complaining.accept_offer(complaint_id)
    elif kind == "decline":
        complaining.decline_offer(complaint_id, words)
    elif kind == "close":
        complaining.close(complaint_id, outcome)
    else:
        raise Conflict(_("There is no such step."))


@pages.post("/orders/<number>/parts/<int:position>/signal", endpoint="signal")
@limiter.limit("30 per hour")
def signal(number: str, position: int) -> Response:
    """One tap: something is wrong; words can follow."""
    _found, part = bought_part(number, position)
    words = clean(request.form.get("words")) or ""
    try:
        with committing():
            if words:
                signalling.add_words(part.id, words)
            else:
                signalling.signal(part.id)
    except Invalid as fault:
        flash(fault.sentence, "bad")
    else:
        flash(_("%(name)s knows that something is wrong, and answers here.",
                name=part.seller["name"]), "good")
    return see_other(url_for("orders.order", number=number) + f"#part-{position}")


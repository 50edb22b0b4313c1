"""What a buyer shows to the house of one part: ticks for them, the words for the house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import NotFound
from marketplace.orders.actions.wishes import show_at_order
from marketplace.orders.models import SellerOrder
from marketplace.orders.queries import OrderView
from marketplace.orders.queries.wishes import shown_to_house, wishes_at
from marketplace.orders.rules.wishes import reads
from marketplace.orders.views import pages
from marketplace.orders.views.complaints import bought_part
from marketplace.people.queries.wishes import named_words
from marketplace.people.rules.wishes import OFFERED
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other


@dataclass(frozen=True, slots=True)
class OrderWishes:
    """For the buyer all they told with a tick each (id, words, shown); for the house what is shown,
    without `url`.
    """

    rows: Sequence[tuple[int, str, bool]]
    url: str


@dataclass(frozen=True, slots=True)
class WishesPage:
    """What I show to one house; `box` is nothing where I told nothing, or the goods are there."""

    seller: str
    order: tuple[str, str]
    coming: bool
    box: OrderWishes | None
    wishes_url: str


def showing_of(found: OrderView) -> Mapping[int, Sequence[tuple[str, str]]]:
    """Links to what a member shows, by position, for parts that are still coming."""
    return {part.position: [(_("Show the house what I told"), url_for(
        "orders.wishes", number=found.number, position=part.position))]
        for part in found.parts if found.buyer_id is not None and reads(part.state)}


@pages.get("/orders/<number>/parts/<int:position>/wishes")
def wishes(number: str, position: int) -> Response:
    """What I told, with a tick for what this house reads."""
    found, part = bought_part(number, position)
    if found.buyer_id is None:
        raise NotFound(_("There is no such order here."))
    told, shown = wishes_at(found.buyer_id, [part.id])
    rows = [(one.id, named_words(one), one.id in shown.get(part.id, ()))
            for one in told if one.kind in OFFERED]
    box = OrderWishes(rows, url_for("orders.show_wishes", number=number, position=position)
                      ) if rows and reads(part.state) else None
    return answer("orders/wishes.html", WishesPage(
        str(part.seller["name"]), (_("Order %(number)s", number=number),
                                   url_for("orders.order", number=number)),
        reads(part.state), box, url_for("people.wishes")))


def wishes_for_house(row: SellerOrder) -> OrderWishes | None:
    """What the buyer shows, while the goods are coming. Loads: at most 1 statement."""
    shown = shown_to_house(row.id) if reads(row.state) else ()
    return OrderWishes([(one.id, named_words(one), True) for one in shown], "") if shown else None


@pages.post("/orders/<number>/parts/<int:position>/wishes")
@signed_in
def show_wishes(number: str, position: int) -> Response:
    """Show the house exactly what is ticked."""
    _found, part = bought_part(number, position)
    wanted = [int(one) for one in request.form.getlist("wish") if one.isdecimal()]
    with committing():
        n = show_at_order(part.id, person_id(), wanted)
    flash(_("The house sees it here, and nobody else.") if n
          else _("Nothing of it is shown here."), "good")
    return see_other(url_for("orders.wishes", number=number, position=position))

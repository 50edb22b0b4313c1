"""What a buyer shows to the house of one part: ticks for them, the words for the house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
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
from marketplace.web.answers import see_other


@dataclass(frozen=True, slots=True)
class OrderWishes:
    """For the buyer all they told with a tick each (id, words, shown); for the house what is shown,
    without `url`.
    """

    rows: Sequence[tuple[int, str, bool]]
    url: str


def wishes_of_parts(found: OrderView) -> Mapping[int, OrderWishes]:
    """Ticks by position, for parts that are still coming, of a member who told something.

    Loads: at most 1 statement.
    """
    coming = [part for part in found.parts if reads(part.state)]
    if found.buyer_id is None or not coming:
        return {}
    told, shown = wishes_at(found.buyer_id, [part.id for part in coming])
    offered = [one for one in told if one.kind in OFFERED]
    return {part.position: OrderWishes(
        [(one.id, named_words(one), one.id in shown.get(part.id, ())) for one in offered],
        url_for("orders.show_wishes", number=found.number, position=part.position))
        for part in coming} if offered else {}


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
    return see_other(url_for("orders.order", number=number, _anchor=f"part-{position}"))

"""What lies in the parcel: a slip without prices, the same words for every buyer."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from marketplace.adapters.paper import Slip, SlipLine, packing_slips
from marketplace.foundation.errors import NotFound
from marketplace.orders.queries import StudioOrder, studio_part
from marketplace.orders.views import pages
from marketplace.orders.views.papers import pdf_answer
from marketplace.producers.actions import demand
from marketplace.producers.queries import roles_of, seller_block
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import machine


@pages.get("/studio/orders/<number>/slip.pdf")
@machine
@signed_in
def slip(number: str) -> Response:
    """One part's slip as a PDF, in its buyer's language. Raises NotFound for another house's."""
    for role in roles_of(person_id()):
        found = studio_part(role.producer_id, number)
        if found is not None:
            demand(role, "read_orders")
            part, codes = found
            seller = seller_block([role.producer_id])[role.producer_id]
            with force_locale(part.language):
                return pdf_answer(packing_slips([slip_of_part(part, codes, seller)]), part.number)
    raise NotFound(_("There is no such order here."))


def slip_of_part(part: StudioOrder, codes: Mapping[int, str], seller: Mapping[str, object]
                 ) -> Slip:
    """A part's slip in the language of this moment."""
    site, ship = str(current_app.config["ZURUF_URL"]), part.ship_to
    age = part.age_class
    return Slip(
        _("Packing slip"), part.number,
        _lines(seller.get("name"), seller.get("street"),
               f"{seller.get('postcode') or ''} {seller.get('city') or ''}"),
        _lines(ship.get("name"), ship.get("street"), ship.get("extra"),
               f"{ship.get('postcode') or ''} {ship.get('city') or ''}"),
        [SlipLine(line.qty - line.cancelled, line.title, codes.get(line.product_id, ""),
                  f"{site}/p/{codes[line.product_id]}" if line.product_id in codes else "")
         for line in part.lines if line.qty > line.cancelled],
        _("From %(age)s years on: hand over only after a look at an identity card.", age=age)
        if age else "", _("How was it? Tell everybody."))


def _lines(*rows: object) -> list[str]:
    return [str(row).strip() for row in rows if row and str(row).strip()]

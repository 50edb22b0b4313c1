"""Telling others of what one has just ordered: only by one's own press, in one's own words."""

from __future__ import annotations

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Conflict, Invalid, NotFound
from marketplace.orders.queries import order_for
from marketplace.recommend import actions
from marketplace.recommend.actions import NewRecommendation
from marketplace.recommend.views import pages
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import see_other
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang
from marketplace.web.limits import limiter


@pages.post("/orders/<number>/share", endpoint="share_order")
@signed_in
@limiter.limit("30 per hour")
def share_order(number: str) -> Response:
    """Show one's words as a recommendation of something of this order, if that was ticked."""
    me = person_id()
    found = order_for(number, me, {})
    goods = {str(line.product_id): line.product_id
             for part in found.parts for line in part.lines}
    back = see_other(url_for("orders.order", number=found.number, placed=1))
    if not request.form.get("agree"):
        flash(_("Nothing was posted: please tick that it may be shown."), "warn")
        return back
    product = goods.get(request.form.get("product", "")) or next(iter(goods.values()), None)
    if product is None:
        raise NotFound(_("There is no such product here."))
    words = (clean(request.form.get("text", "")) or "").replace(found.number, "…")
    try:
        with committing():
            actions.recommend(me, NewRecommendation("product", product, "all", words,
                                                    current_lang()))
    except (Invalid, Conflict) as fault:
        flash(fault.sentence, "warn")
        return back
    flash(_("Your words stand on the product's page now."), "good")
    return see_other(url_for("orders.order", number=found.number))

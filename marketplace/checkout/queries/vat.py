"""How much VAT a basket holds, told before the order."""

from __future__ import annotations

from flask_babel import gettext as _

from marketplace.checkout.queries.view import BasketView
from marketplace.orders.queries.sheets import rate_words
from marketplace.orders.queries.tax import decided
from marketplace.orders.rules.documents import VAT_FREE, invoiced
from marketplace.orders.rules.tax import NoRate
from marketplace.web.formats import money


def vat_inside(view: BasketView) -> tuple[dict[int, int], bool]:
    """VAT in minor units by rate in basis points, the highest first, as the sellers' invoices will
    show it, sending included; and whether a seller charges none. Loads: as `tax_rows`.
    """
    sums: dict[int, int] = {}
    free = False
    for part in view.parts:
        if part.taxes is None:
            continue
        try:
            found = [decided(part.taxes, part.country, item.goods.tax_category)
                     for item in part.items]
        except NoRate:
            continue
        if any(one.note in VAT_FREE for one in found):
            free = True
            continue
        gross = [item.total_minor + item.goods.deposit_minor * item.qty for item in part.items]
        for share in invoiced([(minor, one.bp) for minor, one in zip(gross, found, strict=True)],
                              part.sums.shipping_minor or 0):
            sums[share.bp] = sums.get(share.bp, 0) + share.vat_minor
    return dict(sorted(sums.items(), reverse=True)), free


def vat_words(view: BasketView) -> str:
    """What stands below a total about VAT. Loads: as `tax_rows`."""
    rates, free = vat_inside(view)
    said = [_("incl. VAT: %(rates)s", rates=", ".join(
        f"{rate_words(bp)} {money(minor)}" for bp, minor in rates.items() if minor))] \
        if any(rates.values()) else []
    if free:
        said.append(_("small businesses charge no VAT"))
    return " · ".join(said)

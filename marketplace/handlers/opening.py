"""Steps of a producer's opening that later rooms see done, and goods that waited for it."""

from __future__ import annotations

from marketplace.catalog.actions import publish_waiting
from marketplace.catalog.actions.upkeep import look_at, own_on_sale
from marketplace.catalog.events import ProductWaits
from marketplace.foundation.events import announce
from marketplace.orders.events import RatesChanged
from marketplace.orders.queries.zones import zones_of
from marketplace.payments.events import AccountKept
from marketplace.producers.actions import tick
from marketplace.producers.events import EvidenceExpired, RegistrationMissing, SellingBegan
from marketplace.producers.queries.legal import shipping_papers
from marketplace.producers.rules.opening import MONEY, PRODUCT, SHIPPING


def account_known(event: AccountKept) -> None:
    """The step "where the money goes" is done."""
    tick(event.producer_id, MONEY)


def rates_known(event: RatesChanged) -> None:
    """The step "where parcels go" is done, or open again after the last line was taken out; a
    house that sells hears of countries whose packaging number it has not.
    """
    zones = zones_of(event.producer_id)
    tick(event.producer_id, SHIPPING, bool(zones))
    papers, _late = shipping_papers([event.producer_id])[event.producer_id]
    if papers.state == "selling":
        for country in sorted({land for zone in zones for land in zone.countries}):
            if not papers.numbers.get((country, "packaging")):
                announce(RegistrationMissing(event.producer_id, country))


def product_ready(event: ProductWaits) -> None:
    """The step "a first product" is done."""
    tick(event.producer_id, PRODUCT)


def goods_on_sale(event: SellingBegan) -> None:
    """What waited for the check goes on sale without a further act."""
    publish_waiting(event.producer_id)


def proofs_over(event: EvidenceExpired) -> None:
    """Goods whose words need what has ended pause at once, not at the next daily look."""
    look_at(own_on_sale(event.producer_id))

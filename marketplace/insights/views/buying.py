"""How buyers first heard of the market, and how far they come on the way to an order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import Response, url_for
from flask_babel import gettext as _

from marketplace.checkout.queries.lasting import contact_words
from marketplace.checkout.rules.contacts import FIRST_CONTACTS
from marketplace.foundation import clock
from marketplace.insights.queries import checkout_counts, first_contacts
from marketplace.insights.rules.contacts import LEAST, referral, shown
from marketplace.insights.views import pages
from marketplace.web.access import operators_only
from marketplace.web.answers import answer
from marketplace.web.formats import number, percent

DAYS = 30
STEPS = ("contact", "delivery", "payment", "review")
REASONS = ("sold_out", "price_moved", "basket_moved", "coupon", "not_sent", "too_many", "other")


@dataclass(frozen=True, slots=True)
class BuyingPage:
    """Shares and counts; fewer than five are never shown."""

    referral: str
    referral_words: str
    tables: Sequence[tuple[str, str, Sequence[tuple[str, str]]]]
    help_url: str


@pages.get("/operator/buying", endpoint="buying")
@operators_only
def buying() -> Response:
    """Where first buyers come from, and where people stop before they order."""
    buyers, said = first_contacts()
    seen, failed = checkout_counts(clock.now() - timedelta(days=DAYS))
    hidden = _("counts of fewer than %(n)s are not shown", n=LEAST)
    page = BuyingPage(*_share(buyers, said), [
        (_("How first buyers heard of the market"), hidden,
         _rows(FIRST_CONTACTS, said, contact_words())),
        (_("How far people came in %(n)s days", n=DAYS), hidden,
         _rows(STEPS, seen, _step_words())),
        (_("Why nothing was ordered in %(n)s days", n=DAYS), hidden,
         _rows(REASONS, failed, _reason_words()))],
        url_for("dialogue.new", about="/operator/buying"))
    return answer("insights/buying.html", page)


def _share(buyers: int, said: Mapping[str, int]) -> tuple[str, str]:
    """The share of recommended first buyers with its interval, and how many answered."""
    answers = sum(said.values())
    if answers < LEAST:
        return "–", _("Too few have answered so far.")
    found = referral(buyers, answers, said.get("friends", 0))
    return percent(found.share.value), _(
        "between %(low)s and %(high)s; %(answers)s of %(buyers)s first buyers answered",
        low=percent(found.share.low), high=percent(found.share.high), answers=number(answers),
        buyers=number(buyers))


def _rows(names: Sequence[str], counts: Mapping[str, int], words: Mapping[str, str]
          ) -> list[tuple[str, str]]:
    few = shown({name: counts.get(name, 0) for name in names})
    return [(words[name], "–" if n is None else number(n)) for name, n in few.items()]


def _step_words() -> dict[str, str]:
    return {"contact": _("Who and where to"), "delivery": _("Delivery"),
            "payment": _("Payment"), "review": _("Look over")}


def _reason_words() -> dict[str, str]:
    return {"sold_out": _("Sold out meanwhile"), "price_moved": _("A price changed"),
            "basket_moved": _("The basket changed"), "coupon": _("A coupon was used up"),
            "not_sent": _("Not sent there"), "too_many": _("Too many unpaid orders"),
            "other": _("Something else")}

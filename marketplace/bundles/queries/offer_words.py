"""Offers from bundles in words, and as pages draw them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from marketplace.bundles.queries.bundles import rows_of
from marketplace.bundles.queries.offers import OfferRow, Party, parts_now
from marketplace.bundles.rules import set_prices
from marketplace.people.queries import lines
from marketplace.web.formats import day, money, number
from marketplace.web.shapes import nobody

SIGNS = {"asked": "clock", "agreed": "tick", "declined": "close", "ended": "close"}


@dataclass(frozen=True, slots=True)
class PartyView:
    """A party of an offer, what it said and when, with a sign for it."""

    name: str
    state_words: str
    term_words: str
    when: str
    icon: str


@dataclass(frozen=True, slots=True)
class OfferView:
    """An offer with its state, its prices today and its parties."""

    title: str
    bundle_url: str
    state: str
    state_words: str
    until_words: str
    credit: str
    benefit_words: str
    price_words: str
    parties: Sequence[PartyView]


def state_of(row: OfferRow) -> str:
    """How an offer stands."""
    if row.state == "paused":
        return rest_words(row.pause)
    return {"asked": _("waits for answers"), "running": _("runs"), "declined": _("declined"),
            "lapsed": _("no answer in 14 days, which is a no"), "ended": _("ended")}[row.state]


def rest_words(reason: str) -> str:
    """Why a price rests."""
    return {"part": _("rests: a part cannot be had just now"),
            "changed": _("rests: other goods are in the bundle than were agreed on"),
            "singles": _("rests: the parts cost no more one by one")}[reason]


def term_words(party: Party) -> str:
    """What a producer gives."""
    if party.producer_id is None or party.value is None:
        return ""
    if party.form == "fixed":
        return _("%(sum)s for the set", sum=money(party.value))
    return _("%(n)s percent off its own goods", n=number(party.value / 100)) if party.value \
        else _("its goods at their own price")


def offer_view(row: OfferRow, viewer_id: int | None) -> OfferView:
    """An offer to draw. Loads: 4 statements."""
    people = lines({row.author_id} if row.author_id else set(), viewer_id)
    author = people.get(row.author_id or 0, nobody()).name
    return OfferView(
        row.title, f"/bundles/{row.bundle_slug}", row.state, state_of(row),
        _("Silence until %(day)s is a no.", day=day(row.answer_until))
        if row.state == "asked" else "", row.credit, benefit_words(row.benefit),
        _price_words(row), [PartyView(
            one.name or _("%(name)s, who made it", name=author),
            {"asked": _("has not answered yet"), "agreed": _("agrees"), "declined": _("declines"),
             "ended": _("ended it")}[one.state],
            term_words(one), day(one.at) if one.at else "", SIGNS[one.state])
            for one in row.parties])


def _price_words(row: OfferRow) -> str:
    if row.state not in ("asked", "running", "paused"):
        return ""
    singly, together = set_prices(row.set_offer, parts_now(rows_of([row.bundle_id], None)[0]))
    if together >= singly:
        return _("One by one %(sum)s today.", sum=money(singly))
    return _("One by one %(sum)s today, as a set %(set)s with what is agreed so far.",
             sum=money(singly), set=money(together))


def benefit_words(benefit: str) -> str:
    """What the author has from it; said to everybody."""
    return _("Its author has this from it: %(what)s", what=benefit) if benefit else \
        _("Its author has nothing from it but the name.")


def offered_words(row: OfferRow) -> str:
    """On the page of a bundle: who offers it, who made it, what they have from it."""
    makers = ", ".join(one.name for one in row.houses)
    if row.state == "paused":
        return _("The price of the set %(why)s.", why=rest_words(row.pause))
    return " ".join((
        _("Offered as a set by %(makers)s. Put together by %(credit)s.", makers=makers,
          credit=row.credit), benefit_words(row.benefit)))

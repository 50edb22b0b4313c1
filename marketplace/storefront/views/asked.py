"""What the address of a list of goods asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flask import g, request
from flask_babel import gettext as _

from marketplace.catalog.queries import Shelf, visible_product_id
from marketplace.foundation.errors import Invalid
from marketplace.recommend.queries import going_with_product
from marketplace.search import queries as search
from marketplace.search.queries import Asked, Reader
from marketplace.search.rules.needs import NO_NEEDS, Needs
from marketplace.storefront.views.filters import NEEDS
from marketplace.web.access import viewer_id
from marketplace.web.languages import current_lang

LONGEST = 200
MOST_FILTERS = 40
OF_MY_PEOPLE = ("followed", "groups")
CHOOSABLE = ("category", "occasion", "producer", "region", "attribute", "delivers")


def asked_for(words: str, shelf: Shelf | None) -> Asked:
    """What the address asks for. Raises Invalid above forty filters."""
    args = request.args
    refuse_too_many()
    chosen = {name: args.getlist(name) for name in CHOOSABLE if args.getlist(name)}
    if shelf is not None and "category" not in chosen:
        chosen["category"] = [shelf.slug]
    sort = args.get("order", "peers")
    return Asked(
        words[:LONGEST], chosen, minor(args.get("low", "")), minor(args.get("high", "")),
        args.get("available") == "1", sort if sort in search.SORTS else "peers",
        _only(args.get("from", ""), args.get("with", "")), args.get("plain") == "1",
        current_lang(), needs=_needs())


def refuse_too_many() -> None:
    """Refuse an address with more than forty values. Raises Invalid."""
    if len(list(request.args.items(multi=True))) > MOST_FILTERS:
        raise Invalid({"": _("Those are more filters than we can follow.")})


def reader() -> Reader:
    """Who reads this page, read once. Loads: at most 1 statement."""
    if "reader" not in g:
        g.reader = search.reader_of(viewer_id())
    found: Reader = g.reader
    return found


def _needs() -> Needs:
    """What this member told once, but for what they took off this list. Loads: at most 1."""
    off = set(request.args.getlist("off"))
    if off >= set(NEEDS):
        return NO_NEEDS
    told = reader().needs
    country = "" if "delivers" in off or request.args.get("delivers") else told.country
    sized = "size" in off or any(one.startswith("size=")
                                 for one in request.args.getlist("attribute"))
    return Needs(frozenset() if "allergies" in off else told.without,
                 frozenset() if sized else told.sizes, country)


def minor(text: str) -> int | None:
    """A typed price in minor units, or None."""
    plain = text.strip().replace("€", "").replace(",", ".").strip()
    try:
        value = float(plain)
    except ValueError:
        return None
    return round(value * 100) if 0 <= value < 1e7 else None


def counted_of_my_people(asked: Asked) -> Mapping[str, int]:
    """How many goods one would get of the people one follows, and of one's groups."""
    beside: frozenset[int] | None = g.get("goes_with")
    found = {}
    for who, ids in _of_my_people().items():
        only = ids if beside is None else ids & beside
        found[who] = search.find(replace(asked, only=only), 0).total if only else 0
    return found


def _of_my_people() -> Mapping[str, frozenset[int]]:
    return {"followed": reader().followed, "groups": reader().groups}


def _only(who: str, beside: str) -> frozenset[int] | None:
    """Goods of people I follow or of my groups, and goods that go with one, if asked for."""
    me, found = viewer_id(), None
    if who in OF_MY_PEOPLE and me is not None:
        found = _of_my_people()[who]
    if beside:
        known = visible_product_id(beside[:120])
        fitting = going_with_product(known) if known is not None else frozenset()
        g.goes_with = fitting
        found = fitting if found is None else found & fitting
    return found

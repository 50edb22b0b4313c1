"""What of a product's voices is asked for: filters, lots, taps."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from marketplace.catalog import queries as catalog
from marketplace.catalog.queries import ProductView
from marketplace.groups.queries import fellow_members
from marketplace.people.queries import followed_ids
from marketplace.reviews import queries as reviews
from marketplace.reviews.queries import Filters, LotVerdict, ReviewRow, VerdictView
from marketplace.reviews.rules.verdict import FRACTION_FROM
from marketplace.web.formats import month, percent
from marketplace.web.languages import current_lang
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import PagerView, Vote, pager

A_PAGE = 10
DELIGHTS = ("delighted", "okay", "disappointed")


@dataclass(frozen=True, slots=True)
class Heard:
    """The verdict, the two first voices, and the page of voices that was asked for."""

    said: VerdictView
    lots: Sequence[LotVerdict]
    yes: ReviewRow | None
    no: ReviewRow | None
    rows: Sequence[ReviewRow]
    total: int
    pager: PagerView

    @property
    def all(self) -> list[ReviewRow]:
        """Every voice on the page; the first two may stand in the list again."""
        return [row for row in (self.yes, self.no, *self.rows) if row]


def hear(goods: ProductView, lang: str, me: int | None) -> Heard:
    """What buyers say about a product. Loads: 2 statements, up to 5 once somebody answered.

    Words that do not count stand in the list too, also where nothing counts yet.
    """
    number = asked_page()
    said, lots = reviews.verdict_with_lots(goods.id, goods.slug)
    yes, no = reviews.top_voices(goods.id, lang) if said.n else (None, None)
    rows, total = reviews.review_list(goods.id, asked_filters(me), lang, me,
                                      (number - 1) * A_PAGE, A_PAGE)
    return Heard(said, lots, yes, no, rows, total, pager(Pages(rows, number, A_PAGE, total)))


def asked_filters(me: int | None) -> Filters:
    """What of the reviews the address asks for. Loads: 0 or 1 statement."""
    asked = request.args
    occasion = next((o.id for o in catalog.occasions().values()
                     if o.slug == asked.get("occasion")), None)
    people: Collection[int] | None = None
    if me and asked.get("from") == "followed":
        people = followed_ids(me)
    elif me and asked.get("from") == "groups":
        people = fellow_members(me)
    return Filters(
        lang=asked.get("in") if asked.get("in") in ("de", "en") else None,
        delight=asked.get("delight") if asked.get("delight") in DELIGHTS else None,
        lot_id=asked_lot() or None,
        critical=asked.get("voices") == "critical", photos=asked.get("voices") == "photos",
        occasion_id=occasion, people=people)


def filter_links(goods: ProductView, me: int | None) -> list[tuple[str, str, bool]]:
    """The filters of the list of reviews, as links."""
    asked = request.args
    plain = not (asked.keys() & {"voices", "in", "from", "occasion", "delight", "lot"})

    def link(**values: Any) -> str:
        return url_for("storefront.product", slug=goods.slug, _anchor="verdict", **values)

    rows = [(_("All"), link(), plain),
            (_("Critical"), link(voices="critical"), asked.get("voices") == "critical"),
            (_("With pictures"), link(voices="photos"), asked.get("voices") == "photos"),
            *((words, link(delight=name), asked.get("delight") == name)
              for name, words in (("delighted", _("Delighted")), ("okay", _("As expected")),
                                  ("disappointed", _("Disappointed")))),
            (_("In German"), link(**{"in": "de"}), asked.get("in") == "de"),
            (_("In English"), link(**{"in": "en"}), asked.get("in") == "en")]
    if me:
        rows += [(_("People I follow"), link(**{"from": "followed"}),
                  asked.get("from") == "followed"),
                 (_("My groups"), link(**{"from": "groups"}), asked.get("from") == "groups")]
    known = catalog.occasions()
    rows += [(known[i].name(current_lang()), link(occasion=known[i].slug),
              asked.get("occasion") == known[i].slug) for i in goods.occasion_ids[:4]
             if i in known]
    return rows


def asked_lot() -> int:
    """The lot whose voices are asked for; 0 for all."""
    asked = request.args.get("lot", "")
    return int(asked) if asked.isdecimal() and len(asked) < 12 else 0


def tap_pair(goods: ProductView, me: int | None) -> Vote:
    """Liked or not, open to every member and apart from the verdict."""
    found = reviews.taps_of(goods.id, me)
    mine = {True: "up", False: "down", None: ""}[found.mine]
    return Vote(f"tap-{goods.code}", url_for("reviews.tap", slug=goods.slug), found.up,
                found.down, mine, "", me is not None)


def lot_rows(lots: Sequence[LotVerdict], own_url: str) -> list[tuple[str, str, str, str]]:
    """Lots with what buyers say of each, where there is more than one."""
    if len(lots) < 2:
        return []
    return [(one.label, _("estimated from the lot before") if one.estimated else "",
             " · ".join(part for part in (_("%(k)s of %(n)s would buy it again", k=one.said.k,
                                            n=one.said.n), period_words(one.said)) if part),
             f"{own_url}?lot={one.lot_id}#verdict") for one in lots]


@dataclass(frozen=True, slots=True)
class Compared:
    """A similar product beside this one: counts, interval, period, and what that proves."""

    title: str
    url: str
    count: str
    interval: str
    period: str
    words: str
    how_url: str


def compared(said: VerdictView, similar: Sequence[Any]) -> list[Compared]:
    """Similar goods beside this one, where both have five answers."""
    if said.n < FRACTION_FROM:
        return []
    return [Compared(
        card.title, card.url, _("%(k)s of %(n)s", k=card.verdict.k, n=card.verdict.n),
        _("%(low)s to %(high)s", low=percent(card.verdict.low), high=percent(card.verdict.high)),
        period_words(card.verdict),
        reviews.difference_words(said, card.verdict), card.verdict.how_url)
        for card in similar if card.verdict.n >= FRACTION_FROM and card.verdict.since]


def period_words(said: VerdictView) -> str:
    """From the first answer to the last."""
    if not (said.since and said.until):
        return ""
    return _("%(since)s to %(until)s", since=month(said.since), until=month(said.until))

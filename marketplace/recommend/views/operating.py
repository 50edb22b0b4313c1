"""What recommendations lead to, for the people who run the marketplace."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from marketplace.people.queries import lines
from marketplace.recommend.queries import RecommendationRow, most_led, things
from marketplace.recommend.views import pages
from marketplace.web.access import operators_only, person_id
from marketplace.web.answers import answer
from marketplace.web.languages import current_lang
from marketplace.web.shapes import nobody


@dataclass(frozen=True, slots=True)
class LedRow:
    """One recommendation with what it led to; no buyer is named."""

    title: str
    url: str
    by: Any
    counts: Sequence[int]
    told_words: str


@dataclass(frozen=True, slots=True)
class LedPage:
    """The recommendations that led to most."""

    rows: Sequence[LedRow]
    totals: Sequence[tuple[str, int]]


@pages.get("/operator/recommendations")
@operators_only
def led() -> Response:
    """Opened, basket, order, re-order; small circles only as far as somebody told."""
    rows = most_led()
    known = things({(row.thing, row.thing_id) for row in rows}, current_lang())
    people = lines({row.author_id for row in rows}, person_id())
    page = LedPage(
        [LedRow(known[row.thing, row.thing_id].title if (row.thing, row.thing_id) in known
                else _("gone"), url_for("recommend.suggestion", ref=f"r-{row.code}"),
                people.get(row.author_id, nobody()), _counts(row),
                "" if row.exact else _("told: %(num)s", num=row.told)) for row in rows],
        [(words, sum(row[at] for row in map(_counts, rows)))
         for at, words in enumerate((_("opened"), _("in baskets"), _("ordered"),
                                     _("ordered again")))])
    return answer("recommend/led.html", page)


def _counts(row: RecommendationRow) -> tuple[int, int, int, int]:
    return row.opened, row.basket, row.orders, row.reorders

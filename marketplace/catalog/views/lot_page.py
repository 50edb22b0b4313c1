"""The page of one lot in the studio."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, url_for
from flask_babel import gettext as _

from marketplace.catalog.queries.studio import Draft, OwnLot
from marketplace.catalog.views.facts import FactRow
from marketplace.catalog.views.frame import crumbs_of
from marketplace.catalog.views.goods import VariantRow, variant_row
from marketplace.web.answers import answer
from marketplace.web.formats import day
from marketplace.web.shapes import Link


@dataclass(frozen=True, slots=True)
class LotPage:
    """One lot: what it says for itself, its variants, what can be done with it."""

    title: str
    product: str
    crumbs: Sequence[Link]
    state: str
    state_words: str
    dates: str
    url: str
    facts: Sequence[FactRow]
    variants: Sequence[VariantRow]
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    labels: Mapping[str, str]
    stopped: str
    help_url: str


def lot_page(known: Draft, row: OwnLot, facts: Sequence[FactRow], typed: Mapping[str, str],
             faults: Mapping[str, str], labels: Mapping[str, str], status: int) -> Response:
    """Draw it."""
    words = {"coming": _("not on sale yet"), "current": _("on sale now"), "past": _("past")}
    dates = [_("made on %(day)s", day=day(row.made_on))] if row.made_on else []
    if row.best_before:
        dates.append(_("best before %(day)s", day=day(row.best_before)))
    page = LotPage(
        row.label, known.title, crumbs_of(known), "stopped" if row.stopped_at else row.state,
        _("stopped") if row.stopped_at else words[row.state], " · ".join(dates),
        url_for("catalog.lot_post", product_id=known.id, lot_id=row.id), facts,
        [variant_row(v, {}, back="1") for v in known.variants if v.lot_id == row.id],
        {"why": "", **typed}, faults, {**labels, "why": _("Why")}, row.stopped_why,
        url_for("dialogue.new", about="/studio/products"))
    return answer("catalog/lot.html", page, status)

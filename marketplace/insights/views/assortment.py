"""The operator's view of the assortment, and the public figures."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from flask import Response, make_response, request, url_for
from flask_babel import gettext as _

from marketplace.catalog.queries import shelves
from marketplace.catalog.queries.readiness import gap_counts
from marketplace.catalog.queries.wanted import most_wanted
from marketplace.foundation import clock
from marketplace.insights.queries import FigureRow, figures, public_numbers
from marketplace.insights.rules.assortment import LIKED_FROM
from marketplace.insights.rules.demand import LISTED_FROM_PEOPLE, demand
from marketplace.insights.views import pages
from marketplace.search.queries.demand import missed
from marketplace.web.access import operators_only
from marketplace.web.answers import answer
from marketplace.web.formats import day
from marketplace.web.languages import current_lang
from marketplace.web.page_cache import visitor_page
from marketplace.web.shapes import Facets

MOST_POINTS, MOST_WANTED = 300, 20
ORDER = ("promote", "improve", "delist", "keep")


@dataclass(frozen=True, slots=True)
class Axis:
    """Approval against reach."""

    points: Sequence[tuple[str, str, float, float, float, float, str]]
    x_line: float
    y_line: float
    x_words: str
    y_words: str
    corners: Sequence[str]
    title: str


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One product in a list of proposals."""

    name: str
    url: str
    producer: str
    k: int
    n: int
    buyers: int
    low: float
    high: float
    point: float
    words: str
    chances: str
    kind: str
    kind_words: str
    groups: Sequence[Any] = ()
    loss: str = ""


@dataclass(frozen=True, slots=True)
class ProposalList:
    """All products of one proposal."""

    title: str
    hint: str
    rows: Sequence[ProposalRow]


@dataclass(frozen=True, slots=True)
class AssortmentPage:
    """What the community thinks of the assortment."""

    tabs: Sequence[Any]
    axis: Axis
    filters: Facets
    window_words: str
    cells: Sequence[tuple[str, int, str]]
    lists: Sequence[ProposalList]
    empty_words: str
    csv_url: str
    how_url: str
    help_url: str
    gaps_words: str
    wanted: Sequence[tuple[str, str, str, int, str]] = ()
    sought: Sequence[tuple[str, str, int, float]] = ()


def kind_words(kind: str) -> str:
    """A proposal in words."""
    return {"promote": _("promote"), "improve": _("improve"),
            "delist": _("candidate for delisting"), "keep": _("keep"),
            "open": _("not judged")}[kind]


def cell_words(cell: str) -> str:
    """A place on the two axes in words."""
    return {"favourite": _("favourites"), "secret_tip": _("hidden gems"),
            "along": _("followers"), "worry": _("worries"), "open": _("not judged")}[cell]


@pages.get("/operator/assortment")
@operators_only
def assortment() -> Response:
    """Every product with its answers, interval, the two axes and what follows."""
    lang, chosen = current_lang(), request.args.getlist("category")
    rows = figures(lang, shelves=chosen)
    most = max((row.buyers for row in rows), default=1) or 1
    made = day(rows[0].made_at) if rows else day(clock.now())
    counts = {cell: sum(row.cell == cell for row in rows)
              for cell in ("favourite", "secret_tip", "along", "worry", "open")}
    here = url_for("insights.assortment", category=chosen)
    page = AssortmentPage(
        [(_("Assortment"), url_for("insights.assortment"), True, len(rows))],
        _axis(rows, most), _filters(lang, chosen),
        _("Figures of 365 days, as of %(day)s", day=made),
        [(cell_words(cell), n, here) for cell, n in counts.items()],
        [_list(kind, rows) for kind in ORDER],
        _("No product has ten answers yet; the picture is drawn from ten on.") if rows else
        _("No figures yet; they are made each night."),
        url_for("insights.assortment_csv", category=chosen),
        url_for("storefront.how_checked"), url_for("dialogue.new", about="/operator/assortment"),
        _gaps(), _wanted(lang), _sought())
    return answer("insights/assortment.html", page)


def _sought() -> list[tuple[str, str, int, float]]:
    """What several people searched in vain: words, the search, people, strength; strongest first.
    """
    rows = [(one, demand((who, "search", age) for who, age in one.marks)) for one in missed()]
    ranked = sorted(rows, key=lambda row: (-row[1].score, row[0].words))
    return [(one.words, url_for("storefront.search", q=one.words), one.people, told.score)
            for one, told in ranked if told.listed][:MOST_WANTED]


def _wanted(lang: str) -> list[tuple[str, str, str, int, str]]:
    """What at least five people wait for: title, address, house, people, words."""
    return [(row.title, f"/products/{row.slug}", row.producer, row.people, row.wanted.words())
            for row in most_wanted(lang, LISTED_FROM_PEOPLE, MOST_WANTED)]


def _gaps() -> str:
    """How many goods lack what their shelf asks for. Loads: 1 statement."""
    waiting, paused = gap_counts()
    if not waiting and not paused:
        return ""
    return _("%(waiting)s goods on sale lack particulars that their shelf asks for, and pause "
             "after 60 days; %(paused)s pause because of it.", waiting=waiting, paused=paused)


def _filters(lang: str, chosen: Sequence[str]) -> Facets:
    rows = [(s.slug, s.name(lang), None, s.slug in chosen) for s in shelves().values()
            if s.parent_id is None]
    return Facets(url_for("insights.assortment"), bool(chosen), [],
                  [(_("Shelf"), "category", rows)])


def _axis(rows: Sequence[FigureRow], most: int) -> Axis:
    points = [(row.title, f"/products/{row.slug}", row.buyers / most, row.q10, row.low or 0.0,
               row.high or 1.0, row.proposal) for row in rows if row.n >= 10][:MOST_POINTS]
    ranked = sorted(row.buyers for row in rows)
    middle = ranked[len(ranked) // 2] / most if ranked else 0.5
    return Axis(points, middle, LIKED_FROM, _("buyers in a year"), _("careful estimate"),
                (cell_words("secret_tip"), cell_words("favourite"), cell_words("worry"),
                 cell_words("along")), _("Approval against reach"))


def _list(kind: str, rows: Sequence[FigureRow]) -> ProposalList:
    hints = {
        "promote": _("Ten answers at least, and four chances in five that more than 80 % would "
                     "buy it again."),
        "improve": _("Ten answers at least, and four chances in five that fewer than 70 % would."),
        "delist": _("Twenty answers at least, and nine chances in ten that fewer than 60 % would. "
                    "Only a person ends a product, with a reason and thirty days' notice."),
        "keep": _("Everything else."),
    }
    own = [row for row in rows if row.proposal == kind]
    return ProposalList(kind_words(kind), hints[kind], [_row(row) for row in own[:100]])


def _row(row: FigureRow) -> ProposalRow:
    low, high = row.low or 0.0, row.high if row.high is not None else 1.0
    return ProposalRow(
        row.title, f"/products/{row.slug}", row.producer, row.k, row.n, row.buyers, low, high,
        row.k / row.n if row.n else 0.0,
        _("%(low)s to %(high)s%%", low=round(100 * low), high=round(100 * high)),
        _chances(row), row.proposal, kind_words(row.proposal))


def _chances(row: FigureRow) -> str:
    """What the proposal rests on, in words and hundredths."""
    said = row.chances
    return _("careful estimate %(q10)s%%; chance of more than 80%%: %(above)s%%, of fewer than "
             "60%%: %(below)s%%", q10=round(100 * row.q10),
             above=round(100 * said.above_promote), below=round(100 * said.below_delist))


def quoted(value: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text[:1] in "=+-@\t" and not isinstance(value, int | float) else value


@pages.get("/operator/assortment.csv")
@operators_only
def assortment_csv() -> Response:
    """The same figures as a table."""
    out = StringIO()
    table = csv.writer(out)
    table.writerow(["product", "producer", "category", "k", "n", "buyers", "orders", "units",
                    "low", "high", "q10", "cell", "proposal", "prior_alpha", "prior_beta"])
    for row in figures(current_lang(), shelves=request.args.getlist("category")):
        table.writerow([quoted(v) for v in (
            row.title, row.producer, row.category, row.k, row.n, row.buyers, row.orders,
            row.units, "" if row.low is None else round(row.low, 4),
            "" if row.high is None else round(row.high, 4), round(row.q10, 4), row.cell,
            row.proposal, round(row.mu * row.m, 3), round((1 - row.mu) * row.m, 3))])
    given = make_response(out.getvalue())
    given.mimetype = "text/csv"
    given.headers["Content-Disposition"] = 'attachment; filename="assortment.csv"'
    return given


@pages.get("/statistics")
@visitor_page
def statistics() -> Response:
    """Public figures of the whole marketplace."""
    numbers = public_numbers()
    rows = [(_("members"), numbers["members"]), (_("producers"), numbers["producers"]),
            (_("products on sale"), numbers["products"]), (_("answers of buyers"),
                                                           numbers["answers"]),
            (_("of these: would buy it again"), numbers["yes"])]
    return answer("insights/statistics.html", {
        "rows": rows, "on": day(clock.now()), "how_url": url_for("storefront.how_checked")})

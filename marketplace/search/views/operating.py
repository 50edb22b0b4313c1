"""What people search, what they miss, how the index is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, current_app, flash, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.adapters.doors import doors
from marketplace.adapters.fulltext.contract import IndexMissing
from marketplace.foundation.database import committing, db
from marketplace.search.actions import ask_rebuild
from marketplace.search.models import SearchRebuild, Synonym
from marketplace.search.queries.demand import DAYS, SHOWN_FROM, Sought, missed, sought
from marketplace.search.queries.operating import documents_by_kind, index_fault, last_rebuild
from marketplace.search.queries.pairs import all_pairs
from marketplace.search.views import pages
from marketplace.web.access import operators_only, person_id
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day, moment, number, size_words
from marketplace.web.shapes import Link

MOST = 20
BYTES_A_POSTING = 8


@dataclass(frozen=True, slots=True)
class PairRow:
    """Words that mean the same, in force or ended."""

    words: str
    said: str
    when: str
    end_url: str


@dataclass(frozen=True, slots=True)
class Rebuild:
    """The newest making anew of the index; share in per cent while it runs."""

    words: str
    running: bool
    share: int


@dataclass(frozen=True, slots=True)
class OperatingPage:
    """Search as the operator sees it: nobody is named, and nothing of fewer than five people."""

    note: str
    top: Sequence[tuple[str, str, Sequence[str]]]
    missed: Sequence[tuple[str, str, Sequence[str]]]
    unclicked: Sequence[tuple[str, str, Sequence[str]]]
    pairs: Sequence[PairRow]
    pairs_url: str
    health: Sequence[Link]
    fault: str
    rebuild: Rebuild | None
    rebuild_url: str
    demand_url: str


@pages.get("/operator/search", endpoint="operator")
@operators_only
def operator() -> Response:
    """Top searches, zero results, words without clicks, pairs of words, the index."""
    found = sought()
    health = _health()
    return answer("search/operating.html", OperatingPage(
        _("Of the last %(days)s days, by at least %(n)s different people; nobody is named.",
          days=DAYS, n=SHOWN_FROM),
        [_row(one, one.people, one.n, one.hits) for one in found[:MOST]],
        [_row(one, one.people, one.n) for one in missed()[:MOST]],
        [_row(one, one.people, one.n, one.hits) for one in found
         if not one.clicks and one.hits][:MOST],
        [_pair(row) for row in all_pairs()], url_for("search.pairs"), health, _fault_words(),
        _rebuild(),
        url_for("search.rebuild"), url_for("insights.assortment")))


def _row(one: Sought, *figures: int) -> tuple[str, str, Sequence[str]]:
    return (one.words, url_for("storefront.search", q=one.words), [number(n) for n in figures])


def _pair(row: Synonym) -> PairRow:
    arrow = "=" if row.both_ways else "→"
    langs = {"de": _("German"), "en": _("English"), "": _("both languages")}
    said = _("in every search") if row.always else _("where fewer than five goods are found")
    when = _("ended on %(day)s", day=day(row.ended_at)) if row.ended_at else \
        _("since %(day)s", day=day(row.made_at))
    return PairRow(f"{row.words} {arrow} {row.other}", f"{langs[row.lang]}, {said}", when,
                   "" if row.ended_at else url_for("search.end_pair", pair_id=row.id))


def _fault_words() -> str:
    """What is wrong with the index, and that it repairs itself."""
    return {
        "": "",
        "missing": _("There is no index: titles and makers are searched in the database. It is "
                     "made anew within minutes."),
        "damaged": _("The newest index is damaged, so the one before it answers. It is made anew "
                     "within minutes."),
        "older": _("Index and database do not hold the same things. It is made anew within "
                   "minutes."),
    }[index_fault()]


def _health() -> list[Link]:
    """Figures of the index beside those of the database."""
    names = {"product": _("Products"), "producer": _("Producers"), "member": _("Members"),
             "group": _("Groups"), "bundle": _("Bundles"), "thread": _("Questions and answers")}
    kinds = documents_by_kind()
    rows = [(names.get(kind, kind), number(n)) for kind, n in kinds.items()]
    try:
        found = doors().fulltext.health()
    except IndexMissing:
        return [(_("Index"), _("missing")), *rows]
    return [
        (_("Engine"), found.engine), (_("Documents in the index"), number(found.documents)),
        (_("Documents in the database"), number(sum(kinds.values()))), *rows,
        (_("Segments"), number(found.segments)), (_("Deleted, not yet cleared"),
                                                   number(found.deleted)),
        (_("Size"), size_words(found.size_bytes)),
        *_memory(found.cached_postings),
        (_("Reading"), _("fast") if found.fast else _("slow: the library is another version")),
    ]


def _memory(postings: int) -> list[Link]:
    """What this process keeps ready of the index, beside the setting; none of other engines."""
    most = current_app.config["ZURUF"].search_memory
    used = size_words(postings * BYTES_A_POSTING)
    return [(_("Kept ready in memory"), _("%(used)s of at most %(most)s", used=used,
                                          most=size_words(most * 2**20)))] if postings else []


def _rebuild() -> Rebuild | None:
    row = last_rebuild()
    if row is None:
        return None
    running = row.ended_at is None
    share = 100 * row.done // row.total if row.total else 0
    return Rebuild(_rebuild_words(row), running, share)


def _rebuild_words(row: SearchRebuild) -> str:
    if row.phase == "ready" and row.ended_at is not None:
        return ngettext("Made anew %(when)s: %(num)s document.",
                        "Made anew %(when)s: %(num)s documents.", row.done,
                        when=moment(row.ended_at))
    return {"waiting": _("Waits for its turn."),
            "documents": _("The documents are being written."),
            "index": _("%(done)s of %(total)s documents are in the new index.",
                       done=number(row.done), total=number(row.total)),
            "broken": _("The last one was broken off. Please begin again.")}[row.phase]


@pages.post("/operator/search/rebuild", endpoint="rebuild")
@operators_only
def rebuild_post() -> Response:
    """Make the index anew; the old one serves until then."""
    me = person_id()
    db.session.rollback()
    with committing():
        ask_rebuild(me)
    flash(_("The index is being made anew. Searching goes on in the old one."), "good")
    return see_other(url_for("search.operator") + "#index")

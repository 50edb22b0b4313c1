"""Goods stopped for safety, in the hands of those who run the market."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.catalog.actions.stops import lift
from marketplace.catalog.queries.stops import StopRow, stop_counts, stop_of, stops
from marketplace.catalog.views import pages
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.web.access import operators_only, person_id
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.formats import day, moment
from marketplace.web.forms import clean, sent
from marketplace.web.languages import current_lang
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import PagerView, Tab, pager

A_PAGE = 20


@dataclass(frozen=True, slots=True)
class StopsPage:
    """Stops in force or lifted: name, house, what was said, address."""

    tabs: Sequence[Tab]
    rows: Sequence[tuple[str, str, str, str]]
    pager: PagerView
    empty: str
    help_url: str


@dataclass(frozen=True, slots=True)
class StopPage:
    """One stop, beside the form that lifts it."""

    name: str
    url: str
    list_url: str
    facts: Sequence[tuple[str, str]]
    form: PlainForm | None
    help_url: str


@pages.get("/operator/stops", endpoint="stops")
@operators_only
def stops_list() -> Response:
    """What nobody can buy, newest first; or what may be sold again."""
    lifted, number = request.args.get("state") == "lifted", asked_page(1000)
    counts = stop_counts()
    rows = stops(lifted, current_lang(), A_PAGE, (number - 1) * A_PAGE)
    return answer("catalog/stops.html", StopsPage(
        [(_("In force"), url_for("catalog.stops"), not lifted, counts[0]),
         (_("Lifted"), url_for("catalog.stops", state="lifted"), lifted, counts[1])],
        [(name_of(row), row.producer, _said(row), url_for("catalog.stop", stop_id=row.id))
         for row in rows], pager(Pages(rows, number, A_PAGE, counts[lifted])),
        _("No stop was lifted yet.") if lifted else _("Nothing is stopped."),
        url_for("dialogue.new", about="/operator/stops")))


def name_of(row: StopRow) -> str:
    """The product, with its lot where only that was stopped."""
    return f"{row.title} · {row.lot}" if row.lot else row.title


def _said(row: StopRow) -> str:
    if row.lifted_at is not None:
        return _("lifted on %(day)s by %(name)s: %(why)s", day=day(row.lifted_at),
                 name=row.lifted_by or _("nobody known"), why=row.lifted_why)
    return _("since %(day)s: %(why)s", day=day(row.at), why=row.why)


@pages.get("/operator/stops/<int:stop_id>")
@operators_only
def stop(stop_id: int) -> Response:
    """One stop with all that was said of it."""
    return _page(_row(stop_id), {}, {}, 200)


@pages.post("/operator/stops/<int:stop_id>")
@operators_only
def stop_post(stop_id: int) -> Response:
    """Lift it, with the reason that stands in the log."""
    row = _row(stop_id)
    typed = {"why": clean(str(sent().get("why", ""))) or ""}
    try:
        with committing():
            lift(stop_id, typed["why"], person_id())
    except Invalid as fault:
        return _page(row, typed, fault.faults, 422)
    flash(_("Lifted. The lot can be bought again.") if row.lot else
          _("Lifted. The producer is told and can put it on sale again."), "good")
    return see_other(url_for("catalog.stop", stop_id=stop_id))


def _row(stop_id: int) -> StopRow:
    found = stop_of(stop_id, current_lang())
    if found is None:
        raise NotFound(_("There is nothing at this address."))
    return found


def _page(row: StopRow, typed: Mapping[str, str], faults: Mapping[str, str], status: int
          ) -> Response:
    facts = [(_("Producer"), row.producer), (_("Stopped on"), moment(row.at)),
             (_("By"), row.by or _("nobody known")), (_("Why"), row.why)]
    if row.lifted_at is not None:
        facts += [(_("Lifted"), moment(row.lifted_at)),
                  (_("Lifted by"), row.lifted_by or _("nobody known")),
                  (_("Why lifted"), row.lifted_why)]
    form = None if row.lifted_at is not None else PlainForm(
        url_for("catalog.stop_post", stop_id=row.id), [Section(
            _("Lift the stop"), _("The lot can be bought again at once.") if row.lot else
            _("The product pauses then; its house looks at it and puts it on sale again."), [
                Field("why", _("What was checked, and by whom"), typed.get("why", ""),
                      _("Stands in the operator's log under your name."), optional=False,
                      length=300, kind="area")])], faults, _("Lift it"))
    return answer("catalog/stop.html", StopPage(
        name_of(row), f"/products/{row.slug}", url_for("catalog.stops"), facts, form,
        url_for("dialogue.new", about="/operator/stops")), status)

"""Correcting cells, saving the good rows, taking a file back."""

from __future__ import annotations

import re

from flask import Response, flash, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.catalog.actions import intake
from marketplace.catalog.jobs.intake import AT_ONCE, check_now, go_on, save_now, undo_now
from marketplace.catalog.queries.intake import ImportView
from marketplace.catalog.rules.columns import all_names
from marketplace.catalog.views import pages
from marketplace.catalog.views.intake.starting import own_import
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import see_other
from marketplace.web.forms import sent

CELL = re.compile(r"r(\d{1,15})\.(.{1,60})")
MOST_CELL = 6_500


def _to(known: ImportView) -> Response:
    return see_other(url_for("catalog.import_file", import_id=known.id))


@pages.post("/studio/import/<int:import_id>/rows", endpoint="import_rows_post")
@signed_in
def import_rows_post(import_id: int) -> Response:
    """Take corrected cells and check their products again."""
    known, body = own_import(import_id), sent()
    names, cells = set(all_names(known.plan.get("header", ()))), dict[int, dict[str, str]]()
    for name, value in body.items(multi=True):
        found = CELL.fullmatch(name)
        if found and found.group(2) in names and isinstance(value, str):
            cells.setdefault(int(found.group(1)), {})[found.group(2)] = value[:MOST_CELL]
    db.session.rollback()
    with committing():
        changed = intake.correct_cells(known, cells)
    if changed:
        check_now(known.id)
    flash(ngettext("%(num)s row was checked again.", "%(num)s rows were checked again.", changed)
          if changed else _("No cell was changed."), "info")
    return _to(known)


@pages.post("/studio/import/<int:import_id>/save", endpoint="import_save")
@signed_in
def import_save(import_id: int) -> Response:
    """Save the good rows: at once, or in the background if there are many."""
    known, me = own_import(import_id), person_id()
    good = int(known.counts.get("new", 0)) + int(known.counts.get("changed", 0))
    db.session.rollback()
    if known.state in ("saving", "saved"):
        return _to(known)
    if good <= AT_ONCE:
        save_now(known, me)
    else:
        with committing():
            intake.ask_saving(known)
            go_on(known.id, me, "save")
    return _to(known)


@pages.post("/studio/import/<int:import_id>/undo", endpoint="import_undo")
@signed_in
def import_undo(import_id: int) -> Response:
    """Take back what a file did."""
    known, me = own_import(import_id), person_id()
    if known.state in ("undoing", "undone"):
        return _to(known)
    if known.state != "saved":
        raise Conflict(_("Only a saved file can be taken back."))
    db.session.rollback()
    if int(known.counts.get("saved", 0)) <= AT_ONCE:
        undo_now(known, me)
    else:
        with committing():
            intake.ask_undo(known)
            go_on(known.id, me, "undo")
    return _to(known)

"""A file on its way: what each row would do, how far it is, what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.catalog.queries.intake import ImportRowView, ImportView, row_views, same_file
from marketplace.catalog.views import pages
from marketplace.catalog.views.intake.starting import columns_page, own_import, shelf_choices
from marketplace.catalog.views.intake.words import (
    change_name,
    column_words,
    effect_words,
    sentence,
    value_words,
)
from marketplace.producers.queries import roles_of
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer
from marketplace.web.formats import day, number
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import PagerView, Tab, pager

A_PAGE = 25
BUSY = ("reading", "saving", "undoing")
VIEWS = ("fault", "changed", "new", "same")


@dataclass(frozen=True, slots=True)
class CellRow:
    """A faulty cell: its column, what is wrong, and a field to correct it ("" if none can)."""

    column: str
    words: str
    field: str
    value: str
    choices: Sequence[tuple[str, str]] = ()
    long: bool = False


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the file as people read it."""

    number: int
    title: str
    sku: str
    effect: str
    effect_words: str
    cells: Sequence[CellRow]
    hints: Sequence[tuple[str, str]]
    changes: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far something is: words, done and of how many."""

    words: str
    done: int
    total: int
    url: str


@dataclass(frozen=True, slots=True)
class FilePage:
    """One file in one of its states."""

    producer: str
    file_name: str
    state: str
    head: str
    lead: str
    notices: Sequence[tuple[str, str]]
    progress: Progress | None
    tabs: Sequence[Tab]
    rows: Sequence[RowView]
    pager: PagerView | None
    rows_url: str
    save_url: str
    save_words: str
    undo_url: str
    columns_url: str
    start_url: str
    goods_url: str
    help_url: str


@pages.get("/studio/import/<int:import_id>", endpoint="import_file")
@signed_in
def import_file(import_id: int) -> Response:
    """The file as it stands now: columns, progress, rows, or what came of it."""
    known = own_import(import_id)
    if known.file and (known.state == "columns" or (
            request.args.get("step") == "columns" and known.state in ("checked", "broken"))):
        return columns_page(known, {}, {})
    return file_page(known)


@pages.get("/studio/import/<int:import_id>/progress")
@signed_in
def import_progress(import_id: int) -> Response:
    """The line that says how far it is; a finished file has the whole page fetched anew.

    Who comes here without a script gets the page itself.
    """
    known = own_import(import_id)
    if not request.headers.get("HX-Request"):
        return file_page(known)
    given = Response(render_template("catalog/import_progress.html", progress=progress_of(known)))
    if known.state not in BUSY:
        given.headers["HX-Refresh"] = "true"
    return given


def progress_of(known: ImportView) -> Progress:
    """How far reading, saving or taking back is."""
    total = known.total
    if known.state == "saving":
        total = int(known.counts.get("new", 0)) + int(known.counts.get("changed", 0))
    elif known.state == "undoing":
        total = int(known.counts.get("saved", 0))
    if known.state == "reading" and not known.done:
        words = _("%(n)s rows read", n=number(total))
        return Progress(words, 0, 0, url_for("catalog.import_progress", import_id=known.id))
    words = {"reading": _("%(done)s of %(total)s rows checked", done=number(known.done),
                          total=number(total)),
             "undoing": _("%(done)s of %(total)s rows taken back", done=number(known.done),
                          total=number(total))}.get(
        known.state, _("%(done)s of %(total)s rows saved", done=number(known.done),
                       total=number(total)))
    return Progress(words, min(known.done, total), total,
                    url_for("catalog.import_progress", import_id=known.id))


def file_page(known: ImportView, typed: Mapping[str, str] | None = None, status: int = 200
              ) -> Response:
    """The page of a file whose columns are known."""
    view, page_number = _asked_view(known), asked_page(2_100)
    rows = row_views(known.id, view, (page_number - 1) * A_PAGE, A_PAGE) \
        if known.state not in BUSY else []
    count = int(known.counts.get(view, 0)) if view else len(rows)
    shelves = shelf_choices() if any("category" in row.faults for row in rows) else []
    role = next(r for r in roles_of(person_id()) if r.producer_id == known.producer_id)
    good = int(known.counts.get("new", 0)) + int(known.counts.get("changed", 0))
    page = FilePage(
        role.name, known.file_name, known.state, *_heads(known), _notices(known),
        progress_of(known) if known.state in BUSY else None, _tabs(known, view),
        [_row(row, shelves, typed or {}, known.state) for row in rows],
        pager(Pages(rows, page_number, A_PAGE, count)) if rows else None,
        url_for("catalog.import_rows_post", import_id=known.id)
        if known.state == "checked" and view == "fault" and rows else "",
        url_for("catalog.import_save", import_id=known.id)
        if known.state == "checked" and good else "",
        ngettext("Save %(num)s good row", "Save %(num)s good rows", good),
        url_for("catalog.import_undo", import_id=known.id)
        if known.state == "saved" and known.file else "",
        url_for("catalog.import_file", import_id=known.id, step="columns")
        if known.file and known.state in ("checked", "broken") else "",
        url_for("catalog.import_start"), url_for("catalog.goods"),
        url_for("dialogue.new", about="/studio/import"))
    return answer("catalog/import_file.html", page, status)


def _asked_view(known: ImportView) -> str:
    """Which rows are looked at: those asked for, else the first kind there is."""
    asked = request.args.get("rows", "")
    if asked in VIEWS:
        return asked
    return next((view for view in VIEWS if known.counts.get(view)), "fault")


def _tabs(known: ImportView, view: str) -> list[Tab]:
    if known.state in BUSY or known.state == "broken":
        return []
    names = {"fault": _("Faults") if known.state == "checked" else _("Left as it is"),
             "changed": _("Changed"), "new": _("New"), "same": _("Same")}
    return [(names[one], url_for("catalog.import_file", import_id=known.id, rows=one),
             one == view, int(known.counts.get(one, 0))) for one in VIEWS
            if known.counts.get(one)]


def _heads(known: ImportView) -> tuple[str, str]:
    """What the page is called, and what is to be done on it."""
    lead = {"checked": _("Nothing is saved yet. Look at the rows, correct what is wrong here or "
                         "in your file, then save."),
            "saved": _("If this was a mistake, you can take it back for seven days."),
            "undone": _("New goods are drafts or gone, changed values are the old ones again.")}
    head = {"checked": _("What this file would do"), "saved": _("The rows are saved"), "undone":
            _("Taken back"), "broken": _("This file cannot be used"), "reading":
            _("The file is being read"), "saving": _("The rows are being saved"),
            "undoing": _("The file is being taken back")}
    return head[known.state], lead.get(known.state, "")


def _notices(known: ImportView) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if known.state == "broken":
        code, args = known.counts.get("broken", ["", {}])
        found.append(("bad", sentence(code, args)))
    before = same_file(known.producer_id, known.file_hash, known.id)
    if before is not None and known.state == "checked":
        found.append(("info", _("You took in exactly this file on %(day)s already.",
                                day=day(before))))
    if known.state == "saved":
        found.append(("good", ngettext("%(num)s row is saved.", "%(num)s rows are saved.",
                                       int(known.counts.get("saved", 0)))))
        if known.counts.get("fault"):
            found.append(("warn", ngettext("%(num)s row with a fault was left out.",
                                           "%(num)s rows with a fault were left out.",
                                           int(known.counts["fault"]))))
    if known.state == "undone" and known.counts.get("fault"):
        found.append(("warn", ngettext("%(num)s row could not be taken back in full.",
                                       "%(num)s rows could not be taken back in full.",
                                       int(known.counts["fault"]))))
    if not known.file and known.state != "broken":
        found.append(("info", _("The rows of this file were kept for seven days and are "
                                "forgotten now.")))
    return found


def _row(row: ImportRowView, shelves: Sequence[tuple[str, str]], typed: Mapping[str, str],
         state: str) -> RowView:
    title = next((str(row.data[name]) for name in ("title", "title_en", "label")
                  if row.data.get(name)), "")
    return RowView(
        row.number, title[:80], row.sku, row.effect, effect_words(row.effect),
        [_cell(row, column, fault, shelves, typed, state) for column, fault in row.faults.items()],
        [(column_words(column), sentence(code, args))
         for column, (code, args) in row.hints.items()],
        [(change_name(name), value_words(name, old), value_words(name, new))
         for name, (old, new) in row.changes.items()])


def _cell(row: ImportRowView, column: str, fault: Sequence[object],
          shelves: Sequence[tuple[str, str]], typed: Mapping[str, str], state: str) -> CellRow:
    code, args = str(fault[0]), fault[1]
    assert isinstance(args, dict)
    can = state == "checked" and bool(column) and not column.isdecimal() and code != "sibling"
    name = f"r{row.id}.{column}" if can else ""
    value = typed.get(name, str(row.data.get(column, "")))
    choices: list[tuple[str, str]] = []
    if column == "category" and can:
        choices = [(value, value[:60] or _("please choose")), *shelves]
    elif column == "withdrawal" and can:
        choices = [(value, value[:40]), ("yes", _("yes")),
                   ("made_to_measure", _("made to measure")), ("perishable", _("perishable")),
                   ("sealed_hygiene", _("sealed for hygiene")), ("en_primeur", _("en primeur"))]
    return CellRow(column_words(column), sentence(code, args), name, value, choices,
                   column.startswith("story") or len(value) > 80)



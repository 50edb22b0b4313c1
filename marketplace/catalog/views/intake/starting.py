"""Handing a file in, and what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from marketplace.adapters.doors import doors
from marketplace.adapters.tables import TableFault
from marketplace.catalog.actions import intake
from marketplace.catalog.jobs.intake import look_into, read_now
from marketplace.catalog.queries import shelf_path, shelves
from marketplace.catalog.queries.intake import ImportView, import_view, imports_of
from marketplace.catalog.queries.intake.imports import remembered_columns
from marketplace.catalog.rules.columns import all_names, faults_of, guess, is_ours, label_of
from marketplace.catalog.views import pages
from marketplace.catalog.views.frame import own_house
from marketplace.catalog.views.intake.words import sentence
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.foundation.jobs import enqueue
from marketplace.producers.actions import demand
from marketplace.producers.queries import roles_of
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import moment, number
from marketplace.web.forms import sent
from marketplace.web.languages import current_lang

MOST_UPLOAD = 64 * 1024 * 1024
MODES = ("sale", "drafts")


@dataclass(frozen=True, slots=True)
class ImportListRow:
    """A file that was handed in before."""

    name: str
    when: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class StartPage:
    """Where a file is handed in."""

    producer: str
    url: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    modes: Sequence[tuple[str, str, str]]
    example_url: str
    export_url: str
    goods_url: str
    rows: Sequence[ImportListRow]
    help_url: str


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A column of the file, examples of what it holds, and what it was taken for."""

    name: str
    field: str
    samples: Sequence[str]
    chosen: str
    fault: str


@dataclass(frozen=True, slots=True)
class ColumnsPage:
    """What each column means."""

    producer: str
    file_name: str
    url: str
    back_url: str
    rows: Sequence[ColumnRow]
    choices: Sequence[tuple[str, str]]
    known: int
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    modes: Sequence[tuple[str, str, str]]
    langs: Sequence[tuple[str, str]]
    shelves: Sequence[tuple[str, str]]
    help_url: str


@pages.url_value_preprocessor
def larger_files(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Let a ZIP with pictures be larger than other forms."""
    if endpoint == "catalog.import_post":
        request.max_content_length = MOST_UPLOAD


def own_import(import_id: int) -> ImportView:
    """A file of one of the person's producers. Raises NotFound, NotYours."""
    known = import_view(import_id)
    roles = {role.producer_id: role for role in roles_of(person_id())}
    if known is None or known.producer_id not in roles:
        raise NotFound(_("There is nothing at this address."))
    demand(roles[known.producer_id], "products")
    return known


def mode_rows() -> list[tuple[str, str, str]]:
    """What becomes of new goods."""
    return [("sale", _("Put complete ones on sale"),
             _("A row that lacks something buyers must know is a fault.")),
            ("drafts", _("Make drafts"), _("Only you see them; add what is missing in the "
                                           "studio."))]


@pages.get("/studio/import", endpoint="import_start")
@signed_in
def import_start() -> Response:
    """Hand in a file of goods; earlier ones below."""
    return _start({}, {}, 200)


def _start(typed: Mapping[str, str], faults: Mapping[str, str], status: int) -> Response:
    role = own_house()
    page = StartPage(
        role.name, url_for("catalog.import_post", producer=role.slug), typed, faults, mode_rows(),
        url_for("catalog.import_example"), url_for("catalog.export", producer=role.slug),
        url_for("catalog.goods"),
        [ImportListRow(one.file_name, moment(one.made_at), state_line(one),
                       url_for("catalog.import_file", import_id=one.id))
         for one in imports_of(role.producer_id)],
        url_for("dialogue.new", about="/studio/import"))
    return answer("catalog/import.html", page, status)


def state_line(one: ImportView) -> str:
    """How far a file is, in a few words."""
    if one.state == "saved":
        return _("%(n)s rows saved", n=number(one.counts.get("saved", 0)))
    return {"columns": _("waits for you: what the columns mean"), "reading": _("is being read"),
            "checked": _("waits for you: look at the rows"), "saving": _("is being saved"),
            "undoing": _("is being taken back"), "undone": _("taken back"),
            "broken": _("could not be used")}[one.state]


@pages.post("/studio/import", endpoint="import_post")
@signed_in
def import_post() -> Response:
    """Look into a file; known columns are read at once, others are asked about."""
    role, body = own_house(), sent()
    typed = {"mode": str(body.get("mode", "sale"))}
    try:
        mode = typed["mode"] if typed["mode"] in MODES else "sale"
        name, table = _file(body.get("file"), "file")
        _name, beside = _file(body.get("pictures"), "")
        storage = doors().storage
        files = (sha256(table + b"\0" + beside).hexdigest(), storage.put(table, "table"),
                 storage.put(beside, "table") if beside else "")
        plan, small = _looked(files)
    except Invalid as fault:
        return _start(typed, fault.faults, 422)
    plan |= {"mode": mode, "lang": current_lang(), "small": small}
    with committing():
        number_ = intake.start(role.producer_id, person_id(), name, files, plan)
    if any(is_ours(column) for column in plan["header"]) and not _strangers(plan["header"]):
        return _begin(own_import(number_), {name: name for name in plan["header"] if name}, {})
    return see_other(url_for("catalog.import_file", import_id=number_))


def _strangers(header: Sequence[str]) -> list[str]:
    return [name for name in header if name and not is_ours(name)]


def _file(given: Any, must: str) -> tuple[str, bytes]:
    """Name and bytes of a handed-in file. Raises Invalid for a missing one that must be there."""
    body = given.read() if hasattr(given, "read") else b""
    if must and not body:
        raise Invalid({must: _("Please choose a file that holds something.")})
    name = str(getattr(given, "filename", "") or "")[-200:]
    if hasattr(given, "close"):
        given.close()
    return name, body


def _looked(files: tuple[str, str, str]) -> tuple[dict[str, Any], bool]:
    """What is in the files. Raises Invalid."""
    storage = doors().storage
    try:
        return look_into(storage.path(files[1]), storage.path(files[2]) if files[2] else None)
    except TableFault as fault:
        name = "pictures" if fault.code == "pictures_no_zip" else "file"
        raise Invalid({name: sentence(fault.code, fault.args_)}) from fault


def _begin(known: ImportView, chosen: Mapping[str, str], plan: Mapping[str, Any]) -> Response:
    """Read the rows now, or in the background if there are many."""
    small = bool(known.plan.get("small"))
    with committing():
        intake.choose_columns(known, chosen, plan)
        if not small:
            enqueue("catalog.read_import", f"import {known.id}", priority=-1, import_id=known.id)
    if small:
        read_now(known.id)
    return see_other(url_for("catalog.import_file", import_id=known.id))


def columns_page(known: ImportView, typed: Mapping[str, str], faults: Mapping[str, str],
                 status: int = 200) -> Response:
    """The table of columns with what each was taken for."""
    header, lang = known.plan["header"], current_lang()
    taken = known.plan.get("columns") or guess(header, remembered_columns(known.producer_id))
    rows = [ColumnRow(name or _("column %(n)s, without a name", n=place + 1), f"c{place}",
                      [line[place] for line in known.plan["samples"]
                       if place < len(line) and line[place]],
                      typed.get(f"c{place}", taken.get(name, "")), faults.get(f"c{place}", ""))
            for place, name in enumerate(header)]
    role = next(r for r in roles_of(person_id()) if r.producer_id == known.producer_id)
    page = ColumnsPage(
        role.name, known.file_name, url_for("catalog.import_columns", import_id=known.id),
        url_for("catalog.import_start"), rows,
        [("", _("leave out")), *((n, label_of(n, lang)) for n in all_names(header))],
        sum(1 for row in rows if row.chosen),
        {"mode": known.plan.get("mode", "sale"), "lang": known.plan.get("lang", lang),
         "category": known.plan.get("category", ""), **typed}, faults, mode_rows(),
        [("de", _("German")), ("en", _("English"))],
        [("", _("each row says it")), *shelf_choices()],
        url_for("dialogue.new", about="/studio/import"))
    return answer("catalog/import_columns.html", page, status)


def shelf_choices() -> list[tuple[str, str]]:
    """All shelves that goods can stand on, by their path."""
    lang = current_lang()
    rows = [(one.slug, " › ".join(part.name(lang) for part in shelf_path(one.id)))
            for one in shelves().values() if one.parent_id is not None]
    return sorted(rows, key=lambda row: row[1])


@pages.post("/studio/import/<int:import_id>/columns")
@signed_in
def import_columns(import_id: int) -> Response:
    """Keep what the columns mean and read the rows."""
    known, body = own_import(import_id), sent()
    header = list(known.plan.get("header", ()))
    typed = {name: str(body.get(name, ""))[:80] for name in
             (*(f"c{place}" for place in range(len(header))), "mode", "lang", "category")}
    chosen = {name: typed[f"c{place}"] for place, name in enumerate(header) if name}
    used = {name: ours for name, ours in chosen.items() if ours}
    places = {name: f"c{place}" for place, name in enumerate(header)}
    wrong = {places.get(column, "sku_column"): _column_fault(code)
             for column, code in faults_of(used, all_names(header)).items()}
    if wrong:
        return columns_page(known, typed, wrong, 422)
    slugs = {slug for slug, _words in shelf_choices()}
    plan = {"mode": typed["mode"] if typed["mode"] in MODES else "sale",
            "lang": "en" if typed["lang"] == "en" else "de",
            "category": typed["category"] if typed["category"] in slugs else ""}
    db.session.rollback()
    return _begin(known, chosen, plan)


def _column_fault(code: str) -> str:
    return {"unknown_column": _("Please choose one of the list."),
            "column_twice": _("Another column was taken for this already."),
            "no_sku_column": _("One column must be your own number of each variant; by it a row "
                               "finds its product again.")}[code]

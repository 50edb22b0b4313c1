"""Bank statements in the studio: look into a file, then take it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.adapters.statements import (
    COLUMNS,
    Statement,
    StatementFault,
    read_statement,
)
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict, NotFound
from marketplace.foundation.jobs import enqueue
from marketplace.payments import actions
from marketplace.payments.jobs import COUNT_AT_ONCE
from marketplace.payments.queries.statements import (
    EntryView,
    columns_before,
    entries_of,
    file_taken,
    file_view,
    files_of,
    keys_known,
    owed_by_transfer,
    own_ibans,
    refunds_to_send,
)
from marketplace.payments.rules.matching import numbers_in, references_in
from marketplace.payments.rules.statements import KEPT, Line, Meaning, keys_of, meanings
from marketplace.payments.views import pages
from marketplace.payments.views.houses import house_of
from marketplace.payments.views.statement_pages import (
    LookPage,
    Row,
    StatementsPage,
    Suggested,
    TakenPage,
)
from marketplace.payments.views.statement_words import (
    counts_line,
    lead,
    outcome_words,
    sentence,
    would_words,
)
from marketplace.producers.queries import Role
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day, moment, money, number
from marketplace.web.forms import sent
from marketplace.web.tokens import sign, unsign

MOST_FORM = 8 * 1024 * 1024
SHOWN = 200
"""Rows of each kind that a page draws; all are counted."""


@pages.get("/studio/payments/statements")
@signed_in
def statements() -> Response:
    """Hand in a bank statement; earlier ones below."""
    return _start(house_of("orders"), {}, 200)


def _start(role: Role, faults: Mapping[str, str], status: int, header: Sequence[str] = (),
           chosen: Mapping[str, str] | None = None) -> Response:
    page = StatementsPage(
        role.name, role.slug, url_for("payments.studio", producer=role.slug),
        url_for("payments.look_into_statement", producer=role.slug), faults, header, chosen or {},
        [(one.name or _("without a name"), moment(one.made_at), counts_line(one),
          url_for("payments.statement", file_id=one.id, producer=role.slug))
         for one in files_of(role.producer_id)],
        url_for("dialogue.new", about="/studio/payments/statements"))
    return answer("payments/statements.html", page, status)


@pages.post("/studio/payments/statements")
@signed_in
def look_into_statement() -> Response:
    """Read a file and show what it would do; nothing is kept yet."""
    role, body = house_of("orders"), sent()
    chosen = {ours: str(body.get(f"column_{ours}", ""))[:80] for ours in COLUMNS}
    name, content = _file(body.get("file"))
    try:
        read = _read(role.producer_id, content, chosen)
    except StatementFault as fault:
        return _start(role, {"file": sentence(fault.code, fault.args_)}, 422,
                      fault.args_.get("header", ()), chosen)
    digest = sha256(content).hexdigest()
    known = file_taken(role.producer_id, digest)
    if known is not None:
        flash(_("This file was taken before; nothing is counted twice."), "info")
        return see_other(url_for("payments.statement", file_id=known, producer=role.slug))
    return _look(role, name, digest, read, {k: v for k, v in chosen.items() if v})


def _file(given: Any) -> tuple[str, bytes]:
    body = given.read() if hasattr(given, "read") else b""
    name = str(getattr(given, "filename", "") or "")[-120:]
    if hasattr(given, "close"):
        given.close()
    return name, body


def _read(producer_id: int, content: bytes, chosen: Mapping[str, str]) -> Statement:
    """The statement; columns chosen now come before those remembered. Raises StatementFault."""
    columns = chosen if any(chosen.values()) else columns_before(producer_id)
    try:
        read = read_statement(content, columns)
    except StatementFault as fault:
        if fault.code != "columns" or columns is chosen or not columns:
            raise
        read = read_statement(content)
    ibans = own_ibans(producer_id)
    if read.account and ibans and read.account not in ibans:
        raise StatementFault("account", account=f"{read.account[:4]} … {read.account[-4:]}")
    return read


def _look(role: Role, name: str, digest: str, read: Statement, columns: Mapping[str, str]
          ) -> Response:
    lines = [Line(one.number, one.reference, one.booked_on, one.minor, one.text, one.name,
                  one.returned) for one in read.entries]
    found = _meanings(role.producer_id, lines)
    counts = Counter(one.outcome or "other" for one in found)
    takes = [one for one in found if one.outcome in KEPT]
    suggested = [one for one in found if one.outcome == "suggested"]
    days = sorted(line.booked_on for line in lines)
    token = sign(_purpose(role.producer_id), {
        "sha256": digest, "kind": read.kind, "name": name, "columns": dict(columns),
        "days": [days[0].isoformat(), days[-1].isoformat()] if days else None,
        "counts": {"entries": len(lines), "known": counts["known"], "other": counts["other"]},
        "entries": [_packed(one) for one in takes], "suggested": [_packed(s) for s in suggested]})
    page = LookPage(
        role.name, role.slug, url_for("payments.statements", producer=role.slug),
        url_for("payments.take_statement", producer=role.slug), name, lead(read, found),
        [_row(one) for one in takes[:SHOWN]],
        _("… and %(n)s more", n=number(len(takes) - SHOWN)) if len(takes) > SHOWN else "",
        [Suggested(one.key, day(one.line.booked_on), money(one.line.minor), one.line.name,
                   one.line.text, one.owed.number)
         for one in suggested[:SHOWN] if one.owed is not None],
        [(day(one.line.booked_on), one.line.name, ", ".join(o.number for o in one.fitting),
          money(one.line.minor), one.line.text) for one in found if one.fitting][:SHOWN],
        token if takes or suggested else "",
        url_for("dialogue.new", about="/studio/payments/statements"))
    return answer("payments/statement_look.html", page)


def _meanings(producer_id: int, lines: Sequence[Line]) -> list[Meaning]:
    """What the entries mean against what is owed now."""
    numbers = {one for line in lines for one in numbers_in(line.text)}
    numbers |= {one[4:12] for line in lines for one in references_in(line.text)}
    return meanings(lines, owed_by_transfer(producer_id, numbers), refunds_to_send(producer_id),
                    keys_known(producer_id, keys_of(lines)))


def _packed(one: Meaning) -> list[Any]:
    return [one.key, one.line.booked_on.isoformat(), one.line.minor, one.outcome,
            one.owed.id if one.owed else None, one.refund.id if one.refund else None]


def _purpose(producer_id: int) -> str:
    return f"statement {producer_id} {person_id()}"


@pages.url_value_preprocessor
def long_form(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """A statement of ten thousand entries comes back signed in one field."""
    if endpoint == "payments.take_statement":
        request.max_form_memory_size = MOST_FORM


@pages.post("/studio/payments/statements/take")
@signed_in
def take_statement() -> Response:
    """Keep what is about us, and count it: at once, or in the background if it is much."""
    role, body = house_of("orders"), sent()
    said: Any = unsign(_purpose(role.producer_id), str(body.get("statement", "")))
    if said is None:
        raise Conflict(_("This preview cannot be read any more. Please hand the file in again; "
                         "nothing was counted."))
    yes = set(body.getlist("yes"))
    entries = [_unpacked(row) for row in said["entries"]]
    entries += [_unpacked([*row[:3], "matched", *row[4:]], True) for row in said["suggested"]
                if row[0] in yes]
    days = said["days"] and (date.fromisoformat(said["days"][0]),
                             date.fromisoformat(said["days"][1]))
    file = actions.TakenFile(role.producer_id, said["sha256"], said["kind"], said["name"], days,
                             said["counts"], said["columns"])
    db.session.rollback()
    with committing():
        taken = actions.take_statement(file, entries, person_id(), role.shown_name)
        if len(entries) <= COUNT_AT_ONCE:
            actions.count_entries(taken, COUNT_AT_ONCE)
        else:
            enqueue("payments.count_statement", f"statement {taken}", priority=-1, file_id=taken)
    flash(_("Taken. Buyers are told what their money did."), "good")
    return see_other(url_for("payments.statement", file_id=taken, producer=role.slug))


def _unpacked(row: Sequence[Any], confirmed: bool = False) -> actions.TakenEntry:
    return actions.TakenEntry(row[0], date.fromisoformat(row[1]), row[2], row[3], row[4], row[5],
                              confirmed)


@pages.get("/studio/payments/statements/<int:file_id>")
@signed_in
def statement(file_id: int) -> Response:
    """A file that was taken, a hundred entries at a time."""
    role, file = house_of("orders"), file_view(file_id)
    if file is None or file.producer_id != role.producer_id:
        raise NotFound(_("There is nothing at this address."))
    after = request.args.get("after", 0, int)
    rows = entries_of(file_id, after, SHOWN // 2)
    taken = int(file.counts.get("taken", 0))
    page = TakenPage(
        role.name, url_for("payments.statements", producer=role.slug),
        file.name or _("without a name"), counts_line(file), file.waiting,
        100 * (taken - file.waiting) // taken if taken else 100,
        [_entry_row(view) for _id, view in rows],
        url_for("payments.statement", file_id=file_id, producer=role.slug, after=rows[-1][0])
        if len(rows) == SHOWN // 2 else "",
        url_for("dialogue.new", about="/studio/payments/statements"))
    return answer("payments/statement.html", page)


def _row(one: Meaning) -> Row:
    about = one.owed.number if one.owed else one.refund.part_number if one.refund else ""
    return (day(one.line.booked_on), would_words(one.outcome), about, money(one.line.minor),
            _("%(sum)s too much: it goes back", sum=money(one.over_minor))
            if one.over_minor and one.outcome == "over" else "")


def _entry_row(view: EntryView) -> Row:
    words = outcome_words(view.state) if view.counted else _("is being counted")
    return (day(view.booked_on), words, view.number, money(view.minor),
            _("confirmed by a person") if view.confirmed else "")

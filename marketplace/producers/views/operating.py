"""Trader data in the hands of those who run the market: each reading is noted, each tick too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.producers import actions
from marketplace.producers.models import Producer
from marketplace.producers.queries.evidence import waiting_evidence_count
from marketplace.producers.queries.opening import (
    TraderRow,
    trader_counts,
    trader_values,
    traders_in,
)
from marketplace.producers.queries.owners import away_count
from marketplace.producers.queries.said import legal_forms
from marketplace.producers.rules.traders import sales_end
from marketplace.producers.views import pages
from marketplace.producers.views.legal import labels, vat_words
from marketplace.web.access import operators_only, person_id
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.formats import country_name, day, moment
from marketplace.web.forms import clean
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import PagerView, pager

A_PAGE = 20
TICKS = ("name_seen", "address_seen", "number_seen")
SHOWN = ("legal_name", "legal_form", "representative", "street", "postcode", "city", "country",
         "e_mail", "phone", "register", "register_no", "vat_id", "vat_status", "authority")
STATES = {"waiting": ("handed_in", "stopped"), "stopped": ("stopped",), "checked": ("checked",),
          "open": ("open",)}


@dataclass(frozen=True, slots=True)
class TradersPage:
    """Producers whose trader data wait, were checked, or are not complete."""

    tabs: Sequence[tuple[str, str, bool, int | None]]
    rows: Sequence[tuple[TraderRow, str, str, str]]
    pager: PagerView
    empty: str
    help_url: str


@dataclass(frozen=True, slots=True)
class TraderPage:
    """One producer's trader data, opened for a check."""

    name: str
    url: str
    list_url: str
    state_words: str
    facts: Sequence[tuple[str, str]]
    form: PlainForm | None
    help_url: str


@pages.get("/operator/producers", endpoint="traders")
@operators_only
def traders() -> Response:
    """Who waits for a check, longest first."""
    chosen = request.args.get("state", "")
    chosen = chosen if chosen in STATES else "waiting"
    counts, number = trader_counts(), asked_page(1000)
    total = totals(counts)
    rows = traders_in(STATES[chosen], A_PAGE, (number - 1) * A_PAGE)
    page = TradersPage(
        operator_tabs(chosen, total),
        [(row, _since(row), url_for("producers.trader_look", slug=row.slug),
          f"/producers/{row.slug}" if row.state != "draft" else "") for row in rows],
        pager(Pages(rows, number, A_PAGE, total[chosen])), _("Nobody waits here."),
        url_for("dialogue.new", about="/operator/producers"))
    return answer("producers/traders.html", page)


def totals(counts: Mapping[str, int]) -> dict[str, int]:
    """How many producers stand on each page of the list."""
    return {name: sum(counts.get(state, 0) for state in STATES[name]) for name in STATES}


def operator_tabs(chosen: str, total: Mapping[str, int]
                  ) -> list[tuple[str, str, bool, int | None]]:
    """The pages of the operator about producers; `chosen` is a state or the name of a page."""
    named = {"waiting": _("To check"), "stopped": _("Sales stopped"), "checked": _("Checked"),
             "open": _("Not complete")}
    pages_: list[tuple[str, str, bool, int | None]] = [
        (named[name], url_for("producers.traders", state=name), name == chosen, total[name])
        for name in STATES]
    pages_.insert(1, (_("Evidence"), url_for("producers.evidence_list"), chosen == "evidence",
                      waiting_evidence_count()))
    return [*pages_,
            (_("Owners away"), url_for("producers.away"), chosen == "away", away_count()),
            (_("Exceptions"), url_for("producers.deviations"), chosen == "deviations", None),
            (_("Terms"), url_for("producers.terms_operated"), chosen == "terms", None)]


def id_ways() -> list[tuple[str, str]]:
    """What a person of the operator can compare with."""
    return [("register", _("the public register")), ("paper", _("a document")),
            ("eid", _("an electronic identity"))]


def _since(row: TraderRow) -> str:
    if row.trader_state == "checked" and row.checked_at:
        return _("checked on %(day)s", day=day(row.checked_at))
    if row.handed_in_at and row.checked_at:
        return _("changed, sales go on until %(day)s", day=day(sales_end(row.handed_in_at)))
    return _("waits since %(day)s", day=day(row.handed_in_at)) if row.handed_in_at else _(
        "not handed in")


def _producer(slug: str) -> Producer:
    row = db.session.scalar(db.select(Producer).where(Producer.slug == slug))
    if row is None:
        raise NotFound(_("There is no such producer here."))
    return row


@pages.post("/operator/producers/<slug>", endpoint="trader_look")
@operators_only
def trader_look(slug: str) -> Response:
    """Open the data for a check; the owner sees who read them and when."""
    who = _producer(slug)
    with committing():
        actions.look(who.id, person_id())
    return _page(who, {"seen_at": clock.now().isoformat()}, {}, 200)


@pages.post("/operator/producers/<slug>/decision", endpoint="trader_decide")
@operators_only
def trader_decide(slug: str) -> Response:
    """Everything fits, or it goes back with words."""
    who = _producer(slug)
    words = {name: clean(value) or "" for name, value in request.form.items()}
    try:
        with committing():
            if words.get("outcome") == "back":
                actions.send_back(who.id, person_id(), words.get("why", ""))
            elif words.get("outcome") != "checked":
                raise Invalid({"outcome": _("Please choose one of these.")})
            else:
                _demand_ticks(words)
                actions.check(who.id, person_id(), words.get("id_way", ""), words.get("why", ""),
                              _moment(words.get("seen_at", "")))
    except Invalid as fault:
        with committing():
            actions.look(who.id, person_id())
        return _page(who, words, fault.faults, 422)
    flash(_("Kept. The producer is told."), "good")
    return see_other(url_for("producers.traders"))


def _demand_ticks(words: Mapping[str, str]) -> None:
    faults = {name: _("Please compare this before you tick it.") for name in TICKS
              if words.get(name) != "1"}
    if faults:
        raise Invalid(faults)


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _shown(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    named, words = labels(), {**dict(legal_forms()), **dict(vat_words())}
    rows = []
    for name in SHOWN:
        value = str(values.get(name) or "")
        if name in ("legal_form", "vat_status"):
            value = words.get(value, "") if value else ""
        rows.append((named[name], country_name(value) if name == "country" and value else value))
    word = values.get("self_certified_at")
    return [(label, value) for label, value in rows if value] + [
        (named["self_certified"], moment(word) if word else _("not given"))]


def _page(who: Producer, words: Mapping[str, str], faults: Mapping[str, str],
          status: int) -> Response:
    values = trader_values(who.id)
    state = str(values.get("state"))
    said = {"open": _("not complete"), "handed_in": _("waits for a check"),
            "checked": _("checked"), "stopped": _("stopped")}
    form = _decision(who, words, faults) if state in ("handed_in", "stopped") else None
    return answer("producers/trader.html", TraderPage(
        who.name, f"/producers/{who.slug}" if who.state != "draft" else "",
        url_for("producers.traders"), said.get(state, state), _shown(values), form,
        url_for("dialogue.new", about="/operator/producers")), status)


def _decision(who: Producer, words: Mapping[str, str], faults: Mapping[str, str]) -> PlainForm:
    def tick(name: str, label: str) -> Field:
        return Field(name, label, words.get(name, ""), kind="switch")

    return PlainForm(url_for("producers.trader_decide", slug=who.slug), [
        Section(_("Compared"), _("With the register or a document, field by field."), [
            tick("name_seen", _("The name is the same")),
            tick("address_seen", _("The address is the same")),
            tick("number_seen", _("The register number is the same, or there is none"))]),
        Section(_("How, and what comes of it"), "", [
            Field("id_way", _("Compared with"), words.get("id_way", ""), kind="select",
                  choices=id_ways(), optional=False),
            Field("outcome", _("What comes of it"), words.get("outcome", ""), kind="select",
                  choices=[("", _("please choose")), ("checked", _("Everything fits")),
                           ("back", _("Back to the producer"))], optional=False),
            Field("why", _("What was compared, or what does not fit"), words.get("why", ""),
                  _("Stands in the operator's log; if it goes back, the producer reads it."),
                  kind="area", length=300, optional=False)])],
        faults, _("Decide"), [("seen_at", words.get("seen_at", ""))])

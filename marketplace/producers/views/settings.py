"""Hours, promises, registrations and pauses, as the people of a producer change them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from flask import Response, flash, request
from flask_babel import gettext as _

from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.producers import actions
from marketplace.producers.actions.settings import KINDS, LIMITS
from marketplace.producers.forms import COUNTRIES
from marketplace.producers.queries import Role
from marketplace.producers.queries.hours import (
    closed_days_of,
    own_windows,
    promise_lines,
    whereabouts,
)
from marketplace.producers.queries.opening import numbers_of
from marketplace.producers.queries.said import promise_words
from marketplace.producers.rules.holidays import parts_of, public_holidays
from marketplace.producers.rules.hours import Window
from marketplace.producers.views import pages
from marketplace.producers.views.frame import StudioPage, frame, here, house
from marketplace.web.access import signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Box, Field, PlainForm, Section
from marketplace.web.formats import country_name, day
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang


def weekdays() -> list[str]:
    """Monday to Sunday."""
    return [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"),
            _("Sunday")]


def _sent() -> dict[str, str]:
    return {name: clean(value) or "" for name, value in request.form.items()}


@pages.get("/studio/hours")
@signed_in
def hours() -> Response:
    """When somebody answers, and on which days nobody does."""
    role = house("texts")
    words = {f"open_{n}": "" for n in range(7)}
    for weekday, opens, closes in own_windows(role.producer_id):
        span = f"{opens // 60}:{opens % 60:02d}-{closes // 60}:{closes % 60:02d}"
        words[f"open_{weekday}"] = ", ".join(
            part for part in (words[f"open_{weekday}"], span) if part)
    words["closed"] = "\n".join(f"{row.day.isoformat()} {row.words}".strip()
                                for row in closed_days_of(role.producer_id))
    return _hours(role, words, {}, 200)


@pages.post("/studio/hours", endpoint="hours_post")
@signed_in
def hours_post() -> Response:
    """Keep hours and closed days."""
    role, words = house("texts"), _sent()
    try:
        with committing():
            actions.keep_hours(role, windows_of(words), closed_of(words.get("closed", "")),
                               words.get("region"))
    except Invalid as fault:
        return _hours(role, words, fault.faults, 422)
    flash(_("Kept."), "good")
    return see_other(here("producers.hours", role))


def windows_of(words: Mapping[str, str]) -> list[Window]:
    """Spans such as 9-12, 13:30-17 of each day. Raises Invalid."""
    found, faults = [], {}
    for weekday in range(7):
        name, last = f"open_{weekday}", 0
        for part in filter(None, words.get(name, "").replace("–", "-").split(",")):
            span = re.fullmatch(r"\s*(\d{1,2})(?::(\d\d))?\s*-\s*(\d{1,2})(?::(\d\d))?\s*", part)
            opens, closes = (int(span[1]) * 60 + int(span[2] or 0),
                             int(span[3]) * 60 + int(span[4] or 0)) if span else (0, 0)
            if not last <= opens < closes <= 24 * 60:
                faults[name] = _("Expected one after the other, such as 9-12, 13:30-17.")
                break
            found.append((weekday, opens, closes))
            last = closes
    if faults:
        raise Invalid(faults)
    return found


def closed_of(text: str) -> list[tuple[date, str]]:
    """Days with words, one a line: 2026-12-24 Christmas. Raises Invalid."""
    found = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        first, _blank, words = line.partition(" ")
        try:
            found[date.fromisoformat(first)] = words.strip()
        except ValueError:
            raise Invalid({"closed": _("Expected one day a line, such as 2026-12-24.")}) from None
    if len(found) > 60:
        raise Invalid({"closed": _("At most 60 days.")})
    return sorted(found.items())


def _hours(role: Role, words: Mapping[str, str], faults: Mapping[str, str], status: int
           ) -> Response:
    country, region = whereabouts(role.producer_id)
    form = PlainForm(here("producers.hours_post", role), [
        Section(_("In the week"), _("Such as 9-12, 13:30-17; empty where nobody answers. Promises "
                                    "count open hours only."),
                [Field(f"open_{n}", name, words.get(f"open_{n}", ""), length=60)
                 for n, name in enumerate(weekdays())]),
        Section(_("Public holidays"), _("They count in no promise, without being typed."), [
            Field("region", _("Region"), words.get("region", region), kind="select",
                  choices=region_choices(country), optional=False)]),
        Section(_("Closed days"), _("Further free days, one a line with its date first."), [
            Field("closed", _("Days"), words.get("closed", ""),
                  _("Such as: 2026-12-24 Christmas Eve"), kind="area", length=4000)])],
        faults, _("Keep"), [("house", role.slug)])
    return answer("producers/studio_page.html", StudioPage(
        frame(role, "producers.hours"), _("Service hours"),
        _("Questions come at any time; these hours say when an answer can be expected."), [],
        [form], [Box(_("Next public holidays"), next_holidays(region),
                     _("None are counted."))]), status)


def region_choices(country: str) -> list[tuple[str, str]]:
    """The whole country, its parts, or none at all."""
    return [(country, _("%(country)s, the days of the whole country",
                        country=country_name(country))), *parts_of(country),
            ("", _("none: I type free days below"))]


def next_holidays(region: str, most: int = 8) -> list[tuple[str, str]]:
    """The public holidays from today on: name and day."""
    today = clock.today()
    found = [(when, name) for year in (today.year, today.year + 1)
             for when, name in public_holidays(region, year, current_lang()).items()
             if when >= today]
    return [(name, day(when)) for when, name in found[:most]]


@pages.get("/studio/promises")
@signed_in
def promises() -> Response:
    """What is promised, and what was before."""
    role = house("texts")
    now = {row.kind: str(row.value) for row in promise_lines(role.producer_id)
           if row.to_at is None}
    return _promises(role, now, {}, 200)


@pages.post("/studio/promises", endpoint="promises_post")
@signed_in
def promises_post() -> Response:
    """Promise something else from now on; the old lines stay."""
    role, words = house("texts"), _sent()
    values: dict[str, int | None] = {}
    for kind in LIMITS:
        text = words.get(kind, "")
        values[kind] = (int(text) if text.isdecimal() and len(text) < 6 else 0) if text else None
    try:
        with committing():
            actions.keep_promises(role, values)
    except Invalid as fault:
        return _promises(role, words, fault.faults, 422)
    flash(_("Kept."), "good")
    return see_other(here("producers.promises", role))


def _promises(role: Role, words: Mapping[str, str], faults: Mapping[str, str], status: int
              ) -> Response:
    named = promise_words()
    form = PlainForm(here("producers.promises_post", role), [Section(
        _("From now on"), _("Everybody sees beside each promise how often you kept it."),
        [Field(kind, label, words.get(kind, ""), type="number", after=unit,
               optional=kind not in ("answer_hours", "dispatch_days"))
         for kind, (label, unit) in named.items()])], faults, _("Promise"),
        [("house", role.slug)])
    old = [(f"{named[row.kind][0]} {row.value} {named[row.kind][1]}",
            _("%(begin)s to %(end)s", begin=day(row.from_at), end=day(row.to_at)))
           for row in promise_lines(role.producer_id) if row.to_at]
    return answer("producers/studio_page.html", StudioPage(
        frame(role, "producers.promises"), _("Promises"),
        _("Promise what you can keep. A changed promise keeps its old line with its dates."), [],
        [form], [Box(_("Promised before"), old, _("Nothing else so far."))]), status)


def kind_words() -> dict[str, str]:
    """Kinds of registrations in words."""
    return {"packaging": _("packaging register"), "oss": _("one-stop shop for VAT"),
            "excise": _("excise on alcohol"), "organic_control": _("organic control body"),
            "food": _("food business")}


@pages.get("/studio/registrations")
@signed_in
def registrations() -> Response:
    """Numbers by country; where one is missing nothing can be sent."""
    role = house("trader")
    return _registrations(role, {"country": "DE", "kind": "packaging"}, {}, 200)


@pages.post("/studio/registrations", endpoint="registrations_post")
@signed_in
def registrations_post() -> Response:
    """Keep a number, or take it out by leaving it empty."""
    role, words = house("trader"), _sent()
    try:
        until = words.get("until", "")
        if words.get("country") not in COUNTRIES:
            raise Invalid({"country": _("Please choose one of these.")})
        with committing():
            actions.keep_registration(role, words["country"], words.get("kind", ""),
                                      words.get("number", ""), _day(until))
    except Invalid as fault:
        return _registrations(role, words, fault.faults, 422)
    flash(_("Kept."), "good")
    return see_other(here("producers.registrations", role))


def _day(text: str, name: str = "until") -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid({name: _("Please choose a day.")}) from None


def _registrations(role: Role, words: Mapping[str, str], faults: Mapping[str, str], status: int
                   ) -> Response:
    named = kind_words()
    rows = [(f"{country_name(row.country)}: {named[row.kind]}", row.number + (
        " · " + _("until %(day)s", day=day(row.until)) if row.until else ""))
        for row in numbers_of(role.producer_id).values()]
    choices: Sequence[tuple[str, str]] = [(kind, named[kind]) for kind in KINDS]
    form = PlainForm(here("producers.registrations_post", role), [Section(
        _("A number"), _("Leave the number empty to take it out."), [
            Field("country", _("Country"), words.get("country", ""), kind="select",
                  choices=[(code, country_name(code)) for code in COUNTRIES], optional=False),
            Field("kind", _("For what"), words.get("kind", ""), kind="select", choices=choices,
                  optional=False),
            Field("number", _("Number"), words.get("number", ""),
                  _("LUCID: DE and 13 digits."), length=40, optional=False),
            Field("until", _("Valid until"), words.get("until", ""), type="date")])], faults,
        _("Keep"), [("house", role.slug)])
    return answer("producers/studio_page.html", StudioPage(
        frame(role, "producers.registrations"), _("Registrations"),
        _("Each country you send to needs its number for packaging; alcohol abroad needs one for "
          "excise."), [], [form], [Box(_("Known"), rows, _("None yet."))]), status)

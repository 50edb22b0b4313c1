"""Parcels in the studio: handed over whole or in part, taken back, lost, a new day, pieces out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from marketplace.foundation import clock
from marketplace.orders.actions import Handing
from marketplace.orders.models import Parcel, SellerOrder
from marketplace.orders.queries import LineView
from marketplace.orders.queries.studio import PartFacts
from marketplace.orders.rules.parcels import TAKE_BACK, looks_wrong, tracking_page
from marketplace.orders.views.papers import sent_photos
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.formats import moment
from marketplace.web.forms import clean, whole


@dataclass(frozen=True, slots=True)
class ParcelRow:
    """A parcel with what can be done: posts are (words, address, name, value)."""

    code: str
    words: str
    goods: str
    when: str
    state_words: str
    state: str
    url: str
    warning: str
    posts: Sequence[tuple[str, str, str, str]]


STATE_KIND = {"packed": "open", "handed_over": "now", "delivered": "done", "lost": "bad",
              "sent_back": "bad"}


def parcel_state(state: str) -> str:
    """How a parcel stands."""
    return {"packed": _("packed"), "handed_over": _("on its way"),
            "delivered": _("delivered"), "lost": _("lost"), "sent_back": _("came back")}[state]


def parcel_rows(found: PartFacts, may: bool) -> list[ParcelRow]:
    """Parcels of a part for its seller."""
    part, titles = found.row, {line.id: line.title for line in found.lines}
    return [ParcelRow(
        row.code, f"{row.carrier} {row.tracking}".strip() or row.code,
        ", ".join(f"{qty} × {titles[line]}" for line, qty in found.inside.get(row.id, {}).items()
                  if line in titles),
        moment(row.handed_over_at) if row.handed_over_at else "", parcel_state(row.state),
        STATE_KIND[row.state], tracking_page(row.carrier, row.tracking),
        _("The number does not look like one of this carrier.")
        if looks_wrong(row.carrier, row.tracking) else "",
        _parcel_posts(part, row) if may else ()) for row in found.parcels]


def _parcel_posts(part: SellerOrder, row: Parcel) -> list[tuple[str, str, str, str]]:
    here: dict[str, Any] = {"number": part.number, "code": row.code}
    url, at = url_for("orders.parcel", **here), row.handed_over_at
    acts = []
    if row.state == "packed":
        acts.append((_("Unpack it"), "unpack"))
    if row.state == "handed_over":
        acts += [(_("It arrived"), "delivered"), (_("It is lost"), "lost"),
                 (_("It came back"), "sent_back")]
        if at and at > clock.now() - TAKE_BACK:
            acts.append((_("Take it back"), "take_back"))
    if row.state in ("lost", "sent_back"):
        acts += [(_("Sent again"), "again"), (_("Give the money back"), "money")]
    return [(words, url, "act", act) for words, act in acts]


def forms_of(found: PartFacts, faults: dict[str, str]) -> list[tuple[str, PlainForm]]:
    """What can be done with what is still here: hand over, a new day, pieces that cannot go."""
    part = found.row
    left = [line for line in found.lines if line.qty > line.cancelled + line.dispatched]
    if part.state not in ("paid", "preparing") or not left:
        return []
    loose = [line for line in left if found.loose.get(line.id)]
    forms = [(_("Parcel %(code)s leaves", code=row.code), _leaving_form(part, row, faults))
             for row in found.parcels if row.state == "packed"]
    if loose:
        forms.append((_("Hand over"), hand_over_form(part, loose, found.loose, faults)))
    return [*forms, (_("Name another day"), _day_form(part, faults)),
            (_("Some pieces cannot be sent"), _out_form(part, left, faults))]


def hand_over_form(part: SellerOrder, left: Sequence[LineView], loose: Mapping[int, int],
                   faults: dict[str, str]) -> PlainForm:
    """Which pieces leave, how, and with which words; or that they are only packed."""
    fields = [Field(f"qty{line.id}", line.title, str(loose[line.id]), type="number",
                    after=_("of %(n)s", n=loose[line.id]), optional=False) for line in left]
    fields += [
        *_way_fields(part),
        Field("note", _("A personal note"), hint=_("Only the buyer reads it, and may show it."),
              kind="area", length=600),
        Field("picture", _("A picture for the buyer"), kind="file", type="image/*")]
    return PlainForm(url_for("orders.step", number=part.number, step="handed_over"),
                     [Section("", "", fields)], faults, _("The parcel left"),
                     second=(_("Only packed; it leaves later"), "leaves", "later"))


def _leaving_form(part: SellerOrder, row: Parcel, faults: dict[str, str]) -> PlainForm:
    """How a packed parcel leaves."""
    return PlainForm(url_for("orders.parcel", number=part.number, code=row.code),
                     [Section("", "", _way_fields(part))], faults, _("The parcel left"),
                     hidden=[("act", "hand")])


def _way_fields(part: SellerOrder) -> list[Field]:
    """Who looks at the age where it matters; carrier and number."""
    fields = [
        Field("age_check", _("From %(age)s years on: who looks?", age=part.age_class),
              kind="select", optional=False, choices=[
                  ("", _("Please choose")),
                  ("carrier", _("The carrier looks at the identity card at the door")),
                  ("person", _("I gave it to this person and looked"))]),
        Field("handed_to", _("Name of that person"), length=80)] if part.age_class else []
    return [*fields, Field("carrier", _("Carrier"), length=40),
            Field("tracking", _("Parcel number"), length=60)]


def _day_form(part: SellerOrder, faults: dict[str, str]) -> PlainForm:
    return PlainForm(url_for("orders.new_day", number=part.number), [Section(
        "", _("The buyer is told at once, and may wait, cancel or ask."), [
            Field("day", _("New day"), type="date", optional=False),
            Field("reason", _("Reason"), optional=False, length=200)])], faults,
        _("Tell the buyer"))


def _out_form(part: SellerOrder, left: Sequence[LineView], faults: dict[str, str]) -> PlainForm:
    return PlainForm(url_for("orders.cut", number=part.number), [Section(
        "", _("What was paid for them is owed back at once."), [
            *(Field(f"out{line.id}", line.title, "0", type="number",
                    after=_("of %(n)s", n=line.qty - line.cancelled - line.dispatched))
              for line in left),
            Field("reason", _("Reason"), optional=False, length=200)])], faults,
        _("Cancel these pieces"))


def handed(lines: Sequence[int], age_check: str) -> Handing:
    """How a parcel leaves, from the form; without numbers everything that is open."""
    named = [line for line in lines if f"qty{line}" in request.form]
    pieces = {line: whole(request.form, f"qty{line}", 0, 1_000_000, 0) for line in named}
    photos = sent_photos("picture", 1, private=False)
    return Handing(
        clean(request.form.get("carrier")) or "", clean(request.form.get("tracking")) or "",
        clean(request.form.get("note")) or "", photos[0] if photos else None, pieces or None,
        age_check, clean(request.form.get("handed_to")) or "")

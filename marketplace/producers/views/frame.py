"""What stands around every page of a producer's own house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext as _

from marketplace.producers.actions import demand
from marketplace.producers.queries import Role, role_at
from marketplace.producers.queries.opening import open_steps
from marketplace.producers.rules import may
from marketplace.web.access import person_id
from marketplace.web.drawn_forms import Box, PlainForm


@dataclass(frozen=True, slots=True)
class StudioFrame:
    """Whose house it is, its other pages, and the steps that are still open."""

    producer: tuple[str, str]
    studio_url: str
    tabs: Sequence[tuple[str, str, bool, int | None]]
    steps: Sequence[tuple[str, str, bool]]
    waits: str
    help_url: str


@dataclass(frozen=True, slots=True)
class StudioPage:
    """A page of forms in a producer's house."""

    frame: StudioFrame
    title: str
    lead: str
    notices: Sequence[tuple[str, str]]
    forms: Sequence[PlainForm]
    boxes: Sequence[Box]


def house(right: str) -> Role:
    """The producer in the address, or the person's first one, if their role has this right.

    Raises NotFound for a foreign producer, NotYours for another role, Conflict for a form that
    was drawn for another producer.
    """
    role = role_at(person_id(), request.args.get("producer", ""), request.form.get("house", ""))
    demand(role, right)
    return role


def here(endpoint: str, role: Role) -> str:
    """The address of a page of this producer."""
    return url_for(endpoint, producer=role.slug)


def steps_of(role: Role) -> list[tuple[str, str, bool]]:
    """The steps of a producer that does not sell yet, with their addresses. Loads: 1 statement."""
    return [(words, here(endpoint, role), done) for words, endpoint, done in open_steps(role)]


def frame(role: Role, endpoint: str) -> StudioFrame:
    """The frame of one page. Loads: 1 statement."""
    rows = [(_("Words"), "producers.profile", "texts"),
            (_("Pictures"), "producers.media", "texts"),
            (_("Evidence"), "producers.evidence", "texts"),
            (_("People"), "producers.staff", "see"),
            (_("Hours"), "producers.hours", "texts"),
            (_("Promises"), "producers.promises", "texts"),
            (_("Choices"), "producers.choices", "texts"),
            (_("Wishes"), "recommend.house_asks", "answer"),
            (_("Messages"), "producers.blocks", "answer"),
            (_("Mentions"), "notify.words", "answer"),
            (_("Trader data"), "producers.legal", "trader"),
            (_("Registrations"), "producers.registrations", "trader"),
            (_("Account"), "payments.account", "bank"),
            (_("Money"), "payments.studio", "see"),
            (_("Taxes"), "orders.taxes", "see"),
            (_("Files"), "orders.export", "read_orders"),
            (_("Shipping"), "orders.rates", "products"),
            (_("Coupons"), "checkout.coupons", "products"),
            (_("Bundles"), "bundles.studio", "products"),
            (_("Asked"), "touchpoints.studio", "see"),
            (_("Terms"), "producers.terms", "see"),
            (_("Pause and end"), "producers.pause", "texts")]
    tabs: list[tuple[str, str, bool, int | None]] = [
        (words, here(name, role), name == endpoint, None)
        for words, name, right in rows if may(role.role, right)]
    steps = steps_of(role)
    waits = ("" if not steps or not all(done for _words, _url, done in steps) else
             _("Everything is there. Sales begin as soon as your trader data are checked."))
    return StudioFrame((role.name, f"/producers/{role.slug}"), here("dialogue.studio", role), tabs,
                       steps, waits, url_for("dialogue.new", about=url_for(endpoint)))

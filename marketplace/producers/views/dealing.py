"""Choices, blocked messages and the marketplace's terms, as the people of a producer see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from flask import Response, flash, request
from flask_babel import gettext as _

from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid
from marketplace.producers import actions
from marketplace.producers.models import Terms
from marketplace.producers.queries import Role
from marketplace.producers.queries.dealing import (
    Choices,
    all_terms,
    blocks_of,
    choices_of,
    terms_on,
)
from marketplace.producers.views import pages
from marketplace.producers.views.frame import StudioFrame, StudioPage, frame, here, house
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Box, Field, PlainForm, Section
from marketplace.web.formats import day
from marketplace.web.forms import clean
from marketplace.web.languages import current_lang
from marketplace.web.words import prose


@dataclass(frozen=True, slots=True)
class BlocksPage(StudioPage):
    """Whose messages are not taken: words, small words, id, name."""

    rows: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class TermsPage:
    """What is agreed with the marketplace, now and from an announced day on."""

    frame: StudioFrame
    versions: Sequence[tuple[str, str, Any]]


def _sent() -> dict[str, str]:
    return {name: clean(value) or "" for name, value in request.form.items()}


@pages.get("/studio/choices")
@signed_in
def choices() -> Response:
    """What shows of the price, whom the press may ask, which mail comes."""
    role = house("texts")
    now = asdict(choices_of(role.producer_id))
    return _choices(role, {name: value if isinstance(value, str) else "1" if value else ""
                           for name, value in now.items()}, {}, 200)


@pages.post("/studio/choices", endpoint="choices_post")
@signed_in
def choices_post() -> Response:
    """Choose otherwise."""
    role, words = house("texts"), _sent()
    try:
        with committing():
            actions.keep_choices(role, Choices(
                words.get("share_shown") == "1", words.get("press_contact", ""),
                words.get("voices_mail", ""), words.get("arbitration") == "1",
                words.get("takes_wishes") == "1"))
    except Invalid as fault:
        return _choices(role, words, fault.faults, 422)
    flash(_("Kept."), "good")
    return see_other(here("producers.choices", role))


def _choices(role: Role, words: Mapping[str, str], faults: Mapping[str, str], status: int
             ) -> Response:
    form = PlainForm(here("producers.choices_post", role), [
        Section(_("On your pages"), "", [
            Field("share_shown", _("Show what arrives at your house of a price"),
                  words.get("share_shown", ""),
                  _("Beside each price, with what the payment costs. Off until you choose it."),
                  kind="switch"),
            Field("arbitration", _("We settle disputes before a consumer arbitration board"),
                  words.get("arbitration", ""),
                  _("Your imprint says it, or that you do not (VSBG § 36)."), kind="switch"),
            Field("press_contact", _("Contact for the press"), words.get("press_contact", ""),
                  _("Name, e-mail or phone, as it shall stand on your page."), length=200)]),
        Section(_("Wishes of members"), "", [
            Field("takes_wishes", _("Put wishes to us that name what we have"),
                  words.get("takes_wishes", ""),
                  _("At most three houses are asked for each wish; a button says that one does "
                    "not fit you."), kind="switch")]),
        Section(_("Voices without an answer"), "", [
            Field("voices_mail", _("List them to me by mail"), words.get("voices_mail", ""),
                  _("To owners, editors and service; only when something waits."), kind="select",
                  choices=[("none", _("never")), ("daily", _("every morning")),
                           ("weekly", _("once a week"))], optional=False)])],
        faults, _("Keep"), [("house", role.slug)])
    return answer("producers/studio_page.html", StudioPage(
        frame(role, "producers.choices"), _("Choices"), "", [], [form], []), status)


@pages.get("/studio/blocks")
@signed_in
def blocks() -> Response:
    """Whose messages are not taken, and why."""
    return _blocks(house("answer"), {}, {}, 200)


@pages.post("/studio/blocks", endpoint="blocks_post")
@signed_in
def blocks_post() -> Response:
    """Take no messages of a person, or take them again."""
    role, words = house("answer"), _sent()
    try:
        with committing():
            if words.get("out", "").isdecimal():
                actions.take_messages_again(role, int(words["out"]))
            else:
                actions.block_messages(role, words.get("handle", ""), words.get("reason", ""),
                                       person_id())
    except Invalid as fault:
        return _blocks(role, words, fault.faults, 422)
    flash(_("Kept."), "good")
    return see_other(here("producers.blocks", role))


def _blocks(role: Role, words: Mapping[str, str], faults: Mapping[str, str], status: int
            ) -> Response:
    form = PlainForm(here("producers.blocks_post", role), [Section(
        _("A person"), _("Only when nothing else helps."), [
            Field("handle", _("Name of the member"), words.get("handle", ""),
                  _("As in the address of the profile, such as: anna"), length=40,
                  optional=False),
            Field("reason", _("Why"), words.get("reason", ""),
                  _("The person does not read it; the marketplace can."), kind="area",
                  length=300, optional=False)])], faults, _("Take no messages"),
        [("house", role.slug)])
    rows = [(one.name, f"{day(one.at)}: {one.reason}", str(one.id))
            for one in blocks_of(role.producer_id)]
    return answer("producers/blocks.html", BlocksPage(
        frame(role, "producers.blocks"), _("Messages you do not take"),
        _("For somebody who harms your people. It never touches orders or reviews."), [],
        [form], [Box(_("What goes on"), [
            (_("The person buys, rates and reviews as before."), ""),
            (_("Messages about their own orders still reach you."), ""),
            (_("You may end it at any time."), "")])], rows), status)


@pages.get("/studio/terms", endpoint="terms")
@signed_in
def terms() -> Response:
    """What is agreed with the marketplace, and what was announced."""
    role, today = house("see"), clock.today()
    now = terms_on(today)
    shown = [row for row in all_terms()
             if row.valid_from > today or (now is not None and row.version == now.version)]
    return answer("producers/terms.html", TermsPage(
        frame(role, "producers.terms"), [version_view(row, now) for row in shown]))


def version_view(row: Terms, now: Terms | None) -> tuple[str, str, Any]:
    """A version of the terms: its heading, since or from when it binds, its words."""
    current = now is not None and row.version == now.version
    when = _("in force since %(day)s", day=day(row.valid_from)) if current else _(
        "announced on %(begin)s, binds from %(day)s", begin=day(row.announced_on),
        day=day(row.valid_from))
    words = row.words_de if current_lang() == "de" else row.words_en
    return _("Version %(n)s", n=row.version), when, prose(words)

"""The people of a producer: list, roles, invitations, and taking one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.people.queries import lines
from marketplace.producers import actions
from marketplace.producers.actions.staff import hashed
from marketplace.producers.queries import Role, roles_of, staff_of
from marketplace.producers.queries.invitations import house_of, open_link, open_links
from marketplace.producers.rules.roles import ROLES, may
from marketplace.producers.views import pages
from marketplace.producers.views.frame import StudioPage, frame, here, house
from marketplace.web.access import person, person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.drawn_forms import Box, Field, PlainForm, Section
from marketplace.web.formats import day, moment
from marketplace.web.forms import clean


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A person of the house as the list shows them."""

    id: int
    name: str
    handle: str
    role: str
    role_words: str
    since: str
    mine: bool
    praise_ok: bool


@dataclass(frozen=True, slots=True)
class StaffPage(StudioPage):
    """People with their roles; `link` is a fresh invitation, shown once."""

    rows: Sequence[StaffRow]
    roles: Sequence[tuple[str, str]]
    change_url: str
    house: str
    owner: bool
    link: str


def role_words() -> dict[str, str]:
    """Roles in words, with what they may."""
    return {"owner": _("owner: everything"), "editor": _("editor: words, goods, answers"),
            "service": _("service: answers and orders"), "shipping": _("shipping: orders")}


@pages.get("/studio/staff")
@signed_in
def staff() -> Response:
    """Everybody who acts for the house; owners change it."""
    return _page(house("see"), {}, "", 200)


@pages.post("/studio/staff", endpoint="staff_post")
@signed_in
def staff_post() -> Response:
    """Invite, change a role, or end somebody's part."""
    role = house("see")
    step, chosen = request.form.get("step", ""), request.form.get("role", "")
    number = request.form.get("staff", "")
    try:
        if step == "invite":
            with committing():
                secret = actions.invite(role, chosen, person_id())
            return _page(role, {}, url_for("producers.join", secret=secret, _external=True), 200)
        if not number.isdecimal() or len(number) > 12:
            raise NotFound(_("There is nothing at this address."))
        with committing():
            if step == "end":
                actions.end_staff(role, int(number), person_id())
            elif step in ("praise", "no_praise"):
                actions.agree_to_praise(role, int(number), person_id(), step == "praise")
            else:
                actions.change_role(role, int(number), chosen)
    except Invalid as fault:
        return _page(role, fault.faults, "", 422)
    flash(_("Kept."), "good")
    gone = not any(row.person_id == person_id() for row in staff_of(role.producer_id))
    return see_other(url_for("people.account") if gone else here("producers.staff", role))


def _page(role: Role, faults: Mapping[str, str], link: str, status: int) -> Response:
    found, named, me = staff_of(role.producer_id), role_words(), person_id()
    people = lines({row.person_id for row in found}, me)
    rows = [StaffRow(row.id, row.shown_name,
                     people[row.person_id].handle if row.person_id in people else "",
                     row.role, named[row.role], day(row.since), row.person_id == me, row.praise_ok)
            for row in found]
    owner = may(role.role, "staff")
    form = PlainForm(here("producers.staff_post", role), [Section(
        _("Invite somebody"), _("You get a link to pass on. It works once, for seven days."), [
            Field("role", _("As"), "service", kind="select",
                  choices=[(name, named[name]) for name in ROLES], optional=False)])],
        faults, _("Make a link"), [("house", role.slug), ("step", "invite")])
    waiting = [(named[one.role], _("until %(day)s", day=moment(one.expires_at)))
               for one in open_links(role.producer_id)] if owner else []
    return answer("producers/staff.html", StaffPage(
        frame(role, "producers.staff"), _("People"),
        _("Everybody answers with their own name, and their role says what they may."), [],
        [form] if owner else [],
        [Box(_("Open invitations"), waiting, _("None."))] if owner else [], rows,
        [(name, named[name]) for name in ROLES], here("producers.staff_post", role), role.slug,
        owner, link), status)


@dataclass(frozen=True, slots=True)
class JoinPage:
    """An invitation."""

    house: str
    role_words: str
    until: str
    form: PlainForm


@pages.get("/studio/join/<secret>")
@signed_in
def join(secret: str) -> Response:
    """Whose invitation it is, and as what."""
    return _join(secret, person().name.split(" ")[0], {}, 200)


@pages.post("/studio/join/<secret>", endpoint="join_post")
@signed_in
def join_post(secret: str) -> Response:
    """Take the invitation."""
    name = clean(request.form.get("shown_name", "")) or ""
    try:
        with committing():
            joined = actions.join_staff(secret, person_id(), name)
    except Invalid as fault:
        return _join(secret, name, fault.faults, 422)
    flash(_("Welcome to the house."), "good")
    slug = next(one.slug for one in roles_of(person_id()) if one.producer_id == joined)
    return see_other(url_for("dialogue.studio", producer=slug))


def _join(secret: str, name: str, faults: Mapping[str, str], status: int) -> Response:
    link = open_link(hashed(secret))
    if link is None:
        raise NotFound(_("This link was used or is too old."))
    form = PlainForm(url_for("producers.join_post", secret=secret), [Section(
        _("You"), "", [Field("shown_name", _("The name beside your answers"), name,
                             _("A first name is enough."), length=40, optional=False)])],
        faults, _("Join the house"))
    return answer("producers/join.html", JoinPage(
        house_of(link), role_words()[link.role], moment(link.expires_at), form), status)

"""Who is kept out of a group reads why, and may appeal to the moderation of the market."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.groups.queries import exclusion_runs, role_in
from marketplace.moderation import actions
from marketplace.moderation.queries import OwnExclusion, exclusion_rows, own_exclusion
from marketplace.moderation.rules import appeal_until
from marketplace.moderation.views import pages
from marketplace.moderation.views.appealing import AppealPart
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day, moment
from marketplace.web.forms import clean
from marketplace.web.limits import limiter


@dataclass(frozen=True, slots=True)
class ExclusionPage:
    """A group keeps one out."""

    group: str
    lang: str
    group_url: str
    state: str
    rows: Sequence[tuple[str, str]]
    words: str
    appeal: AppealPart | None
    export_url: str
    help_url: str


def _own(exclusion_id: int) -> OwnExclusion:
    """An exclusion of the one who looks. Raises NotFound for everybody else."""
    found = own_exclusion(exclusion_id, person_id())
    if found is None:
        raise NotFound(_("There is nothing at this address."))
    return found


def _state(own: OwnExclusion, inside: bool) -> str:
    row = own.row
    if inside:
        return _("You belong to the group.")
    if not exclusion_runs(row):
        return _("This is over; nobody keeps you out any more.")
    if row.until is None:
        return _("You cannot come in at present.")
    return _("You cannot come in until %(day)s.", day=day(row.until))


def _part(kept: OwnExclusion, url: str, typed: Mapping[str, str], faults: Mapping[str, str]
          ) -> AppealPart | None:
    """The form, or how the appeal stands; nothing where nothing is left to appeal against."""
    row, own = kept.row, kept.appeal
    if own is not None:
        said = {"upheld": _("Another person looked at it: the exclusion stays."),
                "changed": _("Another person looked at it: the exclusion has ended."),
                "ended": _("The moderators of the group let you in again.")}
        return AppealPart("closed" if own.result else "filed", url, "", own.number, own.words,
                          moment(own.at), day(own.due_at), said.get(own.result or "", ""),
                          own.why, typed, faults)
    if not exclusion_runs(row):
        return None
    last = appeal_until(clock.in_zone(row.at).date())
    return AppealPart("open" if clock.today() <= last else "late", url, day(last), "", "", "", "",
                      "", "", typed, faults, ask=_("What is wrong about it?"))


def _page(exclusion_id: int, typed: Mapping[str, str], faults: Mapping[str, str],
          status: int = 200) -> Response:
    own = _own(exclusion_id)
    row, group = own.row, own.group
    inside = role_in(group.id, row.person_id) is not None
    url = url_for("moderation.appeal_exclusion", exclusion_id=exclusion_id)
    shown = group.state != "ended" and (inside or group.kind != "secret")
    return answer("moderation/exclusion.html", ExclusionPage(
        group.name, group.lang, f"/groups/{group.slug}" if shown else "",
        _state(own, inside), exclusion_rows(row), row.words,
        _part(own, url, typed, faults),
        url_for("people.data"), url_for("dialogue.new", about="/moderation/log")), status)


@pages.get("/moderation/exclusions/<int:exclusion_id>", endpoint="exclusion")
@signed_in
def exclusion(exclusion_id: int) -> Response:
    """Why and until when a group keeps one out, also where its pages cannot be seen any more."""
    return _page(exclusion_id, {}, {})


@pages.post("/moderation/exclusions/<int:exclusion_id>", endpoint="appeal_exclusion")
@signed_in
@limiter.limit("30 per hour")
def appeal_exclusion(exclusion_id: int) -> Response:
    """Ask somebody outside the group to look at it."""
    words = clean(request.form.get("words", "")) or ""
    try:
        with committing():
            actions.appeal_exclusion(exclusion_id, person_id(), words)
    except Invalid as fault:
        return _page(exclusion_id, {"words": words}, fault.faults, 422)
    flash(_("Your appeal is there; somebody outside the group decides within 14 days and tells "
            "you why."), "good")
    return see_other(url_for("moderation.exclusion", exclusion_id=exclusion_id))

"""A moderator of the market decides whether a group may keep somebody out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.groups.queries import exclusion_words
from marketplace.moderation import actions
from marketplace.moderation.queries import (
    ExclusionCase,
    due_words,
    exclusion_case,
    exclusion_refusal,
    exclusion_rows,
    locked_words,
)
from marketplace.moderation.views import pages
from marketplace.moderation.views.deciding import MatterView
from marketplace.people.queries import lines
from marketplace.web.access import deciders_only, person_id
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import moment
from marketplace.web.forms import clean
from marketplace.web.shapes import nobody, plain_words


@dataclass(frozen=True, slots=True)
class ExclusionAppealPage:
    """Deciding about an exclusion: what was written, what is said against it, and the form."""

    number: str
    due: str
    overdue: bool
    group: str
    by: Any
    excluder: Any
    words: str
    said: str
    when: str
    rows: Sequence[tuple[str, str]]
    results: Sequence[tuple[str, str, str]]
    url: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    locked: str


def exclusion_card(case: ExclusionCase) -> MatterView:
    """An appeal against an exclusion in the queue."""
    due, late = due_words(case.appeal.due_at)
    said = _("Who is kept out: %(words)s", words=plain_words(case.appeal.words, 160))
    return MatterView(
        case.appeal.number,
        url_for("moderation.second_exclusion", number=case.appeal.number),
        _("Kept out of “%(group)s”", group=case.group.name), case.exclusion.words, "", "",
        [(said, moment(case.appeal.at))],
        [_("Reason") + f": {exclusion_words(case.exclusion.reason)}"],
        due, "overdue" if late else "open", "")


def _page(number: str, typed: Mapping[str, str], faults: Mapping[str, str], status: int = 200
          ) -> Response:
    case = exclusion_case(number)
    if case is None:
        raise NotFound(_("There is nothing at this address."))
    due, late = due_words(case.appeal.due_at)
    row = case.exclusion
    people = lines({row.person_id, row.by_id}, None)
    decided = case.appeal.result is not None
    page = ExclusionAppealPage(
        number, due, late and not decided, case.group.name,
        people.get(row.person_id, nobody()), people.get(row.by_id, nobody()), row.words,
        case.appeal.words, moment(case.appeal.at), exclusion_rows(row),
        [("upheld", _("The exclusion stays"), ""),
         ("restore", _("The exclusion ends"),
          _("Who belonged to the group before belongs to it again."))],
        url_for("moderation.decide_exclusion", number=number), typed, faults,
        locked_words(decided, None if decided else exclusion_refusal(person_id(), case)))
    return answer("moderation/second_exclusion.html", page, status)


@pages.get("/moderation/appeals/groups/<number>", endpoint="second_exclusion")
@deciders_only
def second_exclusion(number: str) -> Response:
    """One appeal against an exclusion, and the form to decide."""
    return _page(number, {}, {})


@pages.post("/moderation/appeals/groups/<number>", endpoint="decide_exclusion")
@deciders_only
def decide_exclusion(number: str) -> Response:
    """Decide from outside the group, with a written reason."""
    typed = {name: clean(request.form.get(name)) or "" for name in ("result", "why")}
    try:
        with committing():
            actions.decide_exclusion(number, person_id(), typed["result"], typed["why"])
    except Invalid as fault:
        return _page(number, typed, fault.faults, 422)
    flash(_("Decided. All who are concerned get the reasons, the log its entry."), "good")
    return see_other(url_for("moderation.appeals"))

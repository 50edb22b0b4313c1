"""Another person decides appeals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.moderation import actions
from marketplace.moderation.queries import (
    Appealed,
    Reported,
    appeal_by_number,
    appeals_of,
    due_words,
    kind_words,
    locked_words,
    measure_words,
    open_appeals,
    open_exclusion_cases,
    reason_words,
    refusal,
    reported,
    reports_of,
    side_words,
)
from marketplace.moderation.rules import ILLEGAL, TERMS, results_of
from marketplace.moderation.views import pages
from marketplace.moderation.views.appealing import decided_rows
from marketplace.moderation.views.deciding import MatterView, QueuePage, queue_tabs
from marketplace.moderation.views.excluding import exclusion_card
from marketplace.web.access import deciders_only, person_id
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import moment
from marketplace.web.forms import clean
from marketplace.web.paging import Pages
from marketplace.web.shapes import pager, plain_words


@dataclass(frozen=True, slots=True)
class AppealPage:
    """Deciding an appeal: what was decided, what is said against it, and the form."""

    number: str
    kind_words: str
    due: str
    overdue: bool
    words: str
    object_url: str
    url: str
    rows: Sequence[tuple[str, str]]
    reports: Sequence[tuple[str, str]]
    appeals: Sequence[tuple[str, str, str]]
    results: Sequence[tuple[str, str, str]]
    reasons: Sequence[tuple[str, str]]
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    locked: str


def _card(case: Appealed) -> MatterView:
    thing = reported(case.matter.object_kind, case.matter.object_id)
    due, late = due_words(case.appeal.due_at)
    said = f"{side_words(case.appeal.side)}: {plain_words(case.appeal.words, 160)}"
    return MatterView(
        case.appeal.number, url_for("moderation.second", number=case.appeal.number),
        kind_words(case.matter.object_kind), thing.words if thing else "", "", "",
        [(said, moment(case.appeal.at))],
        [_("Decided") + f": {measure_words(case.decision.measure)} · "
         + reason_words(case.decision.reason)],
        due, "overdue" if late else "open", "")


@pages.get("/moderation/appeals", endpoint="appeals")
@deciders_only
def appeals() -> Response:
    """Appeals that wait: overdue ones first, then by due time."""
    cards = [(case.appeal.due_at, _card(case)) for case in open_appeals()]
    cards += [(case.appeal.due_at, exclusion_card(case)) for case in open_exclusion_cases()]
    views = [card for _due, card in sorted(cards, key=itemgetter(0))]
    page = QueuePage(queue_tabs("appeals", appeals=len(views)), views,
                     pager(Pages(views, 1, 100, len(views))), None,
                     url_for("moderation.log"), url_for("storefront.page", slug="terms"),
                     url_for("dialogue.new", about="/moderation"))
    return answer("moderation/queue.html", page)


def _found(number: str) -> tuple[Appealed, Reported]:
    case = appeal_by_number(number)
    thing = reported(case.matter.object_kind, case.matter.object_id) if case else None
    if case is None or thing is None:
        raise NotFound(_("There is nothing at this address."))
    return case, thing


def _results(first: str, kind: str) -> list[tuple[str, str, str]]:
    said = {"upheld": _("It stays as decided"), "restore": _("All comes back as it was")}
    return [(one, said.get(one) or measure_words(one), "")
            for one in results_of(first, kind)]


def _page(number: str, typed: Mapping[str, str], faults: Mapping[str, str], status: int = 200
          ) -> Response:
    case, thing = _found(number)
    due, late = due_words(case.appeal.due_at)
    decided = case.appeal.result is not None
    reports = reports_of([case.matter.id]).get(case.matter.id, [])
    page = AppealPage(
        case.appeal.number, kind_words(case.matter.object_kind), due, late and not decided,
        thing.words,
        thing.url, url_for("moderation.decide_appeal", number=number),
        decided_rows(case.decision),
        [(reason_words(row.reason) + (f": {row.why}" if row.why else ""),
          moment(row.received_at)) for row in reports],
        [(side_words(row.side), row.words, moment(row.at))
         for row in appeals_of(case.decision.id)],
        _results(case.decision.measure, case.matter.object_kind),
        [(r, reason_words(r)) for r in (*ILLEGAL, *TERMS)],
        {"reason": case.decision.reason, **typed}, faults,
        locked_words(decided, None if decided else refusal(person_id(), case, thing)))
    return answer("moderation/second.html", page, status)


@pages.get("/moderation/appeals/<number>", endpoint="second")
@deciders_only
def second(number: str) -> Response:
    """One appeal with all that is known, and the form to decide."""
    return _page(number, {}, {})


@pages.post("/moderation/appeals/<number>", endpoint="decide_appeal")
@deciders_only
def decide_appeal(number: str) -> Response:
    """Decide as another person, with a written reason."""
    typed = {name: clean(value) or "" for name, value in request.form.items()}
    try:
        with committing():
            actions.decide_appeal(number, person_id(), typed.get("result", ""),
                                  typed.get("facts", ""), typed.get("reason", ""),
                                  typed.get("milder_why", ""))
    except Invalid as fault:
        faults = {{"measure": "result"}.get(name, name): said
                  for name, said in fault.faults.items()}
        return _page(number, typed, faults, 422)
    flash(_("Decided. All who are concerned get the reasons, the log its entry."), "good")
    return see_other(url_for("moderation.appeals"))

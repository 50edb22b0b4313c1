"""Those concerned read what was decided, and may ask for another person to look at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response, flash, request, url_for
from flask_babel import gettext as _

from marketplace.foundation import clock
from marketplace.foundation.database import committing
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.moderation import actions
from marketplace.moderation.models import Appeal, Decision, Matter
from marketplace.moderation.queries import (
    Party,
    Reported,
    appeal_by,
    kind_words,
    matter_by_number,
    measure_words,
    party_of,
    reason_words,
    report_by_key,
    reported,
    reporter_of,
    standing_decision,
)
from marketplace.moderation.rules import TOUCHES_NOTHING, appeal_until
from marketplace.moderation.views import pages
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import day, moment
from marketplace.web.forms import clean
from marketplace.web.limits import limiter
from marketplace.web.tokens import unsign

ELSEWHERE = "https://digital-strategy.ec.europa.eu/policies/dsa-out-court-dispute-settlement"
"""The list of out-of-court bodies that the Commission keeps. Source: DSA Art. 21(8)."""
TYPED: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class AppealPart:
    """Whether one can appeal, or what became of it: state "open", "late", "filed" or "closed"."""

    state: str
    url: str
    until: str
    number: str
    words: str
    when: str
    due: str
    result: str
    why: str
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    elsewhere_url: str = ELSEWHERE
    ask: str = ""


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """What was decided, as those concerned see it; only the author sees their words."""

    number: str
    kind_words: str
    lead: str
    words: str
    object_url: str
    rows: Sequence[tuple[str, str]]
    appeal: AppealPart
    help_url: str


@dataclass(frozen=True, slots=True)
class Concerned:
    """A matter that is decided, and the one who looks at it."""

    matter: Matter
    decision: Decision
    thing: Reported | None
    party: Party
    url: str


def appeal_part(who: Concerned, typed: Mapping[str, str] = TYPED,
                faults: Mapping[str, str] = TYPED) -> AppealPart:
    """The form, or how one's appeal stands. Loads: 1 statement."""
    last = appeal_until(clock.in_zone(who.decision.at).date())
    own = appeal_by(who.matter.id, who.party)
    if own is None:
        state = "open" if clock.today() <= last else "late"
        return AppealPart(state, who.url, day(last), "", "", "", "", "", "", typed, faults)
    return AppealPart("closed" if own.result else "filed", who.url, "", own.number, own.words,
                      moment(own.at), day(own.due_at), _result_words(own), own.why, typed, faults)


def _result_words(own: Appeal) -> str:
    return {"upheld": _("The decision stays as it is."),
            "changed": _("The decision was changed.")}.get(own.result or "", "")


def decided_rows(decision: Decision) -> list[tuple[str, str]]:
    """What holds, as words and values."""
    return [(_("Decided"), measure_words(decision.measure)),
            (_("Reason"), reason_words(decision.reason)), (_("Facts"), decision.facts),
            (_("On"), moment(decision.at)),
            (_("Found and decided by"), _("A person; no machine decided this."))]


def _page(who: Concerned, typed: Mapping[str, str], faults: Mapping[str, str], status: int = 200
          ) -> Response:
    own = who.party.side == "author"
    stands = who.decision.measure in TOUCHES_NOTHING
    leads = {"author": _("A person decided about your words."),
             "reporter": _("A person decided about what you reported."),
             "affected": _("A person decided about words that concern your house.")}
    page = DecisionPage(
        who.matter.number, kind_words(who.matter.object_kind), leads[who.party.side],
        who.thing.words if own and who.thing else "",
        who.thing.url if stands and who.thing else "", decided_rows(who.decision),
        appeal_part(who, typed, faults), url_for("dialogue.new", about="/moderation/log"))
    return answer("moderation/decision.html", page, status)


def _send(who: Concerned) -> Response:
    """File the appeal, or show again what was typed."""
    words = clean(request.form.get("words", "")) or ""
    try:
        with committing():
            actions.appeal(who.matter, who.party, words)
    except Invalid as fault:
        return _page(who, {"words": words}, fault.faults, 422)
    flash(_("Your appeal is there; another person decides within 14 days and tells you why."),
          "good")
    return see_other(who.url)


def _of(matter: Matter | None, thing: Reported | None, party: Party | None, url: str) -> Concerned:
    """Somebody concerned by what is decided. Raises NotFound for everybody else."""
    decision = standing_decision(matter.id) if matter else None
    if matter is None or decision is None or party is None:
        raise NotFound(_("There is nothing at this address."))
    return Concerned(matter, decision, thing, party, url)


def _member(number: str) -> Concerned:
    matter = matter_by_number(number)
    thing = reported(matter.object_kind, matter.object_id) if matter else None
    party = party_of(matter, thing, person_id()) if matter and thing else None
    return _of(matter, thing, party, url_for("moderation.decision", number=number))


def _guest(token: str) -> Concerned:
    """The author who rated as a guest, by the link in their letter."""
    matter = matter_by_number(str(unsign("statement", token) or ""))
    thing = reported(matter.object_kind, matter.object_id) if matter else None
    party = Party("author", 0, None) if thing and thing.author_id is None else None
    return _of(matter, thing, party, url_for("moderation.statement", token=token))


def reporting(key: str) -> Concerned | None:
    """Who holds the secret link of a report, once it is decided. Loads: up to 6 statements."""
    found = report_by_key(key)
    report, matter, holds = found or (None, None, None)
    if report is None or matter is None or holds is None:
        return None
    thing = reported(matter.object_kind, matter.object_id)
    return Concerned(matter, holds, thing, reporter_of(report, matter, thing),
                     url_for("moderation.report_status", key=key))


@pages.get("/moderation/decisions/<number>", endpoint="decision")
@signed_in
def decision(number: str) -> Response:
    """What was decided of one's words, one's report, or about one's house."""
    return _page(_member(number), {}, {})


@pages.post("/moderation/decisions/<number>", endpoint="appeal")
@signed_in
@limiter.limit("30 per hour")
def appeal(number: str) -> Response:
    """Ask for another person to look at it."""
    return _send(_member(number))


@pages.get("/moderation/statements/<token>", endpoint="statement")
def statement(token: str) -> Response:
    """What was decided of a guest's words."""
    return _page(_guest(token), {}, {})


@pages.post("/moderation/statements/<token>", endpoint="guest_appeal")
@limiter.limit("30 per hour")
def guest_appeal(token: str) -> Response:
    """A guest asks for another person to look at it."""
    return _send(_guest(token))


@pages.post("/moderation/reports/<key>", endpoint="report_appeal")
@limiter.limit("30 per hour")
def report_appeal(key: str) -> Response:
    """Who reported asks for another person to look at it, by the secret link of the report."""
    who = reporting(key)
    if who is None:
        raise NotFound(_("There is nothing at this address."))
    return _send(who)

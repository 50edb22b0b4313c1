"""Appeals of people who are kept out of a group, and what the moderation decides of them."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from marketplace.foundation import clock
from marketplace.foundation.codes import new_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound, NotYours
from marketplace.foundation.events import OperatorActed, announce
from marketplace.groups.actions import keep_line, lift_exclusion
from marketplace.groups.queries import exclusion, exclusion_runs
from marketplace.moderation.actions.logs import log
from marketplace.moderation.events import ExclusionAppealed, ExclusionJudged
from marketplace.moderation.models import ExclusionAppeal
from marketplace.moderation.queries import (
    ExclusionCase,
    exclusion_appeal,
    exclusion_case,
    exclusion_refusal,
)
from marketplace.moderation.rules import APPEAL_DAYS, appeal_until

RESULTS = ("upheld", "restore")


def appeal_exclusion(exclusion_id: int, person_id: int, words: str) -> ExclusionAppeal:
    """Ask the moderation of the market to look at an exclusion; once, for six months.

    Raises NotFound (somebody else's), Conflict (over, too late, or made already), Invalid.
    Changes exclusion_appeals; announces ExclusionAppealed.
    """
    found = exclusion(exclusion_id)
    if found is None or found[0].person_id != person_id:
        raise NotFound(_("There is nothing at this address."))
    row, _group = found
    if exclusion_appeal(exclusion_id) is not None:
        raise Conflict(_("You have appealed already."))
    if not exclusion_runs(row):
        raise Conflict(_("This exclusion is over; nobody keeps you out any more."))
    if clock.today() > appeal_until(clock.in_zone(row.at).date()):
        raise Conflict(_("The six months for an appeal are over."))
    if not 10 <= len(words.strip()) <= 4000:
        raise Invalid({"words": _("10 to 4,000 characters: what is wrong about it?")})
    now = clock.now()
    new = ExclusionAppeal(
        number=new_code(7), exclusion_id=exclusion_id, person_id=person_id, words=words.strip(),
        at=now, due_at=now + timedelta(days=APPEAL_DAYS), first_by=row.by_id)
    try:
        with db.session.begin_nested():
            db.session.add(new)
            db.session.flush()
    except IntegrityError as fault:
        raise Conflict(_("You have appealed already.")) from fault
    announce(ExclusionAppealed(new.id))
    return new


def decide_exclusion(number: str, by: int, result: str, why: str) -> None:
    """Decide whether an exclusion stays ("upheld") or ends ("restore"), with a written reason.

    Raises NotFound, NotYours (excluded, looks after the group, or tied), Invalid, Conflict
    (decided meanwhile). Changes exclusion_appeals, exclusions, memberships, moderation_log;
    announces ExclusionJudged.
    """
    case = exclusion_case(number)
    if case is None:
        raise NotFound(_("There is nothing at this address."))
    if exclusion_refusal(by, case) is not None:
        raise NotYours(_("Another person decides this."))
    faults = {}
    if result not in RESULTS:
        faults["result"] = _("Please choose what you decide.")
    if len(why.strip()) < 10:
        faults["why"] = _("Say why, in at least ten characters.")
    if faults:
        raise Invalid(faults)
    changed = result == "restore"
    _close(case, "changed" if changed else "upheld", by, why)
    back = lift_exclusion(case.exclusion.id) if changed else False
    _record(case, by, "restore" if changed else "exclude", why)
    announce(ExclusionJudged(case.appeal.id, changed, back))


def _close(case: ExclusionCase, result: str, by: int, why: str) -> None:
    done = db.session.execute(
        update(ExclusionAppeal).where(ExclusionAppeal.id == case.appeal.id,
                                      ExclusionAppeal.result.is_(None))
        .values(result=result, decided_by=by, decided_at=clock.now(), why=why.strip()))
    if not done.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody decided this meanwhile."))


def _record(case: ExclusionCase, by: int, measure: str, why: str) -> None:
    """One line of the public log, and one of the operators' own."""
    log(by, "appeal", {"level": "none", "measure": measure, "object": "membership",
                       "reason": case.exclusion.reason}, case.exclusion.log_n)
    announce(OperatorActed(by, f"appeal.{measure}", "exclusion", case.exclusion.id, why))


def end_appeal(exclusion_id: int) -> None:
    """The group let the person in again: nothing is left to decide. Changes exclusion_appeals."""
    db.session.execute(
        update(ExclusionAppeal).where(ExclusionAppeal.exclusion_id == exclusion_id,
                                      ExclusionAppeal.result.is_(None))
        .values(result="ended", decided_at=clock.now()).execution_options(
            synchronize_session=False))


def log_exclusion(exclusion_id: int, by: int, reason: str, *, ended: bool) -> None:
    """Append that moderators of a group keep somebody out, or let them in again; neither group nor
    names are said. Changes moderation_log, exclusions.
    """
    line = log(by, "group", {"level": "none", "measure": "restore" if ended else "exclude",
                             "object": "membership", "reason": reason})
    if not ended:
        keep_line(exclusion_id, line)

"""Appeals against decisions, and what another person decides about them."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from marketplace.foundation import clock
from marketplace.foundation.codes import new_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound, NotYours
from marketplace.foundation.events import OperatorActed, announce
from marketplace.moderation.actions.carrying import carry_out, put_back
from marketplace.moderation.actions.deciding import check
from marketplace.moderation.actions.logs import OBJECT_WORDS, log
from marketplace.moderation.events import AppealDecided, AppealFiled
from marketplace.moderation.models import Appeal, Decision, Matter
from marketplace.moderation.queries import (
    Appealed,
    Party,
    Reported,
    appeal_by,
    appeal_by_number,
    refusal,
    reported,
)
from marketplace.moderation.rules import APPEAL_DAYS, TOUCHES_NOTHING, appeal_fault, appeal_until


def appeal(matter: Matter, party: Party, words: str) -> Appeal:
    """Ask for another person to decide; each side once in a matter, for six months.

    Raises NotFound (nothing is decided), Conflict (too late, or made already), Invalid. Changes
    appeals, matters; announces AppealFiled.
    """
    decision = db.session.scalar(
        select(Decision).where(Decision.matter_id == matter.id, Decision.replaced_by.is_(None))
        .order_by(Decision.id.desc()).limit(1).with_for_update())
    if decision is None:
        raise NotFound(_("There is nothing at this address."))
    if clock.today() > appeal_until(clock.in_zone(decision.at).date()):
        raise Conflict(_("The six months for an appeal are over."))
    if appeal_by(matter.id, party) is not None:
        raise Conflict(_("You have appealed already."))
    if not 10 <= len(words.strip()) <= 4000:
        raise Invalid({"words": _("10 to 4,000 characters: what do we see wrongly?")})
    now = clock.now()
    row = Appeal(number=new_code(7), decision_id=decision.id, side=party.side, party_id=party.id,
                 person_id=party.person_id, words=words.strip(), at=now,
                 due_at=now + timedelta(days=APPEAL_DAYS), first_by=decision.decided_by)
    try:
        with db.session.begin_nested():
            db.session.add(row)
            db.session.flush()
    except IntegrityError as fault:
        raise Conflict(_("You have appealed already.")) from fault
    _turn(matter.id, "appealed")
    announce(AppealFiled(row.id, decision.id, matter.id))
    return row


def _turn(matter_id: int, state: str) -> None:
    db.session.execute(update(Matter).where(Matter.id == matter_id).values(state=state))


def decide_appeal(
    number: str, by: int, result: str, why: str, reason: str = "", milder_why: str = ""
) -> Decision:
    """Decide all open appeals against a decision and carry it out; what holds from now on.

    `result`: "upheld", "restore" (all is as it was), or another measure. Raises NotFound,
    NotYours (decided first, party or tied), Invalid, Conflict (decided meanwhile). Changes
    appeals, decisions, matters, moderation_log; announces AppealDecided.
    """
    case = appeal_by_number(number)
    thing = reported(case.matter.object_kind, case.matter.object_id) if case else None
    if case is None or thing is None:
        raise NotFound(_("There is nothing at this address."))
    if refusal(by, case, thing) is not None:
        raise NotYours(_("Another person decides this."))
    first = case.decision
    if result == "restore" or not reason:
        reason = first.reason
    check(appeal_fault(first.measure, reason, result, case.matter.object_kind, milder_why), why)
    closed = _close(case, by, "upheld" if result == "upheld" else "changed", why)
    now_holds = first if result == "upheld" else _replace(
        case, thing, by, (reason, result, why, milder_why))
    _record(case, now_holds, by, thing, (closed, why))
    return now_holds


def _close(case: Appealed, by: int, result: str, why: str) -> int:
    """All that wait are decided at once; how many. Whoever comes second gets Conflict."""
    db.session.scalar(select(Decision.id).where(Decision.id == case.decision.id)
                      .with_for_update())
    done = update(Appeal).where(Appeal.decision_id == case.decision.id, Appeal.result.is_(None)) \
        .values(result=result, decided_by=by, decided_at=clock.now(), why=why.strip()) \
        .execution_options(synchronize_session=False)
    own = db.session.execute(done.where(Appeal.id == case.appeal.id))
    if not own.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody decided this meanwhile."))
    others = db.session.execute(done)
    _turn(case.matter.id, "decided")
    return 1 + int(others.rowcount)  # type: ignore[attr-defined]


def _replace(case: Appealed, thing: Reported, by: int, said: tuple[str, str, str, str]
             ) -> Decision:
    """The decision that holds instead, carried out."""
    first, matter = case.decision, case.matter
    reason, measure, facts, milder_why = said
    row = Decision(matter_id=matter.id, reason=reason, measure=measure, facts=facts,
                   milder_why=milder_why, decided_by=by, at=clock.now(), level=thing.level)
    db.session.add(row)
    db.session.flush()
    first.replaced_by = row.id
    if first.measure not in TOUCHES_NOTHING:
        put_back(matter, first)
    if measure not in TOUCHES_NOTHING:
        carry_out(matter.object_kind, matter.object_id, measure, reason)
    db.session.flush()
    return row


def _record(case: Appealed, holds: Decision, by: int, thing: Reported, closed: tuple[int, str]
            ) -> None:
    """One line of the log for each appeal; staff's own log, and everybody concerned hears."""
    first, matter = case.decision, case.matter
    changed = holds.id != first.id
    said = {"level": thing.level, "measure": holds.measure, "reason": holds.reason,
            "object": OBJECT_WORDS[matter.object_kind]}
    count, why = closed
    for _each in range(count):
        line = log(by, "appeal", said, first.log_n)
        holds.log_n = line if changed else holds.log_n
    announce(OperatorActed(by, f"appeal.{holds.measure if changed else 'upheld'}",
                           matter.object_kind, matter.object_id, why))
    announce(AppealDecided(
        first.id, matter.id, thing.author_id, changed, first.measure, first.reason,
        holds.measure, holds.reason, matter.object_kind, matter.object_id))

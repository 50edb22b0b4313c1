"""Staff look at a member's data with a case or a yes and do what was asked; all is noted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid, NotYours
from marketplace.foundation.events import OperatorActed, announce
from marketplace.people.actions.closing import close_for
from marketplace.people.actions.factors import factors_changed
from marketplace.people.actions.tokens import revoke_all
from marketplace.people.events import FactorChanged
from marketplace.people.models import CodeApp, Login, Passkey, Person, PersonSighting
from marketplace.people.queries.own import has_consent
from marketplace.people.queries.standing import busy_people
from marketplace.people.rules.consents import STAFF_HELP

Cases = Callable[[int], bool]
_cases: list[Cases] = []
LEAST_WHY = 10


def ask_cases_of(cases: Cases) -> None:
    """Say who knows whether a case about a person is open: a later room."""
    _cases[:] = [cases]


def look(by_id: int, role: str, person_id: int, what: str, why: str) -> None:
    """Note that staff open personal data; refused without an open case or the person's yes.

    Raises Invalid, NotYours. Changes person_sightings.
    """
    _demand_why(why)
    if not has_consent(person_id, STAFF_HELP) and not (_cases and _cases[0](person_id)):
        raise NotYours(_("Nobody may look at this person's data now: no case about them is open, "
                         "and they have not agreed to it."))
    db.session.add(PersonSighting(person_id=person_id, by_person_id=by_id, role=role,
                                  what=what[:40], why=why.strip()[:200], at=clock.now()))
    db.session.flush()


def _demand_why(why: str) -> None:
    if len(why.strip()) < LEAST_WHY:
        raise Invalid({"why": _("Please say why, in at least ten signs.")})


def reset_factor(operator_id: int, person_id: int, why: str) -> None:
    """Take all second factors off an account and end its logins and its keys for programs, after a
    check of who asks.

    Raises Invalid. Changes passkeys, code_apps, recovery_codes, logins, api_tokens, accounts;
    announces OperatorActed and FactorChanged.
    """
    _demand_why(why)
    for table in (Passkey, CodeApp):
        db.session.execute(delete(table).where(table.person_id == person_id))
    factors_changed(person_id)
    db.session.execute(update(Login).where(Login.person_id == person_id, Login.ended_at.is_(None))
                       .values(ended_at=clock.now(), ended_by="operator"))
    revoke_all(person_id)
    announce(OperatorActed(operator_id, "factor_reset", "person", person_id, why.strip()))
    announce(FactorChanged(person_id, "reset"))


def give_role(operator_id: int, person_id: int, role: str, on: bool, why: str) -> None:
    """Make somebody an operator or a moderator, or no longer; nobody does it to themselves.

    Raises Invalid. Changes people; announces OperatorActed.
    """
    _demand_why(why)
    if role not in ("operator", "moderator"):
        raise Invalid({"role": _("Please choose one from the list.")})
    if operator_id == person_id:
        raise Invalid({"role": _("Nobody gives or takes a role themselves.")})
    db.session.execute(update(Person).where(Person.id == person_id).values({f"is_{role}": on}))
    done = "role_given" if on else "role_taken"
    announce(OperatorActed(operator_id, done, "person", person_id, f"{role}: {why.strip()}"))


def close_many(operator_id: int, handles: list[str], why: str) -> int:
    """Close many fresh accounts in one step, such as those of a machine; how many.

    Only accounts of the last 30 days without a delivered order. Raises Invalid. As `close_for`.
    """
    _demand_why(why)
    found = set(db.session.scalars(select(Person.id).where(
        Person.handle_folded.in_([one.strip().lstrip("@").lower() for one in handles]),
        Person.state == "active", Person.joined_on >= clock.today() - timedelta(days=30))))
    fresh = found - busy_people(found, ever=True) - {operator_id}
    for person_id in sorted(fresh):
        close_for(operator_id, person_id, "delete", why)
    return len(fresh)

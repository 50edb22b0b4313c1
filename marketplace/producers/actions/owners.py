"""Another owner for a house whose owners are away, named by the operator after a check."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import OperatorActed, announce
from marketplace.people.queries import person_by_handle
from marketplace.producers.actions.traders import CHECK_WAYS
from marketplace.producers.events import OwnerNamed, StaffJoined
from marketplace.producers.models import Staff
from marketplace.producers.queries.owners import away_house


def name_owner(slug: str, operator_id: int, handle: str, way: str, why: str) -> None:
    """Name a member as a further owner; who was owner before stays it. The act is logged, and
    everybody of the house is told.

    Raises Conflict once an owner has signed in, Invalid. Changes staff; announces OperatorActed,
    StaffJoined for a new person, OwnerNamed.
    """
    house = away_house(slug)
    if house is None:
        raise Conflict(_("An owner has signed in meanwhile; nobody has to be named."))
    person, faults = person_by_handle(handle.removeprefix("@").lower()), {}
    if person is None:
        faults["handle"] = _("Nobody here has this name.")
    elif person.id == operator_id:
        faults["handle"] = _("Nobody names themselves.")
    if way not in CHECK_WAYS:
        faults["way"] = _("Please choose one of these.")
    if len(why.strip()) < 10:
        faults["why"] = _("What shows that this person may act for the house? At least ten signs.")
    if faults or person is None:
        raise Invalid(faults)
    name = _put(house.producer_id, person.id, person.display_name or person.handle)
    announce(OperatorActed(operator_id, "owner_named", "producer", house.producer_id,
                           f"@{person.handle}, {way}: {why.strip()}"))
    announce(OwnerNamed(house.producer_id, person.id, name))


def _put(producer_id: int, person_id: int, name: str) -> str:
    """Make a person an owner; the name beside their answers. Raises Invalid for one already."""
    row = db.session.scalar(select(Staff).where(
        Staff.producer_id == producer_id, Staff.person_id == person_id, Staff.until.is_(None))
        .with_for_update())
    if row is not None and row.role == "owner":
        raise Invalid({"handle": _("This person is an owner already.")})
    if row is not None:
        row.role = "owner"
    else:
        row = Staff(producer_id=producer_id, person_id=person_id, role="owner",
                    shown_name=name.split(" ")[0][:40], since=clock.today())
        db.session.add(row)
        announce(StaffJoined(producer_id, person_id, "owner"))
    db.session.flush()
    return row.shown_name

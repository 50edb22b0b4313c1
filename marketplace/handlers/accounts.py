"""What follows for accounts when people get roles, act and are found helpful."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.people.actions import demand_factor
from marketplace.producers.events import OwnerNamed, ProducerOpened, StaffJoined
from marketplace.producers.models import Staff


def owners_need_factor(event: ProducerOpened | StaffJoined | OwnerNamed) -> None:
    """The owners of a house get a week to set up a second factor."""
    demand_factor(db.session.scalars(select(Staff.person_id).where(
        Staff.producer_id == event.producer_id, Staff.role == "owner",
        Staff.until.is_(None))).all())

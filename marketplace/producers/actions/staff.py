"""Who acts for a producer: invitations by a link, roles, leaving."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

from flask_babel import gettext as _
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound, NotYours
from marketplace.foundation.events import announce
from marketplace.producers.actions.pages import demand
from marketplace.producers.events import ProducerChanged, StaffJoined, StaffLeft
from marketplace.producers.models import Staff, StaffLink
from marketplace.producers.queries.invitations import open_link
from marketplace.producers.queries.staff import Role
from marketplace.producers.rules.roles import ROLES

LINK_FOR = timedelta(days=7)
MOST_LINKS = 20


def invite(role: Role, new_role: str, person_id: int) -> str:
    """A new link for one person, shown once; its secret. Raises NotYours, Invalid."""
    demand(role, "staff")
    if new_role not in ROLES:
        raise Invalid({"role": _("Please choose one of these.")})
    waiting = db.session.scalar(select(func.count(StaffLink.id)).where(
        StaffLink.producer_id == role.producer_id, StaffLink.used_by.is_(None),
        StaffLink.expires_at > clock.now())) or 0
    if waiting >= MOST_LINKS:
        raise Invalid({"role": _("Enough invitations are open already.")})
    secret = secret_code(160)
    db.session.add(StaffLink(producer_id=role.producer_id, role=new_role, hash=hashed(secret),
                             made_by=person_id, expires_at=clock.now() + LINK_FOR))
    db.session.flush()
    return secret


def hashed(secret: str) -> str:
    """What is kept of a link."""
    return sha256(secret.encode()).hexdigest()


def join_staff(secret: str, person_id: int, shown_name: str) -> int:
    """Take an invitation; the producer's id. Raises NotFound for used or old links, Invalid.

    The link is marked used in one conditional statement, so it works once. Changes staff,
    staff_links; announces.
    """
    link = open_link(hashed(secret))
    if link is None:
        raise NotFound(_("This link was used or is too old."))
    if not 1 <= len(shown_name) <= 40:
        raise Invalid({"shown_name": _("A first name is enough.")})
    used = db.session.execute(update(StaffLink).where(
        StaffLink.id == link.id, StaffLink.used_by.is_(None)).values(used_by=person_id))
    if not used.rowcount:  # type: ignore[attr-defined]
        raise NotFound(_("This link was used or is too old."))
    try:
        with db.session.begin_nested():
            db.session.add(Staff(producer_id=link.producer_id, person_id=person_id,
                                 role=link.role, shown_name=shown_name, since=clock.today()))
    except IntegrityError:
        raise Conflict(_("You act for this house already.")) from None
    announce(StaffJoined(link.producer_id, person_id, link.role))
    return link.producer_id


def change_role(role: Role, staff_id: int, new_role: str) -> None:
    """Give somebody another role. Raises NotYours, NotFound, Invalid, Conflict for the last owner.
    """
    demand(role, "staff")
    if new_role not in ROLES:
        raise Invalid({"role": _("Please choose one of these.")})
    row = _row(role, staff_id)
    if row.role == "owner" and new_role != "owner":
        _demand_another_owner(row)
    row.role = new_role
    db.session.flush()


def end_staff(role: Role, staff_id: int, person_id: int) -> None:
    """Somebody acts for the producer no longer; everybody may end their own part.

    Raises NotYours, NotFound, Conflict for the last owner. Changes staff; announces.
    """
    row = _row(role, staff_id)
    if row.person_id != person_id:
        demand(role, "staff")
    if row.role == "owner":
        _demand_another_owner(row)
    row.until = clock.today()
    db.session.flush()
    announce(StaffLeft(role.producer_id, row.person_id))


def agree_to_praise(role: Role, staff_id: int, person_id: int, agrees: bool) -> None:
    """A person says whether praise may name them, for themselves alone; a no holds at once, for
    praise of before too. Raises NotFound, NotYours. Changes staff.
    """
    row = _row(role, staff_id)
    if row.person_id != person_id:
        raise NotYours(_("Everybody decides this for themselves."))
    row.praise_ok = agrees
    db.session.flush()
    announce(ProducerChanged(role.producer_id, ("staff",)))


def _row(role: Role, staff_id: int) -> Staff:
    row = db.session.scalar(select(Staff).where(
        Staff.id == staff_id, Staff.producer_id == role.producer_id, Staff.until.is_(None))
        .with_for_update())
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    return row


def _demand_another_owner(row: Staff) -> None:
    """Owners are locked in the order of their ids, so that two cannot leave at once."""
    owners = db.session.scalars(select(Staff.id).where(
        Staff.producer_id == row.producer_id, Staff.role == "owner", Staff.until.is_(None))
        .order_by(Staff.id).with_for_update()).all()
    if set(owners) <= {row.id}:
        raise Conflict(_("A house needs an owner. Please name another one first."))

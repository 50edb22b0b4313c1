"""A person's book of addresses; placed orders keep copies of their own."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, NotFound
from marketplace.people.models import Address

MOST_ADDRESSES = 20


def keep_address(person_id: int, fields: Mapping[str, str]) -> int:
    """Put an address into the book, or find the same one; its id. Changes addresses."""
    same = db.session.scalar(select(Address.id).where(
        Address.person_id == person_id, *(getattr(Address, n) == v for n, v in fields.items())))
    if same is not None:
        return same
    count = db.session.scalar(select(func.count()).where(Address.person_id == person_id)) or 0
    if count >= MOST_ADDRESSES:
        raise Conflict(_("The address book is full. Remove one first."))
    row = Address(person_id=person_id, label=fields.get("city", ""), made_at=clock.now(),
                  is_default=count == 0, **fields)
    db.session.add(row)
    db.session.flush()
    return row.id


def prefer_address(person_id: int, address_id: int) -> None:
    """This address comes first. Raises NotFound. Changes addresses."""
    own_address(person_id, address_id)
    db.session.execute(update(Address).where(Address.person_id == person_id).values(
        is_default=Address.id == address_id).execution_options(synchronize_session=False))


def drop_address(person_id: int, address_id: int) -> None:
    """Take an address out of the book; placed orders keep theirs. Raises NotFound."""
    row = own_address(person_id, address_id)
    db.session.delete(row)
    db.session.flush()


def own_address(person_id: int, address_id: int) -> Address:
    """An address of this person. Raises NotFound. Loads: 1 statement."""
    row = db.session.scalar(select(Address).where(Address.id == address_id,
                                                  Address.person_id == person_id))
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    return row


def write_address(person_id: int, address_id: int, fields: Mapping[str, str]) -> None:
    """Change an address of the book, or add one for 0. Raises NotFound, Conflict."""
    kept = {**fields, "label": fields.get("label") or fields["city"],
            "phone": fields.get("phone") or None}
    if address_id:
        row = own_address(person_id, address_id)
    else:
        count = db.session.scalar(select(func.count()).where(
            Address.person_id == person_id)) or 0
        if count >= MOST_ADDRESSES:
            raise Conflict(_("The address book is full. Remove one first."))
        row = Address(person_id=person_id, made_at=clock.now(), is_default=count == 0)
        db.session.add(row)
    for name, value in kept.items():
        setattr(row, name, value)
    db.session.flush()

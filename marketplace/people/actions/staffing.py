"""People who run the marketplace, and imported people who take their place."""

from __future__ import annotations

from sqlalchemy import select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.people.actions.joining import join
from marketplace.people.models import Account, Person


def make_operator(handle: str, email: str, password_hash: str) -> None:
    """Open an account that runs the marketplace, or make an existing person such."""
    who = db.session.scalar(select(Person).where(Person.handle_folded == handle.lower()))
    if who is None:
        who = join(handle, email, password_hash, "de")
    if who is None:
        raise Invalid({"email": "This address has an account already; name its handle."})
    db.session.execute(update(Person).where(Person.id == who.id).values(is_operator=True))
    db.session.execute(update(Account).where(Account.person_id == who.id,
                                             Account.confirmed_at.is_(None))
                       .values(confirmed_at=clock.now()))


def claim(handle: str, email: str, password_hash: str) -> None:
    """Give a person without an account an address and a password. Raises NotFound, Invalid."""
    who = db.session.scalar(select(Person).where(Person.handle_folded == handle.lower()))
    if who is None:
        raise NotFound(f"There is nobody of the handle {handle}.")
    if db.session.get(Account, who.id) is not None:
        raise Invalid({"handle": f"{handle} has an account already."})
    db.session.add(Account(person_id=who.id, email=email, email_folded=email.strip().lower(),
                           password_hash=password_hash, confirmed_at=clock.now(),
                           active_on=clock.today()))
    db.session.flush()


def ensure_outsiders(handles: dict[str, str]) -> dict[str, int]:
    """Persons for imported pseudonyms (name -> handle); made where they are missing.

    Changes people. Each can be claimed later; until then nobody can sign in as them.
    """
    present = dict(db.session.execute(
        select(Person.handle_folded, Person.id)
        .where(Person.handle_folded.in_(list(handles.values())))).all())
    fresh = [handle for handle in handles.values() if handle not in present]
    for handle in dict.fromkeys(fresh):
        who = Person(handle=handle, handle_folded=handle, lang="en", joined_on=clock.today(),
                     picture_seed=abs(hash(handle)) % 10**9 + 1)
        db.session.add(who)
        db.session.flush()
        present[handle] = who.id
    return {name: present[handle] for name, handle in handles.items()}

"""Phase "people": members, accounts, who follows and trusts whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from marketplace.demo.content.kinds import CastMember, Writer
from marketplace.demo.load.book import Book, Row
from marketplace.foundation.database import db
from marketplace.people.models import (
    Account,
    Address,
    Consent,
    Follow,
    Person,
    Trust,
    Visibility,
)

PASSWORD: Final = "kaufen-lassen-26"
OPEN_FIELDS: Final = ("picture", "display_name", "about", "region", "recommendations", "bundles")
SILENT: Final = 7
"""One member in so many does not want to be compared."""
TRUSTED_SUBJECTS: Final = ("wine", "food", "coffee-tea")


def load_people(book: Book) -> None:
    """Write everybody, then their ties. Changes six tables."""
    staff = [one for house in book.content.producers for one in house.staff]
    handles = [one.handle for one in book.content.cast]
    handles += [one.handle for one in book.content.writers]
    handles += [*book.content.quiet, *(one.handle for one in staff)]
    for handle in dict.fromkeys(handles):
        book.people[handle] = book.next_id(Person)
    named: dict[str, CastMember | Writer] = {one.handle: one for one in book.content.writers}
    named.update({one.handle: one for one in book.content.cast})
    shown = {one.handle: one.shown_name for one in staff}
    book.insert(Person, [_person(book, one, named.get(one), shown) for one in book.people])
    book.insert(Account, _accounts(book))
    book.insert(Visibility, _open_profiles(book))
    book.insert(Address, _addresses(book))
    book.insert(Consent, _consents(book))
    _ties(book)
    db.session.flush()


def _person(book: Book, handle: str, one: CastMember | Writer | None, shown: dict[str, str]) -> Row:
    """The row of a person; quiet members show a handle only."""
    joined = (book.now - timedelta(days=book.history.joined_days_ago[handle])).date()
    member = one if isinstance(one, CastMember) else None
    new = member is not None and member.joined_days_ago <= 1
    return {
        "id": book.people[handle],
        "handle": handle,
        "handle_folded": handle,
        "display_name": one.name if one else shown.get(handle),
        "about": (one.about or None) if one else None,
        "region": one.place if one else None,
        "picture_seed": book.draw.randrange(1, 10**9),
        "lang": one.lang if one else "de",
        "joined_on": joined,
        "age_class": "unknown" if new else "18",
        "trust_level": 0 if new else 2 if one else 1,
        "trust_since": None if new else joined,
        "is_moderator": bool(member and member.moderator),
        "is_operator": bool(member and member.operator),
    }


def _accounts(book: Book) -> list[Row]:
    """An address for everybody, a password for the cast; one hash serves all seven."""
    cast = {one.handle for one in book.content.cast}
    return [
        {
            "person_id": number,
            "email": f"{handle}@example.org",
            "email_folded": f"{handle}@example.org",
            "confirmed_at": book.days_ago(book.history.joined_days_ago[handle]),
            "password_hash": book.password_hash if handle in cast else None,
            "active_on": book.now.date(),
        }
        for handle, number in book.people.items()
    ]


def _open_profiles(book: Book) -> list[Row]:
    """Writers and cast have opened most of their profile to everybody."""
    spoken = [one.handle for one in book.content.writers]
    spoken += [one.handle for one in book.content.cast]
    return [
        {"person_id": book.people[handle], "field": field, "level": "everyone"}
        for handle in spoken
        for field in OPEN_FIELDS
    ]


def _consents(book: Book) -> list[Row]:
    """Most people agreed to be compared and named; who joined yesterday was not asked yet."""
    asked = {one.handle for one in book.content.cast if one.joined_days_ago > 1}
    return [
        {
            "id": book.next_id(Consent),
            "person_id": number,
            "guest_key": None,
            "purpose": "taste_matching",
            "text_version": "2026-11",
            "given_at": book.days_ago(book.history.joined_days_ago[handle]),
            "place": "network",
            "withdrawn_at": None,
        }
        for handle, number in book.people.items()
        if handle in asked or (number % SILENT and book.history.joined_days_ago[handle] > 1)
    ]


def _addresses(book: Book) -> list[Row]:
    """One invented address for each of the cast, so that ordering takes few clicks."""
    return [
        {
            "id": book.next_id(Address),
            "person_id": book.people[one.handle],
            "label": "Zuhause" if one.lang == "de" else "Home",
            "name": one.name,
            "lines": "Musterstieg 7",
            "postcode": "04999",
            "city": one.place,
            "country": "DE",
            "phone": None,
            "is_default": True,
            "made_at": book.days_ago(one.joined_days_ago),
        }
        for one in book.content.cast
    ]


def _ties(book: Book) -> None:
    """Follows and trusts; trust is given per subject. Changes follows, trusts."""
    rows = []
    for one, other in book.ties.follows:
        at = book.days_ago(book.draw.uniform(1, 300))
        rows.append({"follower_id": book.people[one], "followed_id": book.people[other], "at": at})
    book.insert(Follow, rows)
    trusts = []
    for one, other in book.ties.trusts:
        for subject in TRUSTED_SUBJECTS[: 1 + book.draw.randrange(len(TRUSTED_SUBJECTS))]:
            trusts.append(
                {
                    "truster_id": book.people[one],
                    "trusted_id": book.people[other],
                    "subject_id": book.subjects[subject],
                    "at": book.days_ago(book.draw.uniform(1, 200)),
                }
            )
    book.insert(Trust, trusts)

"""Members as search finds them: by what they let be seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, date, datetime, time

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from marketplace.foundation.database import db
from marketplace.foundation.findable import MEMBERS, PUBLIC, Findable, joined
from marketplace.people.models import Person, Subject, Trust, Visibility
from marketplace.people.rules.visibility import DEFAULTS

SEEN = {PUBLIC: ("everyone",), MEMBERS: ("everyone", "members")}


def documents(ids: Collection[int]) -> list[Findable]:
    """Active members, each with the fields that all of their audience may see; others are left out.

    A member is found by visitors only with a name that is shown to everyone, and then by nothing
    that is kept for members. Loads: 3 statements.
    """
    wanted = list(ids)
    levels: dict[int, dict[str, str]] = defaultdict(lambda: dict(DEFAULTS))
    for one in db.session.execute(select(Visibility.person_id, Visibility.field, Visibility.level)
                                  .where(Visibility.person_id.in_(wanted))):
        levels[one.person_id][one.field] = one.level
    known = _known(wanted)
    rows = db.session.execute(
        select(Person.id, Person.handle, Person.display_name, Person.about, Person.region,
               Person.languages, Person.joined_on)
        .where(Person.id.in_(wanted), Person.state == "active"))
    return [_document(row, levels[row.id], known.get(row.id, "")) for row in rows]


def abouts(ids: Collection[int], member: bool) -> dict[int, tuple[date, str]]:
    """Since when each is here, and their words if members, or else everybody, may read them.

    Loads: 1 statement.
    """
    level = aliased(Visibility)
    rows = db.session.execute(
        select(Person.id, Person.joined_on, Person.about, level.level)
        .outerjoin(level, and_(level.person_id == Person.id, level.field == "about"))
        .where(Person.id.in_(list(ids)), Person.state == "active"))
    seen = SEEN[MEMBERS if member else PUBLIC]
    return {row.id: (row.joined_on,
                     (row.about or "") if (row.level or DEFAULTS["about"]) in seen else "")
            for row in rows}


def _known(ids: Collection[int]) -> dict[int, str]:
    """In which subjects others trust these."""
    found: dict[int, set[str]] = defaultdict(set)
    for person_id, de, en in db.session.execute(
        select(Trust.trusted_id, Subject.name_de, Subject.name_en)
        .join(Subject, Subject.id == Trust.subject_id).where(Trust.trusted_id.in_(list(ids)))
        .distinct()
    ):
        found[person_id].update((de, en))
    return {person_id: " ".join(sorted(words)) for person_id, words in found.items()}


def _document(row: object, levels: dict[str, str], known: str) -> Findable:
    audience = PUBLIC if levels["display_name"] == "everyone" else MEMBERS

    def said(field: str, words: str | None) -> str:
        return (words or "") if levels[field] in SEEN[audience] else ""

    person: Person = row  # type: ignore[assignment]
    return Findable(
        "member", person.id, joined(said("display_name", person.display_name), person.handle),
        joined(said("about", person.about), said("region", person.region),
               said("languages", person.languages), said("subjects", known)),
        datetime.combine(person.joined_on, time(), UTC), audience, person.id,
        said("region", person.region))

"""Whether a person may see what a message leads to, at this moment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from sqlalchemy import select

from marketplace.bundles.models import Bundle, Challenge, Poll
from marketplace.bundles.queries.challenges import called
from marketplace.bundles.queries.polls import asks
from marketplace.catalog.models import Product
from marketplace.catalog.queries.cards import PUBLIC
from marketplace.dialogue.queries import is_party, thread_by_code
from marketplace.dialogue.rules import may_read
from marketplace.foundation.database import db
from marketplace.groups import rules as groups
from marketplace.groups.models import Group
from marketplace.groups.queries import role_in
from marketplace.people.models import Person
from marketplace.producers.queries import roles_of
from marketplace.recommend.models import Recommendation
from marketplace.recommend.queries.given import visible_to

ADULT = "18"


def sees(person_id: int, path: str) -> bool:
    """Whether a person may see the page at a path of this site now: it is there, its audience
    holds them, and its goods are not for older people. Other paths lead to what is one's own.

    Loads: up to 4 statements.
    """
    steps = [step for step in urlsplit(path).path.split("/") if step]
    if steps[:2] == ["bundles", "challenges"] and len(steps) == 3:
        return _challenge(person_id, steps[2])
    look = LOOKS.get(steps[0]) if len(steps) > 1 else None
    return look is None or look(person_id, steps[1])


def _thread(person_id: int, code: str) -> bool:
    row = thread_by_code(code)
    if row is not None and row.standing == "away":
        return is_party(row.id, person_id)
    if row is None or row.standing != "visible":
        return False
    if row.group_id is not None and not _in_group(person_id, row.group_id):
        return False
    party = row.visibility != "private" or is_party(row.id, person_id) or (
        row.producer_id in {role.producer_id for role in roles_of(person_id)}
        if row.producer_id is not None else _runs(person_id))
    return may_read(row.visibility, party, row.group_id is not None)


def _runs(person_id: int) -> bool:
    return bool(db.session.scalar(select(Person.is_operator).where(Person.id == person_id)))


def _in_group(person_id: int, group_id: int) -> bool:
    kind = db.session.scalar(select(Group.kind).where(Group.id == group_id)) or "secret"
    return groups.may_read(kind, groups.part_of(role_in(group_id, person_id), True))


def _group(person_id: int, slug: str) -> bool:
    row = db.session.execute(select(Group.id, Group.kind).where(Group.slug == slug)).first()
    return row is not None and groups.may_know(
        row.kind, groups.part_of(role_in(row.id, person_id), True))


def _product(person_id: int, slug: str) -> bool:
    row = db.session.execute(select(Product.age_class, Product.state).where(
        Product.slug == slug)).first()
    return row is not None and row.state in PUBLIC and _old_enough(person_id, row.age_class)


def _old_enough(person_id: int, age_class: int) -> bool:
    """Goods of class 18 are named to nobody but those who said that they are 18."""
    return age_class < int(ADULT) or db.session.scalar(
        select(Person.age_class).where(Person.id == person_id)) == ADULT


def _suggestion(person_id: int, name: str) -> bool:
    """A recommendation of a member; suggestions of the market itself have other names."""
    if not name.startswith("r-"):
        return True
    row = db.session.execute(
        select(Recommendation.thing, Recommendation.thing_id)
        .where(Recommendation.code == name.removeprefix("r-"),
               Recommendation.state == "visible", visible_to(person_id))).first()
    if row is None:
        return False
    age = db.session.scalar(select(Product.age_class).where(
        Product.id == row.thing_id)) if row.thing == "product" else 0
    return _old_enough(person_id, age or 0)


def _bundle(person_id: int, slug: str) -> bool:
    row = db.session.execute(
        select(Bundle.state, Bundle.visibility, Bundle.group_id, Bundle.author_id)
        .where(Bundle.slug == slug)).first()
    if row is None or row.state != "published":
        return False
    if row.visibility == "private":
        return bool(row.author_id == person_id)
    return row.visibility != "group" or (
        row.group_id is not None and role_in(row.group_id, person_id) is not None)


def _challenge(person_id: int, slug: str) -> bool:
    return db.session.scalar(select(Challenge.id).where(
        Challenge.slug == slug, called(person_id))) is not None


def _poll(person_id: int, code: str) -> bool:
    return db.session.scalar(select(Poll.id).where(Poll.code == code, asks(person_id))) is not None


def _member(_person_id: int, handle: str) -> bool:
    return db.session.scalar(
        select(Person.state).where(Person.handle_folded == handle.lower())) == "active"


LOOKS: Mapping[str, Callable[[int, str], bool]] = {
    "threads": _thread, "groups": _group, "products": _product, "suggestions": _suggestion,
    "bundles": _bundle, "members": _member, "polls": _poll,
}
"""By the first step of the path."""

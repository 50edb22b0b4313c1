"""What a member told once, as lists keep to it."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import String, and_, bindparam, cast, literal, select, union_all

from marketplace.catalog.rules.codes import slug_of
from marketplace.foundation.database import read
from marketplace.people.models import Address, HealthWish, Wish
from marketplace.search.rules.needs import Needs, avoided


def needs_of(person_id: int) -> Needs:
    """Allergies, sizes, and the country of the first address, for their owner's own lists.

    Loads: 1 statement.
    """
    told: dict[str, list[str]] = {"allergy": [], "size": [], "country": []}
    for kind, words in read(_told(), me=person_id):
        told[kind].append(words)
    sizes = {slug_of(words.strip('"'), 80) for words in told["size"]}
    return Needs(avoided(told["allergy"]), frozenset(sizes - {""}),
                 next(iter(told["country"]), ""))


@cache
def _told() -> Any:
    me: Any = bindparam("me")
    return union_all(
        select(literal("allergy"), HealthWish.value).where(
            HealthWish.person_id == me, HealthWish.kind == "allergy"),
        select(literal("size"), cast(Wish.value["words"].as_string(), String)).where(
            Wish.person_id == me, Wish.kind == "size"),
        select(literal("country"), Address.country).where(
            and_(Address.person_id == me, Address.is_default)))

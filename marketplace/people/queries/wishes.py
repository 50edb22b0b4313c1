"""What a person told once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select

from marketplace.foundation.database import read
from marketplace.people.models import HealthWish, Wish
from marketplace.web.formats import money


@dataclass(frozen=True, slots=True)
class Told:
    """One wish as its owner sees it."""

    id: int
    kind: str
    subject_id: int | None
    value: dict[str, Any]
    said_at: datetime
    checked_at: datetime


def wishes_of(person_id: int) -> Sequence[Told]:
    """Everything told, newest first. Loads: 1 statement."""
    return [Told(*row) for row in read(
        select(Wish.id, Wish.kind, Wish.subject_id, Wish.value, Wish.said_at, Wish.checked_at)
        .where(Wish.person_id == person_id).order_by(Wish.said_at.desc(), Wish.id.desc())
        .limit(200))]


def wish_words(person_id: int, kind: str) -> str:
    """The words of the newest wish of a kind, for pre-filling; "" for none. Loads: 1 statement."""
    row = read(select(Wish.value).where(Wish.person_id == person_id, Wish.kind == kind)
               .order_by(Wish.said_at.desc(), Wish.id.desc()).limit(1))
    return str(row[0][0].get("words", "")) if row else ""


def told_words(person_id: int) -> list[str]:
    """What somebody likes, dislikes and waits for, in their own words; for them alone.

    Loads: 1 statement.
    """
    rows = read(select(Wish.value).where(
        Wish.person_id == person_id, Wish.kind.in_(("like", "dislike", "occasion")))
        .order_by(Wish.said_at.desc(), Wish.id.desc()).limit(6))
    return [str(row[0].get("words", "")) for row in rows]


def sizes_of(person_id: int) -> frozenset[str]:
    """The sizes somebody told, folded: "m", "42". Loads: 1 statement."""
    rows = read(select(Wish.value).where(Wish.person_id == person_id, Wish.kind == "size"))
    return frozenset(str(row[0].get("words", "")).strip().casefold() for row in rows)


def own_health_wishes(person_id: int) -> Sequence[tuple[int, str, str]]:
    """Id, kind and words, for their owner's own pages and requests only. Loads: 1 statement."""
    return [tuple(row) for row in read(
        select(HealthWish.id, HealthWish.kind, HealthWish.value)
        .where(HealthWish.person_id == person_id).order_by(HealthWish.id))]


def kind_words() -> dict[str, str]:
    """Kinds of wishes in words."""
    return {
        "like": _("What I like"), "dislike": _("What I do not like"), "size": _("My size"),
        "budget": _("What I want to spend"), "occasion": _("An occasion"),
        "delivery": _("How parcels reach me"), "expectation": _("What I expect"),
        "allergy": _("Allergy"), "diet": _("Diet"),
    }


def said_words(one: Told) -> str:
    """A wish in words."""
    if one.kind == "budget":
        return _("up to %(amount)s", amount=money(int(one.value["minor"])))
    return str(one.value.get("words", ""))


def named_words(one: Told) -> str:
    """A wish with its kind, as a house reads it."""
    return f"{kind_words()[one.kind]}: {said_words(one)}"


def oldest_looks(people: Collection[int]) -> Mapping[int, datetime]:
    """When each of some people looked last at the oldest of their wishes. Loads: 1 statement."""
    return {row[0]: row[1] for row in read(
        select(Wish.person_id, func.min(Wish.checked_at))
        .where(Wish.person_id.in_(list(people))).group_by(Wish.person_id))}

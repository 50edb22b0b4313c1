"""Who speaks for what, and what they have from it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select, union_all

from marketplace.catalog.models import Product, ProductText
from marketplace.catalog.queries import title_of, visible_product_id
from marketplace.foundation.database import db
from marketplace.foundation.kept import forget_one, kept
from marketplace.groups.models import Ambassador, Group, Membership
from marketplace.people.models import Block
from marketplace.producers.models import Producer
from marketplace.producers.queries import producer_page, roles_of

COLUMNS = ("producer_id", "product_id", "group_id")
ACTIVE = "ambassadors"


@dataclass(frozen=True, slots=True)
class Thing:
    """What somebody can speak for; `house` is the producer whose people agree, None for groups."""

    column: str
    id: int
    name: str
    url: str
    lang: str
    house: int | None


@dataclass(frozen=True, slots=True)
class Spoken:
    """One ambassador as one of the two sides sees it."""

    row: Ambassador
    thing: Thing
    mine: bool

    @property
    def to_answer(self) -> bool:
        """Whether it is this side's turn."""
        return self.row.state == ("offered" if self.mine else "asked")


def thing_at(path: str, lang: str, viewer_id: int) -> Thing | None:
    """The producer, product or group at a path, if this viewer may know it."""
    kind, _slash, slug = path.strip("/").partition("/")
    if kind == "producers" and (page := producer_page(slug, lang, None)):
        return Thing("producer_id", page.card.id, page.card.name, page.card.url, "de",
                     page.card.id)
    if kind == "products" and (number := visible_product_id(slug)):
        house = db.session.scalar(select(Product.producer_id).where(Product.id == number))
        return Thing("product_id", number, title_of(slug, lang), f"/products/{slug}", lang, house)
    if kind == "groups":
        row = db.session.scalar(select(Group).where(Group.slug == slug))
        inside = row is not None and _part(row.id, viewer_id) is not None
        if row is not None and (row.kind != "secret" or inside):
            return Thing("group_id", row.id, row.name, f"/groups/{row.slug}", row.lang, None)
    return None


def _part(group_id: int, person_id: int) -> str | None:
    return db.session.scalar(select(Membership.role).where(
        Membership.group_id == group_id, Membership.person_id == person_id,
        Membership.left_at.is_(None)))


def agrees_for(thing: Thing, person_id: int) -> bool:
    """Whether somebody answers for a thing: the house's people, or who looks after the group."""
    if thing.house is not None:
        return any(role.producer_id == thing.house for role in roles_of(person_id))
    return _part(thing.id, person_id) in ("founder", "moderator")


def spoken_of(person_id: int, lang: str) -> Sequence[Spoken]:
    """What somebody speaks for or answers for, newest first; what ended is left out, and what
    somebody offers with whom there is a block: nobody learns of that. Loads: 6 statements.
    """
    houses = [role.producer_id for role in roles_of(person_id)]
    groups = select(Membership.group_id).where(
        Membership.person_id == person_id, Membership.left_at.is_(None),
        Membership.role.in_(("founder", "moderator")))
    goods = select(Product.id).where(Product.producer_id.in_(houses))
    blocked = union_all(select(Block.other_id).where(Block.owner_id == person_id),
                        select(Block.owner_id).where(Block.other_id == person_id))
    rows = db.session.scalars(
        select(Ambassador)
        .where(Ambassador.state != "ended", or_(
            and_(Ambassador.person_id == person_id, or_(
                Ambassador.state != "offered", Ambassador.asked_by.not_in(blocked))),
            Ambassador.producer_id.in_(houses), Ambassador.product_id.in_(goods),
            Ambassador.group_id.in_(groups)))
        .order_by(Ambassador.asked_at.desc(), Ambassador.id.desc()).limit(200)).all()
    things = _things(rows, lang)
    return [Spoken(row, thing, row.person_id == person_id) for row in rows
            if (thing := things.get(_key(row)))]


def speaks_for(person_id: int, lang: str) -> Sequence[tuple[int, str]]:
    """What somebody speaks for, or offered to: number and name, the newest first. Loads: 1
    statement.
    """
    title = (select(func.min(ProductText.title)).where(
        ProductText.product_id == Product.id, ProductText.lang == lang).scalar_subquery())
    rows = db.session.execute(
        select(Ambassador.id, func.coalesce(Producer.name, Group.name, title, Product.slug))
        .outerjoin(Producer, Producer.id == Ambassador.producer_id)
        .outerjoin(Group, Group.id == Ambassador.group_id)
        .outerjoin(Product, Product.id == Ambassador.product_id)
        .where(Ambassador.person_id == person_id, Ambassador.state.in_(("asked", "active")))
        .order_by(Ambassador.id.desc()).limit(100))
    return [(row[0], row[1]) for row in rows]


def _key(row: Ambassador) -> tuple[str, int]:
    return next((name, getattr(row, name)) for name in COLUMNS if getattr(row, name) is not None)


def _things(rows: Sequence[Ambassador], lang: str) -> Mapping[tuple[str, int], Thing]:
    wanted = {name: [getattr(row, name) for row in rows if getattr(row, name) is not None]
              for name in COLUMNS}
    found = {}
    for number, slug, name in db.session.execute(
            select(Producer.id, Producer.slug, Producer.name)
            .where(Producer.id.in_(wanted["producer_id"]))):
        found["producer_id", number] = Thing("producer_id", number, name, f"/producers/{slug}",
                                             "de", number)
    for number, slug, house in db.session.execute(
            select(Product.id, Product.slug, Product.producer_id)
            .where(Product.id.in_(wanted["product_id"]))):
        found["product_id", number] = Thing("product_id", number, title_of(slug, lang) or slug,
                                            f"/products/{slug}", lang, house)
    for number, slug, name, said in db.session.execute(
            select(Group.id, Group.slug, Group.name, Group.lang)
            .where(Group.id.in_(wanted["group_id"]))):
        found["group_id", number] = Thing("group_id", number, name, f"/groups/{slug}", said, None)
    return found


def thing_of(row: Ambassador, lang: str) -> Thing | None:
    """What an ambassador speaks for. Loads: 3 statements."""
    return _things([row], lang).get(_key(row))


def benefits(person_ids: Collection[int], *, producer_id: int | None = None,
             product_id: int | None = None, group_id: int | None = None) -> Mapping[int, str]:
    """Which of these people speak for a thing now, and what they have from it.

    Who speaks for a house speaks for its goods. Loads: 1 statement a minute.
    """
    known = kept(ACTIVE, _active)
    asked = {"producer_id": producer_id, "product_id": product_id, "group_id": group_id}
    found: dict[int, str] = {}
    for column, number in asked.items():
        found.update(known.get((column, number or 0), {}))
    return {person: words for person, words in found.items() if person in person_ids}


def _active() -> Mapping[tuple[str, int], Mapping[int, str]]:
    found: dict[tuple[str, int], dict[int, str]] = {}
    for row in db.session.scalars(select(Ambassador).where(Ambassador.state == "active")):
        found.setdefault(_key(row), {})[row.person_id] = row.benefit
    return found


def forget_benefits() -> None:
    """Who speaks for what is looked up anew."""
    forget_one(ACTIVE)


def house_of(row: Ambassador) -> int | None:
    """The producer that an ambassador speaks for, by itself or by one of its goods."""
    if row.product_id is not None:
        return db.session.scalar(select(Product.producer_id).where(Product.id == row.product_id))
    return row.producer_id


def still_speaks(person_id: int, house: int) -> bool:
    """Whether somebody speaks for a house or any of its goods now. Loads: 1 statement."""
    goods = select(Product.id).where(Product.producer_id == house)
    return db.session.scalar(select(Ambassador.id).where(
        Ambassador.person_id == person_id, Ambassador.state == "active",
        or_(Ambassador.producer_id == house, Ambassador.product_id.in_(goods))).limit(1)
    ) is not None

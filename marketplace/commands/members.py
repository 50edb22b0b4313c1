"""Taking in a member with the file they took along: `flask import members FILE`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import click
from sqlalchemy import Date, insert, select, update

from marketplace.bundles.rules import Place
from marketplace.foundation import clock
from marketplace.foundation.database import UtcDateTime, committing, db
from marketplace.foundation.errors import MarketError
from marketplace.people.models import Account, Person
from marketplace.people.queries.packing import FORMAT

PROFILE = ("display_name", "about", "region", "languages", "picture_seed", "lang", "time_zone",
           "theme", "age_class", "joined_on", "page_indexed", "suggestions_on", "counted")
OWN = ("consents", "visibility", "wishes", "health_wishes", "addresses", "follows", "trusts",
       "blocks", "mutes")
"""Tables of `people` that come along, in this order."""
OTHERS = ("followed_id", "trusted_id", "other_id")
Rows = list[dict[str, Any]]


class Brought:
    """The file of one member, and what its numbers mean outside."""

    def __init__(self, path: Path) -> None:
        try:
            with ZipFile(path) as whole:
                self.rooms: dict[str, dict[str, Rows]] = {
                    name.removesuffix(".json"): json.loads(whole.read(name))
                    for name in whole.namelist() if name.endswith(".json")}
        except (BadZipFile, ValueError, KeyError) as fault:
            raise click.ClickException(f"{path.name} is no file of a member: {fault}") from fault
        about: Any = self.rooms.pop("about", {})
        if about.get("format") != FORMAT:
            raise click.ClickException(f"{path.name} is not of the form {FORMAT}")
        self.handle, self.names = str(about["handle"]), about["names"]

    def rows(self, room: str, table: str) -> Rows:
        """Rows of a table, none if there are none."""
        return self.rooms.get(room, {}).get(table, [])

    def name(self, kind: str, number: Any) -> str | None:
        """What a number is called everywhere."""
        found: Mapping[str, str] = self.names.get(kind, {})
        return found.get(str(number))


def take_in(path: Path) -> dict[str, int]:
    """Take one member in; how many rows of each kind came along. Raises ClickException."""
    brought = Brought(path)
    try:
        with committing():
            person_id = _person(brought)
            counts = _own_rows(brought, person_id)
            counts |= {"groups": _groups(brought, person_id),
                       "ratings": _ratings(brought, person_id),
                       "bundles": _bundles(brought, person_id)}
    except MarketError as fault:
        raise click.ClickException(fault.sentence) from fault
    return counts


def _person(brought: Brought) -> int:
    """The member with profile and address; they choose a password by the link for a new one."""
    from marketplace.people.actions import ensure_outsiders
    from marketplace.people.queries import by_email

    account = brought.rows("people", "accounts")[0]
    row = brought.rows("people", "people")[0]
    person_id = ensure_outsiders({"": brought.handle})[""]
    if db.session.get(Account, person_id) is not None or by_email(account["email"]) is not None:
        raise click.ClickException(f"@{brought.handle}, or the address, is here already")
    values = _values(Person.__table__, {name: row.get(name) for name in PROFILE})
    db.session.execute(update(Person).where(Person.id == person_id).values(
        **values, joined_at=clock.now()))
    db.session.add(Account(person_id=person_id, email=account["email"],
                           email_folded=account["email"].lower(), active_on=clock.today()))
    db.session.flush()
    return person_id


def _values(table: Any, row: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a row as the columns want them."""
    def fitting(name: str, value: Any) -> Any:
        if isinstance(value, str) and isinstance(table.c[name].type, UtcDateTime):
            return datetime.fromisoformat(value)
        dated = isinstance(value, str) and isinstance(table.c[name].type, Date)
        return date.fromisoformat(value) if dated else value

    return {name: fitting(name, value) for name, value in row.items()}


def _own_rows(brought: Brought, person_id: int) -> dict[str, int]:
    """Consents, wishes, addresses, audiences and ties; people who are not here yet are named."""
    from marketplace.people.actions import ensure_outsiders
    from marketplace.people.models import Subject

    subjects = dict(db.session.execute(select(Subject.slug, Subject.id)).all())
    known = {number: handle for number, handle in brought.names.get("people", {}).items()
             if handle != brought.handle}
    people = ensure_outsiders(known)
    consents: dict[int, int] = {}
    maps: dict[str, Callable[[Any], Any]] = {
        "subject_id": lambda number: subjects.get(brought.name("subjects", number) or ""),
        "consent_id": lambda number: consents.get(number),
        **dict.fromkeys(OTHERS, lambda number: people.get(str(number)))}
    counts = {}
    for name in OWN:
        table = db.metadata.tables[name]
        rows = brought.rows("people", name)
        for row in rows:
            values = {key: maps[key](value) if key in maps and value is not None else value
                      for key, value in row.items() if key != "id"}
            values |= {key: person_id for key in ("person_id", "follower_id", "truster_id",
                                                  "owner_id") if key in values}
            made = db.session.execute(insert(table).values(**_values(table, values)))
            if name == "consents":
                consents[row["id"]] = int(made.inserted_primary_key[0])  # type: ignore[attr-defined]
        counts[name] = len(rows)
    return counts


def _groups(brought: Brought, person_id: int) -> int:
    """Groups of the member that are here are joined; one that is not is begun by the first."""
    from marketplace.groups.actions import found, join
    from marketplace.groups.models import Group
    from marketplace.people.queries import subjects

    count = 0
    for row in brought.rows("groups", "memberships"):
        slug = brought.name("groups", row["group_id"])
        if slug is None or row.get("left_at"):
            continue
        here = db.session.scalar(select(Group).where(Group.slug == slug))
        if here is None:
            title = slug.replace("-", " ").capitalize()
            found(person_id, title, f"{title}: came along with @{brought.handle}.", "open",
                  subjects()[0].id, "de")
        elif here.kind != "secret":
            join(here, person_id)
        count += 1
    return count


def _here(brought: Brought) -> dict[int, int]:
    """Goods that the file names and that are here, by their number there."""
    from marketplace.catalog.models import Product

    slugs = {slug: int(number) for number, slug in brought.names.get("products", {}).items()}
    return {slugs[slug]: product_id for slug, product_id in db.session.execute(
        select(Product.slug, Product.id).where(Product.slug.in_(list(slugs))))}


def _ratings(brought: Brought, person_id: int) -> int:
    """Answers come as imported ones, apart from every score; goods that are not here wait."""
    from marketplace.reviews.models import ImportedRating

    goods, count = _here(brought), 0
    for row in brought.rows("reviews", "ratings"):
        if row["product_id"] in goods:
            db.session.add(ImportedRating(
                source="member", source_ref=f"{brought.handle} {row['code']}"[:60],
                product_id=goods[row["product_id"]], source_person=brought.handle,
                person_id=person_id, value=1.0 if row["again"] else 0.0, scale="0-1",
                words=row.get("words") or "", at=datetime.fromisoformat(row["given_at"])))
            count += 1
    db.session.flush()
    return count


def _bundles(brought: Brought, person_id: int) -> int:
    """Bundles whose goods are all here, as drafts of the member."""
    from marketplace.bundles.actions import ItemWish, fill, start
    from marketplace.bundles.models import BoardTemplate

    goods, count = _here(brought), 0
    boards = dict(db.session.execute(select(BoardTemplate.slug, BoardTemplate.id)).all())
    for row in brought.rows("bundles", "bundles"):
        items = [one for one in brought.rows("bundles", "bundle_items")
                 if one["bundle_id"] == row["id"]]
        board = boards.get(brought.name("boards", row["template_id"]) or "")
        laid = row.get("mode") == "collage"
        if (board is None and not laid) or not all(one["product_id"] in goods for one in items):
            continue
        made = start(person_id, board, row["title"], row["lang"])
        fill(made.id, person_id, made.version, {
            "title": row["title"], "words": row["words"], "mode": "collage" if laid else "board"},
             [ItemWish(one["slot"] or "", goods[one["product_id"]], one["qty"], one["note"],
                       place=_place(one)) for one in sorted(items, key=lambda one: one["pos"])])
        count += 1
    return count


def _place(item: Mapping[str, Any]) -> Place | None:
    """Where a part lay on a free board."""
    if item.get("x") is None:
        return None
    left, top, width, height = item["crop"]
    return Place(item["x"], item["y"], item["w"], item["h"], item["rot"], item["z"],
                 (left, top, width, height))

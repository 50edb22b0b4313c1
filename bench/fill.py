"""Fills an empty instance for measuring: the demo, and copies of it under ids of their own.

Usage: ZURUF_INSTANCE=<folder> python -m bench.fill [--worlds 25] [--products 10000]
       [--shelves 264] [--words 0]
Each world is a copy of the demo's people, goods, orders and ratings; beyond the worlds only goods
are copied until `--products` is reached. Goods are spread over `--shelves` categories, and that
share of the ratings without words gets some (the demo's own, in turn). Prints what the instance
holds then.
"""

from __future__ import annotations

import argparse
import base64
import sys
import time
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    String,
    Table,
    func,
    insert,
    select,
    update,
)

GOODS = ("products", "product_texts", "particulars", "fact_values", "pictures",
         "product_occasions", "lots", "variants", "prices")
WORLD = ("people", "consents", "visibility", "follows", "trusts", "producers", "producer_texts",
         "faces", "traders", "promises", "producer_follows", "shipping_zones", "shipping_rates",
         "bank_accounts", *GOODS, "orders", "seller_orders", "order_lines", "ratings",
         "rating_versions", "rating_occasions", "replies", "signals", "recommendations")
SHORT, BATCH = 26, 2_000
HIDDEN = {("products", "main_picture_id"): "pictures"}
NAMES = {("variants", "sku")}


class Copier:
    """Copies rows under new ids; keeps references among the copied tables whole."""

    def __init__(self, names: tuple[str, ...]) -> None:
        from marketplace.foundation.database import db

        self._db = db
        self.tables = [db.metadata.tables[name] for name in names]
        self._steps = {t.name: int(db.session.scalar(select(func.max(t.c.id))) or 0)
                       for t in self.tables if "id" in t.c}
        self._rows = {t.name: [dict(row._mapping) for row in db.session.execute(select(t))]
                      for t in self.tables}

    def copy(self, number: int) -> None:
        """Write copy `number` (from 1) of every row."""
        for table in self.tables:
            rows = [self._copied(table, row, number) for row in self._rows[table.name]]
            for start in range(0, len(rows), BATCH):
                self._db.session.execute(insert(table), rows[start:start + BATCH])

    def _copied(self, table: Table, row: Mapping[str, Any], number: int) -> dict[str, Any]:
        made = dict(row)
        if "id" in made:
            made["id"] += self._steps[table.name] * number
        for column, target in _references(table):
            if target in self._steps and made[column] is not None:
                made[column] += self._steps[target] * number
        for column in _own_names(table):
            if made[column.name] is not None:
                made[column.name] = _renamed(str(made[column.name]), column, number)
        return made


def _references(table: Table) -> Iterator[tuple[str, str]]:
    """Each column that holds the id of a row, with that row's table."""
    for constraint in table.constraints:
        if isinstance(constraint, ForeignKeyConstraint):
            for element in constraint.elements:
                if element.column.name == "id":
                    yield element.parent.name, element.column.table.name
    for (name, column), target in HIDDEN.items():
        if name == table.name:
            yield column, target


def _own_names(table: Table) -> list[Column[Any]]:
    """Columns of text whose value may stand only once."""
    alone = {c.name for c in table.c if c.unique or (table.name, c.name) in NAMES}
    for rule in [*table.constraints, *table.indexes]:
        columns = [c.name for c in getattr(rule, "columns", ())]
        if getattr(rule, "unique", False) or type(rule).__name__ == "UniqueConstraint":
            alone |= set(columns) if len(columns) == 1 else set()
    return [c for c in table.c if c.name in alone and isinstance(c.type, String)]


def _renamed(value: str, column: Column[Any], number: int) -> str:
    long = getattr(column.type, "length", None) or 200
    if long < SHORT:
        digest = blake2b(f"{value} {number}".encode(), digest_size=20).digest()
        return base64.b32encode(digest).decode()[:long]
    return f"{value[:long - 6]}-{number}"


def main() -> int:
    """Load, copy, count anew, index."""
    read = argparse.ArgumentParser()
    read.add_argument("--worlds", type=int, default=25)
    read.add_argument("--products", type=int, default=10_000)
    read.add_argument("--shelves", type=int, default=264)
    read.add_argument("--words", type=float, default=0.0)
    asked = read.parse_args()
    from marketplace import create_app

    with create_app().app_context():
        fill(asked.worlds, asked.products, asked.shelves, asked.words)
    return 0


def spread(shelves: int) -> None:
    """Divide each shelf until there are `shelves`, and spread its goods over the parts."""
    from marketplace.catalog.models import Category, Product
    from marketplace.foundation.database import db

    ends = db.session.scalars(select(Category).where(Category.parent_id.is_not(None))
                              .order_by(Category.id)).all()
    wanted = shelves - (db.session.scalar(select(func.count(Category.id))) or 0)
    parts: dict[int, list[int]] = {end.id: [end.id] for end in ends}
    for number in range(max(0, wanted)):
        end = ends[number % len(ends)]
        part = Category(parent_id=end.id, slug=f"{end.slug}-part-{number}"[:60],
                        name_de=f"{end.name_de} {number}", name_en=f"{end.name_en} {number}",
                        subject_id=end.subject_id, template=end.template,
                        tax_category=end.tax_category, age_class=end.age_class,
                        position=end.position + 1)
        db.session.add(part)
        db.session.flush()
        parts[end.id].append(part.id)
    for end_id, ids in parts.items():
        for place, part_id in enumerate(ids):
            db.session.execute(update(Product).where(
                Product.category_id == end_id, Product.id % len(ids) == place,
            ).values(category_id=part_id))


def give_words(share: float) -> None:
    """Let `share` of the ratings without words say what others of the same answer said."""
    from marketplace.foundation.database import db
    from marketplace.reviews.models import Rating

    for again in (True, False):
        said = db.session.scalars(select(Rating.words).where(
            Rating.words != "", Rating.again.is_(again)).order_by(Rating.id).limit(400)).all()
        mute = db.session.scalars(select(Rating.id).where(
            Rating.words == "", Rating.again.is_(again)).order_by(Rating.id)).all()
        rows = [{"id": i, "words": said[n % len(said)], "lang": "de"}
                for n, i in enumerate(mute[:int(share * len(mute))])]
        for start in range(0, len(rows), BATCH):
            db.session.execute(update(Rating), rows[start:start + BATCH])


def fill(worlds: int, products: int, shelves: int, words: float) -> None:
    """Fill the instance of the current app."""
    from flask import current_app
    from flask_migrate import upgrade

    from marketplace.demo.load import load_demo
    from marketplace.foundation.database import committing, db
    from marketplace.reviews.actions.rebuilding import rebuild_scores
    from marketplace.search.jobs import rebuild

    started = time.perf_counter()
    upgrade(str(current_app.root_path) + "/../migrations")
    load_demo()
    copier, goods = Copier(WORLD), Copier(GOODS)
    each = len(goods._rows["products"])
    for number in range(1, worlds):
        with committing():
            copier.copy(number)
        print(f"\rworld {number + 1} of {worlds}", end="", file=sys.stderr)
    for number in range(worlds, products // each):
        with committing():
            goods.copy(number)
        print(f"\rgoods {(number + 1) * each} of {products}", end="", file=sys.stderr)
    with committing():
        spread(shelves)
        give_words(words)
    with committing():
        rebuild_scores()
    rebuild()
    counts = {name: db.session.scalar(select(func.count()).select_from(db.metadata.tables[name]))
              for name in ("products", "people", "orders", "ratings", "signals")}
    print("\n" + ", ".join(f"{count} {name}" for name, count in counts.items())
          + f" in {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    sys.exit(main())

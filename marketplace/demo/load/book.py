"""What the phases of loading share: the moment, drawn codes, ids by name, and bulk inserts."""

from __future__ import annotations

import base64
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from marketplace.demo.content.kinds import Content
from marketplace.demo.history import History, Ties
from marketplace.foundation.codes import SIGNS, check_sign
from marketplace.foundation.database import Model, db

Row = dict[str, Any]
BATCH = 500
MINUTES_A_DAY = 24 * 60


@dataclass(slots=True)
class Book:
    """One loading. Ids count from 1, so that rows can point to each other before they exist."""

    content: Content
    history: History
    ties: Ties
    now: datetime
    draw: random.Random
    people: dict[str, int] = field(default_factory=dict)
    producers: dict[str, int] = field(default_factory=dict)
    products: dict[str, int] = field(default_factory=dict)
    variants: dict[str, int] = field(default_factory=dict)
    lots: dict[tuple[str, str], int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    bundles: dict[str, int] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)
    subjects: dict[str, int] = field(default_factory=dict)
    occasions: dict[str, int] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    asks: dict[str, Row] = field(default_factory=dict)
    ratings: dict[tuple[str, str, str], int] = field(default_factory=dict)
    posts: dict[tuple[str, str, str], int] = field(default_factory=dict)
    password_hash: str = ""
    last_id: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)

    def ago(self, minutes: float) -> datetime:
        """The moment so many minutes before loading."""
        return self.now - timedelta(minutes=minutes)

    def days_ago(self, days: float) -> datetime:
        """The moment so many days before loading."""
        return self.ago(days * MINUTES_A_DAY)

    def next_id(self, table: type[Model]) -> int:
        """The next id of a table."""
        self.last_id[table.__tablename__] += 1
        return self.last_id[table.__tablename__]

    def insert(self, table: type[Model], rows: list[Row]) -> None:
        """Write rows in batches; all have the same keys. Changes that table only."""
        for start in range(0, len(rows), BATCH):
            db.session.execute(insert(table), rows[start : start + BATCH])
        self.written[table.__tablename__] += len(rows)

    def code(self, length: int) -> str:
        """A code people read aloud, drawn, with its check sign."""
        body = "".join(self.draw.choice(SIGNS) for _ in range(length))
        return body + check_sign(body)

    def secret(self) -> str:
        """A reference of 96 drawn bits in URL-safe signs; the demo has nothing to keep secret."""
        return base64.urlsafe_b64encode(self.draw.randbytes(12)).decode()

    def lang_of(self, handle: str) -> str:
        """The language somebody writes in; quiet members write German."""
        langs = {one.handle: one.lang for one in self.content.writers}
        langs.update({one.handle: one.lang for one in self.content.cast})
        return langs.get(handle, "de")

    def producer_of(self, product: str) -> str:
        """The slug of the producer of a product."""
        return next(
            house.slug
            for house in self.content.producers
            if any(one.slug == product for one in house.products)
        )

"""catalog section 8: statements do not grow with rows; large tables are read by indexes only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text

from marketplace.catalog.models import Product
from marketplace.catalog.queries import cards
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from tests.cast import Cast
from tests.databases import sent_statements

WINE = "riesling-vom-schiefer"
LARGE = ("products", "variants", "product_texts", "particulars", "pictures", "prices",
         "fact_values", "search_documents", "reductions", "lots", "ratings")
"""Tables that grow with the goods: to read one whole is a fault."""


@contextmanager
def asked() -> Iterator[list[tuple[str, Any]]]:
    """Every reading statement sent to the database, with its values."""
    found: list[tuple[str, Any]] = []

    def note(conn, cursor, statement, parameters, context, executemany):  # type: ignore[no-untyped-def]
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            found.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def whole_reads(statement: str, parameters: Any) -> list[str]:
    """Large tables that a statement reads from end to end, by the plan of this engine."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            rows = [str(row[3]) for row in plan]
            names = _aliases(statement)
            scanned = {row.split()[1] for row in rows
                       if row.startswith("SCAN ") and " USING " not in row}
            return sorted({names.get(name, name) for name in scanned} & set(LARGE))
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).all()
        found_names = {one.group(1) for row in plan
                       if (one := re.search(r"Seq Scan on (\w+)", str(row[0])))}
        return sorted(found_names & set(LARGE))


def _aliases(statement: str) -> dict[str, str]:
    """Short names of tables in a statement."""
    return {alias: name for name, alias in re.findall(r"(\w+) AS (\w+)", statement)}


@pytest.mark.parametrize("path", [
    "/products", "/categories/white-wine", f"/products/{WINE}", f"/products/{WINE}/particulars",
    f"/products/{WINE}/price", "/producers/weingut-kaltbach",
    "/products?attribute=grape%3Driesling"])
def test_lists_and_pages_use_indexes_only(app: Flask, cast: Cast, path: str) -> None:
    """Section 8: with 100,000 goods no page may read a table of goods from end to end."""
    visitor = app.test_client()
    app.extensions.pop("kept", None)
    with asked() as found:
        assert visitor.get(path).status_code == 200
    db.session.rollback()
    wrong = {statement[:160]: names for statement, values in found
             if (names := whole_reads(statement, values))}
    assert not wrong, wrong


def test_a_whole_read_is_seen(app: Flask) -> None:
    """The check above finds what it looks for."""
    assert whole_reads("SELECT place_of_making FROM products", ()) == ["products"]


def test_cards_take_one_statement(app: Flask, cast: Cast) -> None:
    """Section 8: `queries.cards` 2 statements at most, for 1 or 100 products; here it is one."""
    shelf = db.session.scalar(db.select(Product.category_id).where(Product.slug == WINE))
    producer_id = cast.goods(WINE).producer_id
    db.session.rollback()
    now = clock.now()
    with committing():
        db.session.add_all(Product(
            producer_id=producer_id, category_id=shelf, main_category_id=shelf,
            slug=f"viel-{n}", code=f"V{n}", state="published", made_at=now,
            last_change_at=now)
            for n in range(100))
    ids = db.session.scalars(db.select(Product.id)).all()
    db.session.rollback()
    for some in (ids[:1], ids):
        with sent_statements() as sent:
            assert len(cards(some, "de")) == len(some)
        assert len(sent) == 1
        db.session.rollback()

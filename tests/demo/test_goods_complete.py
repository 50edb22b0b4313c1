"""Demo goods say everything that their shelves ask for (catalog-2, on true-to-life content)."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from marketplace.catalog.models import Product
from marketplace.catalog.queries.readiness import gathered, obstacles
from marketplace.demo.load import Book
from marketplace.foundation import clock
from marketplace.foundation.database import db


def test_every_product_on_sale_could_be_published_anew(demo: tuple[Path, Flask, Book]) -> None:
    """All hundred products pass what a producer's own would have to pass."""
    with demo[1].app_context():
        ids = db.session.scalars(db.select(Product.id).where(
            Product.state == "published")).all()
        lacking = {one.product.slug: obstacles(one)
                   for one in gathered(ids, clock.today()).values() if obstacles(one)}
        db.session.rollback()
    assert len(ids) > 90
    assert not lacking, lacking

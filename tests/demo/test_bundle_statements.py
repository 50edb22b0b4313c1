"""What bundles cost on a filled market: the same for two parts and for twenty-four."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask

from marketplace.bundles.models import Bundle, BundleItem
from marketplace.catalog.models import Product, Variant
from marketplace.demo.load import Book
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from tests.browsers import Browser
from tests.cast import Cast
from tests.databases import sent_statements
from tests.demo.conftest import marketplace

MANY = 60


@pytest.fixture(scope="module")
def filled(
    demo: tuple[Path, Flask, Book], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """A copy of the loaded demo with sixty more bundles: of 24 goods each, the last of 2."""
    folder = tmp_path_factory.mktemp("bundles") / "market"
    shutil.copytree(demo[0], folder)
    app = marketplace(folder)
    app.test_client_class = Browser
    with app.app_context():
        cleo = Cast(app).id("cleo")
        goods = list(db.session.execute(
            db.select(Variant.product_id, db.func.min(Variant.id))
            .join(Product, Product.id == Variant.product_id)
            .where(Variant.active, Variant.on_hand > 40, Product.state == "published",
                   Product.age_class < 18)
            .group_by(Variant.product_id).order_by(Variant.product_id).limit(24)).all())
        db.session.rollback()
        with committing():
            for n in range(MANY):
                row = Bundle(slug=f"viel-{n}", author_id=cleo, title=f"Viel {n}", lang="de",
                             state="published", published_at=clock.now(), changed_at=clock.now())
                db.session.add(row)
                db.session.flush()
                db.session.add_all(
                    BundleItem(bundle_id=row.id, pos=pos, slot="", product_id=product,
                               variant_id=variant)
                    for pos, (product, variant) in enumerate(
                        goods if n < MANY - 1 else goods[:2], start=1))
        yield app


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the first look kept is still fresh at the second."""
    monkeypatch.setattr("marketplace.foundation.kept.time", SimpleNamespace(monotonic=lambda: 0.0))


def taken(app: Flask, who: str, path: str) -> int:
    """Statements of a page once what moves slowly is known."""
    client = Cast(app).browser(who) if who else app.test_client()
    assert client.get(path).status_code == 200, path
    with sent_statements() as sent:
        assert client.get(path).status_code == 200
    return len(sent)


@pytest.mark.parametrize("who", ["", "gina"])
def test_page_costs_the_same_for_two_parts_and_for_twenty_four(filled: Flask, who: str) -> None:
    """bundles 8: at most 10 statements with 2 or 24 items."""
    few, many = (taken(filled, who, f"/bundles/viel-{n}") for n in (MANY - 1, 0))
    assert max(few, many) <= 10 and abs(few - many) <= 1, (few, many)


@pytest.mark.parametrize("who", ["", "gina"])
def test_list_costs_the_same_when_full(filled: Flask, who: str) -> None:
    """bundles 8: a page of the list takes at most 6 statements, full of bundles of 24 goods, by
    date and by votes.
    """
    for order in ("new", "best"):
        assert taken(filled, who, f"/bundles?order={order}") <= 6, order


def test_twenty_four_parts_into_a_basket(filled: Flask) -> None:
    """bundles 8: at most 12 statements and one for each distinct variant."""
    cast = Cast(filled)
    dan = cast.browser("dan")
    dan.get("/basket")
    with sent_statements() as sent:
        assert cast.post(dan, "/bundles/viel-0/basket").status_code == 303
    own = [one for one in sent if not one.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]
    assert len(own) <= 12 + 24, "\n".join(one[:150].replace(chr(10), " ") for one in own)

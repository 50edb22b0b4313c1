"""A chain of a thousand variants is drawn like one of five."""

from __future__ import annotations

import sqlalchemy as sa
from flask.testing import FlaskClient

from marketplace.bundles.models import Bundle, BundleItem
from marketplace.bundles.rules import MOST_STEPS
from marketplace.foundation.database import committing, db
from tests.bundles.test_views_bundles import HAT, WINE, published
from tests.cast import Cast

LENGTH = 1_000


def lengthen(first: int) -> list[str]:
    """A thousand variants, each of the one before; their addresses."""
    root = db.session.get_one(Bundle, first)
    row = {column.name: getattr(root, column.key) for column in sa.inspect(Bundle).columns
           if column.name != "id"}
    items = [{column.name: getattr(item, column.key) for column in sa.inspect(BundleItem).columns
              if column.name not in ("id", "bundle_id")}
             for item in db.session.scalars(sa.select(BundleItem).where(
                 BundleItem.bundle_id == first))]
    table, parent = Bundle.__table__, first
    slugs = []
    for step in range(1, LENGTH + 1):
        made = db.session.execute(sa.insert(table).values({
            **row, "slug": f"schritt-{step}", "title": f"Schritt Nummer {step}",
            "code": f"chain{step}", "parent_id": parent, "root_id": first, "depth": step,
            "remixes": int(step < LENGTH)} if "code" in row else {
            **row, "slug": f"schritt-{step}", "title": f"Schritt Nummer {step}",
            "parent_id": parent, "root_id": first, "depth": step,
            "remixes": int(step < LENGTH)}))
        parent = int(made.inserted_primary_key[0])
        db.session.execute(sa.insert(BundleItem.__table__),
                           [{**item, "bundle_id": parent} for item in items])
        slugs.append(f"/bundles/schritt-{step}")
    return slugs


def test_chain_of_a_thousand(cast: Cast, client: FlaskClient, statements: list[str]) -> None:
    """bundles-7, the village: both ends and the middle open with as many statements as a chain of
    one; the fiftieth step is made no variant of, in words; the one before is.
    """
    page = published(cast, cast.browser("cleo"), WINE, HAT)
    first = db.session.scalar(sa.select(Bundle.id))
    with committing():
        slugs = lengthen(first)
    needed = []
    for address in (slugs[0], slugs[499], slugs[-1]):
        client.get(address)
        statements.clear()
        shown = client.get(address)
        assert shown.status_code == 200
        needed.append(len(statements))
        assert len(shown.get_data()) < 200_000
    assert max(needed) - min(needed) <= 2, needed
    assert client.get(page).status_code == 200
    refused = cast.post(cast.browser("eva"), f"{slugs[MOST_STEPS - 1]}/remix")
    assert refused.status_code == 409 and "long enough" in refused.get_data(as_text=True)
    assert db.session.scalar(sa.select(sa.func.count(Bundle.id))) == LENGTH + 1
    assert cast.post(cast.browser("eva"), f"{slugs[MOST_STEPS - 2]}/remix").status_code == 303
    with committing():
        db.session.execute(sa.update(Bundle).where(Bundle.slug == "schritt-500").values(
            state="withdrawn"))
    assert client.get(slugs[500]).status_code == 200

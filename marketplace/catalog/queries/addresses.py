"""Products by their address."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.catalog.models import OldSlug, Product, ProductText
from marketplace.catalog.queries.cards import PUBLIC
from marketplace.foundation.database import db


def visible_product_id(slug: str) -> int | None:
    """The id of a product that has a page. Loads: 1 statement."""
    return db.session.scalar(
        select(Product.id).where(Product.slug == slug, Product.state.in_(PUBLIC)))


def title_of(slug: str, lang: str) -> str:
    """The title of a product that has a page, in a language or another one; "" of others.

    Loads: 1 statement.
    """
    rows = db.session.execute(
        select(ProductText.title).join(Product, Product.id == ProductText.product_id)
        .where(Product.slug == slug, Product.state.in_(PUBLIC))
        .order_by(ProductText.lang != lang, ProductText.lang).limit(1))
    return rows.scalar() or ""


def taken_away(slug: str) -> bool:
    """Whether a decision took the product of this address away. Loads: 1 statement."""
    return db.session.scalar(select(Product.id).where(
        Product.slug == slug, Product.held_state.in_(PUBLIC))) is not None


def former_slug(slug: str) -> str | None:
    """Where a product of this former address is now. Loads: 1 statement."""
    return db.session.scalar(
        select(Product.slug).join(OldSlug, OldSlug.product_id == Product.id)
        .where(OldSlug.slug == slug))

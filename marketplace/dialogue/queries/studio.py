"""What a producer's studio shows beside threads."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import func, select

from marketplace.catalog.models import Product, ProductText, Variant
from marketplace.foundation.database import db
from marketplace.orders.models import SellerOrder
from marketplace.orders.rules.dates import next_working
from marketplace.producers.queries.hours import calendar_of
from marketplace.reviews.models import Rating, Reply

FEW, AHEAD = 3, timedelta(days=400)


def rating_by_code(code: str) -> Rating | None:
    """A buyer's answer by its code. Loads: 1 statement."""
    return db.session.scalar(select(Rating).where(Rating.code == code)
                             .execution_options(populate_existing=True))


def ratings_by_id(ids: Collection[int]) -> Mapping[int, Rating]:
    """Buyers' answers by id. Loads: 1 statement, none without ids."""
    if not ids:
        return {}
    rows = db.session.scalars(select(Rating).where(Rating.id.in_(list(ids))))
    return {row.id: row for row in rows}


def reply_to(rating_id: int) -> Reply | None:
    """The producer's reply to an answer. Loads: 1 statement."""
    return db.session.scalar(select(Reply).where(Reply.rating_id == rating_id)
                             .execution_options(populate_existing=True))


def newest_voices(producer_id: int, limit: int = 3) -> Sequence[tuple[Rating, bool]]:
    """The newest words of a producer's buyers, a critical one among them, and whether a reply
    stands below them. Loads: 1 statement.
    """
    rows = [(row, reply is not None) for row, reply in db.session.execute(
        select(Rating, Reply.id).outerjoin(Reply, Reply.rating_id == Rating.id)
        .where(Rating.producer_id == producer_id, Rating.words != "",
               Rating.words_standing == "visible")
        .order_by(Rating.given_at.desc(), Rating.id.desc()).limit(30)).all()]
    shown = rows[:limit]
    critical = next((row for row in rows if not row[0].again), None)
    if critical is not None and critical not in shown:
        shown[-1] = critical
    return shown


def low_stock(producer_id: int, lang: str, limit: int = 6) -> Sequence[tuple[str, str, int]]:
    """Goods on sale of which few are left, as (title, slug, left). Loads: 1 statement."""
    left = Variant.on_hand - Variant.reserved
    title = (select(ProductText.title).where(ProductText.product_id == Product.id)
             .order_by(ProductText.lang != lang, ProductText.lang).limit(1).scalar_subquery())
    rows = db.session.execute(
        select(func.coalesce(title, Product.slug), Product.slug, left)
        .join(Variant, Variant.product_id == Product.id)
        .where(Product.producer_id == producer_id, Product.state == "published", Variant.active,
               Variant.made_to_order.is_(False), left <= FEW)
        .order_by(left, Product.id, Variant.id).limit(limit))
    return [(row[0], row[1], int(row[2])) for row in rows]


def parts_in_danger(producer_id: int, today: date, limit: int = 100) -> Sequence[tuple[str, date]]:
    """Parts that were paid, have not left and are promised for today, the next working day or
    before, the most urgent first, as (number, promised day). Loads: 3 statements, 1 if nothing is
    to be sent.
    """
    own = SellerOrder
    rows = db.session.execute(
        select(own.number, own.promised_on)
        .where(own.producer_id == producer_id, own.state.in_(("paid", "preparing")),
               own.promised_on.is_not(None)).order_by(own.promised_on, own.id).limit(limit)).all()
    if not rows:
        return []
    last = next_working(today, calendar_of(producer_id, today, today + AHEAD).closed)
    return [(number, day) for number, day in rows if day is not None and day <= last]

"""Orders with lines of any rate, paid and sent, and the documents that follow."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from marketplace.catalog.models import Variant
from marketplace.foundation.database import committing, db
from marketplace.orders.actions import NewLine, NewOrder, NewPart, create, hand_over, mark_paid, owe
from marketplace.orders.actions.create import insert_head
from marketplace.orders.models import Document, OrderLine, SellerOrder
from marketplace.producers.models import Trader
from marketplace.producers.queries import seller_block
from tests.cast import Cast

GOODS = "literwein-fuer-alle-tage"
_attempts = count(1)
Piece = tuple[str, int, int, str]
"""Title, single price, pieces, tax category."""


def ordered(cast: Cast, *pieces: Piece, sending: int = 690, deposit: int = 0, country: str = "DE",
            lang: str = "de", who: str | None = "cleo", mode: str = "live") -> int:
    """A part with these lines at ana's, paid; its id."""
    good = cast.goods(GOODS)
    with committing():
        db.session.execute(db.update(Variant).where(Variant.id == good.variant_id)
                           .values(on_hand=100_000))
        seller = seller_block([good.producer_id])[good.producer_id]
        lines = [NewLine(good.variant_id, good.product_id, None, title, "", None, qty, unit,
                         deposit, "", category, 0, "yes", None, None, ())
                 for title, unit, qty, category in pieces]
        new = NewOrder(
            f"paper-{next(_attempts)}", cast.id(who) if who else None, "cleo@example.org", lang,
            {"name": "Cleo Ärmel", "street": "Feldweg 3", "postcode": "10115", "city": "Berlin",
             "country": country}, None, "bank_transfer", mode,
            [NewPart(good.producer_id, seller, {"holder": "S", "iban": "DE02"}, sending, 2,
                     lines)])
        order = insert_head(new, "m1")
        assert order is not None
        create(order, new)
        part_id = db.session.scalars(db.select(SellerOrder.id).where(
            SellerOrder.order_id == order.id)).one()
        mark_paid(part_id, "system")
    return part_id


def sent(cast: Cast, *pieces: Piece, **how: object) -> int:
    """As `ordered`, and on its way, so that there is an invoice."""
    part_id = ordered(cast, *pieces, **how)  # type: ignore[arg-type]
    with committing():
        hand_over(part_id, "Ana")
    return part_id


def lines_of(part_id: int) -> dict[str, OrderLine]:
    """Lines by title, as they stand in the database."""
    db.session.rollback()
    return {row.title: row for row in db.session.scalars(
        db.select(OrderLine).where(OrderLine.seller_order_id == part_id)
        .execution_options(populate_existing=True))}


def give_back(part_id: int, pieces: Mapping[str, tuple[int, int]] | None = None, *,
              sending: int = 0, rest: int = 0, cause: str = "complaint") -> None:
    """A refund of (pieces, amount) by title, of sending, and of nothing in particular."""
    lines = {lines_of(part_id)[title].id: back for title, back in (pieces or {}).items()}
    total = sum(minor for _qty, minor in lines.values()) + sending + rest
    db.session.rollback()
    with committing():
        owe(part_id, cause, total, lines=lines, shipping_minor=sending, name="Ana",
            goods_minor=total - sending)


def papers(part_id: int) -> list[Document]:
    """Documents of a part, oldest first."""
    db.session.rollback()
    return list(db.session.scalars(
        db.select(Document).where(Document.seller_order_id == part_id).order_by(Document.id)
        .execution_options(populate_existing=True)))


def amounts(row: Document) -> dict[int, tuple[int, int]]:
    """Gross and VAT by rate."""
    return {one["bp"]: (one["gross_minor"], one["vat_minor"]) for one in row.rates}


def taxed(cast: Cast, status: str, **more: object) -> None:
    """Ana's house taxes like this from now on."""
    db.session.rollback()
    with committing():
        db.session.execute(db.update(Trader).where(
            Trader.producer_id == cast.goods(GOODS).producer_id)
            .values(vat_status=status, **more))

"""What must be true in the end: one sentence for each fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, select

from bench.faults.houses import OWN_MINOR, Good
from bench.faults.people import Attempt


def faults(attempts: Sequence[Attempt], goods: Sequence[Good], fake: Any) -> Iterator[str]:
    """Everything that is not as it should be."""
    from marketplace.commands.doctor import examine
    from marketplace.foundation.database import db

    db.session.rollback()
    yield from _orders(attempts)
    yield from _unfinished()
    yield from _charges(fake)
    yield from _accounts(fake)
    yield from _stock(goods)
    yield from (f"doctor: {one.check}: {one.words}" for one in examine() if one.level == "fault")


def _orders(attempts: Sequence[Attempt]) -> Iterator[str]:
    """Every order is whole or absent."""
    from marketplace.foundation.database import db
    from marketplace.orders.models import Order, OrderLine, SellerOrder

    known = {row.attempt_key: row for row in db.session.execute(
        select(Order.attempt_key, Order.number, Order.total_minor, Order.id)).all()}
    for one in attempts:
        row = known.get(one.key)
        if one.number and (row is None or row.number != one.number):
            yield f"{one.number}: told to the buyer, but not there"
        if row is not None and row.total_minor != one.shown_minor:
            yield f"{row.number}: {one.shown_minor} shown, {row.total_minor} ordered"
    parts = dict(db.session.execute(select(
        SellerOrder.order_id, func.sum(SellerOrder.total_minor)).group_by(SellerOrder.order_id))
        .all())
    for row in known.values():
        if parts.get(row.id) != row.total_minor:
            yield f"{row.number}: parts of {parts.get(row.id)}, {row.total_minor} in all"
    lines = dict(db.session.execute(select(
        OrderLine.seller_order_id, func.sum(OrderLine.total_minor))
        .group_by(OrderLine.seller_order_id)).all())
    for number, part_id, minor in db.session.execute(select(
            SellerOrder.number, SellerOrder.id, SellerOrder.goods_minor)):
        if lines.get(part_id) != minor:
            yield f"{number}: lines of {lines.get(part_id)}, {minor} in all"


def _unfinished() -> Iterator[str]:
    """Two weeks later nothing waits for anybody."""
    from marketplace.foundation.database import db
    from marketplace.orders.models import Order, Refund, SellerOrder
    from marketplace.payments.models import Payment, PaymentNotice, PaymentPart

    for words, query in (
        ("attempts to pay under way", select(Payment.key).where(
            Payment.method == "stripe",
            Payment.state.in_(("new", "open", "processing", "review")))),
        ("unpaid parts", select(SellerOrder.number).where(
            SellerOrder.state == "awaiting_payment")),
        ("transfers not sent", select(PaymentPart.seller_order_id).where(
            PaymentPart.transfer_state.in_(("due", "refused")))),
        ("refunds by card not done", select(Refund.code).where(
            Refund.method == "stripe", Refund.state != "done")),
        ("messages not applied", select(PaymentNotice.event_id).where(
            PaymentNotice.handled_at.is_(None))),
        ("fees not known", select(Order.number).join(Payment, Payment.order_id == Order.id).where(
            Payment.method == "stripe", Payment.state == "paid", Payment.fee_minor.is_(None))),
    ):
        found = db.session.scalars(query).all()
        if found:
            yield f"{len(found)} {words}: {found[:5]}"


def _charges(fake: Any) -> Iterator[str]:
    """What buyers paid by card is what the orders say; nobody was charged twice."""
    from marketplace.foundation.database import db
    from marketplace.orders.models import Order, SellerOrder

    kept: Counter[str] = Counter()
    whole: Counter[str] = Counter()
    for charge in fake.world.all("charge"):
        left = charge["amount"] - charge["amount_refunded"]
        kept[charge["transfer_group"]] += left
        whole[charge["transfer_group"]] += left == charge["amount"]
    for number, minor in db.session.execute(
            select(Order.number, func.sum(SellerOrder.paid_minor - SellerOrder.refunded_minor))
            .join(SellerOrder, SellerOrder.order_id == Order.id)
            .where(Order.method == "stripe").group_by(Order.number)):
        if kept.pop(number, 0) != minor:
            yield f"{number}: the card gave another sum than {minor}"
        if whole[number] > 1:
            yield f"{number}: charged {whole[number]} times"
    yield from (f"{number}: charged without an order" for number, minor in kept.items() if minor)


def _accounts(fake: Any) -> Iterator[str]:
    """Accounts at the payment service hold what the books say; one transfer a part."""
    from marketplace.foundation.database import db
    from marketplace.payments.models import LedgerMove, PaymentPart, ProviderAccount
    from marketplace.payments.queries import balances

    times = Counter(one["metadata"].get("key", one["id"]) for one in fake.world.all("transfer"))
    yield from (f"{key}: {n} transfers" for key, n in times.items() if n > 1)
    sent = db.session.scalar(select(func.count()).select_from(PaymentPart).where(
        PaymentPart.transfer_state == "sent"))
    if sent != len(fake.world.all("transfer")):
        yield f"{sent} transfers known, {len(fake.world.all('transfer'))} made"
    signed = {"transfer": 1, "take_back": -1}
    for reference, producer_id in db.session.execute(select(
            ProviderAccount.reference, ProviderAccount.producer_id)):
        minor = sum(signed[reason] * n for reason, n in db.session.execute(select(
            LedgerMove.reason, func.sum(LedgerMove.minor)).where(
                LedgerMove.reason.in_(signed),
                (LedgerMove.to_account == f"producer:{producer_id}")
                | (LedgerMove.from_account == f"producer:{producer_id}"))
            .group_by(LedgerMove.reason)))
        there = fake.world.get(reference)["balance"]
        if there != minor:
            yield f"producer {producer_id}: {there} at the service, {minor} in the books"
    books = balances()
    if sum(books.values()):
        yield f"the books sum to {sum(books.values())}"
    if fake.world.platform - OWN_MINOR != books.get("operator:commission", 0):
        yield (f"{fake.world.platform - OWN_MINOR} of the market at the service, "
               f"{books.get('operator:commission', 0)} in the books")


def _stock(goods: Sequence[Good]) -> Iterator[str]:
    """Nothing was sold twice, nothing is kept for nobody."""
    from marketplace.catalog.models import Variant
    from marketplace.foundation.database import db
    from marketplace.orders.models import Reservation

    used = dict(db.session.execute(
        select(Reservation.variant_id, func.sum(Reservation.qty))
        .where(Reservation.state == "used").group_by(Reservation.variant_id)).all())
    for good in goods:
        row = db.session.get_one(Variant, good.variant_id, populate_existing=True)
        if row.on_hand + used.get(good.variant_id, 0) != good.stock:
            yield f"{row.sku}: {good.stock} at first, {row.on_hand} there, {used} sold"
        if not 0 <= row.reserved <= row.on_hand:
            yield f"{row.sku}: {row.reserved} reserved of {row.on_hand}"

"""From a declaration of withdrawal to the money: what comes back, who answers, what is owed."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.orders.actions.owing import line_back, owe
from marketplace.orders.actions.parcels import finish
from marketplace.orders.actions.shortening import lines_locked, owe_less, sending_back, take_out
from marketplace.orders.actions.steps import cancel_part
from marketplace.orders.models import (
    OrderHistory,
    OrderLine,
    Refund,
    SellerOrder,
    Withdrawal,
    WithdrawalLine,
)
from marketplace.orders.rules.returning import (
    OBJECTIONS,
    answered_state,
    clipped,
    first_state,
    split,
)


def begin(row: Withdrawal, part: SellerOrder, pieces: Mapping[int, int] | None) -> None:
    """What a declaration does to its contract: pieces that did not leave stay, others come back.

    Changes withdrawals, withdrawal_lines, order_lines, order_history and, where nothing has to
    come back, refunds; nothing left of the contract and nothing sent ends the part.
    """
    part = db.session.execute(
        select(SellerOrder).where(SellerOrder.id == part.id).with_for_update()
        .execution_options(populate_existing=True)).scalar_one()
    lines = {line.id: line for line in lines_locked(part.id)}
    left = {i: line.qty - line.cancelled - line.withdrawn for i, line in lines.items()}
    wanted = clipped(left if pieces is None else pieces, left)
    sent = any(wanted[i] > lines[i].qty - lines[i].cancelled - lines[i].dispatched
               for i in wanted)
    row.seller_order_id = part.id
    declared_on, until = clock.in_zone(row.declared_at).date(), part.withdraw_until
    row.after_deadline = until is not None and until < declared_on
    asked = row.after_deadline or any(not lines[i].withdrawable for i in wanted)
    row.state = first_state(sent, asked, bool(wanted))
    db.session.add(OrderHistory(
        order_id=part.order_id, seller_order_id=part.id, at=row.declared_at, kind="withdrawn",
        actor="buyer", args={"code": row.code, "pieces": sum(wanted.values())}))
    _keep_lines(row, part, lines, left, wanted)
    if row.state != "closed":
        _take_back(row, part, lines, wanted)
    db.session.flush()


def _take_back(row: Withdrawal, part: SellerOrder, lines: Mapping[int, OrderLine],
               wanted: Mapping[int, int]) -> None:
    """Count the pieces: what did not leave is cancelled unless the seller is asked first."""
    whole = all(wanted.get(i, 0) == line.qty - line.cancelled and not line.dispatched
                for i, line in lines.items())
    if row.state == "refund_due" and whole:
        known = _newest_refund(part.id)
        cancel_part(part.id, "buyer")
        newest = _newest_refund(part.id)
        row.refund_id = newest if newest != known else None
        row.state = "refund_due" if row.refund_id else "closed"
        return
    for line_id, qty in sorted(wanted.items()):
        line = lines[line_id]
        here, gone = split(qty, line.qty - line.cancelled - line.dispatched)
        if row.state == "declared":
            here, gone = 0, qty
        if here:
            take_out(line_id, here)
        if gone:
            _count(line_id, OrderLine.withdrawn, gone,
                   OrderLine.withdrawn + gone <= OrderLine.qty - OrderLine.cancelled)
    if part.state == "awaiting_payment" and row.state == "refund_due":
        _owe_less(row, part)
    finish(part.id, "buyer")
    _settle(row, part)


def _owe_less(row: Withdrawal, part: SellerOrder) -> None:
    rows = lines_of_withdrawal(row.id)
    goods = sum(one.goods_minor for one in rows)
    owe_less(part, goods, sum(one.minor for one in rows) - goods, row.shipping_minor or 0)


def _keep_lines(row: Withdrawal, part: SellerOrder, lines: Mapping[int, OrderLine],
                left: Mapping[int, int], wanted: Mapping[int, int]) -> None:
    """What each line comes to, and what of the sending: worked out once, as it is told."""
    for line_id, qty in sorted(wanted.items()):
        line = lines[line_id]
        minor, goods = line_back(line, line.cancelled + line.withdrawn, qty)
        rest = line.total_minor + line.deposit_minor - line.refunded_minor
        db.session.add(WithdrawalLine(withdrawal_id=row.id, line_id=line_id, qty=qty,
                                      minor=min(minor, rest), goods_minor=min(goods, rest)))
    kept = {i: count - wanted.get(i, 0) for i, count in left.items()}
    row.shipping_minor = sending_back(part, left, kept) if wanted else 0
    db.session.flush()


def _count(line_id: int, column: object, more: int, fits: object) -> None:
    changed = db.session.execute(
        update(OrderLine).where(OrderLine.id == line_id, fits)  # type: ignore[arg-type]
        .values({column: column + more})  # type: ignore[operator]
        .execution_options(synchronize_session=False))
    if not changed.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("That is not possible any more: the order moved on."))


def _newest_refund(part_id: int) -> int | None:
    return db.session.scalar(select(Refund.id).where(Refund.seller_order_id == part_id)
                             .order_by(Refund.id.desc()).limit(1))


def _settle(row: Withdrawal, part: SellerOrder) -> None:
    """Owe the money once nothing else is waited for; nothing was paid: nothing is owed."""
    if row.state != "refund_due" or row.refund_id is not None:
        return
    part = db.session.get_one(SellerOrder, part.id, populate_existing=True)
    rows = lines_of_withdrawal(row.id)
    goods = sum(one.goods_minor for one in rows)
    total = min(sum(one.minor for one in rows) + (row.shipping_minor or 0),
                part.paid_minor - part.refunded_minor)
    refund = owe(
        part.id, "withdrawal", total, goods_minor=min(goods, total),
        shipping_minor=min(row.shipping_minor or 0, total), words=row.code,
        lines={one.line_id: (one.qty, one.minor) for one in rows}, due_on=row.refund_by)
    row.refund_id = refund.id if refund else None
    row.state = "refund_due" if refund else "closed"
    db.session.flush()


def lines_of_withdrawal(withdrawal_id: int) -> list[WithdrawalLine]:
    """The pieces of a declaration, by line. Loads: 1 statement."""
    return list(db.session.scalars(
        select(WithdrawalLine).where(WithdrawalLine.withdrawal_id == withdrawal_id)
        .order_by(WithdrawalLine.line_id)))


def _locked(withdrawal_id: int) -> Withdrawal:
    return db.session.execute(
        select(Withdrawal).where(Withdrawal.id == withdrawal_id).with_for_update()
        .execution_options(populate_existing=True)).scalar_one()


def proof_of_sending(withdrawal_id: int, words: str, file: str | None) -> None:
    """The buyer shows that the goods were sent back; the money is owed now.

    Raises Invalid, Conflict. Changes withdrawals, refunds, order_history.
    """
    if len(words.strip()) < 3 and not file:
        raise Invalid({"proof": _("Please type the parcel number, or add a photo of the slip.")})
    row = _locked(withdrawal_id)
    if row.state not in ("awaiting_goods", "declared", "objected"):
        raise Conflict(_("Nothing has to be sent for this withdrawal."))
    row.proof, row.proof_at = words.strip()[:300] or None, clock.now()
    row.proof_file = file or row.proof_file
    if row.state == "awaiting_goods":
        row.state = "refund_due"
    _note(row, "proof_sent", "buyer", None)
    _settle(row, _part(row))


def goods_back(withdrawal_id: int, name: str) -> None:
    """The seller has the goods again; the money is owed now.

    Raises Conflict. Changes withdrawals, order_lines, refunds, order_history.
    """
    row = _locked(withdrawal_id)
    if row.goods_at is not None or row.state not in ("awaiting_goods", "declared", "refund_due"):
        raise Conflict(_("That is not possible any more: the order moved on."))
    row.goods_at = clock.now()
    for one in lines_of_withdrawal(row.id):
        _count(one.line_id, OrderLine.returned, one.qty,
               OrderLine.returned + one.qty <= OrderLine.dispatched)
    row.state = "refund_due"
    _note(row, "goods_back", "staff", name)
    _settle(row, _part(row))


def accept(withdrawal_id: int, name: str) -> None:
    """The seller takes a declaration that was in question, or an objection back.

    Raises Conflict. Changes withdrawals, refunds, order_history.
    """
    row = _locked(withdrawal_id)
    if row.state not in ("declared", "objected"):
        raise Conflict(_("That is not possible any more: the order moved on."))
    lines = {line.id: line for line in lines_locked(row.seller_order_id or 0)}
    wanted = {one.line_id: one.qty for one in lines_of_withdrawal(row.id)}
    dispatched = any(lines[i].dispatched for i in wanted)
    row.state = answered_state(dispatched, bool(row.proof_at or row.goods_at))
    row.objection = row.objection_words = None
    row.answered_by = name
    _note(row, "withdrawal_accepted", "staff", name)
    if dispatched:
        _settle(row, _part(row))
        return
    for line_id, qty in sorted(wanted.items()):
        _count(line_id, OrderLine.withdrawn, -qty, OrderLine.withdrawn >= qty)
    _take_back(row, _part(row), lines, wanted)


def object_to(withdrawal_id: int, reason: str, words: str, name: str) -> None:
    """The seller says why this withdrawal does not hold; the declaration stays.

    Raises Invalid (no reason, no words), Conflict once money is owed. Changes withdrawals,
    order_history.
    """
    if reason not in OBJECTIONS:
        raise Invalid({"reason": _("Please choose why.")})
    if len(words.strip()) < 10:
        raise Invalid({"words": _("Please explain it to the buyer in a sentence.")})
    row = _locked(withdrawal_id)
    if row.state not in ("declared", "awaiting_goods"):
        raise Conflict(_("That is not possible any more: the order moved on."))
    row.state, row.objection, row.objection_words = "objected", reason, words.strip()[:500]
    row.answered_by = name
    _note(row, "objected", "staff", name, reason=reason)


def assign(withdrawal_id: int, part: SellerOrder, name: str) -> None:
    """The operator finds the contract that a declaration is about. As `begin`.

    The deadline is that of the day it was declared on. Raises Conflict if it has one already.
    """
    row = _locked(withdrawal_id)
    if row.state != "unassigned":
        raise Conflict(_("This declaration has its order already."))
    row.assigned_by = name
    begin(row, part, None)


def _part(row: Withdrawal) -> SellerOrder:
    return db.session.get_one(SellerOrder, row.seller_order_id)


def _note(row: Withdrawal, kind: str, actor: str, name: str | None, **args: str) -> None:
    db.session.add(OrderHistory(
        order_id=_part(row).order_id, seller_order_id=row.seller_order_id, at=clock.now(),
        kind=kind, actor=actor, actor_name=name, args={"code": row.code, **args}))
    db.session.flush()


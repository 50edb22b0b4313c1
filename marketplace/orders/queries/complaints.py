"""Complaints and signals as pages and lists tell them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, select

from marketplace.foundation.database import db, read
from marketplace.orders.models import (
    Complaint,
    ComplaintLine,
    ComplaintStep,
    Order,
    OrderLine,
    SellerOrder,
    Signal,
)


def kind_words(kind: str) -> tuple[str, str]:
    """What happened, and what is meant by it."""
    return {
        "damaged": (_("Damaged"), _("broken or leaking when it came")),
        "missing": (_("Missing"), _("less came than was sent")),
        "wrong": (_("Wrong goods"), _("something else than ordered")),
        "faulty": (_("Faulty"), _("corked, spoiled, does not work")),
        "not_described": (_("Not as described"), _("the page said something else")),
        "disappointed": (_("Disappointed"), _("the seller promises that you are content")),
    }[kind]


@dataclass(frozen=True, slots=True)
class ComplaintView:
    """A complaint with everything that was said, oldest first."""

    row: Complaint
    steps: Sequence[ComplaintStep]


def complaints_with(*where: ColumnElement[bool], limit: int = 400) -> list[ComplaintView]:
    """Complaints that fit, newest first. Loads: 1 statement."""
    found: dict[int, tuple[Complaint, list[ComplaintStep]]] = {}
    for row, step in db.session.execute(
            select(Complaint, ComplaintStep)
            .join(ComplaintStep, ComplaintStep.complaint_id == Complaint.id).where(*where)
            .order_by(Complaint.id.desc(), ComplaintStep.id).limit(limit)
            .execution_options(populate_existing=True)):
        found.setdefault(row.id, (row, []))[1].append(step)
    return [ComplaintView(row, steps) for row, steps in found.values()]


def complaints_of(part_ids: Collection[int]) -> Mapping[int, Sequence[ComplaintView]]:
    """Complaints by part, newest first. Loads: 1 statement."""
    found: dict[int, list[ComplaintView]] = {}
    for one in complaints_with(Complaint.seller_order_id.in_(list(part_ids))):
        found.setdefault(one.row.seller_order_id, []).append(one)
    return found


def complained_pieces(complaint_ids: Collection[int]) -> Mapping[int, Sequence[tuple[int, str]]]:
    """Pieces and titles by complaint. Loads: 1 statement, none without ids."""
    found: dict[int, list[tuple[int, str]]] = {}
    if complaint_ids:
        for row in read(
                select(ComplaintLine.complaint_id, ComplaintLine.qty, OrderLine.title)
                .join(OrderLine, OrderLine.id == ComplaintLine.line_id)
                .where(ComplaintLine.complaint_id.in_(list(complaint_ids)))
                .order_by(OrderLine.position)):
            found.setdefault(row[0], []).append((row[1], row[2]))
    return found


def open_signals(part: SellerOrder) -> Sequence[tuple[Signal, str]]:
    """Signals of a part's buyer at its seller that wait, each with the number of its part, oldest
    first. Loads: 1 statement.
    """
    key = select(Order.buyer_key).where(Order.id == part.order_id).scalar_subquery()
    rows = db.session.execute(
        select(Signal, SellerOrder.number)
        .join(SellerOrder, SellerOrder.id == Signal.seller_order_id)
        .join(Order, Order.id == SellerOrder.order_id)
        .where(Order.buyer_key == key, SellerOrder.producer_id == part.producer_id,
               Signal.answered_at.is_(None)).order_by(Signal.id))
    return [(row[0], row[1]) for row in rows]


@dataclass(frozen=True, slots=True)
class Heard:
    """A complaint or a bundle of one buyer's signals that waits for a seller."""

    ids: tuple[int, ...]
    number: str
    code: str
    kind: str
    words: str
    at: datetime


def heard_complaints(ids: Collection[int]) -> Sequence[Heard]:
    """Complaints by id. Loads: 1 statement, none without ids."""
    if not ids:
        return []
    rows = read(select(Complaint.id, SellerOrder.number, Complaint.code, Complaint.kind,
                       Complaint.words, Complaint.opened_at)
                .join(SellerOrder, SellerOrder.id == Complaint.seller_order_id)
                .where(Complaint.id.in_(list(ids))).order_by(Complaint.id))
    return [Heard((row[0],), *row[1:]) for row in rows]


def heard_signals(ids: Collection[int]) -> Sequence[Heard]:
    """Signals by id, those of one buyer together at the newest order. Loads: 1 statement, none
    without ids.
    """
    if not ids:
        return []
    bundles: dict[str, Heard] = {}
    for row in read(
            select(Order.buyer_key, Signal.id, SellerOrder.number, Signal.words, Signal.at)
            .join(SellerOrder, SellerOrder.id == Signal.seller_order_id)
            .join(Order, Order.id == SellerOrder.order_id)
            .where(Signal.id.in_(list(ids))).order_by(Signal.id)):
        before = bundles.get(row[0])
        said = [words for words in (before.words if before else "", row[3]) if words]
        bundles[row[0]] = Heard((*(before.ids if before else ()), row[1]), row[2], "", "signal",
                                " · ".join(said), before.at if before else row[4])
    return list(bundles.values())

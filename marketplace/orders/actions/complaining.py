"""Complaints: opened, answered, offered, accepted or declined; ended by the buyer alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import Select, select

from marketplace.foundation import clock
from marketplace.foundation.codes import new_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import announce
from marketplace.orders.actions.owing import line_back, owe
from marketplace.orders.events import ComplaintClosed, ComplaintMoved, ComplaintOpened
from marketplace.orders.models import (
    Complaint,
    ComplaintLine,
    ComplaintStep,
    OrderHistory,
    OrderLine,
    Refund,
    SellerOrder,
)
from marketplace.orders.rules.complaints import (
    OFFERS,
    OUTCOMES,
    SILENCE_DAYS,
    WISHES,
    after,
    open_kinds,
)
from marketplace.orders.rules.returning import clipped

MOST_WORDS, MOST_PHOTOS = 4000, 6
SAME_WITHIN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class NewComplaint:
    """What a buyer says: kind, pieces by line, words, the wish, names of kept photos."""

    kind: str
    wish: str
    words: str
    pieces: Mapping[int, int]
    photos: Sequence[str] = ()


def kinds_for(part: SellerOrder) -> tuple[str, ...]:
    """What can be complained about a part today."""
    sent, arrived = (clock.in_zone(at).date() if at else None
                     for at in (part.dispatched_at, part.delivered_at))
    return open_kinds(sent, arrived, clock.today(), part.satisfaction_days)


def complain(part_id: int, new: NewComplaint) -> Complaint:
    """Open a complaint. The same words within a minute are one.

    Raises Invalid per field, Conflict where nothing can be complained about. Changes complaints,
    complaint_lines, complaint_steps, order_history; announces ComplaintOpened.
    """
    part = db.session.execute(
        select(SellerOrder).where(SellerOrder.id == part_id).with_for_update()
        .execution_options(populate_existing=True)).scalar_one()
    kinds, left = kinds_for(part), dict(db.session.execute(
        select(OrderLine.id, OrderLine.qty - OrderLine.cancelled)
        .where(OrderLine.seller_order_id == part_id)).all())
    if not kinds:
        raise Conflict(_("Nothing has been sent yet, or more than two years have passed."))
    pieces = clipped(new.pieces, left)
    _check(new, kinds, pieces)
    now = clock.now()
    same = db.session.scalar(select(Complaint).where(
        Complaint.seller_order_id == part_id, Complaint.words == new.words,
        Complaint.opened_at > now - SAME_WITHIN))
    if same is not None:
        return same
    row = Complaint(code=new_code(7), seller_order_id=part_id, kind=new.kind, wish=new.wish,
                    words=new.words, photos=list(new.photos)[:MOST_PHOTOS], state_at=now,
                    opened_at=now, state="open")
    db.session.add(row)
    db.session.flush()
    db.session.add_all(ComplaintLine(complaint_id=row.id, line_id=line, qty=qty)
                       for line, qty in sorted(pieces.items()))
    _step(row, "buyer", None, "opened", new.words)
    _note(part, "complained", "buyer", None, row.code)
    announce(ComplaintOpened(row.id, part.id, part.order_id, part.producer_id))
    return row


def _check(new: NewComplaint, kinds: Sequence[str], pieces: Mapping[int, int]) -> None:
    faults = {}
    if new.kind not in kinds:
        faults["kind"] = _("Please choose what happened.")
    if not pieces:
        faults["pieces"] = _("Please choose what it is about.")
    if not 10 <= len(new.words) <= MOST_WORDS:
        faults["words"] = _("10 to 4,000 characters, please: what did you see?")
    if new.wish not in WISHES:
        faults["wish"] = _("Please choose what would help.")
    if faults:
        raise Invalid(faults)


def say(complaint_id: int, actor: str, name: str | None, words: str) -> None:
    """One of both sides says something; it stays. Raises Invalid, Conflict.

    Changes complaints, complaint_steps; announces ComplaintMoved.
    """
    if not 2 <= len(words) <= MOST_WORDS:
        raise Invalid({"words": _("2 to 4,000 characters.")})
    row = _locked(complaint_id)
    _move(row, "staff_says" if actor == "staff" else "buyer_says")
    _step(row, actor, name, "said", words)
    _tell(row, actor, "said")


def offer(complaint_id: int, what: str, minor: int | None, words: str, name: str) -> None:
    """The seller offers a replacement, a repair, a part of the money or all of it.

    Raises Invalid (no such offer, no sum or more than is left), Conflict. Changes complaints,
    complaint_steps; announces ComplaintMoved.
    """
    row = _locked(complaint_id)
    part = _part(row)
    left = part.paid_minor - part.refunded_minor
    if what not in OFFERS:
        raise Invalid({"offer": _("Please choose what you offer.")})
    if what == "part_refund" and not 0 < (minor or 0) <= left:
        raise Invalid({"minor": _("A sum up to what is left of what was paid, please.")})
    if what == "full_refund":
        minor = min(left, sum(back for _qty, back, _goods in whole_lines(row).values()))
        if not minor:
            raise Invalid({"offer": _("Nothing is left that could be given back.")})
    _move(row, "offers")
    row.offer, row.offer_minor = what, minor if what.endswith("refund") else None
    _step(row, "staff", name, "offered", words, what, row.offer_minor)
    _tell(row, "staff", "offered")


def whole_lines(row: Complaint) -> dict[int, tuple[int, int, int]]:
    """Pieces, worth and goods of everything a complaint is about. Loads: 1 statement."""
    found = {}
    for line, qty in db.session.execute(
            select(OrderLine, ComplaintLine.qty)
            .join(ComplaintLine, ComplaintLine.line_id == OrderLine.id)
            .where(ComplaintLine.complaint_id == row.id).order_by(OrderLine.id)
            .execution_options(populate_existing=True)):
        gone = line.cancelled + line.withdrawn
        pieces = min(qty, line.qty - gone)
        minor, goods = line_back(line, gone, pieces)
        rest = line.total_minor + line.deposit_minor - line.refunded_minor
        found[line.id] = (pieces, min(minor, rest), min(goods, rest))
    return found


def accept_offer(complaint_id: int) -> None:
    """The buyer takes the offer; money that was offered is owed now.

    Raises Conflict. Changes complaints, complaint_steps, refunds; announces ComplaintMoved.
    """
    row = _locked(complaint_id)
    _move(row, "accepts")
    _step(row, "buyer", None, "accepted", "", row.offer, row.offer_minor)
    refund = _owed(row)
    row.refund_id = refund.id if refund else row.refund_id
    _tell(row, "buyer", "accepted")


def _owed(row: Complaint) -> Refund | None:
    part = _part(row)
    if row.offer not in ("part_refund", "full_refund"):
        return None
    minor = min(row.offer_minor or 0, part.paid_minor - part.refunded_minor)
    name = db.session.scalar(
        select(ComplaintStep.name).where(ComplaintStep.complaint_id == row.id,
                                         ComplaintStep.kind == "offered")
        .order_by(ComplaintStep.id.desc()).limit(1))
    if row.offer == "part_refund":
        return owe(part.id, "complaint", minor, goods_minor=minor, words=row.code, name=name)
    lines = whole_lines(row)
    if sum(one[1] for one in lines.values()) != minor:
        return owe(part.id, "complaint", minor, goods_minor=minor, words=row.code, name=name)
    return owe(part.id, "complaint", minor, words=row.code, name=name,
               goods_minor=sum(one[2] for one in lines.values()),
               lines={line: (one[0], one[1]) for line, one in lines.items() if one[1]})


def decline_offer(complaint_id: int, words: str) -> None:
    """The buyer does not take the offer; the second time it is a dispute.

    Raises Conflict. Changes complaints, complaint_steps; announces ComplaintMoved.
    """
    row = _locked(complaint_id)
    _move(row, "declines")
    row.declines += 1
    _step(row, "buyer", None, "declined", words[:MOST_WORDS], row.offer, row.offer_minor)
    if row.state == "disputed":
        _step(row, "system", None, "disputed", "")
    _tell(row, "buyer", "disputed" if row.state == "disputed" else "declined")


def close(complaint_id: int, outcome: str) -> None:
    """The buyer says how it ended; nobody else can. Raises Invalid, Conflict.

    Changes complaints, complaint_steps, order_history; announces ComplaintClosed.
    """
    if outcome not in OUTCOMES:
        raise Invalid({"outcome": _("Please choose one of the three.")})
    row = _locked(complaint_id)
    then = after("closes", row.state)
    if then is None:
        raise Conflict(_("It has ended already."))
    row.state, row.state_at, row.outcome = then, clock.now(), outcome
    _step(row, "buyer", None, "closed", outcome)
    part = _part(row)
    _note(part, "complaint_closed", "buyer", None, row.code, outcome=outcome)
    announce(ComplaintClosed(row.id, part.id, part.producer_id, outcome))


def wait_for_buyers(limit: int = 200) -> int:
    """Offers that nobody answered for fourteen days wait from now on; how many.

    Changes complaints, complaint_steps; announces ComplaintMoved.
    """
    late = db.session.scalars(silent_offers().limit(limit)).all()
    for complaint_id in late:
        row = _locked(complaint_id)
        if row.state == "offered":
            _move(row, "silence")
            _step(row, "system", None, "waiting", "")
            _tell(row, "system", "waiting")
    return len(late)


def silent_offers() -> Select[int]:
    """The statement of offers without an answer for too long, oldest first."""
    return (select(Complaint.id)
            .where(Complaint.state == "offered",
                   Complaint.state_at < clock.now() - timedelta(days=SILENCE_DAYS))
            .order_by(Complaint.state_at, Complaint.id))


def _locked(complaint_id: int) -> Complaint:
    return db.session.execute(
        select(Complaint).where(Complaint.id == complaint_id).with_for_update()
        .execution_options(populate_existing=True)).scalar_one()


def _move(row: Complaint, act: str) -> None:
    then = after(act, row.state, row.declines)
    if then is None:
        raise Conflict(_("That is not possible any more: the complaint moved on."))
    if then != row.state or act == "offers":
        row.state_at = clock.now()
    row.state = then


def _part(row: Complaint) -> SellerOrder:
    return db.session.get_one(SellerOrder, row.seller_order_id, populate_existing=True)


def _step(row: Complaint, actor: str, name: str | None, kind: str, words: str,
          what: str | None = None, minor: int | None = None) -> None:
    db.session.add(ComplaintStep(complaint_id=row.id, at=clock.now(), actor=actor, name=name,
                                 kind=kind, words=words, offer=what, minor=minor))
    db.session.flush()


def _tell(row: Complaint, by: str, what: str) -> None:
    part = _part(row)
    announce(ComplaintMoved(row.id, part.id, part.producer_id, by, what))


def _note(part: SellerOrder, kind: str, actor: str, name: str | None, code: str, **args: str
          ) -> None:
    db.session.add(OrderHistory(
        order_id=part.order_id, seller_order_id=part.id, at=clock.now(), kind=kind, actor=actor,
        actor_name=name, args={"code": code, **args}))
    db.session.flush()


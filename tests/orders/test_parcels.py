"""Parcels in part, taken back, lost, silent; who checks an age; days that move or are broken."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from marketplace.catalog.models import Variant
from marketplace.foundation import clock, events
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import reactions
from marketplace.orders.actions import (
    Handing,
    cancel_lines,
    cancel_part,
    deliver_parcel,
    hand_over,
    pack,
)
from marketplace.orders.actions.astray import give_money, send_again, take_back, went_astray
from marketplace.orders.actions.handing import hand_packed, unpack
from marketplace.orders.actions.parcels import ask_silent
from marketplace.orders.actions.sets import answer_set
from marketplace.orders.events import LineDelivered
from marketplace.orders.models import OrderLine, Parcel, Refund, Reservation, SellerOrder
from marketplace.orders.queries.studio import packed_pieces
from marketplace.orders.rules.parcels import age_fault, looks_wrong, tracking_page
from tests.cast import Cast
from tests.orders.hands import paid, part

WINE, LITRE, HAT = "riesling-vom-schiefer", "literwein-fuer-alle-tage", "muetze-deichwind"
BERLIN = ZoneInfo("Europe/Berlin")


def lines(part_id: int) -> list[OrderLine]:
    """The lines of a part as they stand in the database."""
    db.session.rollback()
    return list(db.session.scalars(
        sa.select(OrderLine).where(OrderLine.seller_order_id == part_id).order_by(OrderLine.id)
        .execution_options(populate_existing=True)))


def gone() -> int:
    """How many parcels are on their way."""
    db.session.rollback()
    return int(db.session.scalar(sa.select(sa.func.count()).where(
        Parcel.state == "handed_over")) or 0)


def stock(slug_id: int) -> tuple[int, int, int]:
    """On hand, reserved, and reserved by the held rows."""
    db.session.rollback()
    on_hand, reserved = db.session.execute(
        sa.select(Variant.on_hand, Variant.reserved).where(Variant.id == slug_id)).one()
    held = db.session.scalar(sa.select(sa.func.coalesce(sa.func.sum(Reservation.qty), 0)).where(
        Reservation.variant_id == slug_id, Reservation.state == "held"))
    return on_hand, reserved, int(held or 0)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every line that is announced as delivered."""
    found: list[object] = []
    monkeypatch.setitem(events._reactions, LineDelivered,
                        (found.append, *reactions()[LineDelivered]))
    return found


def test_ages_and_numbers() -> None:
    """orders-42, 6: an age class needs a carrier who looks or a named person; a number of a known
    carrier that has not its form is doubted, others never.
    """
    assert not age_fault(0, "", "") and not age_fault(18, "carrier", "")
    for check, name in (("", ""), ("person", " "), ("neighbour", "x")):
        assert age_fault(16, check, name)
    assert not age_fault(18, "person", "Cleo Ärmel")
    assert not looks_wrong("DHL Paket", "0034 0434 1610 9404 2557")
    assert looks_wrong("DHL", "12") and not looks_wrong("Onkel Heinz", "12")
    assert not looks_wrong("dpd", "") and looks_wrong("UPS", "1Z999")
    assert tracking_page("DPD", "01234567890123") == (
        "https://tracking.dpd.de/status/de_DE/parcel/01234567890123")
    assert tracking_page("Onkel Heinz", "1") == ""


def test_in_two_parcels(cast: Cast, told: list[object]) -> None:
    """orders 3.2, orders-35: two of three go first; the part is on its way with the last; a line is
    told of once, when it is whole; a cancelled one never.
    """
    goods = cast.goods(WINE)
    (one,) = paid(cast, (WINE, 3), (LITRE, 2))
    wine, litre = lines(one)
    before = stock(goods.variant_id)
    with committing():
        first = hand_over(one, "Ana", how=Handing(pieces={wine.id: 2}))
        assert first is not None
    assert (part(one).state, lines(one)[0].dispatched) == ("preparing", 2)
    assert stock(goods.variant_id) == (before[0] - 2, before[1] - 2, 1)
    with committing():
        assert deliver_parcel(first.id, "buyer")
        assert not deliver_parcel(first.id, "buyer")
    assert told == [] and part(one).state == "preparing"
    with pytest.raises(Conflict), committing():
        cancel_part(one, "buyer")
    with committing():
        cancel_lines(one, {litre.id: 2}, "Ana", "Ausgetrunken")
    with pytest.raises(Invalid), committing():
        hand_over(one, "Ana", how=Handing(pieces={litre.id: 1}))
    with committing():
        second = hand_over(one, "Ana")
    assert second is not None and part(one).state == "dispatched"
    with committing():
        deliver_parcel(second.id, "producer", "Ana")
    assert (part(one).state, [line.delivered for line in lines(one)]) == ("delivered", [3, 0])
    assert [e.order_line_id for e in told if isinstance(e, LineDelivered)] == [wine.id]
    assert part(one).withdraw_until is not None


def test_the_rest_cancelled_is_the_whole_way(cast: Cast, told: list[object]) -> None:
    """orders 3.2, orders-35: what is left is cancelled after the first parcel came: it is over."""
    (one,) = paid(cast, (WINE, 3))
    (wine,) = lines(one)
    with committing():
        first = hand_over(one, "Ana", how=Handing(pieces={wine.id: 2}))
        assert first is not None
        deliver_parcel(first.id, "buyer")
    with committing():
        cancel_lines(one, {wine.id: 1}, "Ana", "Zerbrochen")
    assert part(one).state == "delivered" and part(one).refunded_minor == 1140
    assert [e.order_line_id for e in told if isinstance(e, LineDelivered)] == [wine.id]


def test_taken_back_within_a_day(cast: Cast) -> None:
    """orders 3.2: all of it stands again as before, once; not after a day, not after arrival."""
    goods = cast.goods(WINE)
    (one,) = paid(cast, (WINE, 3))
    before = stock(goods.variant_id)
    with committing():
        gone = hand_over(one, "Ana")
        assert gone is not None
    with committing():
        take_back(gone.id, "Ana")
    assert (part(one).state, part(one).dispatched_at) == ("preparing", None)
    assert stock(goods.variant_id) == before
    with pytest.raises(Conflict), committing():
        take_back(gone.id, "Ana")
    with committing():
        late = hand_over(one, "Ana")
        assert late is not None
        late.handed_over_at = clock.now() - timedelta(hours=25)
        db.session.flush()
    with pytest.raises(Conflict), committing():
        take_back(late.id, "Ana")


def test_packed_first_and_handed_over_later(cast: Cast) -> None:
    """orders 3.3: two of three packed: being packed, nothing has left, the pieces are in no other
    parcel; unpacked and packed anew; each parcel leaves once, the last one moves the part on.
    """
    (one,) = paid(cast, (WINE, 3))
    (wine,) = lines(one)
    before = stock(cast.goods(WINE).variant_id)
    with committing():
        again = pack(one, "Ana", Handing(pieces={wine.id: 3})).id
        unpack(again)
        first = pack(one, "Ana", Handing(pieces={wine.id: 2})).id
        with pytest.raises(Invalid):
            hand_over(one, "Ana", how=Handing(pieces={wine.id: 0}))
        second = pack(one, "Ana", Handing(pieces={wine.id: 2})).id
    assert part(one).state == "preparing" and stock(cast.goods(WINE).variant_id) == before
    assert packed_pieces(one) == {wine.id: 3}
    assert gone() == 0
    with committing():
        part(one).age_class = 16
    with pytest.raises(Invalid), committing():
        hand_packed(first, "Ana", Handing())
    for parcel, state in ((first, "preparing"), (second, "dispatched")):
        with committing():
            hand_packed(parcel, "Ana", Handing("DHL", "12", age_check="carrier"))
        assert part(one).state == state
    for late in (lambda: hand_packed(first, "Ana", Handing(age_check="carrier")),
                 lambda: unpack(second)):
        with pytest.raises(Conflict), committing():
            late()
    assert gone() == 2 and packed_pieces(one) == {}


def test_pieces_cancelled_in_a_packed_parcel(cast: Cast) -> None:
    """orders 3.3: a parcel that holds more than is owed does not leave; packed anew it does."""
    (one,) = paid(cast, (HAT, 2))
    (hat,) = lines(one)
    with committing():
        wrong = pack(one, "Bert", Handing()).id
        cancel_lines(one, {hat.id: 1}, "Bert", "Verfilzt")
    with pytest.raises(Conflict), committing():
        hand_packed(wrong, "Bert", Handing())
    with committing():
        unpack(wrong)
        hand_packed(pack(one, "Bert", Handing()).id, "Bert", Handing())
    assert part(one).state == "dispatched"


def test_lost_and_sent_again_or_paid_back(cast: Cast) -> None:
    """orders 3.3: lost -> a new parcel, or the money; each once."""
    (one,) = paid(cast, (WINE, 2))
    with committing():
        gone = hand_over(one, "Ana")
        assert gone is not None
        went_astray(gone.id, "lost", "Ana")
        anew = send_again(gone.id, "Ana", "DHL", "00340434161094042557")
        deliver_parcel(anew.id, "buyer")
    assert part(one).state == "delivered"
    with pytest.raises(Conflict), committing():
        give_money(gone.id, "Ana")
    (two,) = paid(cast, (WINE, 2), (LITRE, 1))
    wine, litre = lines(two)
    with committing():
        gone = hand_over(two, "Ana", how=Handing(pieces={wine.id: 2}))
        assert gone is not None
        went_astray(gone.id, "sent_back", "Ana")
        back = give_money(gone.id, "Ana")
        assert back is not None and back.minor == 2280
    assert [(line.cancelled, line.dispatched) for line in lines(two)] == [(2, 0), (0, 0)]
    assert litre.id and part(two).state == "preparing"


def test_wine_leaves_only_checked(cast: Cast) -> None:
    """orders-42: without a check nothing changes; the stored result is a way and a name."""
    (one,) = paid(cast, (WINE, 1))
    with committing():
        part(one).age_class = 16
        db.session.flush()
    for how in (Handing(), Handing(age_check="person", handed_to="")):
        with pytest.raises(Invalid), committing():
            hand_over(one, "Ana", how=how)
    assert part(one).state == "paid"
    with committing():
        hand_over(one, "Ana", how=Handing(age_check="person", handed_to="Cleo Ärmel"))
    row = db.session.scalars(sa.select(Parcel)).one()
    assert (row.age_check, row.handed_to) == ("person", "Cleo Ärmel")
    assert not [column for column in Parcel.__table__.columns if "bir" in column.name
                or "born" in column.name]


def test_silent_parcels_are_asked_once(cast: Cast) -> None:
    """orders 6: ten silent days, one question; nothing else changes."""
    (one,) = paid(cast, (WINE, 1))
    with committing():
        gone = hand_over(one, "Ana")
        assert gone is not None
        gone.handed_over_at = clock.now() - timedelta(days=11)
        db.session.flush()
        assert ask_silent() == 1
    with committing():
        assert ask_silent() == 0
    assert part(one).state == "dispatched"


def test_the_others_of_a_set_are_asked_about(cast: Cast) -> None:
    """orders-3: a seller cancels its part of a set: the other seller's part that did not leave is
    asked about, what belongs to no set is not; cancelling is free of charge, keeping keeps.
    """
    wine, hat = paid(cast, (WINE, 2), (LITRE, 1), (HAT, 1))
    with committing():
        db.session.execute(sa.update(OrderLine).where(
            OrderLine.title.in_((WINE, HAT))).values(set_key="s1", set_ref="Abend"))
    with committing():
        cancel_part(hat, "seller", "Bert", "Motten")
    asked = {line.title: line.set_asked for line in lines(wine)}
    assert asked == {WINE: "open", LITRE: None}
    line = lines(wine)[0]
    with pytest.raises(Invalid), committing():
        answer_set(line.id, "perhaps")
    with committing():
        answer_set(line.id, "cancel")
    with pytest.raises(Conflict), committing():
        answer_set(line.id, "keep")
    refunds = list(db.session.scalars(sa.select(Refund.minor).where(
        Refund.seller_order_id == wine)))
    assert refunds == [2280] and part(wine).state == "paid"
    assert db.session.scalar(sa.select(SellerOrder.state).where(SellerOrder.id == hat)) == (
        "cancelled")

"""What buyers and sellers do on their pages without a ticket: address, wait, parcels, sets."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.orders.actions import Handing, cancel_part, hand_over, start_packing
from marketplace.orders.models import Order, OrderLine, Parcel
from tests.cast import Cast
from tests.orders.hands import number_of, paid, part

WINE, LITRE, HAT = "riesling-vom-schiefer", "literwein-fuer-alle-tage", "muetze-deichwind"
THERE = {"name": "Cleo", "street": "Seestraße 1", "extra": "", "postcode": "20095",
         "city": "Hamburg"}


def ship_to(number: str) -> dict[str, str]:
    """Where an order goes."""
    db.session.rollback()
    return dict(db.session.scalars(sa.select(Order.ship_to).where(Order.number == number)).one())


def test_another_address_until_somebody_packs(cast: Cast) -> None:
    """orders-29: changed by the buyer alone, in the same country; a missing field has its sentence;
    once somebody packs it is refused and nothing changed.
    """
    wine, _hat = paid(cast, (WINE, 1), (HAT, 1))
    number, cleo = number_of(wine), cast.browser("cleo")
    assert f"/orders/{number}/address" in cleo.get(f"/orders/{number}").get_data(as_text=True)
    bad = cast.post(cleo, f"/orders/{number}/address", **{**THERE, "city": ""})
    assert bad.status_code == 422 and "Seestraße 1" in bad.get_data(as_text=True)
    assert cast.post(cleo, f"/orders/{number}/address", **THERE).status_code == 303
    assert (ship_to(number)["city"], ship_to(number)["country"]) == ("Hamburg", "DE")
    with committing():
        start_packing(wine, "Ana")
    late = cast.post(cleo, f"/orders/{number}/address", **{**THERE, "city": "Bremen"})
    assert late.status_code == 409 and ship_to(number)["city"] == "Hamburg"
    assert f"/orders/{number}/address" not in cleo.get(
        f"/orders/{number}").get_data(as_text=True)


def test_wait_and_a_delay_on_the_page(cast: Cast) -> None:
    """orders-6, orders-29: please not before a day; a late part says so before asking, with wait,
    cancel and ask beside it.
    """
    (wine,) = paid(cast, (WINE, 1))
    number, cleo = number_of(wine), cast.browser("cleo")
    later = clock.today() + timedelta(days=20)
    path = f"/orders/{number}/parts/1/wait"
    assert cast.post(cleo, path, day="never").status_code == 303
    assert part(wine).not_before is None
    assert cast.post(cleo, path, day=later.isoformat()).status_code == 303
    assert part(wine).not_before == later and part(wine).promised_on >= later
    db.session.rollback()
    with committing():
        part(wine).promised_on = clock.today() - timedelta(days=1)
        db.session.flush()
    page = cleo.get(f"/orders/{number}").get_data(as_text=True)
    for words in ("noch keiner genannt", "Ich warte", "/parts/1/cancel", "seller=1"):
        assert words in page, words
    assert cast.post(cleo, path).status_code == 303


def test_parcels_in_the_studio(cast: Cast) -> None:
    """orders page table: in part with a doubtful number, taken back, pieces out, a new day; another
    house finds nothing.
    """
    (wine,) = paid(cast, (WINE, 3))
    ana, bert, number = cast.browser("ana"), cast.browser("bert"), part(wine).number
    line = db.session.scalar(sa.select(OrderLine.id).where(OrderLine.seller_order_id == wine))
    db.session.rollback()
    step = f"/studio/orders/{number}/handed_over"
    none = cast.post(ana, step, **{f"qty{line}": "0"})
    assert none.status_code == 422
    assert cast.post(ana, step, **{f"qty{line}": "2"}, carrier="DHL",
                     tracking="12").status_code == 303
    page = ana.get(f"/studio/orders/{number}").get_data(as_text=True)
    assert "sieht nicht nach diesem Paketdienst aus" in page
    code = db.session.scalar(sa.select(Parcel.code))
    db.session.rollback()
    path = f"/studio/orders/{number}/parcels/{code}"
    assert cast.post(bert, path, act="take_back").status_code == 404
    assert cast.post(ana, path, act="take_back").status_code == 303
    day = f"/studio/orders/{number}/day"
    assert cast.post(ana, day, day="", reason="Frost").status_code == 422
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    assert cast.post(ana, day, day=tomorrow, reason="Frost").status_code == 303
    cut = f"/studio/orders/{number}/cut"
    assert cast.post(ana, cut, **{f"out{line}": "1"}, reason="").status_code == 422
    assert cast.post(ana, cut, **{f"out{line}": "1"}, reason="Zerbrochen").status_code == 303
    assert part(wine).refunded_minor == 1140


def test_packed_in_the_studio_and_sent_later(cast: Cast) -> None:
    """orders 3.3: the second button packs only; the buyer sees no parcel and no note until it is
    handed over by its own form with its number; another house finds nothing.
    """
    (hat,) = paid(cast, (HAT, 2))
    ana, bert, number = cast.browser("ana"), cast.browser("bert"), part(hat).number
    line = db.session.scalar(sa.select(OrderLine.id).where(OrderLine.seller_order_id == hat))
    assert cast.post(bert, f"/studio/orders/{number}/handed_over", **{f"qty{line}": "1"},
                     note="Warme Ohren!", leaves="later").status_code == 303
    code = db.session.scalar(sa.select(Parcel.code))
    page = bert.get(f"/studio/orders/{number}").get_data(as_text=True)
    assert f"Paket {code} geht ab" in page and "Auspacken" in page
    own = f"/orders/{number_of(hat)}"
    assert "Warme Ohren" not in cast.browser("cleo").get(own).get_data(as_text=True)
    path = f"/studio/orders/{number}/parcels/{code}"
    assert cast.post(ana, path, act="hand").status_code == 404
    assert cast.post(bert, path, act="hand", carrier="DHL",
                     tracking="00340434161094042557").status_code == 303
    assert "Warme Ohren" in cast.browser("cleo").get(own).get_data(as_text=True)
    assert cast.post(bert, path, act="hand").status_code == 409
    assert cast.post(bert, path, act="unpack").status_code == 409


def test_wine_needs_a_check_on_the_page_too(cast: Cast) -> None:
    """orders-42: the form asks who looks, the packing slip says so, and nothing leaves without."""
    (wine,) = paid(cast, (WINE, 1))
    with committing():
        part(wine).age_class = 16
        db.session.flush()
    ana, number = cast.browser("ana"), part(wine).number
    assert 'name="age_check"' in ana.get(f"/studio/orders/{number}").get_data(as_text=True)
    refused = cast.post(ana, f"/studio/orders/{number}/handed_over", carrier="DHL")
    assert refused.status_code == 422 and part(wine).state == "paid"
    assert cast.post(ana, f"/studio/orders/{number}/handed_over",
                     age_check="carrier").status_code == 303
    assert part(wine).state == "dispatched"


def test_a_note_is_published_by_its_recipient_alone(cast: Cast) -> None:
    """orders-33: nobody reads a note in a parcel until the recipient shows it, and again nobody
    once it is hidden; the seller cannot.
    """
    (wine,) = paid(cast, (WINE, 1))
    with committing():
        gone = hand_over(wine, "Ana", how=Handing(note="Trink ihn am ersten kalten Abend."))
        assert gone is not None
        code = gone.code
    number, cleo, dan = number_of(wine), cast.browser("cleo"), cast.browser("dan")
    act = f"/orders/{number}/parcels/{code}"
    assert dan.get(f"/notes/{code}").status_code == 404
    for who in ("dan", "ana"):
        assert cast.post(cast.browser(who), act, act="publish").status_code == 404
    assert cast.post(cleo, act, act="publish").status_code == 303
    shown = dan.get(f"/notes/{code}").get_data(as_text=True)
    assert "ersten kalten Abend" in shown and "Cleo" not in shown and number not in shown
    assert cast.post(cleo, act, act="hide").status_code == 303
    assert dan.get(f"/notes/{code}").status_code == 404
    assert cast.post(cleo, act, act="arrived").status_code == 303
    assert part(wine).state == "delivered"


def test_keep_or_cancel_on_the_page(cast: Cast) -> None:
    """orders-3: the question stands at the line; one tap answers it, a second is refused."""
    wine, hat = paid(cast, (WINE, 1), (HAT, 1))
    with committing():
        db.session.execute(sa.update(OrderLine).values(set_key="s1", set_ref="Abend"))
        cancel_part(hat, "seller", "Bert", "Motten")
    line = db.session.scalar(sa.select(OrderLine.id).where(OrderLine.seller_order_id == wine))
    db.session.rollback()
    cleo, number = cast.browser("cleo"), number_of(wine)
    path = f"/orders/{number}/lines/{line}/set"
    assert path in cleo.get(f"/orders/{number}").get_data(as_text=True)
    assert cast.post(cast.browser("dan"), path, answer="keep").status_code == 404
    assert cast.post(cleo, path, answer="keep").status_code == 303
    assert cast.post(cleo, path, answer="cancel").status_code == 409
    assert part(wine).state == "paid"

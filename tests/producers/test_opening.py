"""A member opens a house, takes the nine steps, is checked, and sells."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from marketplace.catalog.models import Product
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import kinds, run_due
from marketplace.moderation.models import AuditEntry
from marketplace.producers.models import Sighting, StepDone, Trader, TraderVersion
from marketplace.producers.queries.opening import shipping_of
from marketplace.producers.rules.traders import may_ship
from tests.cast import Cast
from tests.producers.houses import LAW, SLUG, all_steps, checked, house, opened, sent, trader, wine


def slug_of(product_id: int) -> str:
    """A product's address."""
    return str(db.session.scalar(db.select(Product.slug).where(Product.id == product_id)))


def test_product_shows_only_after_the_tick_and_then_by_itself(cast: Cast) -> None:
    """producers-11: written from the first minute, seen by nobody, on sale without a further act.
    """
    dan = opened(cast)
    product_id, visitor = wine(cast), cast.app.test_client()
    here = f"/products/{slug_of(product_id)}"
    all_steps(cast, dan)
    assert house().state == "open"
    waits = cast.post(dan, f"/studio/products/{product_id}/sale")
    assert waits.status_code == 303 and waits.location.endswith(f"/studio/products/{product_id}")
    db.session.rollback()
    assert set(db.session.scalars(db.select(StepDone.step).where(
        StepDone.producer_id == house().id))) == set(range(1, 10))
    assert visitor.get(here).status_code == 404
    assert "Bachwein" not in visitor.get("/products").get_data(as_text=True)
    assert trader().state == "handed_in"
    assert checked(cast) == 303
    assert (house().state, trader().state) == ("selling", "checked")
    assert visitor.get(here).status_code == 200
    run_due()
    assert "Bachwein" in visitor.get("/products").get_data(as_text=True)


def test_steps_stand_on_the_studio_until_all_are_done(cast: Cast) -> None:
    """producers 3.1: a fresh house has one of nine; who sells sees no list."""
    dan = opened(cast)
    page = dan.get(f"/studio?producer={SLUG}").get_data(as_text=True)
    assert "Bevor ihr verkaufen könnt" in page and "/studio/legal?producer=" in page
    assert house().state == "draft"
    assert dan.get(f"/producers/{SLUG}").status_code == 404
    assert "Bevor ihr verkaufen könnt" not in cast.browser("ana").get("/studio").get_data(
        as_text=True)


@pytest.mark.parametrize(("field", "value"), [
    ("vat_id", "DE136695977"), ("postcode", "3612"), ("phone", "06654 12345"),
    ("legal_form", "empire"), ("e_mail", "dan at home")])
def test_wrong_forms_stand_beside_their_field(cast: Cast, field: str, value: str) -> None:
    """producers-12: 422, the words kept, nothing stored."""
    dan = opened(cast)
    answer = cast.post(dan, f"/studio/legal?producer={SLUG}", **{**LAW, field: value})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and f'id="f-{field}-fault"' in page
    assert (trader().street, trader().state) == ("", "open")
    if field != "legal_form":
        assert value in page


def test_half_done_data_are_kept_and_named(cast: Cast) -> None:
    """producers 6: saved and listed, the state stays open; complete ones are handed in."""
    dan = opened(cast)
    sent(cast, dan, "legal", **{**LAW, "street": "", "certified": ""})
    page = dan.get(f"/studio/legal?producer={SLUG}").get_data(as_text=True)
    assert trader().state == "open" and "Straße und Hausnummer" in page.split("Noch offen")[1]
    sent(cast, dan, "legal", **LAW)
    assert trader().state == "handed_in"
    assert len(db.session.scalars(db.select(TraderVersion)).all()) == 2


def test_versions_cannot_be_rewritten(cast: Cast) -> None:
    """producers 2: trader_versions is append-only while the producer has data."""
    sent(cast, opened(cast), "legal", **LAW)
    for statement in ("UPDATE trader_versions SET version = 9", "DELETE FROM trader_versions"):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), committing():
            db.session.execute(sa.text(statement))


def test_changed_address_needs_a_new_tick_within_14_days(cast: Cast) -> None:
    """producers-12: sales go on for 14 days, then stop; the next tick lets them go on."""
    dan = opened(cast)
    all_steps(cast, dan)
    cast.post(dan, f"/studio/products/{wine(cast)}/sale")
    assert checked(cast) == 303
    sent(cast, dan, "legal", **{**LAW, "phone": "+49 6654 99999"})
    assert trader().state == "checked"
    sent(cast, dan, "legal", **{**LAW, "street": "Bachweg 4"})
    assert (trader().state, house().state) == ("handed_in", "selling")
    start = clock.now()
    for days, state in ((13.9, "selling"), (14.1, "open")):
        with time_machine.travel(start + timedelta(days=days), tick=False):
            db.session.rollback()
            kinds()["producers.stop_unchecked"].run()
            assert house().state == state
    assert trader().state == "stopped"
    assert checked(cast) == 303
    assert (trader().state, house().state) == ("checked", "selling")


def test_reading_is_a_sighting_the_owner_sees(cast: Cast) -> None:
    """producers-14: each opening by the operator is a row; the list alone shows no data."""
    dan = opened(cast)
    sent(cast, dan, "legal", **LAW)
    listed = cast.browser("olga").get("/operator/producers").get_data(as_text=True)
    assert "Mühle am Bach" in listed and "Bachweg" not in listed
    assert db.session.scalar(db.select(Sighting.id)) is None
    page = cast.post(cast.browser("olga"), f"/operator/producers/{SLUG}").get_data(as_text=True)
    assert "Bachweg 3" in page
    db.session.rollback()
    assert len(db.session.scalars(db.select(Sighting)).all()) == 1
    assert "Olga" in dan.get(f"/studio/legal?producer={SLUG}").get_data(as_text=True)


def test_no_tick_without_comparing_and_a_reason(cast: Cast) -> None:
    """producers 3.2: each of three ticks and the words are needed; the act stands in the log."""
    sent(cast, opened(cast), "legal", **LAW)
    for name in ("name_seen", "address_seen", "number_seen", "why", "outcome"):
        assert checked(cast, **{name: ""}) == 422
    assert trader().state == "handed_in"
    assert checked(cast, outcome="back", why="Die Straße gibt es dort nicht.") == 303
    assert (trader().state, trader().back_words) == ("open", "Die Straße gibt es dort nicht.")
    assert checked(cast) == 409
    actions = set(db.session.scalars(db.select(AuditEntry.action)))
    assert actions == {"trader_sent_back"}


def test_data_changed_while_looking_are_not_ticked(cast: Cast) -> None:
    """producers 6: what was handed in after the look is a conflict."""
    sent(cast, opened(cast), "legal", **LAW)
    assert checked(cast, seen_at="2020-01-01T00:00:00+00:00") == 409
    assert trader().state == "handed_in"


def test_trader_data_are_gone_six_months_after_the_end(cast: Cast) -> None:
    """producers-14: ended 2026-03-31, there on 2026-09-30, gone on 2026-10-01; with versions."""
    sent(cast, opened(cast), "legal", **LAW)
    with committing():
        house_id = house().id
        db.session.execute(sa.text(
            "UPDATE producers SET state = 'ended', ended_on = '2026-03-31' WHERE id = :id"),
            {"id": house_id})
    for at, left in (("2026-09-30T12:00:00+00:00", 1), ("2026-10-01T12:00:00+00:00", 0)):
        with time_machine.travel(at, tick=False):
            db.session.rollback()
            kinds()["producers.forget"].run()
            db.session.rollback()
            for table in (Trader, TraderVersion):
                assert len(db.session.scalars(db.select(table).where(
                    table.producer_id == house_id)).all()) == left


def test_registrations_open_countries(cast: Cast) -> None:
    """producers-18: Austria is blocked until its number is there; a wrong LUCID is refused."""
    dan = opened(cast)
    wrong = cast.post(dan, f"/studio/registrations?producer={SLUG}", country="DE",
                      kind="packaging", number="DE123456789012")
    assert wrong.status_code == 422
    assert "packaging" in may_ship(shipping_of(house().id), "AT", False)
    sent(cast, dan, "registrations", country="AT", kind="packaging", number="ARA 17")
    assert may_ship(shipping_of(house().id), "AT", True) == ("state", "excise")
    sent(cast, dan, "registrations", country="AT", kind="packaging", number="")
    assert "packaging" in may_ship(shipping_of(house().id), "AT", False)

"""What the law and fairness ask: tax facts, papers for shipping, terms, exceptions, choices."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import kinds
from marketplace.orders.models import Order
from marketplace.payments.rules import arrives_minor
from marketplace.producers.models import Deviation, Registration, Terms, Trader
from marketplace.producers.queries.legal import shipping_papers, tax_facts
from tests.cast import Cast
from tests.stories.test_circle import ADDRESS, order_by

HOUSE = "/producers/weingut-kaltbach"
WINE, HAT = "riesling-vom-schiefer", "muetze-deichwind"
TERMS = {"words_de": "Wir vermitteln, ihr verkauft. Die Provision ist für alle gleich.",
         "words_en": "We introduce, you sell. The commission is the same for everybody."}


def asked_on(cast: Cast, day: date) -> int:
    """Tax facts of ana's house were asked for on a day; her house."""
    house = cast.goods(WINE).producer_id
    db.session.rollback()
    with committing():
        db.session.get_one(Trader, house, populate_existing=True).tax_asked_on = day
    return house


def test_tax_reminders_come_by_mail_twice(cast: Cast) -> None:
    """producers-15: letters on day 14 and day 42, one each; the second says it is the last."""
    asked_on(cast, date(2026, 1, 1))
    for day, letters in (("2026-01-14", 0), ("2026-01-15", 1), ("2026-02-11", 1),
                         ("2026-02-12", 2), ("2026-03-30", 2)):
        with time_machine.travel(f"{day}T12:00:00+00:00", tick=False):
            db.session.rollback()
            kinds()["producers.reminders"].run()
            db.session.rollback()
            found = db.session.scalars(db.text(
                "SELECT id FROM letters WHERE template = 'tax_asked'")).all()
            assert len(found) == letters, day


def test_no_new_order_from_day_sixty_without_tax_facts(cast: Cast) -> None:
    """producers-15: on day 59 an order is placed, on day 60 refused, and the basket says why; with
    the number it goes on.
    """
    house = asked_on(cast, clock.today() - timedelta(days=59))
    cleo = cast.browser("cleo")
    assert order_by(cast, cleo, WINE)
    asked_on(cast, clock.today() - timedelta(days=60))
    assert shipping_papers([house])[house][1]
    assert cast.post(cleo, "/basket/lines", variant=cast.goods(WINE).variant_id, qty="1"
                     ).status_code == 303
    html = cleo.get("/basket").get_data(as_text=True)
    assert "die Steuerangaben fehlen" in html and "Zur Kasse" not in html
    studio = cast.browser("ana").get("/studio").get_data(as_text=True)
    assert "Keine neuen Bestellungen: Die Steuernummer fehlt" in studio
    db.session.rollback()
    with committing():
        db.session.get_one(Trader, house, populate_existing=True).tin = "12345678901"
    assert "die Steuerangaben fehlen" not in cleo.get("/basket").get_data(as_text=True)


def without(country: str, kind: str) -> None:
    """A registration is gone."""
    db.session.rollback()
    with committing():
        db.session.execute(db.delete(Registration).where(
            Registration.country == country, Registration.kind == kind))


@pytest.mark.parametrize(("slug", "country", "kind", "words"), [
    (WINE, "AT", "packaging", "nach Österreich senden: die Nummer im dortigen Verpackungsregister"),
    (WINE, "AT", "excise", "Alkohol geht nicht dorthin: der Erzeuger hat das Steuerverfahren"),
    (HAT, "DE", "packaging", "nach Deutschland senden: die Nummer im dortigen Verpackungsregister"),
])
def test_country_without_its_number_is_blocked_and_named(
    cast: Cast, slug: str, country: str, kind: str, words: str
) -> None:
    """producers-18: the basket names the lack, the way to the order is closed, an order sent all
    the same is refused and writes nothing; a hat abroad needs no excise.
    """
    cleo, goods = cast.browser("cleo"), cast.goods(slug)
    cast.post(cleo, "/basket/lines", variant=goods.variant_id, qty="1")
    cast.post(cleo, "/basket/place", country=country)
    assert "Zur Kasse" in cleo.get("/basket").get_data(as_text=True)
    without(country, kind)
    html = cleo.get("/basket").get_data(as_text=True)
    assert words in html and "Zur Kasse" not in html
    cast.post(cleo, "/checkout/contact", **{**ADDRESS, "country": country})
    cast.post(cleo, "/checkout/delivery", born="1980-05-05")
    cast.post(cleo, "/checkout/payment", method="bank_transfer")
    cast.post(cleo, "/checkout")
    assert db.session.scalar(db.select(db.func.count(Order.id))) == 0


def test_house_hears_of_countries_without_number(cast: Cast) -> None:
    """producers 5, RegistrationMissing: rates to Switzerland and France are kept, and ana hears of
    each once; a number that ended yesterday is told by the daily job.
    """
    said = "SELECT args FROM notices WHERE title = 'registration_missing' ORDER BY id"
    assert cast.post(cast.browser("ana"), "/studio/shipping", countries="FR, CH", price="9,90"
                     ).status_code == 303
    rows = [str(row) for row in db.session.scalars(db.text(said))]
    assert len(rows) == 2 and "CH" in rows[0] and "FR" in rows[1]
    house = cast.goods(WINE).producer_id
    db.session.rollback()
    with committing():
        db.session.execute(db.update(Registration).where(
            Registration.producer_id == house, Registration.country == "AT",
            Registration.kind == "packaging").values(until=date(2027, 3, 31)))
    for day, count in (("2027-03-31", 2), ("2027-04-01", 3), ("2027-04-02", 3)):
        with time_machine.travel(f"{day}T12:00:00+00:00", tick=False):
            db.session.rollback()
            kinds()["producers.reminders"].run()
            db.session.rollback()
            assert len(db.session.scalars(db.text(said)).all()) == count, day


def test_hat_abroad_needs_no_excise(cast: Cast) -> None:
    """producers-18: excise is asked for alcohol alone."""
    without("AT", "excise")
    eva = cast.browser("eva")
    cast.post(eva, "/basket/lines", variant=cast.goods(HAT).variant_id, qty="1")
    cast.post(eva, "/basket/place", country="AT")
    html = eva.get("/basket").get_data(as_text=True)
    assert "cannot send" not in html and "To the checkout" in html


def test_switzerland_waits_for_the_operator(cast: Cast) -> None:
    """producers-18, L-32: off by the setting's default; the basket says so."""
    eva = cast.browser("eva")
    cast.post(eva, "/basket/lines", variant=cast.goods(HAT).variant_id, qty="1")
    cast.post(eva, "/basket/place", country="CH")
    assert "nothing is sent to Switzerland here" in eva.get("/basket").get_data(as_text=True)
    assert not cast.app.config["ZURUF"].switzerland
    papers, _late = shipping_papers([cast.goods(HAT).producer_id])[cast.goods(HAT).producer_id]
    assert not papers.swiss


def test_tax_table_gets_facts_of_every_seller(cast: Cast) -> None:
    """producers-19: VAT status, country of dispatch and numbers, for two sellers, also for one
    without trader data; two statements for any number.
    """
    wine, hat = cast.goods(WINE).producer_id, cast.goods(HAT).producer_id
    db.session.rollback()
    with committing():
        row = db.session.get_one(Trader, wine, populate_existing=True)
        row.vat_status, row.vat_id, row.tin = "flat_rate", "DE136695976", "12345678901"
    facts = tax_facts([wine, hat])
    assert set(facts) == {wine, hat}
    one = facts[wine]
    assert (one.vat_status, one.ships_from, one.vat_id, one.tin) == (
        "flat_rate", "DE", "DE136695976", "12345678901")
    assert one.numbers[("AT", "excise")] == "ATX-4711"
    assert (facts[hat].vat_status, facts[hat].vat_id) == ("regular", "")


def test_terms_before_fifteen_days_are_refused_by_the_database(cast: Cast) -> None:
    """producers-16: announced 2026-12-01 they bind from 2026-12-16 on, not from the 15th."""
    olga = cast.id("olga")
    for day, fine in (("2026-12-15", False), ("2026-12-16", True)):
        db.session.rollback()
        row = Terms(version=1, words_de="x", words_en="x", announced_on=date(2026, 12, 1),
                    announced_by=olga, valid_from=date.fromisoformat(day))
        try:
            with committing():
                db.session.add(row)
            written = True
        except sa.exc.IntegrityError:
            written = False
        assert written is fine, day


def test_new_terms_reach_every_producer(cast: Cast) -> None:
    """producers-16: a letter to each house's owner; too early is refused beside the field; the
    studio shows what was announced, and later what is in force.
    """
    olga, early = cast.browser("olga"), clock.today() + timedelta(days=14)
    day = clock.today() + timedelta(days=15)
    no = cast.post(olga, "/operator/terms", **TERMS, valid_from=early.isoformat())
    assert no.status_code == 422
    assert 'id="f-valid_from-fault"' in no.get_data(as_text=True)
    assert TERMS["words_de"] in no.get_data(as_text=True)
    assert cast.post(olga, "/operator/terms", **TERMS, valid_from=day.isoformat()
                     ).status_code == 303
    people = db.session.scalars(db.text(
        "SELECT person_id FROM letters WHERE template = 'terms' ORDER BY person_id")).all()
    db.session.rollback()
    assert sorted(people) == sorted([cast.id("ana"), cast.id("bert")])
    studio = cast.browser("bert").get("/studio/terms").get_data(as_text=True)
    assert "angekündigt am" in studio and "Die Provision ist für alle gleich." in studio
    with time_machine.travel(clock.now() + timedelta(days=16)):
        assert "in Kraft seit" in cast.browser("bert").get("/studio/terms").get_data(as_text=True)


def test_exceptions_stand_on_the_page_of_fees(cast: Cast) -> None:
    """producers-23: with reason and day, for everybody; ended it stands no more from tomorrow."""
    visitor, olga = cast.app.test_client(), cast.browser("olga")
    assert "für jeden Erzeuger gleich" in visitor.get("/fees").get_data(as_text=True)
    form = {"slug": "nordgarn", "what": "Sechs Monate ohne Provision",
            "why": "Erster Erzeuger an der Küste, Aufbauhilfe."}
    assert cast.post(olga, "/operator/producers/exceptions", **{**form, "why": "kurz"}
                     ).status_code == 422
    assert cast.post(olga, "/operator/producers/exceptions", **form).status_code == 303
    html = visitor.get("/fees").get_data(as_text=True)
    assert "Nordgarn" in html and form["what"] in html and form["why"] in html
    row = db.session.scalar(db.select(Deviation.id))
    db.session.rollback()
    assert cast.post(olga, "/operator/producers/exceptions", end=str(row)).status_code == 303
    with time_machine.travel(clock.now() + timedelta(days=1)):
        assert form["what"] not in visitor.get("/fees").get_data(as_text=True)


def test_two_houses_get_the_same_pages_and_limits(cast: Cast) -> None:
    """producers-23: a house that sells much and one that sells nothing open the same studio."""
    for _order in range(3):
        order_by(cast, cast.browser("cleo"), WINE)
    rules = [rule for rule in cast.app.url_map.iter_rules()
             if rule.rule.startswith("/studio") and "GET" in (rule.methods or ())
             and not rule.arguments and not rule.rule.endswith(".pdf")]
    assert len(rules) >= 18
    for rule in rules:
        same = {who: cast.browser(who).get(rule.rule).status_code for who in ("ana", "bert")}
        assert same["ana"] == same["bert"] == 200, rule.rule


def test_share_of_the_price_shows_by_choice_alone(cast: Cast) -> None:
    """producers-22: nothing until the house chooses it; then the whole price, as the commission is
    0 %; 2.5 % of 11.40 are 28.5 cents, rounded half up to 29, once.
    """
    visitor, ana = cast.app.test_client(), cast.browser("ana")
    assert "product-share" not in visitor.get(f"/products/{WINE}").get_data(as_text=True)
    assert cast.post(ana, "/studio/choices", share_shown="1", voices_mail="none",
                     press_contact="Ana Kaltbach, hallo@example.org").status_code == 303
    html = visitor.get(f"/products/{WINE}").get_data(as_text=True)
    assert "11,40" in html.split("product-share")[1].split("</p>")[0]
    assert "product-share" not in visitor.get(f"/products/{HAT}").get_data(as_text=True)
    assert (arrives_minor(1140), arrives_minor(1140, 250)) == (1140, 1111)


def test_press_contact_stands_on_the_page_if_given(cast: Cast) -> None:
    """producers-24: given it stands there, emptied it is gone."""
    visitor, ana = cast.app.test_client(), cast.browser("ana")
    for words in ("Ana Kaltbach, Telefon am Vormittag", ""):
        assert cast.post(ana, "/studio/choices", voices_mail="none", press_contact=words
                         ).status_code == 303
        html = visitor.get(HOUSE).get_data(as_text=True)
        assert ("Für die Presse" in html) is bool(words)
        assert not words or words in html
    assert cast.post(ana, "/studio/choices", voices_mail="hourly").status_code == 422

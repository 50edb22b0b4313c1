"""Shelves by those who run the market, shops elsewhere, choosing a variant; catalog-25 to 29."""

from __future__ import annotations

from datetime import date

import pytest

from marketplace.catalog.actions import NewLot, first_lot, stop
from marketplace.catalog.models import Category, Occasion, Product, Variant
from marketplace.catalog.queries.choosing import buyable_on, resolve
from marketplace.catalog.rules.choosing import Choice, closest, dispatch_day
from marketplace.catalog.rules.codes import shop_address
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.orders.queries.delivering import delivered_on
from marketplace.producers.models import ClosedDay, Pause, Registration
from tests.cast import Cast

WINE = "riesling-vom-schiefer"
SHELF = {"de": "Weißwein", "en": "White wine", "template": "wine", "tax_category": "standard",
         "age_class": "16", "opinion_after_days": "30", "active": "1"}


def test_change_shows_what_it_hits_before_it_is_saved(cast: Cast) -> None:
    """Spec catalog 4: two wines get another age and tax; nothing changes before the second step."""
    olga = cast.browser("olga")
    changed = {**SHELF, "age_class": "18", "tax_category": "reduced"}
    page = cast.post(olga, "/operator/categories/white-wine", **changed).get_data(as_text=True)
    assert "2 bekommen ein anderes Mindestalter" in page and "2 davon im Verkauf" in page
    assert db.session.scalar(db.select(Category.age_class).where(
        Category.slug == "white-wine")) == 16
    db.session.rollback()
    done = cast.post(olga, "/operator/categories/white-wine", **changed, step="save")
    assert done.status_code == 303
    ages = db.session.execute(db.select(Product.age_class, Product.tax_category).join(
        Category, Category.id == Product.category_id).where(Category.slug == "white-wine")).all()
    assert set(ages) == {(18, "reduced")} and len(ages) == 2


def test_shelf_without_template_cannot_be_opened(cast: Cast) -> None:
    """catalog 3.1: no template, no open shelf; closed it may wait; goods on sale keep it open."""
    olga = cast.browser("olga")
    parent = db.session.scalar(db.select(Category.id).where(Category.slug == "crafts"))
    db.session.rollback()
    toys = {**SHELF, "de": "Spielzeug", "en": "Toys", "template": "", "parent": str(parent),
            "age_class": "0"}
    refused = cast.post(olga, "/operator/categories/new", **toys)
    assert refused.status_code == 422 and "Ohne Vorlage" in refused.get_data(as_text=True)
    assert cast.post(olga, "/operator/categories/new", **{**toys, "active": ""}).status_code == 303
    row = db.session.scalar(db.select(Category).where(Category.slug == "toys"))
    assert row is not None and not row.active
    assert cast.app.test_client().get("/categories/toys").status_code == 404
    kept = cast.post(olga, "/operator/categories/white-wine", **{**SHELF, "active": ""},
                     step="save")
    assert kept.status_code == 422


def test_occasions_stay_a_closed_list(cast: Cast) -> None:
    """catalog-25: words can be changed, nothing new appears; six are the most of a product."""
    olga = cast.browser("olga")
    before = db.session.scalar(db.select(db.func.count(Occasion.id)))
    sent = cast.post(olga, "/operator/occasions", slug="fish", de="Zu Fisch", en="With fish",
                     words_de="fisch, forelle, forelle", words_en="fish")
    assert sent.status_code == 303
    row = db.session.scalar(db.select(Occasion).where(Occasion.slug == "fish"))
    assert row is not None and row.words_de == ["fisch", "forelle"]
    assert db.session.scalar(db.select(db.func.count(Occasion.id))) == before
    assert cast.post(olga, "/operator/occasions", slug="nie", de="a", en="b").status_code == 404


@pytest.mark.parametrize(("text", "good"), [
    ("https://www.weingut.example/riesling?a=1", True), ("http://weingut.example", False),
    ("javascript:alert(1)", False), ("https://a:b@weingut.example", False),
    ("https://localhost/x", False), ("https://127.0.0.1/x", False),
    ('https://weingut.example/"><script>', False), ("https://x.example/" + "a" * 300, False)])
def test_only_shops_are_linked(text: str, good: bool) -> None:
    """catalog-28: https and a host with a name; nothing that could do something else."""
    if good:
        assert shop_address(text) == text
    else:
        with pytest.raises(ValueError):
            shop_address(text)


def test_shop_elsewhere_is_named_and_gets_no_token(cast: Cast) -> None:
    """catalog-28: below the price, with its host, rel noopener nofollow, exactly as typed."""
    ana, goods = cast.browser("ana"), cast.goods(WINE)
    address = "https://www.weingut.example/riesling"
    sent = cast.post(ana, f"/studio/products/{goods.product_id}/state", step="elsewhere",
                     elsewhere=address)
    assert sent.status_code == 303
    page = cast.app.test_client().get(f"/products/{WINE}").get_data(as_text=True)
    assert f'<a href="{address}" rel="noopener nofollow">weingut.example</a>' in page
    assert page.index('name="qty"') < page.index(address)
    wrong = cast.post(ana, f"/studio/products/{goods.product_id}/state", step="elsewhere",
                      elsewhere="javascript:x")
    assert wrong.status_code == 422 and "https://" in wrong.get_data(as_text=True)


def test_buyable_says_pieces_lead_time_and_day(cast: Cast) -> None:
    """catalog-26: 20 pieces, two days of work: ordered on Friday 4 Dec 2026, it leaves Tuesday."""
    goods = cast.goods(WINE)
    found = buyable_on(goods.variant_id, "de", date(2026, 12, 4))
    assert found is not None
    assert (found.available, found.lead_days, found.dispatch_on, found.home, found.why) == (
        20, 0, date(2026, 12, 8), True, "")
    with committing():
        db.session.execute(db.update(Variant).where(Variant.id == goods.variant_id)
                           .values(on_hand=0))
    gone = buyable_on(goods.variant_id, "AT", date(2026, 12, 4))
    assert gone is not None and (gone.dispatch_on, gone.home, gone.why) == (None, False, "sold_out")
    assert buyable_on(10**9, "de", date(2026, 12, 4)) is None


def test_free_days_of_the_house_do_not_count(cast: Cast) -> None:
    """catalog-26: two days of work from Thursday 24 Dec 2026: 25 and 26 are holidays, 27 is a
    Sunday, so it leaves on Tuesday 29; with the 28th closed on the 30th; paused until the 31st,
    and 1 Jan is a holiday: Tuesday 5 Jan. Made in 3 days it is ready on Sunday 27 and leaves the
    second day of work after Monday 28: Wednesday 30.
    """
    goods, day = cast.goods(WINE), date(2026, 12, 24)

    def leaves() -> date | None:
        found = buyable_on(goods.variant_id, "DE", day)
        db.session.rollback()
        assert found is not None
        return found.dispatch_on

    assert leaves() == date(2026, 12, 29)
    with committing():
        db.session.execute(db.update(Variant).where(Variant.id == goods.variant_id)
                           .values(made_to_order=True, lead_days=3))
    assert leaves() == date(2026, 12, 30)
    with committing():
        db.session.execute(db.update(Variant).where(Variant.id == goods.variant_id)
                           .values(made_to_order=False))
        db.session.add(ClosedDay(producer_id=goods.producer_id, day=date(2026, 12, 28)))
    assert leaves() == date(2026, 12, 30)
    with committing():
        db.session.add(Pause(producer_id=goods.producer_id, from_on=date(2026, 12, 28),
                             until_on=date(2026, 12, 31)))
    assert leaves() == date(2027, 1, 5)


def test_where_it_may_go_is_known_before_anybody_asks(cast: Cast) -> None:
    """catalog-26: DE and AT have papers and a zone; without excise AT does not; FR has no number,
    and with one no zone; a stopped lot nowhere.
    """
    goods, day = cast.goods(WINE), date(2026, 12, 4)

    def why(country: str) -> str:
        found = delivered_on(goods.variant_id, country, day)
        db.session.rollback()
        assert found is not None and (found.dispatch_on is None) == bool(found.why)
        return found.why

    assert [why(land) for land in ("de", "AT", "FR", "CH")] == ["", "", "papers", "papers"]
    with committing():
        db.session.add_all(Registration(producer_id=goods.producer_id, country="FR", kind=kind,
                                        number="FR-1", confirmed_at=clock.now())
                           for kind in ("packaging", "excise"))
    assert why("FR") in ("no_delivery", "unread")
    with committing():
        db.session.execute(db.delete(Registration).where(
            Registration.country == "AT", Registration.kind == "excise"))
    assert (why("AT"), why("DE")) == ("papers", "")
    with committing():
        lot_id = first_lot(goods.product_id, NewLot("2022", "vintage")).id
        stop(goods.product_id, "Kork.", lot_id)
    assert why("DE") == "stopped"


def test_dispatch_counts_open_days_only() -> None:
    """Ready on Saturday 5 Dec with one day of work: Monday; open on Saturdays only: the 12th."""
    assert dispatch_day(date(2026, 12, 5), 1, ()) == date(2026, 12, 7)
    assert dispatch_day(date(2026, 12, 5), 1, {5}) == date(2026, 12, 12)
    assert dispatch_day(date(2026, 12, 5), 0, ()) == date(2026, 12, 7)
    assert dispatch_day(date(2026, 12, 4), 1, (), {date(2026, 12, 7)}) == date(2026, 12, 8)


def test_resolve_gives_the_variant_or_the_closest() -> None:
    """catalog-29: all options: that variant; else up to three that can be had, most hits first."""
    rows = [Choice(1, {"size": "M", "colour": "blau", "label": "M blau"}, False, 100),
            Choice(2, {"size": "M", "colour": "rot", "label": "M rot"}, True, 120),
            Choice(3, {"size": "L", "colour": "blau", "label": "L blau"}, True, 90),
            Choice(4, {"size": "S", "colour": "grün", "label": "S grün"}, True, 50)]
    assert closest(rows, {"size": "m", "colour": "ROT"}) == (2, ())
    best, near = closest(rows, {"size": "M", "colour": "blau"})
    assert best is None and [one.variant_id for one in near] == [3, 2, 4]
    assert closest(rows, {"size": "L"})[0] == 3


def test_resolve_reads_the_shelf(cast: Cast) -> None:
    """catalog-29: a product's own variants, by options and by words of the label."""
    goods = cast.goods(WINE)
    assert resolve(goods.product_id, {"label": "Flasche"}) == (goods.variant_id, ())
    best, near = resolve(goods.product_id, {"size": "Magnum"})
    assert best is None and [one.variant_id for one in near] == [goods.variant_id]

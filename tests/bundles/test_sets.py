"""Sets from the bundle to the money: taxes of parts, one part given back, sending, figures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import time_machine
from flask import Flask

from marketplace.bundles.models import BundleItem
from marketplace.bundles.rules.buying import Line, Sold, sold
from marketplace.catalog.models import Product
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.journal.actions import flush_if_due
from marketplace.journal.queries import seen_counts
from marketplace.orders.actions.returning import goods_back
from marketplace.orders.models import OrderLine, Refund, RefundLine, SellerOrder
from tests.bundles.test_offers import ask, say
from tests.bundles.test_views_bundles import HAT, WINE, published
from tests.cast import Cast
from tests.orders.test_returning import again, declared
from tests.stories.test_circle import finish, order_by, send

LITRE = "literwein-fuer-alle-tage"


def test_set_of_two_tax_rates_and_one_part_given_back(cast: Cast) -> None:
    """bundles-18: wine 11.40 at 19 % and litre 6.90 at 7 % as a set for 15.00. Shares: 15.00 x
    11.40 / 18.30 = 9.34, the litre 5.66, in sum 15.00. Each line keeps its own rate. The litre
    given back is 5.66, and the wine stays at 9.34.
    """
    litre = cast.goods(LITRE)
    db.session.execute(db.update(Product).where(Product.id == litre.product_id)
                       .values(tax_category="reduced"))
    db.session.commit()
    dan = cast.browser("dan")
    page = published(cast, cast.browser("cleo"), WINE, LITRE)
    offer = ask(cast, page, form="fixed", value="15,00")
    assert say(cast, "cleo", offer, "agree") == 303
    assert cast.post(dan, f"{page}/basket").status_code == 303
    number = finish(cast, dan)
    send(cast, "ana", f"{number}-1")
    db.session.rollback()
    lines = {row.variant_id: row for row in db.session.scalars(db.select(OrderLine))}
    wine, less = lines[cast.goods(WINE).variant_id], lines[litre.variant_id]
    assert (wine.total_minor, less.total_minor) == (934, 566)
    assert (wine.tax_bp, less.tax_bp) == (1900, 700)
    line_id, wine_id = less.id, wine.id
    (row,) = declared(number, {line_id: 1}, email="cleo@example.org")
    with committing():
        goods_back(row.id, "Ana")
    refund = again(row).refund_id
    assert db.session.get_one(Refund, refund).minor == 566
    assert db.session.execute(db.select(RefundLine.line_id, RefundLine.minor).where(
        RefundLine.refund_id == refund)).all() == [(line_id, 566)]
    assert db.session.get_one(OrderLine, wine_id).total_minor == 934
    assert db.session.get_one(OrderLine, wine_id).refunded_minor == 0


def test_taking_along_works_until_the_market_closes(app: Flask, cast: Cast) -> None:
    """bundles-27, the author's part: announced 60 days before; on the first, the 30th and the
    last day an author gets all own bundles as a file.
    """
    cleo = cast.browser("cleo")
    published(cast, cleo, WINE, HAT)
    today, begin = clock.today(), clock.now()
    told = app.test_cli_runner().invoke(
        args=["notify", "closing", "--on", str(today + timedelta(days=60))])
    assert told.exit_code == 0
    for days in (0, 30, 59):
        with time_machine.travel(begin + timedelta(days=days), tick=False):
            given = cast.browser("cleo").get("/account/bundles/export.zip")
            assert given.status_code == 200 and given.data[:2] == b"PK", days


def test_sending_is_reckoned_to_the_viewers_country(app: Flask, cast: Cast) -> None:
    """bundles-13: to Germany for visitors; a member with an address in Austria reads Austria."""
    page = published(cast, cast.browser("cleo"), WINE, HAT)
    assert "Versand nach Deutschland" in app.test_client().get(page).get_data(as_text=True)
    dan = cast.browser("dan")
    sent = cast.post(dan, "/account/addresses", name="Dan", lines="Gasse 1", postcode="1010",
                     city="Wien", country="AT")
    assert sent.status_code == 303
    assert "Versand nach Österreich" in dan.get(page).get_data(as_text=True)


def test_author_reads_how_often_it_was_looked_at(app: Flask, cast: Cast) -> None:
    """bundles-28: three looks are three, shown to the author alone."""
    page = published(cast, cast.browser("cleo"), WINE, HAT)
    for who in ("dan", "eva", "dan"):
        assert cast.browser(who).get(page).status_code == 200
    flush_if_due(force=True)
    bundle = db.session.scalar(db.select(BundleItem.bundle_id))
    assert bundle is not None
    assert seen_counts("view.bundle", "bundle", [bundle]) == {bundle: 3}
    db.session.rollback()
    own = cast.browser("cleo").get("/account/bundles").get_data(as_text=True)
    assert "angesehen 3" in own
    assert "angesehen" not in cast.browser("dan").get(page).get_data(as_text=True)


def test_kept_pages_are_looked_at_too(app: Flask, cast: Cast) -> None:
    """bundles-28: visitors who get a page that is ready count like those it is made for: three
    looks at a bundle are three, two at a product two; one asking whether it changed counts as well.
    """
    page = published(cast, cast.browser("cleo"), WINE, HAT)
    app.extensions["page_cache"].seconds = 60
    try:
        tag = app.test_client().get(page).headers["ETag"]
        app.test_client().get(page)
        assert app.test_client().get(page, headers={"If-None-Match": tag}).status_code == 304
        for _look in range(2):
            app.test_client().get(f"/products/{WINE}")
    finally:
        app.extensions["page_cache"].seconds = app.config["ZURUF"].page_cache_seconds
    flush_if_due(force=True)
    bundle = db.session.scalar(db.select(BundleItem.bundle_id)) or 0
    goods = cast.goods(WINE).product_id
    assert seen_counts("view.bundle", "bundle", [bundle]) == {bundle: 3}
    assert seen_counts("view.product", "product", [goods]) == {goods: 2}


def test_empty_free_board_is_there_and_adding_stands_on_top(cast: Cast) -> None:
    """3.1, 4: a collage shows its board before the first thing lies on it; a link to adding stands
    before the board.
    """
    cleo = cast.browser("cleo")
    made = cast.post(cleo, "/bundles/new", title="Noch leer", template="collage")
    page = cleo.get(made.location).get_data(as_text=True)
    assert 'class="collage-board"' in page
    assert page.index('href="#add"') < page.index('class="collage-board"')


def test_order_of_bundles_is_explained(app: Flask) -> None:
    """3.7: the tenth of the places for new ones stands in "How lists are ordered"."""
    page = app.test_client().get("/ranking?lang=en").get_data(as_text=True)
    assert "Every tenth place" in page and "last 30 days" in page


def test_bought_again_is_later_elsewhere_and_within_a_year() -> None:
    """bundles-33: two orders of two buyers, 3 + 2 pieces, out of the bundle; the same wine again
    by the first after 365 days counts, after 366 not, nor other goods, the same order, or another
    order out of the bundle itself.
    """
    begin = datetime(2026, 1, 1, tzinfo=UTC)

    def line(buyer: str, order: int, product: int, days: int, units: int = 1, out: str = ""
             ) -> Line:
        return Line(buyer, order, product, begin + timedelta(days=days), units, out)

    lines = [line("a", 1, 7, 0, 3, "abend"), line("b", 2, 7, 5, 2, "abend"),
             line("a", 1, 7, 0), line("a", 3, 7, 365), line("a", 4, 7, 366), line("a", 5, 8, 9),
             line("b", 6, 7, 4)]
    assert sold("abend", lines) == Sold(2, 5, 1)
    assert sold("nichts", lines) == Sold()


def test_author_reads_purchases_without_names(cast: Cast) -> None:
    """bundles-33, bundles-28: the line of an order carries the bundle; the author reads one
    purchase of two goods and one bought again, nobody's name; own purchases are not counted.
    """
    page = published(cast, cast.browser("cleo"), WINE, HAT)
    for who in ("dan", "cleo"):
        client = cast.browser(who)
        assert cast.post(client, f"{page}/basket").status_code == 303
        number = finish(cast, client)
        for part in (f"{number}-1", f"{number}-2"):
            send(cast, _of(cast, part), part)
    with time_machine.travel(clock.now() + timedelta(days=30), tick=False):
        number = order_by(cast, cast.browser("dan"), WINE)
        send(cast, "ana", f"{number}-1")
    refs = db.session.execute(db.select(OrderLine.source_kind, OrderLine.source_ref)).all()
    slug = page.rsplit("/", 1)[1]
    assert [tuple(one) for one in refs].count(("bundle", slug)) == 4
    db.session.rollback()
    own = cast.browser("cleo").get("/account/bundles").get_data(as_text=True)
    assert "Käufe 1" in own and "verkaufte Teile 2" in own and "wieder gekauft 1" in own
    assert "dan" not in own.partition("<main")[2].lower().replace("danach", "")


def _of(cast: Cast, part: str) -> str:
    """Whose part of an order it is."""
    house = db.session.scalar(db.select(SellerOrder.producer_id).where(SellerOrder.number == part))
    db.session.rollback()
    return "ana" if house == cast.goods(WINE).producer_id else "bert"

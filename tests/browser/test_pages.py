"""Every kind of page in a real Chromium: as the right person, on a phone and on a desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser

from marketplace.foundation.database import committing, db
from marketplace.people.models import Person
from tests.browser.looking import Watched
from tests.bundles.test_views_bundles import HAT, begun
from tests.cast import Cast
from tests.stories.test_circle import ADDRESS, order_by
from tests.web.places import WINE, everything
from tests.web.test_access import CAST, GET, rows_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CHECKOUT = ("contact", "delivery", "payment", "review")
NARROW = 320
"""The least width that must do, in px."""


@dataclass(frozen=True)
class Place:
    """One page: its name, who opens it ("" for a visitor), where it is, what it answers."""

    name: str
    who: str
    address: str
    status: int = 200


def all_places(app: Flask, cast: Cast, clients: Mapping[str, FlaskClient]) -> list[Place]:
    """Every address that answers a page, each as the first of the cast who may open it."""
    places = everything(app, cast)
    found = []
    for rule in rows_of(app, "GET"):
        allowed = [who for who in CAST if GET[rule.endpoint][who] == 200]
        if not allowed:
            continue
        address = places.address(app, rule)
        answer = clients[allowed[0]].get(address)
        if answer.mimetype == "text/html":
            found.append(Place(rule.endpoint, allowed[0], address))
    return found + more_places(cast, clients) + cared_places(cast, clients)


def cared_places(cast: Cast, clients: Mapping[str, FlaskClient]) -> list[Place]:
    """What looks after a group and its members: words to fold, an own order, an exclusion."""
    code, post = db.session.execute(db.text(
        "SELECT t.code, p.code FROM threads t JOIN posts p ON p.thread_id = t.id "
        "WHERE t.kind = 'topic' AND t.pinned")).one()
    db.session.rollback()
    group, gina = "weisswein-zu-gemuese", clients["gina"]
    for title in ("Zum Spargel", "Zum Grünkohl"):
        page = begun(cast, gina, WINE, HAT)
        assert cast.post(gina, f"{page}/edit", step="publish", title=title,
                         visibility=f"group:{group}").status_code == 303
    return [Place("words to fold", "gina", f"/threads/{code}/care?post={post}"),
            Place("bundles ordered by hand", "gina", f"/bundles?from=group:{group}&order=group"),
            Place("kept out of a group", "eva", "/account/groups")]


def more_places(cast: Cast, clients: Mapping[str, FlaskClient]) -> list[Place]:
    """Other states of pages: with a full basket, unpaid, signed in, empty, refused."""
    eva = clients["eva"]
    number = order_by(cast, eva, WINE)
    card = order_by(cast, eva, WINE, method="test_card")
    cast.post(eva, "/basket/lines", variant=cast.goods(WINE).variant_id, qty=1)
    cast.post(eva, "/checkout/contact", **ADDRESS)
    cast.post(eva, "/checkout/delivery", born="1980-05-05")
    cast.post(eva, "/checkout/payment", method="bank_transfer")
    steps = {"contact": "/checkout", **{step: f"/checkout/{step}" for step in CHECKOUT[1:]}}
    return [
        *(Place(f"checkout.{step}", "eva", address) for step, address in steps.items()),
        Place("basket with goods", "eva", "/basket"),
        Place("order to pay", "eva", f"/orders/{number}"),
        Place("transfer", "eva", f"/orders/{number}/pay"),
        Place("test card", "eva", f"/orders/{card}/test-card"),
        Place("home of a member", "cleo", "/"), Place("product of a member", "cleo",
                                                      f"/products/{WINE}"),
        Place("own profile", "cleo", "/members/cleo"), Place("bundles of eva", "eva",
                                                             "/account/bundles"),
        Place("search without result", "", "/search?q=qqxxzz"),
        Place("studio of bert", "bert", "/studio"), Place("notices of ana", "ana",
                                                          "/account/notices"),
        Place("new wine", "ana", "/studio/products/new?category=white-wine"),
        Place("groups.new_ambassador", "gina",
              "/ambassadors/new?for=/groups/weisswein-zu-gemuese"),
        Place("new candle", "bert", "/studio/products/new?category=candles"),
        Place("not found", "", "/no/such/page", 404),
        Place("not yours", "dan", "/operator/assortment", 403),
    ]


def enter_as(window: Watched, client: FlaskClient, site: str, name: str) -> None:
    """Go on as this person; a visitor has no cookie at all."""
    window.page.context.clear_cookies()
    cookie = client.get_cookie(name)
    if cookie is not None:
        window.page.context.add_cookies([{"name": name, "value": cookie.value, "url": site}])


def visit(window: Watched, place: Place, lang: str, narrow: bool, frame: bool) -> list[str]:
    """What is wrong with one page."""
    before = len(window.faults)
    answer = window.page.goto(place.address)
    assert answer is not None
    faults = [] if answer.status == place.status else [f"status {answer.status}"]
    faults += [] if window.page.locator("html").get_attribute("lang") == lang else ["language"]
    window.look(place.name, frame)
    if narrow:
        size = window.page.viewport_size
        window.page.set_viewport_size({"width": NARROW, "height": 640})
        window.measure(f"{place.name} at {NARROW} px")
        if size:
            window.page.set_viewport_size(size)
    if not place.who and window.page.context.cookies():
        faults.append(f"cookies: {window.page.context.cookies()}")
    faults += [one for one in window.faults[before:]
               if place.status == 200 or f"status of {place.status}" not in one]
    return [f"{place.name} {place.address} {fault}" for fault in faults]


@pytest.mark.parametrize(("lang", "size", "scheme"), [
    ("de", (360, 640), "light"), ("en", (1280, 800), "dark")],
    ids=["german-phone-light", "english-desk-dark"])
def test_every_kind_of_page(
    app: Flask, cast: Cast, site: str, chromium: Browser, lang: str, size: tuple[int, int],
    scheme: str
) -> None:
    """storefront-5, storefront-6, storefront-19, producers-30: nothing grave for axe, nothing too
    wide, no error in the console, nothing from elsewhere, and no cookie for a visitor.
    """
    with committing():
        db.session.execute(db.update(Person).values(lang=lang))
    clients = {who: cast.browser(who) if who else app.test_client() for who in CAST}
    places = sorted(all_places(app, cast, clients), key=lambda place: place.who)
    db.session.rollback()
    window, wrong, last = Watched(chromium, site, lang, *size, scheme=scheme), [], ""
    for place in places:
        another = place.who != last
        if another:
            enter_as(window, clients[place.who], site, app.config["SESSION_COOKIE_NAME"])
        wrong += visit(window, place, lang, size[0] < 720, frame=another or place is places[0])
        last = place.who
    window.close()
    assert not wrong, "\n" + "\n".join(wrong)
    assert len({place.name for place in places}) >= 70


def test_every_page_of_the_access_table_is_opened(app: Flask, cast: Cast) -> None:
    """storefront-6: what answers a page and is missing here would fail: only files, machines'
    answers, addresses that need a token of a mail, and what only the author of imported words
    or the owner of a basket sees are left out.
    """
    clients = {who: cast.browser(who) if who else app.test_client() for who in CAST}
    opened = {place.name for place in all_places(app, cast, clients)}
    assert set(GET) - opened == {
        "static", "storefront.file", "storefront.healthz", "storefront.manifest",
        "storefront.readyz", "storefront.robots", "people.portrait_file",
        "people.new_password", "people.app", "people.export", "people.new_passkey",
        "people.own_passkey", "people.passkey_options", "people.join_options",
        "people.second", "people.takeout",
        "notify.unsubscribe", "payments.transfer_code",
        "payments.test_card", "moderation.log_csv", "moderation.statement",
        "insights.assortment_csv", "insights.metrics",
        "recommend.taste_export", "moderation.answer", "catalog.import_example",
        "catalog.code_picture", "orders.slip", "producers.document", "orders.document_pdf",
        "orders.own_pdf", "orders.receipt_pdf", "orders.return_slip", "orders.slips",
        "orders.parcel_note", "orders.export_csv", "payments.month_csv", "payments.month_pdf",
        "payments.year_csv",
        "payments.money_csv", "checkout.instead", "checkout.api_basket", "checkout.api_order",
        "checkout.api_orders", "dialogue.of_proposal",
        "groups.calendar_file", "groups.date_file", "groups.dates_file", "groups.invited",
        "notify.count", "notify.said", "notify.worker", "orders.photo", "orders.rate_table",
        "orders.receipt_photo",
        "storefront.group_feed", "storefront.bundle_feed", "storefront.bundle_file",
        "storefront.bundle_export", "storefront.oembed", "storefront.suggestions"}

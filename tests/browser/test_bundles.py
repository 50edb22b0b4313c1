"""A group puts something together: laid by keyboard alone, varied, bought with a part replaced."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from marketplace.bundles.models import Bundle, BundleItem
from marketplace.catalog.models import Picture, Variant
from marketplace.checkout.models import BasketLine
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.people.models import Person
from tests.browser.looking import Watched
from tests.browser.test_goods_by_keyboard import enter, tab_to, typed
from tests.cast import Cast, put_on_sale

pytestmark = [pytest.mark.browser, pytest.mark.slow]
GROUP = "/groups/deichabende"
SAVED = "[data-collage-state]"
WHITE = ("white-wine", "Weißburgunder Muschelkalk", "Shell limestone Pinot Blanc", "K-WBG", 1190,
         750, "ml", 12, {"kind": "Weißwein", "alcohol": "12", "origin": "Mosel",
                         "allergens": "Sulfite", "grape": ["Pinot Blanc"], "vintage": "2022"})


def window(chromium: Browser, site: str, cast: Cast, who: str) -> Watched:
    """A phone in German, signed in."""
    cookie = cast.browser(who).get_cookie(cast.app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    seen = Watched(chromium, site, "de-DE", 360, 640)
    seen.page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
    return seen


def tab_until(page: Page, there: str) -> None:
    """Press Tab until this is true of what has the focus."""
    for _press in range(200):
        page.keyboard.press("Tab")
        if page.evaluate(f"(() => {{ const at = document.activeElement; return {there}; }})()"):
            return
    raise AssertionError(f"{there} is not reached on {page.url}")


def lying() -> list[tuple[int | None, ...]]:
    """Place and layer of each part."""
    db.session.rollback()
    return [(row.x, row.y, row.w, row.rot, row.z) for row in db.session.scalars(
        db.select(BundleItem).order_by(BundleItem.bundle_id, BundleItem.pos))]


def test_a_group_composes_varies_and_buys(
    app: Flask, cast: Cast, site: str, chromium: Browser
) -> None:
    """bundles-1, bundles-7, bundles-14, bundles-15, bundles-36: cleo founds a group, dan and eva
    join; dan lays a collage by keyboard alone, eva makes a variant of it, cleo buys it whole with
    one part that is gone replaced by her own choice; on a phone, with axe on each new page.
    """
    ana = cast.id("ana")
    with committing():
        db.session.execute(db.update(Person).values(lang="de"))
        put_on_sale(ana, db.session.scalar(db.select(Picture.file)) or "", *WHITE)
    run_due()
    cleo, dan, eva = (window(chromium, site, cast, who) for who in ("cleo", "dan", "eva"))
    founds(cleo.page)
    for one in (dan, eva):
        one.page.goto(GROUP)
        one.page.get_by_role("button", name="Beitreten").first.click()
        one.page.wait_for_load_state()
    lays(dan)
    varies(eva)
    buys(cleo, cast)
    faults = [fault for one in (cleo, dan, eva) for fault in one.faults if "409" not in fault]
    for one in (cleo, dan, eva):
        one.close()
    assert not faults, "\n".join(faults)


def founds(page: Page) -> None:
    """A group of five answers."""
    page.goto("/groups/new")
    page.locator("[name=name]").fill("Deichabende")
    page.locator("[name=purpose]").fill("Was man isst, wenn der Wind dreht.")
    page.locator("label", has_text="Offen").first.click()
    page.locator("select[name=subject]").select_option("wine")
    page.locator("main form button.button").last.click()
    page.wait_for_url(f"**{GROUP}")


def lays(dan: Watched) -> None:
    """Three goods found, laid, pushed, turned, taken back and shown to the group: no mouse."""
    page = dan.page
    page.goto("/bundles/new")
    typed(page, "title", "Abend am Deich")
    tab_to(page, "template")
    page.keyboard.press("ArrowUp")
    tab_until(page, "at.tagName === 'BUTTON' && at.closest('main form')")
    enter(page)
    for words in ("Riesling", "Mütze", "Literwein"):
        tab_until(page, "at.name === 'q' && at.closest('main')")
        page.keyboard.type(words)
        enter(page)
        tab_until(page, "at.closest('.bundle-found form')")
        enter(page)
    before = lying()
    tab_until(page, "at.dataset && at.dataset.lying === '2'")
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", ".", "PageDown", "+", "Control+z"):
        page.keyboard.press(key)
    expect(page.locator("[data-collage-said]")).to_have_text("zurückgenommen")
    expect(page.locator(SAVED)).to_contain_text(re.compile(r"gespeichert \d{1,2}\."))
    x, y, w, rot, _z = before[1]
    assert x is not None and y is not None and rot is not None
    assert lying()[1] == (x + 200, y + 100, w, rot + 50, 1)
    dan.look("the free board")
    tab_to(page, "visibility")
    page.keyboard.type("Nur")
    tab_to(page, "Veröffentlichen")
    enter(page)
    run_due()
    page.reload()
    expect(page.locator(".bundle-picture img")).to_have_attribute(
        "alt", "Riesling vom Schiefer oben links, Mütze Deichwind oben, Literwein für alle Tage "
               "oben rechts.")
    dan.look("a collage")


def varies(eva: Watched) -> None:
    """From the group's bundle a variant of her own, shown to the group too."""
    page, first = eva.page, db.session.scalar(db.select(Bundle.slug))
    db.session.rollback()
    page.goto(f"/bundles/{first}")
    page.get_by_role("button", name="Variante erstellen").click()
    page.wait_for_url("**/edit")
    page.locator("[name=title]").fill("Evas Abend")
    page.locator("select[name=visibility]").select_option(label="Nur Deichabende")
    page.get_by_role("button", name="Veröffentlichen").click()
    expect(page.locator("h1")).to_have_text("Evas Abend")
    expect(page.locator("main")).to_contain_text("Abend am Deich · Dan")


def buys(cleo: Watched, cast: Cast) -> None:
    """The wine is gone: nothing is swapped without her choice; then all is in the basket.

    On a desk, where no link of a part may lie over the buttons above.
    """
    page = cleo.page
    page.set_viewport_size({"width": 1280, "height": 900})
    gone = cast.goods("riesling-vom-schiefer")
    slug = db.session.scalar(db.select(Bundle.slug).where(Bundle.depth == 1))
    db.session.rollback()
    with committing():
        db.session.execute(db.update(Variant).where(Variant.id == gone.variant_id)
                           .values(on_hand=0))
    page.goto(f"/bundles/{slug}")
    page.get_by_role("button", name="Auswählen, was hineinkommt").click()
    expect(page.locator("input[type=radio]:checked")).to_have_count(0)
    cleo.look("what stands in the way")
    page.locator("label", has_text="Weißburgunder Muschelkalk").click()
    page.locator("main form button.button").last.click()
    page.wait_for_url("**/basket")
    rows = db.session.execute(db.select(BasketLine.variant_id, BasketLine.set_key)).all()
    assert len(rows) == 3 and len({row.set_key for row in rows}) == 1
    assert gone.variant_id not in {row.variant_id for row in rows}
    db.session.rollback()

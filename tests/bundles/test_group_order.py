"""bundles-25: moderators of a group order its list of bundles by hand."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from threading import Barrier

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from marketplace.bundles.models import Bundle
from marketplace.foundation.database import db
from tests.bundles.test_views_bundles import HAT, WINE, begun, grown_up
from tests.cast import Cast
from tests.groups.hands import CLOSED, put_in

LIST = f"/bundles?from=group:{CLOSED}"
ORDER = f"/groups/{CLOSED}/bundle-order"


def a_list(cast: Cast, titles: tuple[str, ...] = ("Erster", "Zweiter", "Dritter")) -> list[str]:
    """Slugs of bundles that cleo shows to the closed group, in the order in which they came."""
    grown_up()
    put_in(cast, CLOSED, "member", "cleo", "eva")
    cleo, slugs = cast.browser("cleo"), []
    for title in titles:
        page = begun(cast, cleo, WINE, HAT)
        assert cast.post(cleo, f"{page}/edit", step="publish", title=title,
                         visibility=f"group:{CLOSED}").status_code == 303
        slugs.append(page.rsplit("/", 1)[1])
    return slugs


def shown(browser: FlaskClient, order: str = "") -> list[str]:
    """The slugs of the list from first to last."""
    html = browser.get(f"{LIST}{f'&order={order}' if order else ''}").get_data(as_text=True)
    return re.findall(r'class="card-title"[^>]*><a href="/bundles/([^"?]+)', html)


def move(cast: Cast, who: str, slug: str, step: str) -> int:
    """What a form of the list is answered."""
    return int(cast.post(cast.browser(who), ORDER, bundle=slug, step=step).status_code)


def test_moderators_give_the_list_its_own_order(cast: Cast) -> None:
    """bundles-25: newest first until somebody moves; then all members see this order first, votes
    and date are a click away; what is new comes last; the order can be given up.
    """
    first, second, third = a_list(cast)
    gina, eva = cast.browser("gina"), cast.browser("eva")
    assert shown(gina, "group") == [third, second, first]
    assert "order=group" not in eva.get(LIST).get_data(as_text=True)
    sent = cast.post(gina, ORDER, bundle=first, step="up")
    assert sent.location == f"{LIST}&order=group&page=1#b-{first}"
    said = gina.get(sent.location).get_data(as_text=True)
    assert "„Erster“ steht jetzt an Stelle 2 von 3." in said
    assert shown(gina) == shown(eva) == [third, first, second]
    assert move(cast, "gina", third, "down") == 303
    assert shown(eva) == [first, third, second]
    assert move(cast, "gina", first, "up") == 303 and move(cast, "gina", second, "down") == 303
    assert shown(eva) == [first, third, second]
    assert shown(eva, "new") == [third, second, first]
    (fourth,) = a_list(cast, ("Vierter",))
    assert shown(eva) == [first, third, second, fourth]
    assert cast.post(gina, ORDER, step="end").status_code == 303
    assert shown(eva, "new") == [fourth, third, second, first]
    assert db.session.scalar(sa.select(sa.func.count(Bundle.group_pos))) == 0
    assert "order=group" not in eva.get(LIST).get_data(as_text=True)


def test_only_moderators_order(cast: Cast) -> None:
    """bundles-25: members see no buttons and are refused; a stranger finds nothing."""
    first, _second, _third = a_list(cast)
    for who, status in (("eva", 403), ("cleo", 403), ("dan", 404), ("max", 404), ("olga", 404)):
        assert move(cast, who, first, "up") == status, who
        assert cast.post(cast.browser(who), ORDER, step="end").status_code == status, who
    html = cast.browser("eva").get(f"{LIST}&order=group").get_data(as_text=True)
    assert ORDER not in html
    assert move(cast, "gina", "nirgends", "up") == 404
    assert move(cast, "gina", first, "sideways") == 422
    assert db.session.scalar(sa.select(sa.func.count(Bundle.group_pos))) == 0
    put_in(cast, CLOSED, "moderator", "bert")
    assert move(cast, "bert", first, "up") == 303


def test_buttons_say_which_bundle_and_end_at_the_ends(cast: Cast) -> None:
    """bundles-25: plain forms; the first has no way up, the last none down."""
    first, second, third = a_list(cast)
    html = cast.browser("gina").get(f"{LIST}&order=group").get_data(as_text=True)
    forms = {slug: form for form in re.findall(r'<form class="bundle-move".*?</form>', html, re.S)
             for slug in (first, second, third) if f'value="{slug}"' in form}
    steps = {slug: re.findall(r'name="step" value="(\w+)"', form) for slug, form in forms.items()}
    assert steps == {third: ["down"], second: ["up", "down"], first: ["up"]}
    assert "Zweiter" in forms[second] and "Stelle 2 von 3" in forms[second]


def test_two_move_at_once_and_no_place_is_given_twice(app: Flask, cast: Cast) -> None:
    """bundles-25: twelve moves at once leave places 1, 2, 3."""
    first, second, third = a_list(cast)
    put_in(cast, CLOSED, "moderator", "bert")
    browsers = [cast.browser(who) for who in ("gina", "bert") * 6]
    start = Barrier(len(browsers))

    def press(browser: FlaskClient, slug: str) -> int:
        def go() -> int:
            start.wait(60)
            return int(cast.post(browser, ORDER, bundle=slug, step="up").status_code)
        return Context().run(go)

    with ThreadPoolExecutor(len(browsers)) as pool:
        statuses = set(pool.map(press, browsers, (first, second, third) * 4))
    assert statuses == {303}
    db.session.rollback()
    assert sorted(db.session.scalars(sa.select(Bundle.group_pos))) == [1, 2, 3]

"""Bundles among people: comments, blocks, who sees what, baskets filled twice, languages."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient

from marketplace.bundles.models import Bundle, BundleItem, BundleVote
from marketplace.checkout.models import BasketLine
from marketplace.dialogue.models import Post, Thread
from marketplace.foundation.database import committing, db
from marketplace.people.actions import block
from tests.bundles.test_views_bundles import HAT, WINE, begun, grown_up, published
from tests.cast import Cast

GROUP = "weisswein-zu-gemuese"


def test_comments_are_public_reportable_and_their_links_marked(
    cast: Cast, client: FlaskClient
) -> None:
    """bundles-10: a visitor reads them; each has its report; a link in it is ugc nofollow."""
    grown_up()
    db.session.execute(db.text("UPDATE people SET trust_level = 2"))
    db.session.commit()
    page = published(cast, cast.browser("cleo"), WINE, HAT)
    assert cast.post(cast.browser("eva"), f"{page}/comments",
                     words="Siehe [das Brot](https://example.org/brot).").status_code == 303
    html = client.get(page).get_data(as_text=True)
    code = db.session.scalar(db.select(Post.code))
    db.session.rollback()
    assert f"/moderation/report/post/{code}" in html
    rel = re.search(r'<a [^>]*href="https://example.org/brot"[^>]*rel="([^"]+)"|'
                    r'<a [^>]*rel="([^"]+)"[^>]*href="https://example.org/brot"', html)
    assert rel is not None
    assert {"ugc", "nofollow"} <= set((rel[1] or rel[2]).split())


@pytest.mark.parametrize("by", ["cleo", "eva"])
def test_blocked_people_neither_vote_nor_comment(cast: Cast, by: str) -> None:
    """bundles-10, 3.14: whoever blocked; not by the address of the thread either; what was given
    before can be taken back.
    """
    grown_up()
    cleo, eva = cast.browser("cleo"), cast.browser("eva")
    page = published(cast, cleo, WINE, HAT)
    assert cast.post(eva, f"{page}/votes", vote="up").status_code == 303
    assert cast.post(cleo, f"{page}/comments", words="Was meint ihr?").status_code == 303
    code = db.session.scalar(db.select(Thread.code))
    db.session.rollback()
    with committing():
        block(cast.id(by), cast.id("cleo" if by == "eva" else "eva"))
    for path, form in ((f"{page}/votes", {"vote": "down"}),
                       (f"{page}/comments", {"words": "Nein."}),
                       (f"/threads/{code}", {"words": "Doch."})):
        assert cast.post(eva, path, **form).status_code == 403, path
    assert db.session.scalars(db.select(BundleVote.value)).all() == [1]
    assert db.session.scalar(db.select(db.func.count()).select_from(Post)) == 1
    db.session.rollback()
    assert cast.post(eva, f"{page}/votes", vote="none").status_code == 303
    assert db.session.scalars(db.select(BundleVote.value)).all() == []


SEEN = {
    "public": {"visitor", "eva", "gina", "dan", "max"},
    "members": {"eva", "gina", "dan", "max"},
    "link": {"visitor", "eva", "gina", "dan", "max"},
    f"group:{GROUP}": {"gina", "eva"},
    "": set(),
}
LISTED = {"public": SEEN["public"], "members": SEEN["members"], "link": set(),
          f"group:{GROUP}": {"gina", "eva"}, "": set()}


@pytest.mark.parametrize("audience", SEEN)
def test_who_sees_a_bundle(app: Flask, cast: Cast, audience: str) -> None:
    """bundles-24: by visitor, member, members of the group, somebody who is blocked, a moderator;
    the page and the list. "": a draft, which nothing but a publishing step shows. Of a block the
    words stay public: people-8.
    """
    for who in ("cleo", "eva"):
        cast.post(cast.browser(who), f"/groups/{GROUP}/join")
    with committing():
        block(cast.id("cleo"), cast.id("dan"))
    cleo = cast.browser("cleo")
    page = begun(cast, cleo, WINE, HAT)
    if audience:
        assert cast.post(cleo, f"{page}/edit", step="publish", title="Abend am Deich",
                         visibility=audience).status_code == 303
    clients = {who: cast.browser(who) for who in ("eva", "gina", "dan", "max")}
    clients["visitor"] = app.test_client()
    opened = {who for who, client in clients.items() if client.get(page).status_code == 200}
    listed = {who for who, client in clients.items()
              if f'href="{page}"' in client.get("/bundles?order=new").get_data(as_text=True)}
    assert opened == SEEN[audience]
    assert listed == LISTED[audience]
    assert cleo.get(page).status_code == 200


def test_same_bundle_added_many_times_at_once_is_one_set(app: Flask, cast: Cast) -> None:
    """bundles-16: twelve at once by one member: one set of two lines, the larger quantity of each,
    never half of it.
    """
    page = published(cast, cast.browser("cleo"), WINE, HAT)
    db.session.execute(db.update(BundleItem).where(BundleItem.pos == 1).values(qty=2))
    db.session.commit()
    browsers = [cast.browser("dan") for _n in range(12)]
    start = Barrier(12)

    def press(browser: FlaskClient) -> int:
        def go() -> int:
            start.wait(60)
            return int(cast.post(browser, f"{page}/basket").status_code)
        return Context().run(go)

    with ThreadPoolExecutor(12) as pool:
        statuses = set(pool.map(press, browsers))
    db.session.rollback()
    lines = db.session.execute(db.select(BasketLine.qty, BasketLine.set_key)
                               .order_by(BasketLine.qty)).all()
    assert [line.qty for line in lines] == [1, 2]
    assert len({line.set_key for line in lines}) == 1
    assert statuses <= {303, 409}


def test_group_has_its_own_shared_list_of_bundles(cast: Cast) -> None:
    """bundles-25: members put bundles into the list of their group, by votes or by date; others
    read neither.
    """
    grown_up()
    for who in ("cleo", "eva"):
        cast.post(cast.browser(who), f"/groups/{GROUP}/join")
    pages = []
    for who, title in (("cleo", "Erster"), ("eva", "Zweiter")):
        client = cast.browser(who)
        page = begun(cast, client, WINE, HAT)
        cast.post(client, f"{page}/edit", step="publish", title=title,
                  visibility=f"group:{GROUP}")
        pages.append(page)
    assert cast.post(cast.browser("gina"), f"{pages[0]}/votes", vote="up").status_code == 303
    where = f"/bundles?from=group:{GROUP}"
    elsewhere = published(cast, cast.browser("eva"), WINE, HAT)
    for order, first in (("best", 0), ("new", 1)):
        shown = cast.browser("gina").get(f"{where}&order={order}").get_data(as_text=True)
        assert shown.index(f'href="{pages[first]}"') < shown.index(f'href="{pages[1 - first]}"')
        assert elsewhere not in shown and "Weißwein zu Gemüse" in shown
    assert where in cast.browser("gina").get(f"/groups/{GROUP}").get_data(as_text=True)
    assert where not in cast.browser("dan").get(f"/groups/{GROUP}").get_data(as_text=True)
    assert pages[0] not in cast.browser("dan").get(where).get_data(as_text=True)


def test_title_and_words_carry_their_language(cast: Cast, client: FlaskClient) -> None:
    """bundles-35: an English title on a German page says so; the page is there in both."""
    page = published(cast, cast.browser("cleo"), WINE, HAT)
    db.session.execute(db.update(Bundle).values(lang="en", words="For six."))
    db.session.commit()
    for lang, words in (("de", "Alles in den Korb"), ("en", "Everything into the basket")):
        html = client.get(f"{page}?lang={lang}").get_data(as_text=True)
        assert f'<html lang="{lang}"' in html and '<h1 lang="en"' in html
        assert re.search(r'<p class="words" lang="en"[^>]*>For six\.', html) and words in html

"""All topics of a group, page by page."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from marketplace.dialogue.models import Thread
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from tests.cast import Cast
from tests.groups.hands import CLOSED, OPEN, SECRET, group, put_in


def topics(cast: Cast, slug: str, n: int, hidden: bool = False) -> list[str]:
    """Codes of topics of dan's, the newest first; pairs of them have the same time, the oldest is
    pinned, and before it comes one that a decision hid.
    """
    group_id, dan, now = group(slug).id, cast.id("dan"), clock.now()
    db.session.rollback()
    with committing():
        rows = [Thread(code=f"thema-{slug[:3]}-{i:03}", kind="topic", title=f"Thema {i}",
                       author_id=dan, lang="de", state="open", group_id=group_id,
                       visibility="public" if slug == OPEN else "group", made_at=now,
                       last_post_at=now - timedelta(hours=i // 2), pinned=i == n - 1,
                       standing="hidden" if i == n - 2 else "visible") for i in range(n)]
        for row in reversed(rows):
            db.session.add(row)
            db.session.flush()
        codes = [row.code for row in rows]
    pinned, *_others = reversed(codes)
    return [pinned, *(code for code in codes[:-2])]


def shown(html: str) -> list[str]:
    """Codes of the topics of a page, in order."""
    return list(dict.fromkeys(re.findall(r'href="/threads/(thema-[\w-]+)"', html)))


def walked(browser: FlaskClient, slug: str) -> list[list[str]]:
    """Every page, from the first by the link to older ones."""
    url, pages = f"/groups/{slug}/topics", []
    while url and len(pages) < 9:
        html = browser.get(url).get_data(as_text=True)
        pages.append(shown(html))
        following = re.search(r'rel="next" href="([^"]+)"', html)
        url = following.group(1) if following else ""
    return pages


@pytest.mark.parametrize("slug", [OPEN, CLOSED, SECRET])
def test_every_topic_is_reached_once(app: Flask, cast: Cast, slug: str) -> None:
    """groups-17: 30 a page, pinned first, then the liveliest, each once, what is hidden nowhere; of
    a closed or secret group for its members only.
    """
    put_in(cast, slug, "member", "eva")
    codes = topics(cast, slug, 67)
    for who in ("eva", *([""] if slug == OPEN else [])):
        pages = walked(cast.browser(who) if who else app.test_client(), slug)
        assert [len(page) for page in pages] == [30, 30, 6]
        assert [code for page in pages for code in page] == codes
    if slug != OPEN:
        for who in ("bert", "max", "olga"):
            assert cast.browser(who).get(f"/groups/{slug}/topics").status_code == 404


def test_group_page_leads_to_all_topics_where_there_are_more(cast: Cast) -> None:
    """groups-17: twelve on the page of the group; with thirteen a way to all of them."""
    gina, link = cast.browser("gina"), f'href="/groups/{CLOSED}/topics"'
    codes = topics(cast, CLOSED, 13)
    assert len(shown(gina.get(f"/groups/{CLOSED}").get_data(as_text=True))) == 12
    assert link not in gina.get(f"/groups/{CLOSED}").get_data(as_text=True)
    (last,) = [code for code in codes if code.endswith("-000")]
    with committing():
        old = db.session.scalar(db.select(Thread).where(Thread.code == last))
        db.session.add(Thread(
            code="thema-alt", kind="topic", title="Alt", author_id=old.author_id, lang="de",
            state="open", group_id=old.group_id, visibility="group", made_at=old.made_at,
            last_post_at=old.made_at - timedelta(days=9)))
    html = gina.get(f"/groups/{CLOSED}").get_data(as_text=True)
    assert link in html and len(shown(html)) == 12 and "thema-alt" not in html


def test_a_mangled_address_begins_anew(cast: Cast) -> None:
    """groups-17: what is not a key of this page shows the first one."""
    codes = topics(cast, OPEN, 40)
    for nonsense in ("x", "_", "2026-01-01_1", "2026-01-01T00:00:00%2B00:00_" + "9" * 30):
        html = cast.browser("eva").get(f"/groups/{OPEN}/topics?after={nonsense}")
        assert shown(html.get_data(as_text=True)) == codes[:30], nonsense

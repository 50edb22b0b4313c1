"""Groups under many at once: what a rule allows stays true when twenty press together."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import Context

import pytest
import sqlalchemy as sa
from flask import Flask

from marketplace.catalog.models import Product
from marketplace.foundation.database import db
from marketplace.groups.models import PickVote
from tests.cast import Cast
from tests.groups.hands import OPEN, put_in


def test_three_votes_a_month_under_twenty_parallel_posts(app: Flask, cast: Cast) -> None:
    """groups-14: one member sends twenty votes for five goods at once: never more than three count,
    and nobody gets an error page.
    """
    put_in(cast, OPEN, "member", "cleo")
    slugs = db.session.scalars(sa.select(Product.slug).order_by(Product.id).limit(5)).all()
    db.session.rollback()
    assert len(slugs) == 5
    browsers = [cast.browser("cleo") for _n in range(4)]
    pages = [one.get(f"/groups/{OPEN}/picks").get_data(as_text=True) for one in browsers]
    assert all(pages)
    jobs = [(browsers[n % 4], slugs[n % 5]) for n in range(20)]

    def vote(job: tuple[object, str]) -> int:
        browser, slug = job
        return Context().run(lambda: cast.post(  # type: ignore[no-any-return]
            browser, f"/groups/{OPEN}/picks", product=f"/products/{slug}").status_code)

    with ThreadPoolExecutor(20) as pool:
        statuses = list(pool.map(vote, jobs))
    db.session.rollback()
    kept = db.session.scalars(sa.select(PickVote.product_id).where(
        PickVote.person_id == cast.id("cleo"))).all()
    assert len(kept) <= 3 and len(set(kept)) == len(kept)
    assert set(statuses) <= {303, 409, 429}, statuses


@pytest.mark.parametrize("path", ["join", "leave"])
def test_coming_and_going_twenty_times_at_once_is_once(app: Flask, cast: Cast, path: str) -> None:
    """6: one row, and the count of members stays what the rows say."""
    if path == "leave":
        put_in(cast, OPEN, "member", "cleo")
    browsers = [cast.browser("cleo") for _n in range(20)]

    def press(browser: object) -> int:
        return Context().run(lambda: cast.post(  # type: ignore[no-any-return]
            browser, f"/groups/{OPEN}/{path}").status_code)

    with ThreadPoolExecutor(20) as pool:
        statuses = set(pool.map(press, browsers))
    db.session.rollback()
    assert statuses <= {303, 409}
    held, counted = db.session.execute(sa.text(
        "SELECT (SELECT count(*) FROM memberships m WHERE m.group_id = g.id AND m.left_at IS NULL),"
        " g.member_count FROM groups g WHERE g.slug = :slug"), {"slug": OPEN}).one()
    assert held == counted == (2 if path == "join" else 1)

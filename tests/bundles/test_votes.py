"""Voices on bundles: the order by them, those that wait, many at once; long chains, set prices."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient

from marketplace.bundles.actions import vote
from marketplace.bundles.jobs import count_votes
from marketplace.bundles.models import Bundle, BundleVote
from marketplace.bundles.rules import Standing, in_order, rank, vote_counts
from marketplace.checkout.rules.prices import Good, SetOffer, Term, offer_parts
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.people.models import Account
from tests.bundles.test_views_bundles import HAT, WINE, grown_up, published
from tests.cast import Cast
from tests.databases import sent_statements

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
MANY = 30


@pytest.mark.parametrize(("up", "down", "value"), [
    (40, 5, .7650), (27, 3, .7438), (9, 1, .5958), (5, 0, .5655), (3, 0, .4385), (1, 0, .2065),
    (0, 5, 0.0)])
def test_order_by_votes_has_the_figures_of_the_spec(up: int, down: int, value: float) -> None:
    """bundles-9: the vectors of 3.7."""
    assert rank(up, down) == pytest.approx(value, abs=5e-5)


def test_a_tenth_of_the_places_goes_to_new_ones() -> None:
    """3.7: 20 bundles, 15 with votes, 5 new without: two of these stand at places 10 and 20, the
    rest by votes; the same all day, another draw on another day; under ten places none.
    """
    known = [Standing(n, 30 - n, 0, True) for n in range(1, 16)]
    new = [Standing(n, 0, 0, True) for n in range(16, 21)]
    order = in_order([*known, *new], date(2026, 5, 1))
    assert sorted(order) == list(range(1, 21))
    assert order[:9] == list(range(1, 10)) and order[9] > 15 and order[10] == 10
    assert order[19] > 15
    assert order == in_order([*known, *new], date(2026, 5, 1))
    assert len({tuple(in_order([*known, *new], date(2026, 5, day))) for day in range(1, 20)}) > 3
    assert in_order([*known[:8], new[0]], date(2026, 5, 1)) == [*range(1, 9), 16]
    old = [Standing(n, 0, 0, False) for n in range(16, 21)]
    assert in_order([*known, *old], date(2026, 5, 1)) == list(range(1, 21))


def test_a_voice_counts_after_a_day_and_with_a_confirmed_address() -> None:
    """3.7: 23:59 after joining not yet, 24:00 yes; never without a confirmed address."""
    assert not vote_counts(NOW - timedelta(hours=23, minutes=59), True, NOW)
    assert vote_counts(NOW - timedelta(hours=24), True, NOW)
    assert vote_counts(None, True, NOW)
    assert not vote_counts(NOW - timedelta(days=9), False, NOW)


def counts() -> tuple[int, int]:
    """Up and down as they are shown."""
    db.session.rollback()
    return tuple(db.session.execute(db.select(Bundle.up, Bundle.down)).one())  # type: ignore[return-value]


def test_voices_of_young_accounts_are_counted_later(cast: Cast) -> None:
    """bundles-8, 3.7: kept and said at once, counted by the job once the account is a day old."""
    page = published(cast, cast.browser("cleo"), WINE, HAT)
    eva = cast.browser("eva")
    cast.post(eva, f"{page}/votes", vote="up")
    assert counts() == (0, 0)
    assert "counts once your account is a day old" in eva.get(page).get_data(as_text=True)
    count_votes()
    assert counts() == (0, 0)
    grown_up()
    with committing():
        db.session.execute(db.update(Account).where(Account.person_id == cast.id("eva"))
                           .values(confirmed_at=None))
    count_votes()
    assert counts() == (0, 0)
    with committing():
        db.session.execute(db.update(Account).values(confirmed_at=clock.now()))
    count_votes()
    assert counts() == (1, 0)
    cast.post(eva, f"{page}/votes", vote="none")
    assert counts() == (0, 0)


def test_a_bundle_is_kept_once_and_let_go(cast: Cast) -> None:
    """bundles-28: keeping twice is one row and one counted; it stands in one's own list, the
    author reads the figure, a visitor is asked to sign in.
    """
    cleo, eva = cast.browser("cleo"), cast.browser("eva")
    page = published(cast, cleo, WINE, HAT)
    for _time in range(2):
        assert cast.post(eva, f"{page}/save", keep="yes").status_code == 303
    assert db.session.scalar(db.select(Bundle.saves)) == 1
    assert "Remembered" in eva.get(page).get_data(as_text=True)
    assert f'href="{page}"' in eva.get("/account/bundles").get_data(as_text=True)
    assert "gemerkt 1" in cleo.get("/account/bundles").get_data(as_text=True)
    cast.post(eva, f"{page}/save", keep="no")
    assert db.session.scalar(db.select(Bundle.saves)) == 0
    assert f'href="{page}"' not in eva.get("/account/bundles").get_data(as_text=True)


def test_thirty_voices_at_once_are_counts_equal_to_rows(app: Flask, cast: Cast) -> None:
    """bundles-8: 30 parallel votes of five people, up and down by turns, on both databases."""
    published(cast, cast.browser("cleo"), WINE, HAT)
    grown_up()
    bundle_id = db.session.scalar(db.select(Bundle.id)) or 0
    people = [cast.id(handle) for handle in ("ana", "bert", "dan", "eva", "gina")]
    db.session.remove()
    start = Barrier(MANY)

    def go(n: int) -> None:
        start.wait(60)
        with app.app_context(), committing():
            vote(bundle_id, people[n % 5], 1 if n % 2 else -1)

    with ThreadPoolExecutor(MANY) as pool:
        list(pool.map(go, range(MANY)))
    values = list(db.session.scalars(db.select(BundleVote.value)))
    assert len(values) == 5
    assert counts() == (values.count(1), values.count(-1))


def test_a_chain_of_a_thousand_is_cut_and_costs_the_same(
    cast: Cast, client: FlaskClient
) -> None:
    """bundles 6: rows of a hand-made chain of 1,000 variants; the last page names 50 origins,
    newest first, with as many statements about bundles as a chain of two.
    """
    page = published(cast, cast.browser("cleo"), WINE, HAT)
    first = db.session.scalar(db.select(Bundle))
    assert first is not None
    names = [c.name for c in Bundle.__table__.columns if c.name not in ("id", "slug", "title")]
    row = {name: getattr(first, name) for name in names}
    db.session.rollback()
    with committing():
        db.session.execute(db.insert(Bundle), [
            {**row, "id": first.id + n, "slug": f"kette-{n}", "title": f"Kette {n}",
             "parent_id": first.id + n - 1, "root_id": first.id, "depth": n}
            for n in range(1, 1001)])
    taken = []
    for last in (2, 1000):
        client.get(f"/bundles/kette-{last}")
        with sent_statements() as sent:
            shown = client.get(f"/bundles/kette-{last}").get_data(as_text=True)
        taken.append(len([one for one in sent if "bundles" in one]))
    assert taken[0] == taken[1]
    assert shown.count('href="/bundles/kette-9') == 50
    assert shown.index("Kette 999") < shown.index("Kette 950") and page not in shown


def test_a_thousand_sets_sum_to_their_price() -> None:
    """bundles-18: random parts, quantities and prices of one seller: what is left of the parts
    comes to the set price to the cent, and no part costs less than nothing.
    """
    dice = random.Random(18)
    for _time in range(1000):
        goods = [Good(1, n, dice.randint(1, 9), dice.randint(1, 9999), "s")
                 for n in range(dice.randint(2, 24))]
        singly = sum(good.single_minor for good in goods)
        price = dice.randint(0, singly - 1)
        offer = SetOffer("o", "s", {good.variant_id: good.qty for good in goods},
                         [Term(1, "fixed", price)])
        off = offer_parts(offer, goods)
        left = [good.single_minor - less for good, less in zip(goods, off, strict=True)]
        assert sum(left) == price and min(left) >= 0

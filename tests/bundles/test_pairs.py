"""How many members put two goods together: kept, and always what the bundles say."""

from __future__ import annotations

import random

import pytest

from marketplace.bundles.actions import set_standing
from marketplace.bundles.jobs import pair_counts
from marketplace.bundles.models import Bundle, BundleItem, PairCount
from marketplace.bundles.queries import (
    authors_together,
    goods_put_together,
    pairs_counted,
    pairs_to_change,
)
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.people.models import Person
from tests.bundles.test_views_bundles import HAT, RED, WINE, published
from tests.cast import Cast

THREE = ("cleo", "dan", "eva")


@pytest.fixture
def goods(cast: Cast) -> tuple[int, int, int]:
    """Wine, hat, red."""
    found = tuple(cast.goods(slug).product_id for slug in (WINE, HAT, RED))
    db.session.rollback()
    return found  # type: ignore[return-value]


def kept() -> dict[tuple[int, int], int]:
    """The pairs as they are kept."""
    run_due()
    db.session.rollback()
    found = {(row.product_id, row.other_id): row.authors for row in db.session.scalars(
        db.select(PairCount))}
    db.session.rollback()
    return found


def test_third_author_makes_a_pair(cast: Cast, goods: tuple[int, int, int]) -> None:
    """bundles-6: two authors are not kept, a third is, without waiting for the night; one author
    twice counts once.
    """
    wine, hat, _red = goods
    for who in ("cleo", "cleo", "dan"):
        published(cast, cast.browser(who), WINE, HAT)
    assert kept() == {} and goods_put_together() == frozenset()
    published(cast, cast.browser("eva"), WINE, HAT)
    assert kept() == {(min(wine, hat), max(wine, hat)): 3}
    assert authors_together([wine]) == {hat: 3} and authors_together([hat]) == {wine: 3}
    assert authors_together([wine, hat]) == {}
    assert goods_put_together() == {wine, hat}


def test_swapped_and_hidden_goods_are_counted_anew(
    cast: Cast, goods: tuple[int, int, int]
) -> None:
    """bundles-6, bundles-29: a part taken out, a bundle removed by a decision, and back again."""
    wine, hat, red = goods
    pages = [published(cast, cast.browser(who), WINE, RED, HAT) for who in THREE]
    pair = {tuple(sorted(both)) for both in ((wine, hat), (wine, red), (hat, red))}
    assert kept() == dict.fromkeys(pair, 3)
    gone = cast.post(cast.browser("cleo"), f"{pages[0]}/edit", step="remove", pos="3")
    assert gone.status_code == 303
    assert kept() == {tuple(sorted((wine, red))): 3}
    second = db.session.scalar(db.select(Bundle.id).where(Bundle.author_id == cast.id("dan")))
    assert second is not None
    db.session.rollback()
    for standing, left in (("removed", {}), ("visible", {tuple(sorted((wine, red))): 3})):
        with committing():
            set_standing(second, standing, None)
        assert kept() == left


def test_the_night_mends_whatever_was_missed(cast: Cast, goods: tuple[int, int, int]) -> None:
    """bundles-6: an author who left and made-up rows: after the nightly count all is as counted."""
    wine, _hat, red = goods
    for who in THREE:
        published(cast, cast.browser(who), WINE, HAT)
    kept()
    with committing():
        db.session.execute(db.update(Bundle).where(Bundle.author_id == cast.id("eva"))
                           .values(state="withdrawn"))
        db.session.add(PairCount(product_id=min(wine, red), other_id=max(wine, red), authors=9))
    pair_counts()
    assert kept() == {}


def test_kept_equals_counted_for_many(cast: Cast, goods: tuple[int, int, int]) -> None:
    """bundles-6: 300 drawn bundles of forty authors, counted in the night and again by hand from
    the raw rows; a second night changes nothing.
    """
    draw = random.Random(11)
    with committing():
        people = [Person(handle=f"p{n}", handle_folded=f"p{n}", picture_seed=n,
                         joined_on=db.session.scalar(db.select(Person.joined_on).limit(1)))
                  for n in range(40)]
        db.session.add_all(people)
        db.session.flush()
        for n in range(300):
            who = draw.choice(people).id
            row = Bundle(slug=f"b{n}", author_id=who, title="Drei", lang="de", state="published",
                         visibility=draw.choice(("public", "public", "members")),
                         changed_at=db.func.now(), published_at=db.func.now())
            db.session.add(row)
            db.session.flush()
            for pos, product in enumerate(draw.sample(goods, draw.randint(2, 3)), start=1):
                db.session.add(BundleItem(bundle_id=row.id, pos=pos, slot="", product_id=product))
    pair_counts()
    raw: dict[tuple[int, int], set[int]] = {}
    parts: dict[int, tuple[int, list[int]]] = {}
    for bundle, author, product in db.session.execute(
            db.select(Bundle.id, Bundle.author_id, BundleItem.product_id).join(
                BundleItem, BundleItem.bundle_id == Bundle.id)
            .where(Bundle.visibility == "public")):
        parts.setdefault(bundle, (author, []))[1].append(product)
    for author, some in parts.values():
        for low in some:
            for high in some:
                if low < high:
                    raw.setdefault((low, high), set()).add(author)
    assert kept() == {pair: len(who) for pair, who in raw.items()} == pairs_counted()
    assert pairs_to_change() == []

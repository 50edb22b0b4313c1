"""What members of a group would buy again, exact as people come, answer and go; and taps."""

from __future__ import annotations

from marketplace.foundation.database import committing, db
from marketplace.groups.actions import join, leave
from marketplace.groups.models import Group, Membership
from marketplace.reviews.actions import withdraw_answer
from marketplace.reviews.actions.grouping import rebuild_group
from marketplace.reviews.models import GroupScore, Rating, Tap
from marketplace.reviews.queries import group_ranking, taps_of
from marketplace.reviews.queries.differences import noted_differences
from marketplace.reviews.queries.recounts import group_counts, kept_group_counts
from tests.cast import Cast
from tests.reviews.hands import HAT, WINE, answered, counts, lot


def group(kind: str = "open") -> Group:
    """A group of the cast."""
    found = db.session.scalar(db.select(Group).where(Group.kind == kind))
    assert found is not None
    return found


def enter(cast: Cast, who: str, kind: str = "open") -> None:
    """Become a member."""
    db.session.rollback()
    with committing():
        join(group(kind), cast.id(who))


def test_group_counts_equal_a_recount_after_every_act(cast: Cast) -> None:
    """reviews-23: come, answer, taste another lot, change, take back, go: kept = counted."""
    one = group().id

    def kept() -> dict[int, tuple[int, int]]:
        found = kept_group_counts(one)
        assert found == group_counts(one)
        db.session.rollback()
        return found

    wine, hat = (cast.goods(slug).product_id for slug in (WINE, HAT))
    first = answered(cast, "cleo", True, lot_id=lot(cast, "2023", 1))
    assert kept() == {}
    enter(cast, "cleo")
    assert kept() == {wine: (1, 1)}
    answered(cast, "cleo", False, lot_id=lot(cast, "2024", 2))
    assert kept() == {wine: (0, 1)}
    enter(cast, "eva")
    answered(cast, "eva", True)
    answered(cast, "eva", True, HAT)
    answered(cast, "dan", True)
    assert kept() == {wine: (1, 2), hat: (1, 1)}
    row = db.session.scalar(db.select(Rating).where(Rating.person_id == cast.id("cleo"),
                                                    Rating.id != first.id))
    db.session.rollback()
    assert row is not None
    with committing():
        withdraw_answer(row)
    assert kept() == {wine: (2, 2), hat: (1, 1)}
    with committing():
        leave(one, cast.id("eva"))
    assert kept() == {wine: (1, 1)}


def test_wrong_group_row_is_corrected_at_night(cast: Cast) -> None:
    """Spec 6: the recount is the truth."""
    enter(cast, "cleo")
    answered(cast, "cleo", True)
    with committing():
        db.session.execute(db.update(GroupScore).values(k=7, n=9))
    with committing():
        assert rebuild_group(group().id)
    with committing():
        assert not rebuild_group(group().id)
    _total, noted = noted_differences(9)
    assert [(row.group_id, row.name, row.kept, row.counted) for row in noted] == [
        (group().id, "n", 9, 1), (group().id, "k", 7, 1)]
    assert group_ranking(group().id, 1) == [(cast.goods(WINE).product_id, 1, 1)]


def test_ranking_stands_on_the_page_of_the_group_alone(cast: Cast) -> None:
    """reviews-23: from five answers on it feeds the group's own ranking; a secret group's
    figures stand nowhere else.
    """
    secret = group("secret").id
    with committing():
        for who in ("ana", "bert", "cleo", "dan", "eva"):
            if not db.session.scalar(db.select(Membership.id).where(
                    Membership.group_id == secret, Membership.person_id == cast.id(who))):
                db.session.add(Membership(group_id=secret, person_id=cast.id(who),
                                          joined_at=group().last_act_at))
    for who in ("bert", "cleo", "dan", "eva", "gina"):
        answered(cast, who, who != "eva")
    slug = group("secret").slug
    inside = cast.browser("cleo").get(f"/groups/{slug}").get_data(as_text=True)
    assert "4 von 5 bei euch" in inside
    for path in (f"/groups/{slug}", f"/products/{WINE}", "/groups", "/"):
        assert "bei euch" not in cast.browser("max").get(path).get_data(as_text=True)


def test_taps_count_alike_and_never_in_the_score(cast: Cast) -> None:
    """reviews-20: up and down alike, taking back restores; k and n stay; buying is not needed."""
    answered(cast, "cleo", True)
    product, before = cast.goods(WINE).product_id, counts(cast.goods(WINE).product_id)
    dan, eva = cast.browser("dan"), cast.browser("eva")
    acts = [(dan, "up", (1, 0)), (dan, "up", (1, 0)), (eva, "down", (1, 1)),
            (dan, "down", (0, 2)), (dan, "none", (0, 1)), (eva, "none", (0, 0))]
    for browser, vote, expected in acts:
        assert cast.post(browser, f"/products/{WINE}/tap", vote=vote).status_code == 303
        found = taps_of(product, None)
        assert (found.up, found.down) == expected
        db.session.rollback()
    assert counts(product) == before
    assert db.session.scalars(db.select(Tap)).all() == []
    db.session.rollback()
    assert cast.post(dan, "/products/no-such-thing/tap", vote="up").status_code == 404
    page = dan.get(f"/products/{WINE}").get_data(as_text=True)
    assert "Gefällt mir" in page

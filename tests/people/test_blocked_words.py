"""Words of blocked people, and what a stated age closes."""

from __future__ import annotations

import sqlalchemy as sa

from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.people import actions
from tests.cast import Cast
from tests.stories.test_circle import order_by, send

SLUG = "riesling-vom-schiefer"


def rated(cast: Cast) -> None:
    """Cleo bought, answered and wrote."""
    cleo = cast.browser("cleo")
    number = order_by(cast, cleo, SLUG)
    run_due()
    send(cast, "ana", f"{number}-1")
    line = db.session.scalar(sa.text("SELECT max(id) FROM order_lines"))
    db.session.rollback()
    path = f"/orders/{number}/lines/{line}/rating"
    assert cast.post(cleo, path, again="yes").status_code == 303
    assert cast.post(cleo, path, words="Salzig wie am Deich.", step="publish").status_code == 303
    run_due()


def test_reviews_of_a_blocked_buyer_stay_and_count(cast: Cast) -> None:
    """people-9: visible and counted for the blocker, the blocked and everybody else."""
    rated(cast)

    def seen() -> dict[str, bool]:
        return {who: "Salzig wie am Deich." in cast.browser(who).get(
            f"/products/{SLUG}").get_data(as_text=True) for who in ("cleo", "eva", "dan")}

    count = sa.text("SELECT k, n FROM scores s JOIN products p ON p.id = s.product_id "
                    "WHERE p.slug = :slug AND s.lot_id IS NULL")
    before = (seen(), tuple(db.session.execute(count, {"slug": SLUG}).one()))
    db.session.rollback()
    with committing():
        actions.block(cast.id("eva"), cast.id("cleo"))
    run_due()
    after = (seen(), tuple(db.session.execute(count, {"slug": SLUG}).one()))
    assert before == after == ({"cleo": True, "eva": True, "dan": True}, (1, 1))


def test_sixteen_puts_no_spirits_into_the_basket(cast: Cast) -> None:
    """people-17: class 16 cannot have goods of class 18; unknown is asked as a visitor is."""
    goods = cast.goods(SLUG)
    with committing():
        db.session.execute(sa.text("UPDATE products SET age_class = 18 WHERE slug = :slug"),
                           {"slug": SLUG})
        actions.state_age(cast.id("dan"), "16")
    got = {}
    for who in ("dan", "eva"):
        client = cast.browser(who)
        cast.post(client, "/basket/lines", variant=goods.variant_id, qty="1")
        got[who] = db.session.scalar(sa.text(
            "SELECT count(*) FROM basket_lines l JOIN baskets b ON b.id = l.basket_id "
            "WHERE b.person_id = :id"), {"id": cast.id(who)})
    assert got == {"dan": 0, "eva": 1}


def test_sixteen_has_no_pseudonym_in_the_journal(cast: Cast) -> None:
    """people-17: what somebody of class 16 does is noted without any key."""
    with committing():
        actions.state_age(cast.id("dan"), "16")
    for who in ("dan", "eva"):
        cast.post(cast.browser(who), "/members/cleo/follow")
    run_due()
    rows = db.session.scalars(sa.text(
        "SELECT actor IS NULL FROM journal_entries ORDER BY id DESC LIMIT 2")).all()
    assert [bool(one) for one in rows] == [False, True]


def test_who_objects_is_counted_under_no_pseudonym(cast: Cast) -> None:
    """4: the switch of the page of privacy counts from the next act on."""
    eva = cast.browser("eva")
    assert cast.post(eva, "/account/privacy", **{"level-about": "members"}).status_code == 303
    cast.post(eva, "/members/cleo/follow")
    run_due()
    actor = db.session.scalar(sa.text(
        "SELECT actor IS NULL FROM journal_entries ORDER BY id DESC LIMIT 1"))
    assert actor

"""What goes with what: counted from public bundles, reasons true, nothing to be bought."""

from __future__ import annotations

import pytest
from flask import Flask

from marketplace.bundles.models import BoardTemplate, Bundle, BundleItem
from marketplace.bundles.queries import authors_together
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.notify.models import Notice
from marketplace.notify.rules import CLASSES
from marketplace.recommend.actions import propose
from marketplace.recommend.models import Pairing, PairingVote
from marketplace.recommend.queries.pairings import fitting
from tests.bundles.test_views_bundles import HAT, RED, WINE, begun, grown_up, published
from tests.cast import Cast


def test_order_and_reasons_are_a_recount_of_raw_rows(cast: Cast) -> None:
    """bundles-6: four members put wine and hat together (dan twice, one more to members only, one
    as a draft): 4 authors, 0.5 x 4 / 9 = .2222, before the red with one yes, 0.5 x .2065 = .1033;
    the larger half is the reason. Counted by hand from the rows it is the same.
    """
    grown_up()
    for who in ("cleo", "dan", "dan", "eva", "gina"):
        published(cast, cast.browser(who), WINE, HAT)
    hidden = begun(cast, cast.browser("max"), WINE, HAT)
    assert cast.post(cast.browser("max"), f"{hidden}/edit", step="publish", title="Nur intern",
                     visibility="members").status_code == 303
    begun(cast, cast.browser("olga"), WINE, HAT)
    wine, hat, red = (cast.goods(slug).product_id for slug in (WINE, HAT, RED))
    me = cast.id("cleo")
    db.session.rollback()
    with committing():
        propose(me, wine, red, None)
    run_due()
    found = fitting([wine])
    assert [one.product_id for one in found] == [hat, red]
    assert [round(one.fit.score, 4) for one in found] == [.2222, .1033]
    raw: dict[int, set[int]] = {}
    for author, product in db.session.execute(
        db.select(Bundle.author_id, BundleItem.product_id).join(
            BundleItem, BundleItem.bundle_id == Bundle.id).where(
            Bundle.state == "published", Bundle.visibility == "public")):
        raw.setdefault(product, set()).add(author)
    assert authors_together([wine]) == {hat: len(raw[wine] & raw[hat])} == {hat: 4}
    db.session.rollback()
    page = cast.browser("ana").get(f"/products/{WINE}?lang=en").get_data(as_text=True)
    assert "4 members put both together" in page
    assert "goes together: 1 for, 0 against" in page


def test_needed_places_that_are_open_are_named(cast: Cast) -> None:
    """bundles-6: the editor of a board says which needed places nobody has filled."""
    cleo = cast.browser("cleo")
    made = cast.post(cleo, "/bundles/new", title="Abendessen", template="dinner")
    board = db.session.scalar(db.select(BoardTemplate).where(BoardTemplate.slug == "dinner"))
    assert board is not None
    needed = [slot["de"] for slot in board.slots if slot["needed"]]
    db.session.rollback()
    page = cleo.get(made.location).get_data(as_text=True)
    assert needed and f"Es fehlt noch: {', '.join(needed)}." in page


@pytest.mark.parametrize("table", [BundleItem, BoardTemplate, Pairing, PairingVote])
def test_no_column_could_hold_a_paid_place(table: type) -> None:
    """bundles-6: nothing by which a place in "goes with" could be bought or pinned."""
    names = {column.name for column in table.__table__.columns}  # type: ignore[attr-defined]
    assert not [name for name in names for word in (
        "paid", "price", "minor", "bid", "boost", "sponsor", "pin", "promot", "weight", "rank")
        if word in name]


def test_thanks_do_not_depend_on_votes(app: Flask, cast: Cast) -> None:
    """bundles-37: three up and one down given and received bring no thanks to anybody; nothing of
    the class of thanks is told.
    """
    grown_up()
    pages = [published(cast, cast.browser(who), WINE, HAT) for who in ("cleo", "dan")]
    for who, vote in (("eva", "up"), ("gina", "up"), ("max", "down"), ("dan", "up")):
        assert cast.post(cast.browser(who), f"{pages[0]}/votes", vote=vote).status_code == 303
    classes = db.session.scalars(db.select(Notice.class_)).all()
    assert not [name for name in classes if CLASSES[name].group == "thanks"]

"""Worth and occasions: asked apart, counted apart, and used to find things."""

from __future__ import annotations

import re

from flask import Flask

from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.reviews.actions import set_standing
from marketplace.search.jobs import rebuild
from marketplace.search.models import SearchDocument
from marketplace.search.queries import Asked, find
from tests.cast import Cast
from tests.reviews.hands import HAT, WINE, answered, bought, many, say


def fish() -> int:
    """The id of the occasion."""
    from marketplace.catalog.queries import occasions

    return next(one.id for one in occasions().values() if one.slug == "fish")


def found() -> tuple[set[int], int]:
    """Goods found by the facet value, and how many the facet says there are."""
    db.session.rollback()
    answer = find(Asked(chosen={"occasion": ["fish"]}), 50)
    said = {one.value: one.count for one in answer.counts.get("occasion", ())}
    return set(answer.ids), said.get("fish", 0)


def test_what_buyers_used_it_for_is_a_value_to_find_by(app: Flask, cast: Cast) -> None:
    """reviews-12, search-8: from two counted buyers on, one who adds it later included; answers
    that are set aside name nothing.
    """
    rebuild()
    hat = cast.goods(HAT).product_id
    ids, said = found()
    assert hat not in ids
    first = answered(cast, "cleo", slug=HAT, occasion_ids=[fish()])
    line = bought(cast, "eva", HAT)
    say(cast, "eva", line)
    run_due()
    assert found() == (ids, said)
    say(cast, "eva", line, occasion_ids=[fish()])
    run_due()
    assert found() == (ids | {hat}, said + 1)
    db.session.rollback()
    with committing():
        set_standing(first.id, "aside", "sham_review")
    run_due()
    assert found() == (ids, said)
    document = db.session.scalar(db.select(SearchDocument.occasions).where(
        SearchDocument.object_id == hat, SearchDocument.kind == "product"))
    assert document == []


def test_worth_and_delight_are_shown_apart_with_their_own_counts(app: Flask, cast: Cast) -> None:
    """reviews-12, spec 3 display: 9 of 10 worth it -> Wilson .5958 to .9821; 5 of 6 delighted have
    no interval yet; neither changes the verdict of 12 of 12.
    """
    many(cast, 5, 0, value=True, delight="delighted")
    many(cast, 4, 0, value=True)
    many(cast, 1, 0, value=False, delight="okay")
    many(cast, 2, 0)
    text = re.sub(r"\s+", " ", app.test_client().get(f"/products/{WINE}").get_data(as_text=True))
    assert "9 von 10" in text and "mit 95 % Sicherheit zwischen 60 und 98 %" in text
    assert "5 von 6 waren begeistert<" in text
    assert "<b>12 von 12</b>" in text

"""Every buyer's answer weighs and shows the same, whoever they are and whoever avoids them."""

from __future__ import annotations

from itertools import permutations
from random import Random
from typing import Any

import pytest

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.people.actions import block
from marketplace.people.models import Block, Mute, Person, Trust
from marketplace.reviews.actions import rebuild_scores
from marketplace.reviews.models import Rating
from marketplace.reviews.queries import Filters, review_list, top_voices
from tests.cast import Cast
from tests.reviews.hands import HAT, WINE, answered, bought, say, score

AUTHORS = ("cleo", "eva", "dan", "gina")
EVERYBODY = (*AUTHORS, "ana", "bert", "max", "olga")


def said(cast: Cast, slug: str, viewer: str | None) -> Any:
    """What a viewer sees of a product's answers: codes with words, and the two top voices."""
    product = cast.goods(slug).product_id
    rows, total = review_list(product, Filters(), "de", cast.id(viewer) if viewer else None, 0, 10)
    tops = [row and row.code for row in top_voices(product, "de")]
    db.session.rollback()
    return sorted((row.code, row.words) for row in rows), total, tops


def weight(cast: Cast, slug: str) -> tuple[Any, ...]:
    """Everything that is counted of a product."""
    row = score(cast.goods(slug).product_id)
    found = (row.k, row.n, row.stars_sum, row.kw, row.nw, row.mean, row.q10)
    db.session.rollback()
    return found


def level(cast: Cast, who: str, value: int) -> None:
    """Set somebody's level of trust."""
    db.session.execute(db.update(Person).where(Person.id == cast.id(who))
                       .values(trust_level=value))


def tie(cast: Cast, one: str, other: str, kind: str) -> None:
    """One person mutes, blocks or trusts another, once."""
    pair = {"owner_id": cast.id(one), "other_id": cast.id(other)}
    if kind == "block":
        if db.session.get(Block, tuple(pair.values())) is None:
            block(*pair.values())
    elif kind == "mute":
        db.session.merge(Mute(**pair, at=clock.now()))
    else:
        subject = db.session.scalar(db.text("SELECT id FROM subjects ORDER BY id")) or 0
        db.session.merge(Trust(truster_id=pair["owner_id"], trusted_id=pair["other_id"],
                               subject_id=subject, at=clock.now()))
    db.session.flush()


@pytest.mark.parametrize("seed", range(4))
def test_no_level_block_or_mute_moves_an_answer(cast: Cast, seed: int) -> None:
    """reviews-26: after any of 40 levels, blocks, mutes and trusts between all people the counts,
    the careful estimate, the words and the top voices are as before, for every viewer; the night
    counts the same.
    """
    chance, again = Random(seed), [True, False, True, False]
    chance.shuffle(again)
    for who, yes in zip(AUTHORS, again, strict=True):
        answered(cast, who, yes, stars=4 if yes else 1, words=f"Worte von {who}, lang genug.")
    before = weight(cast, WINE), said(cast, WINE, None)
    pairs = list(permutations(EVERYBODY, 2))
    for _act in range(40):
        one, other = chance.choice(pairs)
        with committing():
            if chance.random() < 0.4:
                level(cast, one, chance.randrange(4))
            else:
                tie(cast, one, other, chance.choice(("block", "mute", "trust")))
        viewer = chance.choice((None, *EVERYBODY))
        assert (weight(cast, WINE), said(cast, WINE, viewer)) == before
    with committing():
        assert rebuild_scores() == 0


@pytest.mark.parametrize("value", range(4))
def test_blocked_buyers_of_every_level_rate_as_all_others(cast: Cast, value: int) -> None:
    """reviews-26: a buyer whom the house blocked, and who blocked the house, answers; the answer
    of each level weighs the same as that of another buyer.
    """
    line = bought(cast, "cleo")
    with committing():
        level(cast, "cleo", value)
        tie(cast, "ana", "cleo", "block")
        tie(cast, "cleo", "ana", "block")
        tie(cast, "ana", "cleo", "mute")
    row = say(cast, "cleo", line, False, stars=1, words="Ein Nein, das stehen bleibt.")
    answered(cast, "eva", False, HAT, stars=1, words="Ein Nein, das stehen bleibt.")
    assert (row.standing, row.words_standing) == ("counts", "visible")
    assert weight(cast, WINE) == weight(cast, HAT)
    assert weight(cast, WINE)[:5] == (0, 1, 1, 0.0, 1.0)
    for viewer in (None, "ana", "cleo", "dan"):
        assert [code for code, _words in said(cast, WINE, viewer)[0]] == [row.code]
    assert db.session.scalar(db.select(Rating.counted_at).where(Rating.id == row.id)) is not None

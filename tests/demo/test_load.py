"""Loading into an empty marketplace: quick, whole, repeatable (demo-1, demo-13)."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from marketplace.demo.load import PASSWORD, Book, load_demo
from marketplace.demo.sign_ins import sign_ins
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict
from marketplace.foundation.jobs import Job
from marketplace.reviews.actions.rebuilding import rebuild_scores
from tests.demo.conftest import MOMENT, load_into

pytestmark = pytest.mark.filterwarnings("ignore:The Result.tuples:DeprecationWarning")
BY_NATURE = {"accounts": ("password_hash",), "search_documents": ("version",),
             "search_rebuilds": ("asked_at", "started_at", "ended_at"),
             "product_figures": ("made_at",), "watched_words": ("at",),
             "producer_facts": ("computed_at", "value", "low", "high")}
"""Columns that differ each time: a salted hash, a moment of indexing or counting, how long who
waits has waited at that moment.
"""


def _count(table: str, where: str = "1 = 1") -> int:
    """Rows of a table."""
    statement = f"SELECT count(*) FROM {table} WHERE {where}"
    return int(db.session.execute(text(statement)).scalar_one())


def _digest() -> str:
    """A fingerprint of all rows without the columns that differ by nature."""
    parts = []
    for table in db.metadata.sorted_tables:
        shown = [c for c in table.columns if c.name not in BY_NATURE.get(table.name, ())]
        rows = db.session.execute(select(*shown).order_by(*table.primary_key.columns)).all()
        parts.append(f"{table.name}{[tuple(row) for row in rows]!r}")
    return sha256("".join(parts).encode()).hexdigest()


def test_counts_are_those_of_the_content(loaded: tuple[Flask, Book]) -> None:
    content = loaded[1].content
    assert _count("products") == 100
    assert _count("producers") == 10
    assert _count("ratings", "words <> ''") == len(content.reviews)
    assert _count("replies") == sum(review.reply is not None for review in content.reviews)
    assert _count("bundles") == len(content.bundles)
    assert _count("recommendations", "ask_id IS NULL") == len(content.recommendations)
    assert _count("asks") == len(content.asks)
    assert _count("recommendations", "ask_id IS NOT NULL") == sum(
        len(one.answers) for one in content.asks)
    assert _count("groups") == len(content.groups)
    assert _count("pairings") == len(content.pairings)


def test_no_foreign_key_leads_nowhere(loaded: tuple[Flask, Book]) -> None:
    assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []


def test_nothing_is_sent_and_nothing_waits(loaded: tuple[Flask, Book]) -> None:
    assert db.session.scalar(select(func.count()).select_from(Job)) == 0
    assert _count("letters") == 0


def test_reserved_equals_what_open_orders_hold(loaded: tuple[Flask, Book]) -> None:
    held = "SELECT coalesce(sum(qty), 0) FROM reservations r WHERE r.state = 'held'"
    off = f"reserved <> ({held} AND r.variant_id = variants.id)"
    assert _count("variants", off) == 0
    assert _count("reservations", "state = 'held'") > 0


def test_kept_counts_equal_a_recount(loaded: tuple[Flask, Book]) -> None:
    members = "SELECT count(*) FROM memberships m WHERE m.group_id = groups.id"
    assert _count("groups", f"member_count <> ({members})") == 0
    yes = "SELECT count(*) FROM pairing_votes v WHERE v.pairing_id = pairings.id AND v.value = 1"
    assert _count("pairings", f"up <> ({yes})") == 0
    house = ("SELECT 1 FROM pairing_votes v JOIN pairings p ON p.id = v.pairing_id "
             "JOIN products g ON g.id IN (p.product_id, p.other_id) "
             "JOIN staff s ON s.producer_id = g.producer_id AND s.person_id = v.person_id")
    assert db.session.execute(text(house)).all() == []
    posts = "SELECT count(*) - 1 FROM posts p WHERE p.thread_id = threads.id"
    assert _count("threads", f"replies <> ({posts})") == 0
    votes = "SELECT count(*) FROM helpful_votes v WHERE v.rating_id = ratings.id AND v.up"
    assert _count("ratings", f"helpful_up <> ({votes})") == 0
    cheers = "SELECT count(*) FROM bundle_votes v WHERE v.bundle_id = bundles.id AND v.value = 1"
    assert _count("bundles", f"up <> ({cheers})") == 0


def test_scores_do_not_change_when_counted_again(loaded: tuple[Flask, Book]) -> None:
    def scores() -> list[tuple[object, ...]]:
        rows = db.session.execute(text("SELECT product_id, lot_id, k, n, q10 FROM scores"))
        return sorted(map(tuple, rows), key=str)

    before = scores()
    with committing():
        rebuild_scores()
    assert scores() == before


def test_orders_add_up(loaded: tuple[Flask, Book]) -> None:
    lines = (
        "SELECT sum(l.total_minor) FROM order_lines l WHERE l.seller_order_id = seller_orders.id"
    )
    assert _count("seller_orders", f"goods_minor <> ({lines})") == 0
    parts = "SELECT sum(s.total_minor) FROM seller_orders s WHERE s.order_id = orders.id"
    assert _count("orders", f"total_minor <> ({parts})") == 0


def test_every_state_of_a_seller_order_but_expired_occurs(
    loaded: tuple[Flask, Book],
) -> None:
    rows = db.session.execute(text("SELECT DISTINCT state FROM seller_orders"))
    assert {"paid", "preparing", "dispatched", "delivered", "cancelled"} <= {row[0] for row in rows}


def test_nobody_spoke_in_the_future(loaded: tuple[Flask, Book]) -> None:
    now = MOMENT.replace(tzinfo=None).isoformat(sep=" ")
    for table, column in (
        ("posts", "at"),
        ("ratings", "given_at"),
        ("replies", "at"),
        ("orders", "placed_at"),
        ("helpful_votes", "at"),
        ("asks", "made_at"),
        ("recommendations", "made_at"),
    ):
        assert _count(table, f"{column} > '{now}'") == 0


def test_two_questions_are_past_their_promise(loaded: tuple[Flask, Book]) -> None:
    now = MOMENT.replace(tzinfo=None).isoformat(sep=" ")
    late = f"first_answer_at IS NULL AND kind <> 'news' AND promised_by < '{now}'"
    assert _count("threads", late) == 2


def test_asks_were_put_to_people_and_two_stand_on_the_board(
    loaded: tuple[Flask, Book],
) -> None:
    """recommend-12: cleo is asked; in both languages; one without words for the asker alone."""
    cleo = loaded[1].people["cleo"]
    assert _count("ask_routes", f"person_id = {cleo}") > 0
    assert _count("ask_routes", "person_id IS NOT NULL AND rated < 1") == 0
    assert {row[0] for row in db.session.execute(text("SELECT lang FROM asks"))} == {"de", "en"}
    assert _count("threads", "ask_id IS NOT NULL AND kind = 'wish'") == 2
    assert _count("recommendations", "ask_id IS NOT NULL AND audience = 'person'") == 1
    assert _count("recommendations", "helped_at IS NOT NULL") == 3


def test_pictures_lie_in_the_storage(loaded: tuple[Flask, Book]) -> None:
    app, book = loaded
    storage = app.extensions["doors"].storage
    for name in book.files.values():
        assert storage.open(name).startswith(b"<svg")


def test_only_the_cast_has_a_password(loaded: tuple[Flask, Book]) -> None:
    assert _count("accounts", "password_hash IS NOT NULL") == 7
    assert [one.handle for one in sign_ins()] == [one.handle for one in loaded[1].content.cast]
    assert {one.password for one in sign_ins()} == {PASSWORD}


def test_a_filled_marketplace_is_refused_and_stays_as_it_was(
    loaded: tuple[Flask, Book],
) -> None:
    people = _count("people")
    with pytest.raises(Conflict):
        load_demo(MOMENT)
    assert _count("people") == people


@pytest.mark.slow
def test_same_moment_and_seed_give_the_same_rows(
    loaded: tuple[Flask, Book], tmp_path: Path
) -> None:
    first = _digest()
    app, _ = load_into(tmp_path)
    with app.app_context():
        assert _digest() == first
        db.session.remove()
        db.engine.dispose()


def test_recommendations_led_to_orders_of_others(loaded: tuple[Flask, Book]) -> None:
    """recommend-1: outcome counts are those of the order lines that name them, nobody's own."""
    assert _count("outcomes", "orders > 0 AND opened >= orders") >= 5
    own = ("SELECT 1 FROM recommendations r JOIN seller_orders s ON s.id = l.seller_order_id "
           "JOIN orders o ON o.id = s.order_id WHERE r.code = l.source_ref "
           "AND (o.buyer_id = r.author_id OR o.placed_at <= r.made_at)")
    assert _count("order_lines l", f"source_kind = 'recommendation' AND EXISTS ({own})") == 0

"""What time brings: reminders of overdue appeals, and removed words that are kept no longer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
import time_machine
from flask.testing import FlaskClient

from marketplace.bundles.models import Bundle, BundleItem, Poll, PollOption
from marketplace.dialogue.models import Post, Thread
from marketplace.foundation.database import committing, db
from marketplace.moderation.actions import carry_out, empty_old, remind_of_appeals
from marketplace.moderation.actions.carrying import EMPTY
from marketplace.moderation.jobs import due, forget_removed
from marketplace.moderation.models import Appeal, Decision
from marketplace.moderation.queries import broken_at
from marketplace.recommend.models import Ask, Recommendation
from marketplace.reviews.models import Rating, RatingVersion, TextPrint
from marketplace.touchpoints.models import PanelVote
from tests.bundles.test_views_bundles import HAT, WINE, published
from tests.cast import Cast
from tests.moderation.appealed import (
    appealed,
    decided,
    moderate,
    one,
    question,
    reported,
    settle,
)
from tests.moderation.test_exclusions import appealed as kept_out_appealed
from tests.moderation.test_exclusions import excluded
from tests.reviews.hands import answered
from tests.touchpoints.hands import put, voted


@contextmanager
def at(year: int, month: int, day: int) -> Iterator[None]:
    """That day at ten."""
    with time_machine.travel(datetime(year, month, day, 10, tzinfo=UTC), tick=False):
        yield


def reminded() -> int:
    """How many appeals the job reminds of now."""
    with committing():
        return remind_of_appeals()


def emptied() -> int:
    """How many decisions' words the job empties now."""
    with committing():
        return empty_old()


def told_late() -> list[str]:
    """Who was reminded."""
    db.session.rollback()
    return sorted(db.session.scalars(sa.text(
        "SELECT people.handle FROM notices JOIN people ON people.id = notices.person_id "
        "WHERE notices.title = 'appeal_overdue'")))


def test_overdue_appeals_are_reminded_of_once(cast: Cast) -> None:
    """moderation-9: filed on 1 August, due on the 15th: on the 16th the operator and moderators who
    did not decide first hear of it, once; of one against an exclusion too.
    """
    moderate(cast, "gina")
    with at(2026, 8, 1):
        reported(cast, "dan", f"post/{question(cast)}")
        appealed(cast, "eva", decided(cast))
        moderate(cast, "gina", False)
        moderate(cast, "bert")
        kept_out_appealed(cast, excluded(cast))
    with at(2026, 8, 14):
        assert reminded() == 0 and told_late() == []
    with at(2026, 8, 16):
        assert reminded() == 2
        assert told_late() == ["bert", "bert", "max", "olga", "olga"]
        assert reminded() == 0
    with at(2026, 9, 20):
        due()
        assert len(told_late()) == 5
        assert "überfällig" in cast.browser("olga").get("/account/notices").get_data(as_text=True)


def test_a_decided_appeal_is_not_reminded_of(cast: Cast) -> None:
    """moderation-9: nothing is overdue that was decided in time."""
    with at(2026, 8, 1):
        reported(cast, "dan", f"post/{question(cast)}")
        appeal = appealed(cast, "eva", decided(cast))
        moderate(cast, "gina")
        assert settle(cast, "gina", appeal, "upheld") == 303
    with at(2026, 9, 1):
        assert reminded() == 0 and told_late() == []


def test_who_reported_does_not_decide_first_either(cast: Cast) -> None:
    """moderation-8: a moderator who reported it, or follows who did, neither sees the form nor
    decides; nothing changes by their tries.
    """
    reported(cast, "dan", f"post/{question(cast)}")
    number = one(sa.text("SELECT number FROM matters"))
    for who in ("dan", "gina"):
        moderate(cast, who)
    assert cast.post(cast.browser("gina"), "/members/dan/follow").status_code == 303
    for who in ("dan", "gina"):
        page = cast.browser(who).get(f"/moderation/matters/{number}").get_data(as_text=True)
        assert 'name="measure"' not in page, who
        sent = cast.post(cast.browser(who), f"/moderation/matters/{number}", reason="insult",
                         measure="none", facts="Ich sehe hier nichts.")
        assert sent.status_code == 403, who
    assert one(sa.select(sa.func.count(Decision.id))) == 0
    decided(cast)


def test_removed_words_are_emptied_after_six_months(cast: Cast, client: FlaskClient) -> None:
    """2, moderation-5: removed on 31 August, kept until 28 February, gone on 1 March; answer,
    counts and the mark of the removal stay, and so does the chain.
    """
    with at(2026, 8, 31):
        row = answered(cast, "cleo", False, words="Frau Kalt hat mir Essig verkauft.")
        reported(cast, "dan", f"rating/{row.code}")
        number = decided(cast)
    with at(2027, 2, 28):
        assert emptied() == 0 and "Essig" in one(sa.select(Rating.words))
        own = cast.browser("cleo").get(f"/moderation/decisions/{number}").get_data(as_text=True)
        assert "Essig" in own
    with at(2027, 3, 1):
        before = one(sa.select(RatingVersion.row_hash))
        forget_removed()
        assert one(sa.select(Rating.words)) == "" and one(sa.select(RatingVersion.words)) == ""
        assert one(sa.select(RatingVersion.row_hash)) == before
        assert one(sa.select(sa.func.count(TextPrint.hash64))) == 0
        assert one(sa.select(Rating.again)) is False
        assert one(sa.select(Rating.words_standing)) == "hidden"
        page = client.get("/products/riesling-vom-schiefer?lang=en").get_data(as_text=True)
        assert "The words were removed" in page and "Essig" not in page
        own = cast.browser("cleo").get(f"/moderation/decisions/{number}").get_data(as_text=True)
        assert "Essig" not in own
        assert emptied() == 0 and set(broken_at().values()) == {None}


def test_a_running_procedure_keeps_the_words(cast: Cast) -> None:
    """2: while an appeal waits, or another report of the same words, nothing is emptied; after it
    was upheld it is.
    """
    with at(2026, 8, 31):
        code = question(cast)
        reported(cast, "dan", f"post/{code}")
        number = decided(cast)
    with at(2027, 2, 27):
        appeal = appealed(cast, "eva", number)
    with at(2027, 3, 5):
        assert emptied() == 0
        moderate(cast, "gina")
        assert settle(cast, "gina", appeal, "upheld") == 303
        reported(cast, "cleo", f"post/{code}")
        assert emptied() == 0 and "Idioten" in one(sa.select(Post.words))
        decided(cast, "none")
        assert emptied() == 1 and one(sa.select(Post.words)) == ""
        assert one(sa.select(Post.state)) == "hidden"
        assert one(sa.select(Appeal.words)) == "Das war Lob für die Flasche."


def test_words_that_came_back_or_were_written_anew_stay(cast: Cast) -> None:
    """2, moderation-5: what an appeal gave back, and a rewrite by the author, is not emptied; of
    what was rewritten only the removed version goes.
    """
    with at(2026, 8, 31):
        row = answered(cast, "cleo", False, words="Frau Kalt hat mir Essig verkauft.")
        reported(cast, "dan", f"rating/{row.code}")
        decided(cast)
        path = db.session.execute(sa.text(
            "SELECT orders.number, ratings.order_line_id FROM ratings JOIN order_lines ON "
            "order_lines.id = ratings.order_line_id JOIN seller_orders ON seller_orders.id = "
            "order_lines.seller_order_id JOIN orders ON orders.id = seller_orders.order_id")).one()
        db.session.rollback()
        rewritten = cast.post(cast.browser("cleo"), f"/orders/{path[0]}/lines/{path[1]}/rating",
                              again="no", words="Der Wein schmeckte nach Essig.", step="publish")
        assert rewritten.status_code == 303, rewritten.get_data(as_text=True)
        reported(cast, "dan", f"post/{question(cast)}")
        appeal = appealed(cast, "eva", decided(cast))
        moderate(cast, "gina")
        assert settle(cast, "gina", appeal) == 303
    with at(2027, 3, 1):
        assert emptied() == 1
        assert one(sa.select(Rating.words)) == "Der Wein schmeckte nach Essig."
        assert db.session.scalars(sa.select(RatingVersion.words).order_by(RatingVersion.n)).all() \
            == ["", "Der Wein schmeckte nach Essig."]
        assert one(sa.select(Post.words)) == "Nur Idioten keltern so."


KINDS = ("thread", "bundle", "poll", "recommendation", "ask", "panel")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_words_is_emptied_only_while_hidden(cast: Cast, kind: str) -> None:
    """2: each room forgets its own words; of what is in sight nothing goes."""
    things = made(cast)
    object_id, words = things[kind]
    before = texts(words)
    assert all(before)
    with committing():
        EMPTY[kind](object_id)
    assert texts(words) == before
    with committing():
        carry_out(kind, object_id, "remove", "insult")
        EMPTY[kind](object_id)
    assert not any(texts(words))
    others = [texts(things[other][1]) for other in KINDS if other != kind]
    assert all(all(found) for found in others)


def test_these_are_all_kinds_that_a_decision_hides() -> None:
    """2: every kind whose words a decision takes away has a way to empty them."""
    assert {"rating", "imported", "post", "reply", "person", "group", *KINDS} == set(EMPTY)


def texts(queries: list[sa.Select[tuple[str]]]) -> list[str]:
    """What stands in the columns now."""
    db.session.rollback()
    return [str(found) for query in queries for found in db.session.scalars(query)]


def made(cast: Cast) -> dict[str, tuple[int, list[sa.Select[tuple[str]]]]]:
    """One thing of each kind with its id and where its words stand."""
    page = published(cast, cast.browser("cleo"), WINE, HAT)
    with committing():
        db.session.execute(sa.update(BundleItem).values(note="Passt dazu."))
    eva = cast.browser("eva")
    question(cast)
    for path, form in (
        (f"/products/{WINE}/recommend", {"audience": "all", "step": "send",
                                         "reason": "Trocken und salzig."}),
        ("/asks/new", {"audience": "all", "step": "send", "wish": "Etwas zu Forelle."}),
        ("/polls/new", {"about": page, "question": "Soll ich?", "answer": ["Ja", "Nein"],
                        "audience": "public", "hours": "24"}),
    ):
        assert cast.post(eva, path, **form).status_code == 303, path
    voted(cast, put(cast), {"dan": "7"})
    ids = {table: one(sa.select(table.id).order_by(table.id)) for table in (
        Thread, Bundle, Poll, Recommendation, Ask, PanelVote)}
    db.session.rollback()
    return {
        "thread": (ids[Thread], [sa.select(Thread.title), sa.select(Post.words)]),
        "bundle": (ids[Bundle], [sa.select(Bundle.title), sa.select(BundleItem.note)]),
        "poll": (ids[Poll], [sa.select(Poll.question), sa.select(PollOption.words)]),
        "recommendation": (ids[Recommendation], [sa.select(Recommendation.reason)]),
        "ask": (ids[Ask], [sa.select(Ask.wish)]),
        "panel": (ids[PanelVote], [sa.select(PanelVote.words)])}

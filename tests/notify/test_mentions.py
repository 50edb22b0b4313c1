"""Who is named with @ hears of it, where they may read it, and nobody through a block."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.notify.models import Letter, Notice
from marketplace.people.actions import block, mute
from tests.cast import Cast
from tests.groups.hands import CLOSED, OPEN, SECRET, put_in


def asks(cast: Cast, client: FlaskClient, words: str, about: str = "/producers/weingut-kaltbach",
         kind: str = "question", openness: str = "public") -> tuple[int, str]:
    """Begin a thread; status and page."""
    sent = cast.post(client, f"/threads/new?about={about}", kind=kind, openness=openness,
                     step="send", title=f"Frage: {words[:40]}", words=words)
    run_due()
    db.session.rollback()
    return sent.status_code, sent.get_data(as_text=True)


def told(cast: Cast) -> dict[str, int]:
    """Who has notices of being named, and how often."""
    db.session.rollback()
    rows = dict(db.session.execute(db.select(Notice.person_id, Notice.count).where(
        Notice.class_ == "mention")).all())
    return {who: rows[cast.id(who)] for who in ("ana", "bert", "cleo", "dan", "eva", "gina")
            if cast.id(who) in rows}


def test_named_people_hear_of_it_once_for_a_thread(cast: Cast) -> None:
    """notify 3.1, mention: here, by mail only if chosen; addresses and oneself are nobody."""
    cleo = cast.browser("cleo")
    words = "Was sagt @Eva, und @eva, zu post@dan.example, @cleo? @niemand"
    assert asks(cast, cleo, words)[0] == 303
    assert told(cast) == {"eva": 1}
    page = cast.browser("eva").get("/account/notices").get_data(as_text=True)
    assert "cleo names you in Frage: Was sagt" in page
    assert db.session.scalar(db.select(Letter.id).where(Letter.class_ == "mention")) is None


@pytest.mark.parametrize("tie", ["she blocks", "he blocks", "she mutes"])
def test_a_block_lets_no_mention_through_and_nobody_learns(cast: Cast, tie: str) -> None:
    """people-8, groups-27: both ways and for a mute; the page is the same as without."""
    cleo, eva = cast.id("cleo"), cast.id("eva")
    with committing():
        {"she blocks": lambda: block(eva, cleo), "he blocks": lambda: block(cleo, eva),
         "she mutes": lambda: mute(eva, cleo)}[tie]()
    client = cast.browser("cleo")
    assert asks(cast, client, "Was sagt @eva dazu?")[0] == 303
    assert told(cast) == {}


@pytest.mark.parametrize(("slug", "told_who"), [
    (OPEN, {"dan": 1, "eva": 1}), (CLOSED, {"eva": 1}), (SECRET, {"eva": 1})])
def test_only_who_may_read_hears(cast: Cast, slug: str, told_who: dict[str, int]) -> None:
    """notify-18, groups-2: outsiders of closed and secret groups hear nothing, members do."""
    put_in(cast, slug, "member", "eva")
    assert asks(cast, cast.browser("gina"), "Was meinen @eva und @dan?", f"/groups/{slug}",
                "topic")[0] == 303
    assert told(cast) == told_who


def test_private_threads_call_nobody_in(cast: Cast) -> None:
    """notify-18: between buyer and house; whoever is named there hears nothing."""
    assert asks(cast, cast.browser("cleo"), "Hat @eva das auch gemeldet?",
                openness="private")[0] == 303
    assert told(cast) == {}


def test_three_hundred_mentions_are_refused(cast: Cast) -> None:
    """The village, bad input: 300 names in one post: 422, the words are kept, nobody is told."""
    words = " ".join(f"@eva{n}" for n in range(299)) + " @eva"
    status, page = asks(cast, cast.browser("cleo"), words)
    assert status == 422 and "@eva298" in page
    assert told(cast) == {}
    assert db.session.scalar(db.text("SELECT count(*) FROM threads")) == 0

"""Mass mentions and invitations, and what a group can take along before it ends."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import time_machine

from marketplace.dialogue.models import Post
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.groups import jobs
from marketplace.groups.models import Group, Invite
from marketplace.groups.rules.succession import end_of
from marketplace.moderation.models import Matter
from tests.cast import Cast
from tests.groups.hands import OPEN, SECRET, group, page, put_in, topic


def test_mass_mentions_are_refused_with_a_sentence(cast: Cast) -> None:
    """groups-28: five people a post at level 1; a sixth is refused, says the limit, and nothing is
    written.
    """
    put_in(cast, OPEN, "member", "eva")
    eva, url = cast.browser("eva"), topic(cast)
    names = " ".join(f"@{one}" for one in ("ana", "bert", "cleo", "dan", "gina", "max"))
    refused = cast.post(eva, url, words=f"Kommt alle: {names}")
    assert refused.status_code == 422 and names in refused.get_data(as_text=True)
    assert "5 people" in refused.get_data(as_text=True)
    assert posts() == 1
    assert cast.post(eva, url, words=f"Kommt: {names.removesuffix(' @max')}").status_code == 303


def test_mass_invitations_go_to_the_queue(cast: Cast) -> None:
    """groups-28: the twentieth invitation of a day puts its maker before the moderation, once and
    without the group; the next is refused and makes no link.
    """
    gina = cast.browser("gina")
    for _each in range(19):
        assert cast.post(gina, f"/groups/{SECRET}/invites", uses="1").status_code == 200
    assert matters() == []
    assert cast.post(gina, f"/groups/{SECRET}/invites", uses="1").status_code == 200
    assert matters() == [("person", cast.id("gina"))]
    db.session.rollback()
    assert cast.post(gina, f"/groups/{SECRET}/invites", uses="1").status_code == 429
    assert matters() == [("person", cast.id("gina"))]
    db.session.rollback()
    assert db.session.scalar(db.select(db.func.count(Invite.id))) == 20
    assert "Geheime Runde" not in page(cast.browser("max"), "/moderation")


def posts() -> int:
    """How much was said."""
    db.session.rollback()
    return int(db.session.scalar(db.select(db.func.count(Post.id))) or 0)


def matters() -> list[tuple[str, int]]:
    """What waits in the queue of moderation."""
    db.session.rollback()
    return [(row[0], row[1]) for row in db.session.execute(
        db.select(Matter.object_kind, Matter.object_id))]


def test_export_works_until_a_group_ends(cast: Cast) -> None:
    """groups-26: after twelve months of rest the group says when it ends; until that day its
    moderators take along rules, lists and topics, with what was let go left out; then it is gone.
    """
    put_in(cast, OPEN, "member", "eva")
    gina = cast.browser("gina")
    topic(cast)
    gone = topic(cast, title="Altes Fahrrad")
    assert cast.post(gina, f"{gone}/care", act="away", reason="off_topic",
                     words="Ein Rad ist kein Wein.").status_code == 303
    db.session.rollback()
    with committing():
        db.session.execute(db.update(Group).where(Group.slug == OPEN).values(
            state="resting", resting_since=clock.now() - timedelta(days=365)))
    jobs.succession()
    told_at = group().end_told_at
    assert told_at is not None
    ends = end_of(told_at)
    with time_machine.travel(ends, tick=False) as now:
        now.move_to(ends - timedelta(hours=1))
        jobs.succession()
        gina = cast.browser("gina")
        assert gina.get(f"/groups/{OPEN}").status_code == 200
        given = cast.post(gina, f"/groups/{OPEN}/export")
        assert given.status_code == 200
        with zipfile.ZipFile(io.BytesIO(given.data)) as packed:
            held = json.loads(packed.read("group.json"))
            assert "Was zu Kohl?" in packed.read("index.html").decode()
        assert [one["title"] for one in held["topics"] if "Kohl" in one["title"]] == [
            "Was zu Kohl?"] and "Altes Fahrrad" not in str(held["topics"])
        assert {"rules", "lists", "picks", "dates"} <= set(held)
        now.move_to(ends + timedelta(hours=1))
        jobs.succession()
        assert cast.browser("gina").get(f"/groups/{OPEN}").status_code == 410

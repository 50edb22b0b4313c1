"""Challenges: blind until the end, three voices, ranks with ties, nothing late."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from marketplace.bundles.jobs import close_challenges
from marketplace.bundles.models import Bundle, Challenge, ChallengeEntry, ChallengeVote
from marketplace.bundles.rules import Plan, in_turn, phase, plan_faults, ranks
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.notify.queries.objects import sees
from marketplace.people.actions import follow
from tests.bundles.test_views_bundles import HAT, RED, WINE, begun, grown_up, published
from tests.cast import Cast

GROUP = "weisswein-zu-gemuese"


def test_equal_counts_share_the_rank() -> None:
    """bundles-12, 3.9: 5, 5, 3 are 1, 1, 3; four alike are all first."""
    assert ranks([5, 5, 3]) == [1, 1, 3]
    assert ranks([3, 5, 5, 0]) == [3, 1, 1, 4]
    assert ranks([0, 0, 0, 0]) == [1, 1, 1, 1]
    assert ranks([]) == []


def test_each_viewer_has_an_order_of_their_own() -> None:
    """3.9: the same at each look, another one for others, nothing lost."""
    ids = list(range(1, 13))
    assert in_turn(ids, "1:7") == in_turn(ids[::-1], "1:7")
    assert sorted(in_turn(ids, "1:8")) == ids
    assert len({tuple(in_turn(ids, f"1:{n}")) for n in range(50)}) == 50


@pytest.mark.parametrize(("what", "by", "wrong"), [
    ("", "", []), ("Ein Korb Wein", "Weingut Kaltbach", []), ("Ein Korb Wein", "", ["prize_by"]),
    ("", "Weingut Kaltbach", ["prize_what"])])
def test_prize_needs_what_and_who(what: str, by: str, wrong: list[str]) -> None:
    """3.9: a prize only with words what it is and who pays."""
    assert plan_faults(Plan("Frühstück", "Für Gäste über Nacht.", 3, 2, 1, what, by)) == wrong


def test_phases_meet_without_a_gap() -> None:
    """At `closes` entering is over and voting begins, at `voting_ends` voting is over."""
    begin = datetime(2026, 5, 1)
    closes, ends = begin + timedelta(days=3), begin + timedelta(days=5)
    second = timedelta(seconds=1)
    assert [phase(at, closes, ends) for at in (
        begin, closes - second, closes, ends - second, ends)] == [
        "entering", "entering", "voting", "voting", "ended"]


def call(cast: Cast, who: str = "olga", group: str = "", **more: str) -> str:
    """A challenge of three days to enter and two to vote; its page."""
    made = cast.post(cast.browser(who), "/bundles/challenges/new", **{
        "theme": "Frühstück für Gäste", "words": "Für Gäste, die über Nacht blieben.",
        "entry_days": "3", "voting_days": "2", "max_entries": "1", "group": group, **more})
    assert made.status_code == 303, made.get_data(as_text=True)
    return str(made.location)


def entered(cast: Cast, who: str, challenge: str, title: str) -> str:
    """A new bundle of somebody's that takes part; its page."""
    client = cast.browser(who)
    page = begun(cast, client, WINE, HAT)
    saved = cast.post(client, f"{page}/edit", step="save", title=title, text="Für zwei.")
    assert saved.status_code == 303
    done = cast.post(client, f"{challenge}/enter", bundle=page.rsplit("/", 1)[1])
    assert done.status_code == 303, done.get_data(as_text=True)
    return page


def entry_id(title: str) -> int:
    """The entry with this title."""
    found = db.session.scalar(db.select(ChallengeEntry.id).join(
        Bundle, Bundle.id == ChallengeEntry.bundle_id).where(Bundle.title == title))
    db.session.rollback()
    assert found is not None
    return found


def words(client: FlaskClient, path: str) -> str:
    """What stands at an address."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def voices() -> int:
    """How many voices are kept."""
    found = db.session.scalar(db.select(db.func.count()).select_from(ChallengeVote)) or 0
    db.session.rollback()
    return found


def test_author_is_named_nowhere_before_the_end(app: Flask, cast: Cast) -> None:
    """bundles-12: not in page, print, file, feed, oEmbed, lists, with products, on the author's
    own page nor for followers, in HTML source as for programs; only the author reads the name.
    After the end it stands in all of them.
    """
    grown_up()
    challenge = call(cast)
    page = entered(cast, "cleo", challenge, "Mit Honig")
    with committing():
        follow(cast.id("eva"), cast.id("cleo"))
    eva, visitor = cast.browser("eva"), app.test_client()
    places = (page, f"{page}/print", f"{page}/bundle.json", "/bundles/feed.atom", challenge,
              f"/oembed?url=http://localhost{page}", "/bundles?order=new", "/bundles",
              f"/products/{WINE}", "/")
    for client in (eva, visitor):
        for path in places:
            assert "cleo" not in words(client, path).lower(), path
            as_data = client.get(path, headers={"Accept": "application/json"})
            assert "cleo" not in as_data.get_data(as_text=True).lower(), path
    assert "Mit Honig" in words(visitor, "/bundles?order=new")
    for path in ("/members/cleo", "/bundles?order=new&from=followed"):
        assert "Mit Honig" not in words(eva, path), path
    assert "Cleo" in words(cast.browser("cleo"), page)
    with time_machine.travel(clock.now() + timedelta(days=5, minutes=1), tick=False):
        close_challenges()
        for path in (page, f"{page}/print", "/bundles/feed.atom", challenge):
            assert "cleo" in words(cast.browser("dan"), path).lower(), path
        assert "Mit Honig" in words(cast.browser("dan"), "/members/cleo")


def test_counts_and_words_wait_for_the_end(cast: Cast) -> None:
    """bundles-12: an entry takes no other votes, comments or variants, and shows no counts."""
    grown_up()
    page = entered(cast, "cleo", call(cast), "Mit Honig")
    dan = cast.browser("dan")
    assert 'class="vote-pair"' not in words(dan, page)
    assert f'action="{page}/comments"' not in words(dan, page)
    for act, form in (("votes", {"vote": "up"}), ("comments", {"words": "Von dir, Cleo?"}),
                      ("remix", {})):
        assert cast.post(dan, f"{page}/{act}", **form).status_code == 409, act
    row = db.session.execute(db.select(Bundle.up, Bundle.comments, Bundle.remixes)).one()
    assert tuple(row) == (0, 0, 0)


def test_three_voices_and_shared_ranks(app: Flask, cast: Cast) -> None:
    """bundles-12: at most three voices, none for one's own, taken back and given elsewhere; no
    purchase needed. Voices: Honig 2, Quark 2, Brot 1, Eier 0: places 1, 1, 3, 4.
    """
    grown_up()
    challenge, begin = call(cast), clock.now()
    for who, title in (("cleo", "Honig"), ("eva", "Quark"), ("ana", "Brot"), ("bert", "Eier")):
        entered(cast, who, challenge, title)

    def vote(who: str, title: str, on: str = "yes") -> int:
        return cast.post(cast.browser(who), f"{challenge}/vote", entry=entry_id(title),
                         on=on).status_code

    assert vote("dan", "Honig") == 409 and voices() == 0
    with time_machine.travel(begin + timedelta(days=3, minutes=1), tick=False):
        assert vote("cleo", "Honig") == 403 and voices() == 0
        assert [vote("dan", one) for one in ("Honig", "Quark", "Eier", "Brot")] == [
            303, 303, 303, 409]
        assert vote("dan", "Honig") == 303 and voices() == 3
        assert vote("dan", "Eier", "no") == 303 and vote("dan", "Brot") == 303
        assert vote("gina", "Honig") == 303 and vote("max", "Quark") == 303
        assert voices() == 5
        assert "Platz" not in words(cast.browser("dan"), challenge)
        assert "Stimmen" not in words(app.test_client(), challenge).replace("Stimmen bis", "")
    with time_machine.travel(begin + timedelta(days=5, minutes=1), tick=False):
        assert vote("olga", "Eier") == 409 and voices() == 5
        said = words(cast.browser("dan"), challenge)
        assert [said.count(f"Platz {n} ·") for n in (1, 2, 3, 4)] == [2, 0, 1, 1]
        close_challenges()
        close_challenges()
        assert db.session.scalar(db.select(Challenge.ended_at)) is not None
        db.session.rollback()
        run_due()
        told = words(cast.browser("bert"), "/account/notices")
        assert told.count("Platz 4 für „Eier“") == 1


def test_entry_is_refused_after_closing(cast: Cast) -> None:
    """Spec 6: refused with the time shown; the draft stays a draft."""
    grown_up()
    challenge, begin = call(cast), clock.now()
    cleo = cast.browser("cleo")
    page = begun(cast, cleo, WINE, HAT)
    with time_machine.travel(begin + timedelta(days=3), tick=False):
        late = cast.post(cast.browser("cleo"), f"{challenge}/enter", bundle=page.rsplit("/", 1)[1])
    assert late.status_code == 409
    assert "Beiträge wurden bis" in late.get_data(as_text=True)
    assert db.session.scalar(db.select(Bundle.state)) == "draft"
    assert db.session.scalar(db.select(ChallengeEntry.id)) is None


def test_what_others_saw_or_is_one_too_many_is_refused(cast: Cast) -> None:
    """3.9: an entry is new, else people know whose it is; `max_entries` holds."""
    grown_up()
    challenge, cleo = call(cast), cast.browser("cleo")
    seen = published(cast, cleo, WINE, RED)
    assert cast.post(cleo, f"{challenge}/enter", bundle=seen.rsplit("/", 1)[1]).status_code == 409
    entered(cast, "cleo", challenge, "Honig")
    second = begun(cast, cleo, WINE, HAT)
    again = cast.post(cleo, f"{challenge}/enter", bundle=second.rsplit("/", 1)[1])
    foreign = cast.post(cast.browser("dan"), f"{challenge}/enter",
                        bundle=second.rsplit("/", 1)[1])
    assert (again.status_code, foreign.status_code) == (409, 404)
    assert len(db.session.scalars(db.select(ChallengeEntry.id)).all()) == 1


def test_entry_can_be_taken_back_until_closing(app: Flask, cast: Cast) -> None:
    """3.9: its author alone takes it back; it is a draft nobody else sees, and may take part again.
    Refused during the vote.
    """
    grown_up()
    challenge, begin = call(cast), clock.now()
    page = entered(cast, "cleo", challenge, "Honig")
    number, cleo = entry_id("Honig"), cast.browser("cleo")
    assert "Nicht mehr teilnehmen" not in words(cast.browser("dan"), challenge)
    assert cast.post(cast.browser("dan"), f"{challenge}/leave", entry=number).status_code == 404
    assert entry_id("Honig") == number
    assert "Nicht mehr teilnehmen" in words(cleo, challenge)
    assert cast.post(cleo, f"{challenge}/leave", entry=number).status_code == 303
    assert db.session.scalar(db.select(ChallengeEntry.id)) is None
    db.session.rollback()
    for client in (cast.browser("dan"), app.test_client()):
        assert client.get(page).status_code == 404
        assert "Honig" not in words(client, challenge)
    again = cast.post(cleo, f"{challenge}/enter", bundle=page.rsplit("/", 1)[1])
    assert again.status_code == 303 and "Honig" in words(app.test_client(), challenge)
    with time_machine.travel(begin + timedelta(days=4), tick=False):
        late = cast.post(cast.browser("cleo"), f"{challenge}/leave", entry=entry_id("Honig"))
    assert late.status_code == 409 and entry_id("Honig")


def test_entry_stays_as_it_is_while_people_vote(cast: Cast) -> None:
    """Changed while entries are taken; refused during the vote, nothing changed."""
    grown_up()
    challenge, begin = call(cast), clock.now()
    page = entered(cast, "cleo", challenge, "Honig")
    with time_machine.travel(begin + timedelta(days=4), tick=False):
        said = cast.post(cast.browser("cleo"), f"{page}/edit", step="save", title="Ganz anders",
                         text="")
    assert said.status_code == 409
    assert db.session.scalar(db.select(Bundle.title)) == "Honig"


def test_challenge_of_a_group_is_its_own(app: Flask, cast: Cast) -> None:
    """bundles-24: begun by its moderators, seen and entered by its members alone."""
    grown_up()
    refused = cast.post(cast.browser("dan"), f"/bundles/challenges/new?group={GROUP}",
                        theme="Frühstück", words="Für Gäste über Nacht.", entry_days="3",
                        voting_days="2", max_entries="1")
    assert refused.status_code == 403 and db.session.scalar(db.select(Challenge.id)) is None
    db.session.rollback()
    challenge = call(cast, "gina", GROUP)
    page = entered(cast, "gina", challenge, "Honig")
    for client in (cast.browser("dan"), app.test_client()):
        assert client.get(challenge).status_code == client.get(page).status_code == 404
        assert "Frühstück für Gäste" not in words(client, "/bundles/challenges")
    assert sees(cast.id("gina"), challenge) and not sees(cast.id("dan"), challenge)
    db.session.rollback()
    cast.post(cast.browser("eva"), f"/groups/{GROUP}/join")
    assert "Honig" in words(cast.browser("eva"), challenge)

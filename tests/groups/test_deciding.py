"""Proposals, ballots, elections, kinds and the end of a group, with a moved clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import time_machine
from flask.testing import FlaskClient

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.groups import jobs
from marketplace.groups.models import GroupRule, Membership, Proposal
from marketplace.groups.queries import rules_of
from tests.cast import Cast
from tests.groups.hands import CLOSED, OPEN, group, put_in, role

RULE = {"kind": "rule", "title": "Eine Regel mehr", "why": "Damit es freundlich bleibt.",
        "after": "Wir sind freundlich.\nWerbung wird gekennzeichnet."}
VOTERS = ("cleo", "eva", "dan", "max")


@contextmanager
def after(days: float) -> Iterator[None]:
    """Some days later; what is due then is done."""
    with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
        jobs.proposals()
        jobs.succession()
        yield


def proposed(cast: Cast, who: str = "gina", slug: str = OPEN, **form: str) -> str:
    """The address of a new proposal."""
    made = cast.post(cast.browser(who), f"/groups/{slug}/proposals/new", **{**RULE, **form})
    assert made.status_code == 303, made.get_data(as_text=True)
    return str(made.location)


def vote(cast: Cast, url: str, **choices: str) -> list[int]:
    """Ballots of people; the answers."""
    return [cast.post(cast.browser(who), f"{url}/ballot", choice=choice).status_code
            for who, choice in choices.items()]


def state() -> str:
    """Of the newest proposal."""
    db.session.rollback()
    return str(db.session.scalar(db.select(Proposal.state).order_by(Proposal.id.desc())))


def test_rule_takes_effect_by_talk_and_vote_only(cast: Cast) -> None:
    """groups-11, groups-10: 14 + 7 days, sums for members, versions stay; ballots are secret."""
    put_in(cast, OPEN, "member", *VOTERS)
    before = list(rules_of(group().id))
    url = proposed(cast)
    assert vote(cast, url, cleo="yes") == [409]
    with after(14):
        assert vote(cast, url, cleo="no", eva="yes", dan="yes") == [303] * 3
        assert vote(cast, url, cleo="yes") == [303]
        assert list(rules_of(group().id)) == before
        page = cast.browser("max").get(url).get_data(as_text=True)
        assert "bisher 3 Stimmen" in page and "Cleo" not in page
    with after(21.1):
        assert state() == "passed"
        assert list(rules_of(group().id)) == RULE["after"].splitlines()
        page = cast.browser("dan").get(url).get_data(as_text=True)
        assert "3 Ja, 0 Nein" in page
        kept = db.session.scalars(db.select(GroupRule.version)).all()
        assert len([v for v in kept if v == 2]) == 1
        assert before[0] in cast.browser("eva").get(
            f"/groups/{OPEN}/proposals").get_data(as_text=True)


def test_too_few_ballots_change_nothing(cast: Cast) -> None:
    """groups-10: two of five are below the quorum of three."""
    put_in(cast, OPEN, "member", *VOTERS)
    url = proposed(cast)
    with after(14):
        vote(cast, url, cleo="yes", eva="yes")
    with after(21.1):
        assert state() == "failed"
        assert vote(cast, url, dan="yes") == [409]


def test_fresh_members_do_not_vote(cast: Cast) -> None:
    """groups-1: a ballot takes 14 days of membership."""
    put_in(cast, OPEN, "member", "eva", "dan", "max")
    url = proposed(cast)
    with after(13.9):
        put_in(cast, OPEN, "member", "cleo", days=0)
    with after(14.1):
        assert vote(cast, url, cleo="yes", eva="yes") == [403, 303]


def test_founder_decides_while_the_group_is_small(cast: Cast) -> None:
    """Spec 3.6: fewer than three may vote."""
    put_in(cast, OPEN, "member", "cleo")
    url = proposed(cast)
    with after(14):
        assert vote(cast, url, cleo="no", gina="yes") == [403, 303]
    with after(21.1):
        assert state() == "passed"


def test_sellers_of_the_subject_are_shown_and_not_counted(cast: Cast) -> None:
    """groups-9: ana sells wine; her ballot is told apart and does not count."""
    put_in(cast, OPEN, "member", "ana", *VOTERS)
    url = proposed(cast)
    with after(14):
        vote(cast, url, ana="yes", cleo="yes", eva="no", dan="no")
    with after(21.1):
        assert state() == "failed"
        row = db.session.scalars(db.select(Proposal)).one()
        assert (row.yes, row.no) == (1, 2)
        assert "1 Stimme von Leuten" in cast.browser("cleo").get(url).get_data(as_text=True)


def test_picks_do_not_count_who_sells_such_goods(cast: Cast) -> None:
    """groups-9: three votes, one of them of a wine house: no pick."""
    from marketplace.groups.actions import make_picks

    put_in(cast, OPEN, "member", "ana", "cleo")
    for who in ("gina", "ana", "cleo"):
        cast.post(cast.browser(who), f"/groups/{OPEN}/picks", product="riesling-vom-schiefer")
    with committing():
        assert make_picks(clock.today().strftime("%Y-%m")) == 0
    put_in(cast, OPEN, "member", "eva")
    cast.post(cast.browser("eva"), f"/groups/{OPEN}/picks", product="riesling-vom-schiefer")
    with committing():
        assert make_picks(clock.today().strftime("%Y-%m")) == 1


def test_what_changed_meanwhile_is_overtaken(cast: Cast) -> None:
    """Spec 6: the second of two rule proposals no longer fits; nothing is lost."""
    put_in(cast, OPEN, "member", *VOTERS)
    urls = [proposed(cast), proposed(cast, after="Ganz andere Regeln.")]
    with after(14):
        for url in urls:
            vote(cast, url, cleo="yes", eva="yes", dan="yes")
    with after(21.1):
        states = db.session.scalars(db.select(Proposal.state).order_by(Proposal.id)).all()
        assert states == ["passed", "overtaken"]
        assert list(rules_of(group().id)) == RULE["after"].splitlines()


def test_operator_stops_with_a_public_reason(cast: Cast, client: FlaskClient) -> None:
    """groups-11: within seven days, 20 characters at least; rules are as before."""
    put_in(cast, OPEN, "member", *VOTERS)
    before, url = list(rules_of(group().id)), proposed(cast)
    with after(14):
        vote(cast, url, cleo="yes", eva="yes", dan="yes")
    with after(21.1):
        number = db.session.scalar(db.select(Proposal.id))
        path, olga = f"/operator/groups/proposals/{number}/veto", cast.browser("olga")
        assert cast.post(cast.browser("cleo"), path, why="Weil ich es sage, darum.").status_code \
            == 403
        assert cast.post(olga, path, why="Nein.").status_code == 422
        why = "Die Regel verlangt, was die Bedingungen verbieten."
        assert cast.post(olga, path, why=why).status_code == 303
        assert state() == "vetoed" and list(rules_of(group().id)) == before
        assert why in client.get(url).get_data(as_text=True)


def test_passed_ones_come_up_again(cast: Cast) -> None:
    """groups-12: after a year the group is asked once more."""
    put_in(cast, OPEN, "member", *VOTERS)
    url = proposed(cast, kind="other", title="Ein Treffen im Mai")
    with after(14):
        vote(cast, url, cleo="yes", eva="yes", dan="yes")
    with after(21.1):
        assert state() == "passed"
    with committing():
        db.session.execute(db.update(Membership).values(
            last_act_at=clock.now() + timedelta(days=380)))
    with after(21.2 + 365):
        rows = db.session.scalars(db.select(Proposal).order_by(Proposal.id)).all()
        assert [(row.kind, row.title, row.state) for row in rows] == [
            ("other", "Ein Treffen im Mai", "passed"), ("other", "Ein Treffen im Mai", "talk")]


def test_proposal_is_talked_about_in_a_topic(cast: Cast) -> None:
    """groups-17: the discussion of a proposal is a topic of the group."""
    url = proposed(cast)
    gina = cast.browser("gina")
    number = url.rsplit("/", 1)[1]
    topic = gina.get(f"/threads/of-proposal/{number}")
    assert topic.status_code == 303
    assert RULE["why"] in gina.get(topic.location).get_data(as_text=True)


def test_closed_words_stay_closed_until_their_author_opens_them(
    cast: Cast, client: FlaskClient
) -> None:
    """groups-7: opening shows nobody's closed words; a click shows one's own."""
    put_in(cast, CLOSED, "member", *VOTERS)
    eva = cast.browser("eva")
    said = cast.post(eva, f"/threads/new?about=/groups/{CLOSED}", kind="topic", step="send",
                     title="Was ich im Keller fand", words="Nur für euch: 1990er.")
    assert said.status_code == 303, said.get_data(as_text=True)
    cast.post(cast.browser("dan"), said.location, words="Das bleibt unter uns.")
    url = proposed(cast, slug=CLOSED, kind="kind", after_kind="open")
    with after(14):
        vote(cast, url, gina="yes", cleo="yes", eva="yes", dan="yes")
    with after(21.1):
        assert group(CLOSED).kind == "open"
        assert client.get(said.location).status_code == 404
        assert "Was ich im Keller" not in client.get(f"/groups/{CLOSED}").get_data(as_text=True)
        assert cast.browser("cleo").get(said.location).status_code == 200
        again = cast.browser("eva")
        assert "/open-older" in again.get(f"/groups/{CLOSED}").get_data(as_text=True)
        assert cast.post(again, f"/groups/{CLOSED}/open-older").status_code == 303
        page = client.get(said.location).get_data(as_text=True)
        assert "Nur für euch" in page and "Das bleibt unter uns" not in page
        assert "hat es nicht freigegeben" in page


def test_more_closed_comes_seven_days_later(cast: Cast, client: FlaskClient) -> None:
    """Spec 3.8: announced on the page, in force after 7 days; visitors read no more."""
    put_in(cast, OPEN, "member", *VOTERS)
    url = proposed(cast, kind="kind", after_kind="closed")
    with after(14):
        vote(cast, url, gina="yes", cleo="yes", eva="yes")
    with after(21.1):
        assert group().kind == "open" and group().next_kind == "closed"
        assert "geschlossen" in client.get(f"/groups/{OPEN}").get_data(as_text=True)
    with after(28.2):
        assert group().kind == "closed"
        assert client.get(f"/groups/{OPEN}/picks").status_code == 404


def test_silent_group_elects_rests_and_ends(cast: Cast, client: FlaskClient) -> None:
    """groups-6: 60 d, 14 d, nobody stands: rest; a year later 60 d notice, then 410."""
    put_in(cast, OPEN, "member", "cleo", "eva")
    begin = clock.now()
    with committing():
        db.session.execute(db.update(Membership).where(Membership.role == "founder").values(
            joined_at=begin, last_act_at=begin))
    with after(59.9):
        assert db.session.scalar(db.select(db.func.count(Proposal.id))) == 0
    with after(60):
        opened = db.session.scalars(db.select(Proposal).where(
            Proposal.group_id == group().id)).all()
        assert [row.kind for row in opened] == ["election"]
    with after(74.1):
        assert group().state == "resting"
        assert "ruht" in client.get(f"/groups/{OPEN}").get_data(as_text=True)
        made = cast.post(cast.browser("cleo"), f"/groups/{OPEN}/proposals/new", **RULE)
        assert made.status_code == 409
    with after(74.2 + 365):
        assert group().end_told_at is not None and group().state == "resting"
    with after(74.3 + 365 + 60):
        assert group().state == "ended"
        assert client.get(f"/groups/{OPEN}").status_code == 410


def test_a_candidate_wakes_a_resting_group(cast: Cast) -> None:
    """groups-6: standing opens an election; most votes win; the silent founder is a member."""
    put_in(cast, OPEN, "member", "cleo", "eva", "dan")
    with committing():
        db.session.execute(db.text("UPDATE groups SET state = 'resting', resting_since = :now"),
                           {"now": clock.now().replace(tzinfo=None)})
    words = {"words": "Ich frage jede Woche nach einem Wein."}
    for who in ("cleo", "eva"):
        assert cast.post(cast.browser(who), f"/groups/{OPEN}/stand", **words).status_code == 303
    url = f"/groups/{OPEN}/proposals/{db.session.scalar(db.select(Proposal.id))}"
    with after(14):
        cleo, eva = (str(cast.id(name)) for name in ("cleo", "eva"))
        assert vote(cast, url, dan=cleo, gina=cleo, eva=eva, cleo=cleo) == [303] * 4
        assert vote(cast, url, dan="999") == [422]
    with after(21.1):
        assert group().state == "alive" and group().elected
        assert (role(cast, "cleo"), role(cast, "eva")) == ("moderator", "moderator")
        assert role(cast, "gina") == "member"


def test_dissolved_by_two_thirds_with_notice(cast: Cast) -> None:
    """groups-6, 3.6: two thirds; it ends sixty days later."""
    put_in(cast, OPEN, "member", *VOTERS)
    url = proposed(cast, kind="dissolve", title="Wir hören auf")
    with after(14):
        vote(cast, url, gina="yes", cleo="yes", eva="no")
    with after(21.1):
        assert group().end_told_at is not None and group().state == "alive"
    with after(21.2 + 60):
        assert group().state == "ended"

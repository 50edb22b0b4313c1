"""The panel: agreed to, voted, read under numbers, told and decided."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict
from marketplace.notify.models import Letter
from marketplace.people.models import Consent
from marketplace.touchpoints.actions import join_panel, vote_panel
from marketplace.touchpoints.models import Panel, PanelVote
from tests.cast import Cast
from tests.touchpoints.hands import (
    PANEL,
    PANELS,
    QUESTION,
    VOICES,
    joined,
    put,
    question,
    text,
    told,
    voted,
    votes,
)

TITLE = QUESTION["title_de"]
DECISION = {"step": "decide", "decision": "change", "reason_de": "Erst einmal bei Honig.",
            "reason_en": "With honey first."}


def test_joining_is_a_consent_with_its_text(cast: Cast) -> None:
    """touchpoints-17: the yes is kept with purpose, version and place; who did not say it sees what
    the panel is and none of its questions, and cannot vote.
    """
    number, cleo = put(cast), cast.browser("cleo")
    shown = text(cleo, PANEL)
    assert "Ich bin einverstanden, dass ich gefragt werde" in shown and TITLE not in shown
    assert cleo.get(f"{PANEL}/{number}").status_code == 404
    assert cast.post(cleo, f"{PANEL}/{number}", score="5").status_code == 404
    joined(cast, "cleo")
    joined(cast, "cleo")
    rows = db.session.execute(sa.select(
        Consent.purpose, Consent.text_version, Consent.place, Consent.withdrawn_at)).all()
    assert [tuple(row) for row in rows] == [("panel", "2026-11", "panel", None)]
    db.session.rollback()
    assert TITLE in text(cleo, PANEL) and votes() == []


def test_drafts_are_seen_by_the_operator_alone(cast: Cast) -> None:
    """A draft asks nobody; it can be dropped, and put to the panel once."""
    joined(cast, "cleo")
    number, cleo, olga = question(cast), cast.browser("cleo"), cast.browser("olga")
    assert TITLE not in text(cleo, PANEL)
    assert cleo.get(f"{PANEL}/{number}").status_code == 404
    assert cast.post(cleo, f"{PANEL}/{number}", score="5").status_code == 404
    assert cast.post(olga, f"{PANELS}/{number}", step="ask").status_code == 303
    for step in ("ask", "drop"):
        assert cast.post(olga, f"{PANELS}/{number}", step=step).status_code == 409
    other = question(cast)
    assert cast.post(olga, f"{PANELS}/{other}", step="drop").status_code == 303
    assert olga.get(f"{PANELS}/{other}").status_code == 404


def test_wrong_question_is_told_beside_its_field(cast: Cast) -> None:
    """422, what was typed stays, nothing is kept."""
    sent = cast.post(cast.browser("olga"), PANELS, **{**QUESTION, "link": "//x", "title_en": ""})
    shown = sent.get_data(as_text=True)
    assert sent.status_code == 422 and TITLE in shown
    assert "Die Adresse einer Seite hier" in shown and "3 bis 120 Zeichen" in shown
    assert db.session.scalar(sa.select(Panel.id)) is None


def test_vote_is_given_changed_and_taken_back(cast: Cast) -> None:
    """touchpoints-17: one vote each; a wrong one is told and keeps what was typed; the later one
    stands; taken back it is gone.
    """
    number, cleo, me = put(cast), cast.browser("cleo"), cast.id("cleo")
    joined(cast, "cleo")
    wrong = cast.post(cleo, f"{PANEL}/{number}", score="11", words="Gern, aber klein.")
    assert wrong.status_code == 422 and "Gern, aber klein." in wrong.get_data(as_text=True)
    assert votes() == []
    cast.post(cleo, f"{PANEL}/{number}", score="3", words="Gern, aber klein.")
    cast.post(cleo, f"{PANEL}/{number}", score="8", words="")
    assert votes() == [(me, 8, "")]
    assert 'value="8" checked' in text(cleo, f"{PANEL}/{number}")
    assert cast.post(cleo, f"{PANEL}/{number}", step="back").status_code == 303
    assert votes() == []


def test_result_hides_below_five_and_before_ones_own_vote(cast: Cast) -> None:
    """touchpoints-17: four votes show how many, not what; the fifth shows 8.0 of 10 and words under
    numbers, no name; who has not voted yet reads neither.
    """
    number = put(cast)
    first = dict(list(VOICES.items())[:4])
    voted(cast, number, first)
    shown = text(cast.browser("ana"), f"{PANEL}/{number}")
    assert "4 Stimmen" in shown and "ab 5 Stimmen" in shown and "Weil mir das 4" not in shown
    voted(cast, number, {"cleo": "10"})
    joined(cast, "eva")
    assert "5 votes" not in text(cast.browser("eva"), f"{PANEL}/{number}")
    shown = text(cast.browser("ana"), f"{PANEL}/{number}")
    assert "8 von 10" in shown or "8,0 von 10" in shown
    said = shown.split("panel-said")[1]
    assert re.findall(r"<span>(Ich|Stimme \d+)</span>", said) == [
        "Ich", "Stimme 2", "Stimme 3", "Stimme 4", "Stimme 5"]
    for who in ("Bert", "Dan", "Gina", "Cleo"):
        assert who not in said


def test_decision_with_its_reason_is_read_by_the_panel(cast: Cast) -> None:
    """touchpoints-17: decided only after the last day, with reasons in both languages, once; each
    member reads it in their language, and nobody votes any more.
    """
    number, olga = put(cast), cast.browser("olga")
    voted(cast, number, {**VOICES, "eva": "8"})
    assert cast.post(olga, f"{PANELS}/{number}", **DECISION).status_code == 409
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        ana, olga, eva = (cast.browser(who) for who in ("ana", "olga", "eva"))
        assert cast.post(ana, f"{PANEL}/{number}", score="1").status_code == 409
        assert "die Entscheidung kommt noch" in text(ana, f"{PANEL}/{number}")
        missing = cast.post(olga, f"{PANELS}/{number}", **{**DECISION, "reason_en": ""})
        assert missing.status_code == 422
        assert "Erst einmal bei Honig." in missing.get_data(as_text=True)
        assert cast.post(olga, f"{PANELS}/{number}", **DECISION).status_code == 303
        assert cast.post(olga, f"{PANELS}/{number}", **DECISION).status_code == 409
        shown = text(ana, f"{PANEL}/{number}")
        assert "Wir machen es anders" in shown and "Erst einmal bei Honig." in shown
        assert "With honey first." in text(eva, f"{PANEL}/{number}")
    assert [score for _who, score, _words in votes()] == [9, 4, 10, 7, 10, 8]


def test_voting_ends_early(cast: Cast) -> None:
    """The operator ends it; then it can be decided the same day."""
    number, olga = put(cast), cast.browser("olga")
    joined(cast, "cleo")
    assert cast.post(olga, f"{PANELS}/{number}", step="end").status_code == 303
    assert cast.post(cast.browser("cleo"), f"{PANEL}/{number}", score="1").status_code == 409
    assert cast.post(olga, f"{PANELS}/{number}", **DECISION).status_code == 303


def test_told_only_who_turned_it_on(cast: Cast) -> None:
    """touchpoints-17: PanelAsked reaches members who chose notices or mail, nobody by default, and
    nobody outside; what was decided reaches those of them who voted.
    """
    joined(cast, "cleo", "ana")
    joined(cast, "dan", tell="1")
    joined(cast, "gina", tell="1")
    cast.post(cast.browser("ana"), PANEL, step="mail")
    cast.post(cast.browser("bert"), PANEL, step="mail")
    ids = {who: cast.id(who) for who in ("ana", "bert", "cleo", "dan", "gina")}
    number = put(cast)
    assert {who: told(one) for who, one in ids.items() if told(one)} == {
        "dan": ["panel_asked"], "gina": ["panel_asked"]}
    assert set(db.session.scalars(sa.select(Letter.person_id).where(
        Letter.class_ == "panel"))) == {ids["ana"]}
    db.session.rollback()
    assert f"Eine Frage an den Beirat: {TITLE}" in text(cast.browser("dan"), "/account/notices")
    cast.post(cast.browser("dan"), f"{PANEL}/{number}", score="5")
    assert told(ids["dan"]) == []
    olga = cast.browser("olga")
    cast.post(olga, f"{PANELS}/{number}", step="end")
    cast.post(olga, f"{PANELS}/{number}", **DECISION)
    assert told(ids["dan"]) == ["panel_decided"] and told(ids["gina"]) == ["panel_asked"]


def test_votes_at_once_are_counted_one_by_one(app: Flask, cast: Cast) -> None:
    """Seven members vote in the same moment: seven votes with seven numbers; nobody votes twice."""
    number = put(cast)
    people = [cast.id(who) for who in ("ana", "bert", "cleo", "dan", "eva", "gina", "max")]
    db.session.rollback()
    with committing():
        for one in people:
            join_panel(one)

    def vote(person: int) -> None:
        with app.app_context():
            for _twice in range(2):
                with committing():
                    vote_panel(number, person, "6", "")

    with ThreadPoolExecutor(7) as pool:
        list(pool.map(lambda one: Context().run(vote, one), people))
    db.session.rollback()
    assert sorted(db.session.scalars(sa.select(PanelVote.number))) == [1, 2, 3, 4, 5, 6, 7]


def test_last_day_is_over_while_voting(cast: Cast) -> None:
    """A vote that comes after midnight is refused and changes nothing."""
    number = put(cast)
    me = cast.id("cleo")
    db.session.rollback()
    with committing():
        join_panel(me)
        vote_panel(number, me, "6", "")
    with (time_machine.travel(clock.now() + timedelta(days=8), tick=False),
          pytest.raises(Conflict), committing()):
        vote_panel(number, me, "1", "")
    db.session.rollback()
    assert votes() == [(me, 6, "")]

"""The panel and one's data: leaving, privacy, reports, and the file of one's own."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from marketplace.foundation.database import db
from marketplace.people.models import Consent
from marketplace.people.queries.personal import personal
from marketplace.touchpoints.models import PanelMember
from tests.cast import Cast
from tests.touchpoints.hands import PANEL, VOICES, joined, put, text, told, voted, votes


@pytest.mark.parametrize(("choice", "left"), [("keep", [(None, 5, "Ja.")]), ("delete", [])])
def test_leaving_ends_the_asking_and_asks_about_votes(
    cast: Cast, choice: str, left: list[tuple[None, int, str]]
) -> None:
    """touchpoints-17: what was told and not read goes, nothing more comes, the consent ends with
    its day; votes stay without a name or go, as chosen.
    """
    joined(cast, "dan", tell="1")
    dan, me = cast.browser("dan"), cast.id("dan")
    first, second = put(cast), put(cast)
    cast.post(dan, f"{PANEL}/{first}", score="5", words="Ja.")
    assert told(me) == ["panel_asked"]
    assert cast.post(dan, PANEL, step="leave", votes=choice).status_code == 303
    put(cast)
    assert told(me) == [] and votes() == left
    assert db.session.scalar(sa.select(PanelMember.person_id)) is None
    assert db.session.scalar(sa.select(Consent.withdrawn_at)) is not None
    db.session.rollback()
    assert dan.get(f"{PANEL}/{second}").status_code == 404


def test_privacy_lists_and_ends_it(cast: Cast) -> None:
    """people-27: the panel stands under Privacy with its text and day, and ends there; votes stay
    without a name.
    """
    joined(cast, "dan", tell="1")
    dan, number = cast.browser("dan"), put(cast)
    cast.post(dan, f"{PANEL}/{number}", score="5", words="Ja.")
    shown = text(dan, "/account/privacy")
    assert "Der Beirat" in shown and "Du wirst gefragt, was der Markt tun soll" in shown
    assert cast.post(dan, "/account/privacy/consents/panel/withdraw").status_code == 303
    assert "zurückgenommen" in text(dan, "/account/privacy")
    assert db.session.scalar(sa.select(PanelMember.person_id)) is None
    assert votes() == [(None, 5, "Ja.")]
    assert "In den Beirat" in text(dan, PANEL)


def test_mail_of_the_panel_stands_under_privacy(cast: Cast) -> None:
    """people-27: letters of the panel are ended there too, the membership stays."""
    joined(cast, "dan")
    dan = cast.browser("dan")
    cast.post(dan, PANEL, step="mail")
    assert "Fragen an den Beirat" in text(dan, "/account/privacy")
    assert cast.post(dan, "/account/privacy/opt-ins/mail-panel/end").status_code == 303
    assert "Fragen an den Beirat" not in text(dan, "/account/privacy")
    assert "Davon kommt nichts per Mail." in text(dan, PANEL)


def test_reported_words_go_and_the_vote_stays(cast: Cast) -> None:
    """Words to the panel are reported like others; after the decision they are gone, the result
    is as it was.
    """
    number = put(cast)
    voted(cast, number, VOICES)
    ana = cast.browser("ana")
    shown = text(ana, f"{PANEL}/{number}")
    found = re.search(r'href="(/moderation/report/panel/[^"]+)"', shown)
    assert found is not None
    assert cast.post(ana, found.group(1), kind="insult", words="Sieh selbst.", step="send"
                     ).status_code == 200
    matter = db.session.scalar(sa.text("SELECT number FROM matters"))
    db.session.rollback()
    sent = cast.post(cast.browser("max"), f"/moderation/matters/{matter}", reason="insult",
                     measure="remove", facts="Steht so da.", milder="Anders geht es nicht.",
                     milder_why="Anders geht es nicht.")
    assert sent.status_code == 303, sent.get_data(as_text=True)
    shown = text(ana, f"{PANEL}/{number}")
    assert shown.count("Weil mir das") == 4 + shown.count("</textarea>")
    assert "5 Stimmen" in shown


def test_data_of_a_member(cast: Cast) -> None:
    """people: votes and words are in the file of one's data; the map knows what is whose."""
    number = put(cast)
    joined(cast, "dan")
    cast.post(cast.browser("dan"), f"{PANEL}/{number}", score="5", words="Ja.")
    kept = personal("touchpoints", cast.id("dan"))
    db.session.rollback()
    assert [(row["score"], row["words"]) for row in kept["panel_votes"]] == [(5, "Ja.")]
    assert len(kept["panel_members"]) == 1

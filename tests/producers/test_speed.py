"""How many statements the studio's forms take, also where much is kept."""

from __future__ import annotations

from datetime import date

import pytest
from flask.testing import FlaskClient

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.producers.models import Evidence, MessageBlock, ProducerMedia, ProducerText, Terms
from tests.cast import PEOPLE, Cast

FORMS = ("evidence", "pictures", "choices", "blocks", "terms", "pause", "hours", "promises",
         "registrations", "legal", "profile", "staff")
MOST = 6
"""Spec producers 8, the account of the person and the bell of the frame included."""


@pytest.fixture
def ana(cast: Cast) -> FlaskClient:
    """Ana's browser, her house full of everything."""
    house, olga = cast.goods("riesling-vom-schiefer").producer_id, cast.id("olga")
    today = clock.today()
    people = [cast.id(handle) for handle in PEOPLE if handle != "ana"]
    db.session.rollback()
    with committing():
        for n in range(20):
            db.session.add_all([
                Evidence(producer_id=house, kind="other", issuer=f"Prüfstelle {n}", number=f"N{n}",
                         until=date(2099, 1, 1), handed_in_at=clock.now()),
                ProducerMedia(producer_id=house, file=f"{n}", kind="photo", alt_de=f"Bild {n}",
                              alt_en=""),
                ProducerText(producer_id=house, lang="de", part="story", version=n + 1,
                             words=f"Fassung {n}", person_id=olga, at=clock.now()),
                Terms(version=n + 1, words_de="x", words_en="x", announced_on=today,
                      announced_by=olga, valid_from=today.replace(year=today.year + 1))])
        db.session.add_all(MessageBlock(producer_id=house, person_id=one, reason="Grund",
                                        by_id=olga, at=clock.now()) for one in people)
    return cast.browser("ana")


@pytest.mark.parametrize("form", FORMS)
def test_form_keeps_its_statements(ana: FlaskClient, statements: list[str], form: str) -> None:
    """Spec producers 8: at most six, for one row and for twenty."""
    assert ana.get(f"/studio/{form}").status_code == 200
    statements.clear()
    assert ana.get(f"/studio/{form}").status_code == 200
    assert len(statements) <= MOST, "\n".join(one[:140] for one in statements)

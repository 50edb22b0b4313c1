"""A house whose owners are away: seen by the operator, who names another one after a check."""

from __future__ import annotations

from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.people.models import Account
from marketplace.producers.models import Staff
from marketplace.producers.queries.owners import away_houses
from tests.cast import Cast

SLUG = "weingut-kaltbach"
WHY = "Gesellschafterliste vom Handelsregister Wittlich, heute."


def absent(cast: Cast, handle: str, days: int) -> None:
    """The last login of a person was so many days ago."""
    who = cast.id(handle)
    db.session.rollback()
    with committing():
        db.session.execute(db.update(Account).where(Account.person_id == who).values(
            active_on=clock.today() - timedelta(days=days)))


def helper(cast: Cast, handle: str, role: str = "service") -> None:
    """One more person of ana's house."""
    house, who = cast.goods("riesling-vom-schiefer").producer_id, cast.id(handle)
    db.session.rollback()
    with committing():
        db.session.add(Staff(producer_id=house, person_id=who, role=role,
                             shown_name=handle.title(), since=clock.today()))


def named(cast: Cast, handle: str, who: str = "olga", **other: str) -> TestResponse:
    """The operator names an owner."""
    return cast.post(cast.browser(who), f"/operator/producers/{SLUG}/owner", **{
        "handle": handle, "way": "register", "why": WHY, **other})


def roles(cast: Cast) -> dict[int, str]:
    """Who acts for the house now, by person."""
    house = cast.goods("riesling-vom-schiefer").producer_id
    db.session.rollback()
    return dict(db.session.execute(db.select(Staff.person_id, Staff.role).where(
        Staff.producer_id == house, Staff.until.is_(None))).all())


def test_house_stands_in_the_list_from_the_sixtieth_day_on(cast: Cast) -> None:
    """producers 6: 59 days not, 60 days yes; one of two owners signing in is enough; a house that
    was never opened or has ended is none of it.
    """
    for days, listed in ((59, []), (60, [SLUG])):
        absent(cast, "ana", days)
        assert [house.slug for house in away_houses()] == listed, days
    html = cast.browser("olga").get("/operator/producers/owners").get_data(as_text=True)
    assert "Weingut Kaltbach" in html and "Nordgarn" not in html
    helper(cast, "dan", "owner")
    assert [house.slug for house in away_houses()] == []


def test_operator_names_another_owner(cast: Cast) -> None:
    """producers 6: a person of the house becomes owner, the one before stays it; the act stands in
    the operator's log with way and words; everybody of the house gets notice and letter.
    """
    helper(cast, "dan")
    absent(cast, "ana", 75)
    assert named(cast, "@Dan").status_code == 303
    ana, dan = cast.id("ana"), cast.id("dan")
    assert roles(cast) == {ana: "owner", dan: "owner"}
    log = db.session.execute(db.text(
        "SELECT person_id, object_kind, why FROM audit_log WHERE action = 'owner_named'")).all()
    assert [(row[0], row[1]) for row in log] == [(cast.id("olga"), "producer")]
    assert "@dan" in log[0][2] and "register" in log[0][2] and WHY in log[0][2]
    told = db.session.scalars(db.text("SELECT person_id FROM notices WHERE title = 'owner_named' "
                                      "ORDER BY person_id")).all()
    assert sorted(told) == sorted((ana, dan))
    letters = db.session.scalars(db.text("SELECT person_id FROM letters "
                                         "WHERE template = 'owner_named'")).all()
    assert sorted(letters) == sorted((ana, dan))
    run_due()
    assert cast.browser("dan").get("/studio/legal").status_code == 200
    assert named(cast, "gina").status_code == 404


def test_another_member_can_be_named(cast: Cast) -> None:
    """producers 6: nobody of the house is left: a member from outside joins it as owner."""
    absent(cast, "ana", 200)
    assert named(cast, "gina").status_code == 303
    assert roles(cast)[cast.id("gina")] == "owner"


@pytest.mark.parametrize(("field", "value"), [
    ("handle", "niemand"), ("handle", ""), ("handle", "olga"), ("handle", "ana"), ("way", ""),
    ("way", "trust"), ("why", "zu kurz")])
def test_without_a_check_nobody_is_named(cast: Cast, field: str, value: str) -> None:
    """A sentence beside the field, the words kept, nothing changed."""
    helper(cast, "dan")
    absent(cast, "ana", 75)
    before = roles(cast)
    answer = named(cast, "dan", **{field: value}) if field != "handle" else named(cast, value)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422 and f'id="f-{field}-fault"' in html
    assert WHY in html or field == "why"
    assert roles(cast) == before


def test_an_owner_who_comes_back_ends_it(cast: Cast) -> None:
    """The form opened before the login names nobody any more; others never see it."""
    helper(cast, "dan")
    absent(cast, "ana", 75)
    assert named(cast, "dan", "max").status_code == 403
    assert named(cast, "dan", "dan").status_code == 403
    cast.browser("ana")
    assert named(cast, "dan").status_code == 404
    assert roles(cast)[cast.id("dan")] == "service"

"""Ambassadors: both sides agree, everybody sees what they have from it, either side ends it."""

from __future__ import annotations

from typing import Any

import pytest

from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.groups.models import Ambassador
from marketplace.people.actions import erase
from marketplace.people.models import Person
from marketplace.reviews.models import Rating, Relation
from tests.cast import Cast
from tests.groups.hands import CLOSED, OPEN, SECRET, put_in
from tests.web.places import bought_and_rated

HOUSE, WINE = "/producers/weingut-kaltbach", "/products/riesling-vom-schiefer"
WHY, BENEFIT = "Ich erzähle auf dem Markt davon.", "sechs Flaschen im Jahr"


def row() -> Ambassador:
    """The newest one."""
    db.session.rollback()
    found = db.session.scalar(db.select(Ambassador).order_by(Ambassador.id.desc()).limit(1)
                              .execution_options(populate_existing=True))
    assert found is not None
    return found


def asks(cast: Cast, who: str, thing: str, status: int = 303, **form: str) -> Any:
    """Send the form; the answer."""
    made = cast.post(cast.browser(who), f"/ambassadors/new?for={thing}",
                     **{"words": WHY, **form})
    assert made.status_code == status, made.get_data(as_text=True)
    run_due()
    db.session.rollback()
    return made


def agrees(cast: Cast, who: str, status: int = 303, **form: str) -> Any:
    """Answer with yes."""
    made = cast.post(cast.browser(who), f"/ambassadors/{row().id}/answer",
                     **{"answer": "yes", **form})
    assert made.status_code == status, made.get_data(as_text=True)
    run_due()
    db.session.rollback()
    return made


def open_relations() -> list[tuple[str, str | None]]:
    """What the reviews know of people who speak for houses."""
    db.session.rollback()
    return [tuple(one) for one in db.session.execute(
        db.select(Relation.kind, Relation.benefit).where(Relation.until.is_(None)))]


def test_asked_is_active_only_when_the_house_agrees_and_names_the_benefit(cast: Cast) -> None:
    """groups-20: the house has to say what the person has from it; before that nothing is so."""
    asks(cast, "eva", HOUSE)
    assert row().state == "asked" and not open_relations()
    said = agrees(cast, "ana", 422).get_data(as_text=True)
    assert "nichts" in said and row().state == "asked"
    assert cast.post(cast.browser("eva"), f"/ambassadors/{row().id}/answer",
                     answer="yes").status_code == 403
    assert cast.post(cast.browser("bert"), f"/ambassadors/{row().id}/answer",
                     answer="yes").status_code == 404
    agrees(cast, "ana", benefit=BENEFIT)
    assert row().state == "active" and open_relations() == [("ambassador", BENEFIT)]


def test_offered_is_active_when_the_person_agrees(cast: Cast) -> None:
    """groups-20: an offer without the benefit in words is refused and keeps what was typed."""
    said = asks(cast, "ana", WINE, 422, handle="eva").get_data(as_text=True)
    assert WHY in said and 'value="eva"' in said
    asks(cast, "ana", WINE, handle="@Eva", benefit=BENEFIT)
    assert row().state == "offered" and row().person_id == cast.id("eva")
    assert "asked to speak for" in cast.browser("eva").get("/account/notices").get_data(
        as_text=True)
    agrees(cast, "eva")
    assert row().state == "active" and open_relations() == [("ambassador", BENEFIT)]


def test_label_and_benefit_stand_beside_each_word(cast: Cast) -> None:
    """groups-20: on an answer in a thread, on a recommendation, on a rating; not beside others'."""
    asks(cast, "eva", HOUSE)
    agrees(cast, "ana", benefit=BENEFIT)
    eva, cleo = cast.browser("eva"), cast.browser("cleo")
    sent = cast.post(cleo, f"/threads/new?about={WINE}", kind="question", step="send",
                     title="Passt er zu Spargel?", words="Oder ist er zu salzig?",
                     openness="public")
    assert cast.post(eva, sent.location, words="Ja, zu grünem.").status_code == 303
    page = cast.browser("dan").get(sent.location).get_data(as_text=True)
    assert page.count(BENEFIT) == 1
    done = cast.post(eva, f"{WINE}/recommend", audience="all", step="send",
                     reason="Dry and salty, made for fish.")
    assert done.status_code == 303
    assert db.session.execute(db.text(
        "SELECT relation, benefit FROM recommendations")).one() == ("ambassador", BENEFIT)


def test_ratings_of_an_ambassador_are_set_aside_from_then_on(cast: Cast) -> None:
    """groups-20: an active ambassador is a declared relation, outside the score."""
    asks(cast, "cleo", WINE)
    agrees(cast, "ana", benefit=BENEFIT)
    bought_and_rated(cast, cast.browser("cleo"))
    db.session.rollback()
    found = db.session.scalars(db.select(Rating)).one()
    assert (found.relation, found.benefit, found.standing) == ("ambassador", BENEFIT, "aside")
    page = cast.browser("dan").get(WINE).get_data(as_text=True)
    assert f"Vorteil: {BENEFIT}" in page and "spricht für den Erzeuger" in page


@pytest.mark.parametrize("who", ["ana", "eva"])
def test_either_side_ends_it_in_one_click(cast: Cast, who: str) -> None:
    """groups-20: at once, twice is once; from then on nothing stands beside the words."""
    asks(cast, "eva", HOUSE)
    agrees(cast, "ana", benefit=BENEFIT)
    end = f"/ambassadors/{row().id}/end"
    assert f'action="{end}"' in cast.browser(who).get("/account/ambassadors").get_data(as_text=True)
    for _time in range(2):
        assert cast.post(cast.browser(who), end).status_code == 303
    run_due()
    assert row().state == "ended" and not open_relations()


def test_group_has_ambassadors_too(cast: Cast) -> None:
    """groups-20: a moderator offers, the member agrees, the list of people says it."""
    put_in(cast, OPEN, "member", "eva")
    asks(cast, "gina", f"/groups/{OPEN}", handle="eva", benefit="nichts")
    agrees(cast, "eva")
    page = cast.browser("cleo").get(f"/groups/{OPEN}/people").get_data(as_text=True)
    assert "spricht für die Gruppe und hat davon: nichts" in page


def test_what_was_asked_is_not_asked_twice(cast: Cast) -> None:
    """A second question: 409 with a sentence, one row; after a no it can be asked again."""
    asks(cast, "eva", HOUSE)
    asks(cast, "eva", HOUSE, 409)
    assert cast.post(cast.browser("ana"), f"/ambassadors/{row().id}/answer",
                     answer="no").status_code == 303
    asks(cast, "eva", HOUSE)
    assert db.session.scalar(db.select(db.func.count(Ambassador.id))) == 2


@pytest.mark.parametrize(("thing", "status"), [
    (f"/groups/{SECRET}", 404), (f"/groups/{CLOSED}", 303), ("/products/none", 404),
    ("/about/imprint", 404), ("//example.org", 404), ("", 404)])
def test_only_what_one_may_know_can_be_spoken_for(cast: Cast, thing: str, status: int) -> None:
    """groups-2: a secret group is asked for by nobody outside; nonsense is no thing."""
    asks(cast, "dan", thing, status)


@pytest.mark.parametrize("typed", ["", "x" * 281, "zu kurz"])
def test_words_of_a_wrong_length_are_kept(cast: Cast, typed: str) -> None:
    """422, nothing kept, what was typed is still there."""
    said = asks(cast, "eva", HOUSE, 422, words=typed).get_data(as_text=True)
    assert typed in said
    assert db.session.scalar(db.select(db.func.count(Ambassador.id))) == 0


def test_nobody_is_offered_it_who_belongs_or_is_not_there(cast: Cast) -> None:
    """The own name and a name nobody has: a sentence beside the field."""
    for name in ("ana", "niemand"):
        said = asks(cast, "ana", HOUSE, 422, handle=name, benefit=BENEFIT)
        assert f'value="{name}"' in said.get_data(as_text=True)


def test_erased_person_speaks_for_nothing(cast: Cast) -> None:
    """The row goes with the person."""
    asks(cast, "eva", HOUSE)
    agrees(cast, "ana", benefit=BENEFIT)
    number = cast.id("eva")
    db.session.rollback()
    with committing():
        erase(number)
    run_due()
    assert db.session.scalar(db.select(db.func.count(Ambassador.id))) == 0
    assert db.session.get(Person, number) is not None


def test_the_page_of_privacy_lists_and_ends_it(cast: Cast) -> None:
    """people-27: dan sees that he speaks for the house, ends it there at once; nobody else can."""
    asks(cast, "dan", HOUSE)
    agrees(cast, "ana", benefit=BENEFIT)
    dan, here = cast.browser("dan"), f"/account/privacy/opt-ins/speaks-{row().id}/end"
    assert "Spricht für Weingut Kaltbach" in dan.get("/account/privacy").get_data(as_text=True)
    assert cast.post(cast.browser("eva"), here).status_code == 404
    assert row().state == "active"
    assert cast.post(dan, here).status_code == 303
    assert row().state == "ended"
    assert "Spricht für" not in dan.get("/account/privacy").get_data(as_text=True)
    assert cast.post(dan, here).status_code == 404

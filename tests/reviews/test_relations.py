"""Who has to do with a producer: labelled, with the benefit in words, and outside the score."""

from __future__ import annotations

import pytest

from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import NotYours
from marketplace.producers.models import Producer, Staff
from marketplace.reviews.actions import find_relation
from marketplace.reviews.models import Relation
from tests.cast import Cast
from tests.reviews.hands import HAT, WINE, ago, answered, bought, counts, say

LABELS = {"family": "Familie oder Freunden", "supplier": "beliefert den Erzeuger",
          "free_sample": "bekam es geschenkt", "discount": "bekam einen eigenen Rabatt",
          "ambassador": "spricht für den Erzeuger", "competitor": "anderen Erzeuger"}


@pytest.mark.parametrize("kind", LABELS)
def test_declared_relation_is_labelled_and_aside(cast: Cast, kind: str) -> None:
    """reviews-17: the label stands on the contribution with the benefit in words; n stays 0."""
    line = bought(cast, "cleo")
    cleo = cast.browser("cleo")
    cast.post(cleo, line.url, again="yes", words="Wirklich ein guter Tropfen.", relation=kind,
              benefit="zwei Flaschen", step="publish")
    assert counts(line.product_id) == (0, 0)
    answered(cast, "eva", True, words="Ganz ohne Vorteil getrunken.")
    page = cast.app.test_client().get(f"/products/{WINE}").get_data(as_text=True)
    assert LABELS[kind] in page
    assert "Vorteil: zwei Flaschen" in page
    row = db.session.scalar(db.select(Relation))
    assert row is not None and (row.kind, row.source) == (kind, "declared")


def test_relation_once_declared_holds_for_later_answers(cast: Cast) -> None:
    """Leaving the field empty the next time changes nothing: the tie is known."""
    line = bought(cast, "cleo")
    say(cast, "cleo", line, relation="family")
    say(cast, "cleo", line, False)
    assert counts(line.product_id) == (0, 0)
    assert say(cast, "cleo", bought(cast, "cleo", "spaetburgunder-dorfkern")).standing == "aside"


def test_rival_may_write_and_is_not_counted(cast: Cast) -> None:
    """reviews-17: staff of a producer of the same subject: accepted, labelled, aside."""
    from marketplace.people.models import Subject

    with committing():
        wine = db.session.scalar(db.select(Subject.id).where(Subject.slug == "wine"))
        db.session.execute(db.update(Producer).where(Producer.slug == "nordgarn")
                           .values(subject_id=wine))
    row = answered(cast, "bert", False, words="Bei uns daheim macht man das anders.")
    assert (row.standing, row.aside_reason, row.relation) == ("aside", "competitor", "competitor")
    assert counts(row.product_id) == (0, 0)


def test_found_relation_sets_aside_what_was_given_since(cast: Cast) -> None:
    """Found later: answers since then are labelled and aside, older ones stay."""
    row = answered(cast, "cleo", True)
    other = answered(cast, "cleo", True, HAT)
    with committing():
        find_relation(cast.id("cleo"), row.producer_id, "free_sample", "ein Karton", ago(1))
    db.session.refresh(row)
    assert (row.standing, row.relation, row.benefit) == ("aside", "free_sample", "ein Karton")
    assert (counts(row.product_id), counts(other.product_id)) == ((0, 0), (1, 1))


def test_former_staff_is_no_staff(cast: Cast) -> None:
    """Only open rows of staff refuse; found as "employee" a former one is labelled."""
    line = bought(cast, "ana")
    with pytest.raises(NotYours):
        say(cast, "ana", line)
    db.session.rollback()
    with committing():
        db.session.execute(db.update(Staff).where(Staff.person_id == cast.id("ana"))
                           .values(until=ago(1).date()))
        find_relation(cast.id("ana"), cast.goods(WINE).producer_id, "employee")
    assert say(cast, "ana", line).aside_reason == "employee"

"""The directory of producers: by trade, region, speed of answers, and what one's groups know."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.groups.models import Group, GroupList, ListItem, Membership, Pick
from marketplace.people.models import Subject
from marketplace.producers.actions import keep_fact
from marketplace.producers.models import Producer
from marketplace.producers.queries import Fact, Wanted, directory, regions
from tests.cast import Cast

WINE, HAT = "riesling-vom-schiefer", "muetze-deichwind"


def named(html: str) -> list[str]:
    """The producers of a page, in their order."""
    return re.findall(r'<h2 class="card-title"><a href="/producers/([\w-]+)"', html)


def look(client: FlaskClient, query: str = "") -> str:
    """A page of the directory."""
    answer = client.get(f"/producers{query}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def answers(producer_id: int, hours: float, n: int = 5, days_ago: int = 0,
            more: bool = False) -> Fact:
    """How fast a house answered, as the nightly job hands it over."""
    day = clock.today() - timedelta(days=days_ago)
    return Fact(producer_id, "first_answer_median", day - timedelta(days=90), day, n, n, hours,
                hours, None if more else hours, clock.now() - timedelta(days=days_ago))


def test_filters_are_links_that_narrow_and_widen(cast: Cast, client: FlaskClient) -> None:
    """producers 4: by trade, by region, both; each set filter is a link that takes it away; what
    nobody knows is said to be unknown, with a way back.
    """
    assert named(look(client)) == ["nordgarn", "weingut-kaltbach"]
    assert named(look(client, "?subject=wine")) == ["weingut-kaltbach"]
    assert named(look(client, "?region=Friesland")) == ["nordgarn"]
    both = look(client, "?subject=wine&region=Friesland")
    assert named(both) == [] and "Zu alldem passt niemand" in both
    assert 'href="/producers?subject=wine"' in both and 'href="/producers"' in both
    assert "Mosel" in look(client, "?subject=wine")
    assert "unbekannt" not in both
    assert "unbekannt" in look(client, "?region=Atlantis")
    assert "unbekannt" in look(client, "?subject=fishing")


@pytest.mark.parametrize(("fact", "shown"), [
    ({"hours": 8.0}, True), ({"hours": 8.1}, False), ({"hours": 2.0, "n": 4}, False),
    ({"hours": 2.0, "days_ago": 8}, False), ({"hours": 2.0, "more": True}, False)])
def test_answers_within_a_day(cast: Cast, fact: dict[str, float], shown: bool) -> None:
    """producers 4: the median of five or more within one open day; Mo-Fr 9-17 is open 8 h a day;
    four cases, a figure older than a week, one without an end: not shown.
    """
    house = cast.goods(WINE).producer_id
    db.session.rollback()
    with committing():
        for weekday in range(5):
            db.session.execute(db.text(
                "INSERT INTO service_hours (producer_id, weekday, opens_minute, closes_minute) "
                "VALUES (:who, :day, 540, 1020)"), {"who": house, "day": weekday})
        one = answers(house, **fact)  # type: ignore[arg-type]
        keep_fact(one)
        db.session.flush()
        db.session.execute(db.text("UPDATE producer_facts SET computed_at = :at"),
                           {"at": one.computed_at.replace(tzinfo=None)}) if fact.get(
                               "days_ago") and one.computed_at else None
    found = [card.slug for card in directory("de", Wanted(quick=True), 0, 12)[0]]
    assert found == (["weingut-kaltbach"] if shown else [])


def test_without_own_hours_the_platform_counts(cast: Cast) -> None:
    """producers 4: 5 days of 16 h and 2 of 12 h are 14.86 h an open day; only the newest figure of
    a house counts.
    """
    house, other = cast.goods(WINE).producer_id, cast.goods(HAT).producer_id
    db.session.rollback()
    with committing():
        keep_fact(answers(other, 3.0, days_ago=1), answers(house, 3.0, days_ago=1))
    assert [card.slug for card in directory("de", Wanted(quick=True), 0, 12)[0]] == [
        "nordgarn", "weingut-kaltbach"]
    with committing():
        keep_fact(answers(house, 14.8), answers(other, 14.9))
    assert [card.slug for card in directory("de", Wanted(quick=True), 0, 12)[0]] == [
        "weingut-kaltbach"]


def test_my_groups_know_them(cast: Cast) -> None:
    """producers 4: a list or a pick of an own group is knowledge, with the group as the reason;
    of a group that one left, or never joined, it is not; visitors are asked to sign in.
    """
    wine, hat, eva = cast.goods(WINE).product_id, cast.goods(HAT).product_id, cast.id("eva")
    ids = dict(db.session.execute(db.select(Group.slug, Group.id)).all())
    now = clock.now()
    db.session.rollback()
    with committing():
        for slug, left in (("weisswein-zu-gemuese", None), ("geheime-runde", now)):
            db.session.add(Membership(group_id=ids[slug], person_id=eva, joined_at=now,
                                      left_at=left))
        shelf = GroupList(group_id=ids["weisswein-zu-gemuese"], title="Spargel", made_at=now)
        db.session.add(shelf)
        db.session.flush()
        db.session.add(ListItem(list_id=shelf.id, product_id=wine, person_id=eva, why="Gut",
                                at=now))
        for slug in ("geheime-runde", "stiller-keller"):
            db.session.add(Pick(group_id=ids[slug], month="2026-10", product_id=hat, votes=3,
                                voters=3, made_at=now))
    html = look(cast.browser("eva"), "?known=groups")
    assert named(html) == ["weingut-kaltbach"]
    assert "Weißwein zu Gemüse knows 1 thing made here" in html
    assert named(look(cast.browser("cleo"), "?known=groups")) == []
    assert "Noch hat keine deiner Gruppen" in look(cast.browser("cleo"), "?known=groups")
    visitor = look(cast.app.test_client(), "?known=groups")
    assert named(visitor) == [] and "/sign-in?next=" in visitor
    assert "my groups know them" not in look(cast.app.test_client(), "?lang=en")
    assert "Geheime Runde" not in html and "Geheime Runde" not in visitor


def test_each_card_has_one_reason(cast: Cast, client: FlaskClient) -> None:
    """producers 4: one line each, true and with a link: how fast it answers, or since when."""
    house = cast.goods(WINE).producer_id
    db.session.rollback()
    with committing():
        keep_fact(answers(house, 3.25))
        db.session.execute(db.update(Producer).where(Producer.slug == "nordgarn")
                           .values(opened_on=clock.today() - timedelta(days=400),
                                   follower_count=2))
    html = look(client)
    assert len(re.findall(r'<p class="reason ', html)) == 2
    assert re.search(r'reputation#figures">Die Hälfte der ersten Antworten in 3,[23] '
                     r'Servicestunden', html)
    assert "2 Personen folgen" in html


def test_directory_of_many_keeps_its_statements(
    app: Flask, cast: Cast, statements: list[str]
) -> None:
    """Spec producers 8: 12 per page, and lists of 1,000 producers page in constant statements."""
    subject = db.session.scalar(db.select(Subject.id).where(Subject.slug == "wine"))
    eva = cast.browser("eva")
    counts = []
    for more in (0, 1000):
        db.session.rollback()
        with committing():
            db.session.add_all(Producer(
                slug=f"hof-{n}", name=f"Hof {n:04}", subject_id=subject, region=f"Gau {n % 70}",
                country="DE", place="Tal", state="selling", opened_on=clock.today())
                for n in range(more))
        look(eva, "?page=1")
        statements.clear()
        html = look(eva, "?page=1")
        counts.append(len(statements))
    assert counts[0] == counts[1], counts
    assert len(named(html)) == 12 and "1.002" in look(app.test_client())
    assert len(regions(Wanted())) == 60

"""Asks: made, shown, taken back; what they refuse, and to whom they show."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.notify.models import Notice
from marketplace.recommend.actions import choose_asked
from marketplace.recommend.models import Ask, Recommendation
from marketplace.recommend.rules.asking import (
    ANSWERS_EACH,
    LEAST_WISH,
    MOST_OPEN,
    MOST_WISH,
    audience_of_answer,
    is_open,
    last_day,
    who_knows,
)
from tests.cast import Cast
from tests.recommend.test_views_recommend import count

WINE, RED, HAT = "riesling-vom-schiefer", "spaetburgunder-dorfkern", "muetze-deichwind"
WISH = "Ein Weißwein zu Spargel, bis 15 Euro."
ASKED: dict[str, Any] = {"wish": WISH, "audience": "all", "step": "send"}
GROUP = "weisswein-zu-gemuese"


def asked(cast: Cast, who: str = "cleo", **other: Any) -> str:
    """An ask that was made; its code."""
    made = cast.post(cast.browser(who), "/asks/new", **{**ASKED, **other})
    assert made.status_code == 303, made.get_data(as_text=True)
    return str(made.location.rsplit("/", 1)[1])


def answered(cast: Cast, code: str, who: str = "eva", product: str = WINE,
             reason: str = "Salzig und trocken, für Spargel gemacht.") -> str:
    """An answer that was given; its code."""
    said = cast.post(cast.browser(who), f"/asks/{code}/answer", product=product, reason=reason)
    assert said.status_code == 303, said.get_data(as_text=True)
    found = db.session.scalar(
        db.select(Recommendation.code).order_by(Recommendation.id.desc()).limit(1))
    return str(found)


def notices(cast: Cast, who: str) -> list[str]:
    """Titles of somebody's notices."""
    found = list(db.session.scalars(db.select(Notice.title).where(
        Notice.person_id == cast.id(who)).order_by(Notice.id)))
    db.session.rollback()
    return found


def test_whom_an_ask_is_put_to() -> None:
    """Seven rated of the subject: 1 nothing that counts, 7 was asked three times this week. Of the
    six that are left the five with most, equal ones by number: 4, then 5 and 6, then 2 and 3.
    """
    rated = {1: 0, 8: 1, 3: 1, 2: 1, 6: 2, 5: 2, 4: 5, 7: 9}
    assert who_knows(rated, {7: 3, 4: 2}) == [(4, 5), (5, 2), (6, 2), (2, 1), (3, 1)]
    assert who_knows({4: 5, 5: 2}, {}, [4]) == [(5, 2)]


def test_the_limits_are_those_of_the_page() -> None:
    """The sentences of /asks/new and docs/recommend.md name these."""
    assert (LEAST_WISH, MOST_WISH, MOST_OPEN, ANSWERS_EACH) == (10, 280, 5, 3)


@pytest.mark.parametrize(("wanted", "day"), [
    (None, date(2026, 12, 15)), (date(2026, 12, 1), date(2026, 12, 1)),
    (date(2027, 1, 30), date(2027, 1, 30)), (date(2027, 1, 31), None),
    (date(2026, 11, 30), None)])
def test_an_ask_is_open_for_60_days_at_most(wanted: date | None, day: date | None) -> None:
    """On 1 December: 14 days without a wish; until 30 January, which is the 60th day."""
    assert last_day(wanted, date(2026, 12, 1)) == day


@pytest.mark.parametrize(("state", "days", "takes"), [
    ("open", 0, True), ("open", -1, False), ("closed", 5, False), ("withdrawn", 5, False)])
def test_answers_are_taken_through_the_last_day(state: str, days: int, takes: bool) -> None:
    """The last day counts; a closed ask takes none."""
    today = date(2026, 12, 1)
    assert is_open(state, today + timedelta(days=days), today) is takes


def test_an_answer_without_words_is_for_the_asker_alone() -> None:
    """recommend 2: a reason may be empty only between two people."""
    assert [audience_of_answer("all", "Salzig."), audience_of_answer("group", "Salzig."),
            audience_of_answer("group", "")] == ["all", "group", "person"]


def test_preview_says_what_is_understood_and_a_chip_can_be_dropped(cast: Cast) -> None:
    """recommend-12: chips of the search's reader; nothing is written before sending."""
    cleo = cast.browser("cleo")
    page = cast.post(cleo, "/asks/new", wish=WISH, audience="all",
                     step="preview").get_data(as_text=True)
    chips = re.findall(r'name="drop" value="([^"]+)"><span>([^<]+)<', page)
    assert ("category:white-wine", "Weißwein") in chips
    assert any(words.startswith("bis 15,00") for _value, words in chips)
    assert "Wunschbrett" in page and count(Ask) == 0
    less = cast.post(cleo, "/asks/new", wish=WISH, audience="all",
                     drop="category:white-wine").get_data(as_text=True)
    assert '"category:white-wine"><span>' not in less
    code = asked(cast, drop="category:white-wine")
    row = db.session.scalar(db.select(Ask).where(Ask.code == code))
    assert row is not None and row.subject_id is None
    assert {chip["kind"] for chip in row.chips} == {"price", "occasion"}


@pytest.mark.parametrize("other", [
    {"wish": "kurz"}, {"wish": "x" * 281}, {"wish": "ä" * 10_000}, {"audience": ""},
    {"audience": "members"}, {"audience": "group"}, {"audience": "group", "group": GROUP},
    {"until": "morgen"}, {"until": "1999-01-01"}, {"until": "9999-12-31"},
    {"wish": " ".join(["a@b.co"] * 40)}])
def test_form_refuses_with_a_sentence_and_keeps_the_words(
    cast: Cast, other: dict[str, str]
) -> None:
    """Bad input: 422, the words are still there, nothing is written."""
    said = cast.post(cast.browser("cleo"), "/asks/new", **{**ASKED, **other})
    assert said.status_code == 422
    page = said.get_data(as_text=True)
    assert {**ASKED, **other}["wish"] in page and "field-fault" in page
    assert count(Ask) == 0


def test_hostile_words_are_shown_as_words(cast: Cast, client: FlaskClient) -> None:
    """No markup, no address, no order of the database comes through."""
    wish = "<script>alert(1)</script>'; DROP TABLE asks; -- cleo@example.org \u202e%s{{7*7}}"
    code = asked(cast, wish=wish)
    page = client.get(f"/asks/{code}").get_data(as_text=True)
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page
    assert "cleo@example.org" not in page and "[E-Mail verborgen]" in page and "49" not in wish
    assert "{{7*7}}" in page and count(Ask) == 1


def test_sent_twice_is_one_ask_and_five_may_be_open(cast: Cast) -> None:
    """The same wish leads to the same ask; the sixth is refused with its words kept."""
    assert asked(cast) == asked(cast)
    for n in range(4):
        asked(cast, wish=f"{WISH} Der {n}. Versuch.")
    sixth = cast.post(cast.browser("cleo"), "/asks/new", **{**ASKED, "wish": f"{WISH} Noch einer."})
    assert sixth.status_code == 409 and "Noch einer." in sixth.get_data(as_text=True)
    assert count(Ask) == 5


def test_ten_a_day_are_enough(cast: Cast) -> None:
    """Opening and taking back again and again ends with the tenth."""
    cleo = cast.browser("cleo")
    for n in range(10):
        code = asked(cast, wish=f"{WISH} Der {n}. Versuch.")
        assert cast.post(cleo, f"/asks/{code}/state", state="withdrawn").status_code == 303
    again = cast.post(cleo, "/asks/new", **ASKED)
    assert again.status_code == 429 and WISH in again.get_data(as_text=True)


def test_taking_back_hides_it_until_undone(cast: Cast, client: FlaskClient) -> None:
    """Only the asker still sees it, with the button that brings it back."""
    code, cleo = asked(cast), cast.browser("cleo")
    assert cast.post(cast.browser("eva"), f"/asks/{code}/state", state="closed").status_code == 404
    assert cast.post(cleo, f"/asks/{code}/state", state="gone").status_code == 422
    cast.post(cleo, f"/asks/{code}/state", state="withdrawn")
    assert client.get(f"/asks/{code}").status_code == 404
    assert 'value="open"' in cleo.get(f"/asks/{code}").get_data(as_text=True)
    assert WISH in cleo.get("/asks?list=mine").get_data(as_text=True)
    cast.post(cleo, f"/asks/{code}/state", state="open")
    assert client.get(f"/asks/{code}").status_code == 200


def test_group_asks_stay_in_the_group(cast: Cast, client: FlaskClient) -> None:
    """Members read and answer it; to all others it is nowhere."""
    code = asked(cast, "gina", audience="group", group="geheime-runde")
    assert cast.browser("gina").get(f"/asks/{code}").status_code == 200
    for reader in (client, cast.browser("eva")):
        assert reader.get(f"/asks/{code}").status_code == 404
        assert WISH not in reader.get("/asks").get_data(as_text=True)
    assert cast.post(cast.browser("eva"), f"/asks/{code}/answer", product=WINE,
                     reason="Salzig und trocken.").status_code == 404
    page = cast.browser("gina").get("/groups/geheime-runde").get_data(as_text=True)
    assert WISH in page and "/asks/new?group=geheime-runde" in page


def test_a_reported_ask_can_be_removed(cast: Cast, client: FlaskClient) -> None:
    """moderation: an ask is a thing that can be reported and taken away."""
    from marketplace.moderation.actions import carry_out

    code = asked(cast)
    page = client.get(f"/asks/{code}").get_data(as_text=True)
    assert f"/moderation/report/ask/{code}" in page
    assert client.get(f"/moderation/report/ask/{code}").status_code == 200
    ask_id = db.session.scalar(db.select(Ask.id))
    db.session.rollback()
    with committing():
        carry_out("ask", ask_id, "remove", "insult")
    assert client.get(f"/asks/{code}").status_code == 404
    assert cast.browser("cleo").get(f"/asks/{code}").status_code == 404


def test_search_leads_to_an_ask_with_its_words(client: FlaskClient, cast: Cast) -> None:
    """house: what is not found becomes an ask."""
    page = client.get("/search?q=qqxxzz").get_data(as_text=True)
    assert "/ask?q=qqxxzz" in page
    form = cast.browser("eva").get("/asks/new?wish=qqxxzz").get_data(as_text=True)
    assert ">qqxxzz</textarea>" in form


def test_lists_cost_the_same_for_many(cast: Cast, statements: list[str]) -> None:
    """House rule 7: as many statements for twelve asks with answers as for one."""
    eva = cast.browser("eva")
    with committing():
        choose_asked(cast.id("eva"), True)
    answered(cast, asked(cast))
    eva.get("/asks")
    statements.clear()
    eva.get("/asks")
    few = len(statements)
    for who in ("cleo", "dan", "max"):
        for n in range(4):
            answered(cast, asked(cast, who, wish=f"{WISH} Für {who}, Nummer {n}."), "gina")
    run_due()
    eva.get("/asks")
    statements.clear()
    eva.get("/asks")
    assert len(statements) <= few <= 8

"""Minors: nothing is computed of them, and no alcohol is put to them; the operator sets the age."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest

from marketplace.foundation.database import committing, db
from marketplace.foundation.settings import SettingsFault, load
from marketplace.people.models import Person
from marketplace.recommend.actions import choose_accepts, ties_changed
from marketplace.recommend.models import Recommendation
from marketplace.recommend.queries import suggestions
from marketplace.recommend.rules.ages import may_be_put, may_profile
from tests.cast import Cast
from tests.recommend.test_taste_page import ALL_ON, HAT, RED, WINE, pair, shown
from tests.recommend.test_views_recommend import WORDS, count

__all__ = ["pair"]


@pytest.mark.parametrize(("stated", "from_age", "may"), [
    ("18", 16, True), ("18", 18, True), ("unknown", 16, True), ("unknown", 17, False),
    ("unknown", 18, False), ("16", 16, False), ("16", 18, False)])
def test_who_may_be_profiled(stated: str, from_age: int, may: bool) -> None:
    """recommend-17, people-17: members are 16 at least; who stated 16 never is."""
    assert may_profile(stated, from_age) is may


@pytest.mark.parametrize(("stated", "age_class", "may"), [
    ("16", 0, True), ("16", 16, False), ("16", 18, False), ("unknown", 16, True),
    ("unknown", 18, False), ("18", 18, True)])
def test_what_may_be_put_to_whom(stated: str, age_class: int, may: bool) -> None:
    """recommend-17: no alcohol below 18; nothing for grown-ups to who stated nothing."""
    assert may_be_put(stated, age_class) is may


def test_the_age_is_16_to_18() -> None:
    """The setting is 16 without a word, and refuses what the stated classes cannot tell."""
    assert load({}).profiling_age == 16
    assert load({"ZURUF_PROFILING_AGE": "18"}).profiling_age == 18
    for wrong in ("15", "19", "old"):
        with pytest.raises(SettingsFault, match="ZURUF_PROFILING_AGE"):
            load({"ZURUF_PROFILING_AGE": wrong})


@pytest.fixture
def strict(pair: Cast) -> Iterator[Cast]:
    """The operator set 18."""
    before = pair.app.config["ZURUF"]
    pair.app.config["ZURUF"] = dataclasses.replace(before, profiling_age=18)
    with committing():
        ties_changed()
    yield pair
    pair.app.config["ZURUF"] = before


def test_below_the_operators_age_nothing_is_computed(strict: Cast) -> None:
    """recommend-17: eva stated nothing, so she has no list of her own, no peers, is nobody's."""
    eva = strict.browser("eva")
    page = eva.get("/for-you?lang=en").get_data(as_text=True)
    assert "computed of grown-ups only" in page and "/account/taste?lang=en#age" in page
    assert "Cleo" not in page and "Do you know one of these?" not in page
    assert not any(one.reckoned for one in suggestions(strict.id("eva"), "en", 12))


def test_saying_ones_age_counts_in_the_next_request(strict: Cast) -> None:
    """people 3.10: stated, not proved, and no date is kept; both state 18 and are compared."""
    for handle in ("eva", "cleo"):
        who = strict.browser(handle)
        assert strict.post(who, "/account/taste", **ALL_ON, age="99").status_code == 422
        assert strict.post(who, "/account/taste", **ALL_ON, age="18").status_code == 303
    page = strict.browser("eva").get("/for-you?lang=en").get_data(as_text=True)
    assert "grown-ups only" not in page and "Cleo" in page
    assert strict.post(strict.browser("cleo"), "/account/taste", **ALL_ON,
                       age="16").status_code == 303
    assert "Cleo" not in strict.browser("eva").get("/for-you?lang=en").get_data(as_text=True)


def test_minors_are_not_asked_what_they_know(cast: Cast) -> None:
    """recommend-17: no nine pictures with wine, no list by what they touch."""
    with committing():
        db.session.execute(db.update(Person).where(Person.handle == "dan").values(age_class="16"))
    dan = cast.browser("dan")
    page = dan.get("/for-you?by=taste&lang=en").get_data(as_text=True)
    assert "Do you know one of these?" not in page and "#age" not in page
    goods = shown(dan, f"/for-you?by=taste&know={WINE}")
    assert goods and WINE not in goods and RED not in goods


def test_nobody_recommends_alcohol_to_a_minor(cast: Cast) -> None:
    """recommend-17: refused as by who takes nothing, so the age stays unsaid; the hat goes."""
    with committing():
        choose_accepts(cast.id("eva"), "members")
        db.session.execute(db.update(Person).where(Person.handle == "eva").values(age_class="16"))
    cleo = cast.browser("cleo")
    words = {**WORDS, "audience": "person", "person": "eva"}
    said = cast.post(cleo, f"/products/{WINE}/recommend", **words)
    assert said.status_code == 422 and count(Recommendation) == 0
    assert "nimmt von dir keine persönlichen Empfehlungen an" in said.get_data(as_text=True)
    assert cast.post(cleo, f"/products/{HAT}/recommend", **words).status_code == 303

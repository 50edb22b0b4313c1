"""Words of buyers: the most helpful of both sides, lists and their filters, votes that wait."""

from __future__ import annotations

import re
from datetime import timedelta

import time_machine

from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.people.actions import follow
from marketplace.reviews.actions import vote_helpful
from marketplace.reviews.models import Rating
from marketplace.reviews.queries import Filters, review_list, top_voices
from tests.cast import Cast
from tests.reviews.hands import WINE, answered, given, lot, many

LONG = "{} so lange, dass ein Satz daraus wird."


def vote(cast: Cast, row: Rating, up: int, down: int = 0) -> None:
    """So many people find it helpful, so many do not."""
    db.session.rollback()
    people = [i for i in (cast.id(h) for h in ("ana", "bert", "dan", "gina", "max", "olga", "eva"))
              if i != row.person_id]
    for number in range(up + down):
        with committing():
            vote_helpful(row.code, people[number], number < up)


def tops(cast: Cast) -> tuple[str, str]:
    """The words at the top of each side."""
    db.session.rollback()
    found = top_voices(cast.goods(WINE).product_id, "de")
    return tuple(one.words if one else "" for one in found)  # type: ignore[return-value]


def test_most_helpful_of_both_sides(cast: Cast) -> None:
    """reviews-13: by the Wilson lower end: 3/3 (.4385) before 4/6 (.3000); without votes the
    newest; critical is a no, and only without one a yes with three stars or fewer.
    """
    old = answered(cast, "cleo", True, words="Alt und gut")
    new = answered(cast, None, True, words="Neu und gut")
    given(old, 20)
    assert tops(cast) == ("Neu und gut", "")
    vote(cast, old, 4, 2)
    assert tops(cast)[0] == "Alt und gut"
    vote(cast, new, 3)
    assert tops(cast)[0] == "Neu und gut"
    lukewarm = answered(cast, None, True, words="Ja, aber", stars=3)
    assert tops(cast) == ("Neu und gut", "Ja, aber")
    vote(cast, lukewarm, 5)
    answered(cast, None, False, words="Nein")
    assert tops(cast) == ("Neu und gut", "Nein")


def test_both_stand_side_by_side_on_the_first_screen(cast: Cast) -> None:
    """reviews-13: the product page's first screen receives the top critical sentence."""
    answered(cast, "cleo", True, words="Ein heller Wein für helle Tage.")
    answered(cast, "eva", False, words="Mir zu hell für dunkle Tage.")
    page = cast.app.test_client().get(f"/products/{WINE}").get_data(as_text=True)
    first = page.split('id="verdict"')[0]
    pair = first.split('class="voice-pair"')[1]
    assert "helle Tage" in pair and "dunkle Tage" in pair


def listed(cast: Cast, asked: Filters, viewer: int | None = None) -> list[str]:
    """Words of a list."""
    rows, total = review_list(cast.goods(WINE).product_id, asked, "de", viewer, 0, 50)
    assert total == len(rows)
    return sorted(row.words for row in rows)


def test_filters_of_the_list(cast: Cast) -> None:
    """reviews-21: delight, language, occasion, lot, critical only, people."""
    from marketplace.catalog.queries import occasions

    fish = next(o.id for o in occasions().values() if o.slug == "fish")
    year = lot(cast, "2023", 1)
    answered(cast, "cleo", True, words="a", delight="delighted", occasion_ids=[fish])
    answered(cast, "eva", False, words="b", lang="en", delight="disappointed")
    answered(cast, "dan", True, words="c", stars=2, lot_id=year)
    many(cast, 1, 0)
    assert listed(cast, Filters()) == ["a", "b", "c"]
    assert listed(cast, Filters(delight="delighted")) == ["a"]
    assert listed(cast, Filters(lang="en")) == ["b"]
    assert listed(cast, Filters(occasion_id=fish)) == ["a"]
    assert listed(cast, Filters(lot_id=year)) == ["c"]
    assert listed(cast, Filters(critical=True)) == ["b", "c"]
    assert listed(cast, Filters(people=[cast.id("dan"), cast.id("eva")])) == ["b", "c"]
    assert listed(cast, Filters(photos=True)) == []


def test_filters_are_links_of_the_page(cast: Cast) -> None:
    """reviews-21: plain links; followed people and own groups only for members."""
    from marketplace.groups.actions import join
    from marketplace.groups.models import Group

    with committing():
        group = db.session.scalar(db.select(Group).where(Group.kind == "open"))
        assert group is not None
        for who in ("cleo", "eva"):
            join(group, cast.id(who))
        follow(cast.id("dan"), cast.id("cleo"))
    answered(cast, "cleo", True, words="Von Cleo gesagt und so gemeint.", delight="delighted")
    answered(cast, "eva", False, words="Von Eva gesagt und so gemeint.", delight="disappointed")
    dan, eva = cast.browser("dan"), cast.browser("eva")
    wanted = {"delight=delighted": ("Cleo", dan), "delight=disappointed": ("Eva", dan),
              "from=followed": ("Cleo", dan), "from=groups": ("Cleo", eva),
              "voices=critical": ("Eva", dan)}
    for query, (name, browser) in wanted.items():
        page = browser.get(f"/products/{WINE}?{query}").get_data(as_text=True)
        said = re.findall(r"<p>Von (\w+) gesagt", page.split('id="verdict"')[1])
        assert said == [name], query
    visitor = cast.app.test_client().get(f"/products/{WINE}").get_data(as_text=True)
    assert "delight=okay" in visitor and "voices=photos" in visitor
    assert "from=followed" not in visitor and "from=groups" not in visitor


def test_votes_are_hidden_until_five_and_seven_days(cast: Cast) -> None:
    """Spec 3 (Muchnik 2013): counts from 5 votes and 7 days on, not before, also for voters."""
    row = answered(cast, "cleo", True, words="Hilfreiche Worte für alle.")

    def shown() -> list[str]:
        page = cast.browser("dan").get(f"/products/{WINE}").get_data(as_text=True)
        return re.findall(r"<b>(\d+)</b></button>", page.split(f'id="vote-{row.code}"')[1]
                          .split("</form>")[0])

    vote(cast, row, 5)
    assert shown() == []
    given(row, 7.1)
    assert shown() == ["5", "0"]
    db.session.rollback()
    with committing():
        vote_helpful(row.code, cast.id("ana"), None)
    assert shown() == []


def test_own_words_cannot_be_voted_for_and_votes_can_be_taken_back(cast: Cast) -> None:
    """Spec 2: unique pair, never on one's own rating."""
    row = answered(cast, "cleo", True, words="Eigenlob stimmt hier nicht.")
    assert cast.post(cast.browser("cleo"), f"/ratings/{row.code}/helpful",
                     vote="up").status_code == 403
    dan = cast.browser("dan")
    for said, expected in (("up", (1, 0)), ("up", (1, 0)), ("down", (0, 1)), ("none", (0, 0))):
        cast.post(dan, f"/ratings/{row.code}/helpful", vote=said)
        found = db.session.get_one(Rating, row.id, populate_existing=True)
        assert (found.helpful_up, found.helpful_down) == expected
        db.session.rollback()


def test_list_is_shuffled_by_day_until_votes_are_shown(cast: Cast) -> None:
    """Spec 3: random order with seed (day, product), the same all day; shown votes first."""
    for number in range(12):
        answered(cast, None, True, words=LONG.format(f"Wort {number:02}"))
    product = cast.goods(WINE).product_id

    def order(days: int) -> list[int]:
        with time_machine.travel(clock.now() + timedelta(days=days), tick=False):
            return [row.id for row in review_list(product, Filters(), "de", None, 0, 50)[0]]

    first = order(0)
    assert order(0) == first
    assert len({tuple(order(day)) for day in range(5)}) >= 4
    assert sorted(order(1)) == sorted(first)
    pages = [row.id for offset in (0, 5, 10)
             for row in review_list(product, Filters(), "de", None, offset, 5)[0]]
    assert pages == first
    voted = db.session.get_one(Rating, first[-1])
    given(voted, 8)
    vote(cast, voted, 5)
    assert order(0)[0] == voted.id

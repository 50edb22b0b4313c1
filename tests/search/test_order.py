"""search-6: what moves a result and how far, worked by hand; what the page says is in force."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from marketplace.adapters.fulltext.contract import Document, Form, Query, Ranking, Wanted
from marketplace.adapters.fulltext.whoosh import WhooshIndex
from marketplace.foundation.database import committing, db
from marketplace.search.rules.ranking import describe
from marketplace.storefront.views.figures import _search_words, search_rows
from tests.cast import Cast
from tests.search.hands import indexed

SIX = {
    "a": ({"wein": 4.0, "mosel": 1.0}, 0), "b": ({"wein": 4.0, "mosel": 1.0}, 10_000),
    "c": ({"wein": 1.0, "mosel": 4.0}, 5_000), "d": ({"wein": 2.0}, 0),
    "e": ({"brot": 3.0}, 10_000), "f": ({"brot": 1.0}, 0)}
ASKED = Query((Wanted("wein", (Form(("wein",)),)), Wanted("mosel", (Form(("mosel",)),))))


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> WhooshIndex:
    """Six documents with their folded weights and what buyers say, in 0..10,000."""
    engine = WhooshIndex(Path(tmp_path_factory.mktemp("six")))
    engine.rebuild((Document(one, words, figures={"available": 1, "signal": signal})
                    for one, (words, signal) in SIX.items()), {})
    return engine


def test_six_documents_by_hand(six: WhooshIndex) -> None:
    """search-6: rarity ln(1 + (N - n + .5) / (n + .5)): wein in 4 of 6 ln(1 + 2.5 / 4.5) = .44183,
    mosel in 3 of 6 ln 2 = .69315; a weight w counts 2.2 w / (1.2 + w): 4 -> 1.69231, 2 -> 1.375,
    1 -> 1.

    a .44183 x 1.69231 + .69315 = 1.44086; b the same x 1.1 = 1.58495; c .44183 + .69315 x 1.69231
    = 1.61485, x 1.05 = 1.69559; d has wein alone: .44183 x 1.375 = .60752, times its share
    .44183 / 1.13498 = .38929 -> .23650. e and f have neither.
    """
    hits = six.find(ASKED, k=9).hits
    assert [hit.id for hit in hits] == ["c", "b", "a", "d"]
    assert [hit.score for hit in hits] == pytest.approx([1.69559, 1.58495, 1.44086, 0.23650],
                                                        abs=1e-4)


def test_community_moves_a_tenth_at_most(six: WhooshIndex) -> None:
    """search-6: without it a and b are equal and c leads by 12.1 %; with it nothing gains more than
    a tenth.
    """
    plain = {hit.id: hit.score for hit in six.find(
        replace(ASKED, ranking=Ranking(community=0.0)), k=9).hits}
    moved = {hit.id: hit.score for hit in six.find(ASKED, k=9).hits}
    assert plain["a"] == plain["b"] == pytest.approx(1.44086, abs=1e-4)
    assert all(1 <= moved[one] / plain[one] <= 1.1 + 1e-6 for one in plain)


def test_page_prints_every_parameter_in_force(app: Flask) -> None:
    """search-6: no figure without words, no words without a figure; another figure, another page.
    """
    with app.test_request_context("/ranking"):
        assert set(_search_words()) == set(describe())
        rows = dict(search_rows(describe(Ranking(community=0.07, saturation=0.9))))
        assert {"0,07", "0,9"} <= set(rows.values())
    text = html.unescape(app.test_client().get("/ranking").get_data(as_text=True))
    facts = re.search(r'<dl class="facts.*?</dl>', text, re.S)
    assert facts is not None and facts[0].count("<dt>") == len(describe())


def test_without_personal_order_two_members_see_the_same(app: Flask, cast: Cast) -> None:
    """search-6: whom eva follows moves her list and is said to; switched off, both see one list."""
    from marketplace.people.actions import follow

    indexed(app)
    eva, cleo, ana = cast.id("eva"), cast.id("cleo"), cast.id("ana")
    assert ana
    db.session.rollback()
    with committing():
        follow(eva, cleo)
    done = cast.post(cast.browser("cleo"), "/products/literwein-fuer-alle-tage/recommend",
                     audience="all", step="send", reason="Jeden Tag gern, sagt mein Bruder auch.")
    assert done.status_code == 303
    listed = {}
    for who in ("eva", "dan"):
        reader = cast.browser(who)
        for by in ("personal", "plain"):
            text = reader.get(f"/search?q=Kaltbach&by={by}&lang=de").get_data(as_text=True)
            listed[who, by] = re.findall(r'card-title"[^>]*><a href="(/products/[^"?]+)', text)
    assert len(listed["eva", "plain"]) == 3
    assert listed["eva", "plain"] == listed["dan", "plain"]
    assert sorted(listed["eva", "personal"]) == sorted(listed["eva", "plain"])


def test_buying_again_alone_is_an_own_choice(app: Flask, cast: Cast) -> None:
    """search, ranking: chosen, words decide what is found and buyers alone the order."""
    from marketplace.search.queries import Asked, find

    indexed(app)
    with app.test_request_context("/"):
        everything = list(find(Asked(), 50).ids)
        chosen = find(Asked("Kaltbach", sort="again"), 50)
    assert chosen.total == 3
    assert list(chosen.ids) == [one for one in everything if one in set(chosen.ids)]
    page = html.unescape(app.test_client().get("/search?q=Kaltbach&order=again&lang=en")
                         .get_data(as_text=True))
    assert "would buy again" in page and "order=again" in app.test_client().get(
        "/search?q=Kaltbach&lang=en").get_data(as_text=True)

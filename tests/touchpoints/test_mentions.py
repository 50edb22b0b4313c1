"""What is said elsewhere: kept with its source, shown where it belongs, looked at again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from marketplace.foundation.database import db
from marketplace.moderation.models import AuditEntry
from marketplace.touchpoints.models import Mention
from marketplace.touchpoints.rules import faults_of, is_due, subject_of
from tests.cast import Cast

URL, PAGE = "/operator/mentions", "/products/riesling-vom-schiefer"
TEXT = {"about": PAGE, "url": "https://zeitung.example.org/riesling", "source": "Ahrbote",
        "published_on": "2025-05-04", "kind": "press", "mood": "critical",
        "excerpt": "Ein Riesling, der zuhört."}
GOOD = {name: TEXT[name] for name in ("source", "published_on", "kind", "mood", "excerpt")}


@pytest.mark.parametrize(("typed", "fault"), [
    ({"excerpt": "a" * 300}, None), ({"excerpt": "a" * 301}, "excerpt"), ({"source": ""}, "source"),
    ({"source": "a" * 81}, "source"), ({"kind": "advert"}, "kind"), ({"mood": ""}, "mood"),
    ({"published_on": "2026-11-30"}, None), ({"published_on": "2026-12-01"}, "published_on"),
    ({"published_on": "gestern"}, "published_on")])
def test_what_may_be_kept(typed: dict[str, str], fault: str | None) -> None:
    """touchpoints-21: an excerpt of 300 signs is kept, one of 301 refused; no text of tomorrow."""
    assert faults_of({**GOOD, **typed}, date(2026, 11, 30)) == ({fault} if fault else set())


@pytest.mark.parametrize(("typed", "found"), [
    ("/products/riesling", ("product", "riesling")),
    ("https://markt.example.org/producers/hof?e=1#top", ("producer", "hof")),
    ("/members/ana", None), ("riesling", None), ("/products/", None)])
def test_subject_is_a_page_of_a_product_or_a_house(
    typed: str, found: tuple[str, str] | None
) -> None:
    """The address is typed as the browser shows it."""
    assert subject_of(typed) == found


def test_somebody_looks_again_after_180_days() -> None:
    """touchpoints section 5: 179 days are not due, 180 are."""
    then = datetime(2026, 1, 1, tzinfo=UTC)
    assert not is_due(then, then + timedelta(days=179))
    assert is_due(then, then + timedelta(days=180))


def test_text_stands_with_its_source(cast: Cast) -> None:
    """catalog-33, touchpoints-21: shown on the product's page with a link to the source, once."""
    olga = cast.browser("olga")
    assert cast.post(olga, URL, **TEXT).status_code == 303
    again = cast.post(olga, URL, **TEXT)
    assert again.status_code == 422
    assert "Ein Riesling, der zuhört." in again.get_data(as_text=True)
    html = cast.app.test_client().get(PAGE).get_data(as_text=True)
    shown = html.split('id="said-elsewhere"')[1].split("</section>")[0]
    assert 'href="https://zeitung.example.org/riesling"' in shown
    assert "Ahrbote" in shown
    assert "Ein Riesling, der zuhört." in shown
    assert db.session.scalars(db.select(AuditEntry.action)).all() == ["mention_noted"]


def test_text_about_a_house_stands_on_its_page(cast: Cast) -> None:
    """producers: the same address may be about the house and about a product."""
    olga = cast.browser("olga")
    for about in (PAGE, "http://localhost/producers/weingut-kaltbach?lang=de"):
        assert cast.post(olga, URL, **{**TEXT, "about": about}).status_code == 303
    visitor = cast.app.test_client()
    assert "Ahrbote" in visitor.get("/producers/weingut-kaltbach").get_data(as_text=True)
    assert db.session.scalar(db.select(db.func.count(Mention.id))) == 2


def test_reader_tells_a_dead_link_and_somebody_looks(cast: Cast) -> None:
    """touchpoints-21: a click flags it, it waits for a person, who finds it dead."""
    olga = cast.browser("olga")
    cast.post(olga, URL, **TEXT)
    number = db.session.scalar(db.select(Mention.id))
    assert "Ahrbote" not in olga.get(f"{URL}?look=again").get_data(as_text=True)
    told = cast.post(cast.app.test_client(), f"/mentions/{number}/dead")
    assert told.status_code == 303
    assert "Ahrbote" in olga.get(f"{URL}?look=again").get_data(as_text=True)
    assert cast.post(olga, f"{URL}/{number}", step="dead").status_code == 303
    row = db.session.get_one(Mention, number, populate_existing=True)
    assert (row.dead, row.dead_told_at) == (True, None)
    assert "Ahrbote" not in olga.get(f"{URL}?look=again").get_data(as_text=True)


def test_bad_input_is_named_and_loses_nothing(cast: Cast) -> None:
    """Every field says what is wrong; the words typed stay; nothing is kept."""
    answer = cast.post(cast.browser("olga"), URL, **{
        **TEXT, "about": "/products/none", "url": "javascript:alert(1)", "excerpt": "ä" * 301,
        "published_on": "2999-01-01"})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert html.count('class="field-fault"') == 4
    assert "ä" * 301 in html
    assert db.session.scalar(db.select(db.func.count(Mention.id))) == 0

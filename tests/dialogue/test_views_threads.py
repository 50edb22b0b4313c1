"""Asking, answering and reading along, through the pages."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from marketplace.dialogue.models import Post, PostVote, Support, Thread
from marketplace.foundation.database import db
from tests.cast import Cast

WINE = "/products/riesling-vom-schiefer"
ASK = f"/threads/new?about={WINE}"
WORDS: dict[str, Any] = {"kind": "question", "title": "Wie kalt trinkt man ihn?",
                         "words": "Ich frage für morgen.", "openness": "public", "step": "send"}


def asked(cast: Cast, client: FlaskClient, where: str = ASK, **other: Any) -> str:
    """A thread that was begun; its page."""
    made = cast.post(client, where, **{**WORDS, **other})
    assert made.status_code == 303, made.get_data(as_text=True)
    return str(made.location)


def count(model: type) -> int:
    """How many rows a table has."""
    return db.session.scalar(db.select(db.func.count()).select_from(model)) or 0


def test_public_or_private_is_an_active_choice(cast: Cast) -> None:
    """Missing: 422, the words still there, nothing begun."""
    cleo = cast.browser("cleo")
    form = cleo.get(ASK).get_data(as_text=True)
    assert " checked" not in form
    said = cast.post(cleo, ASK, **{**WORDS, "openness": ""})
    assert said.status_code == 422
    assert "Ich frage für morgen." in said.get_data(as_text=True)
    assert count(Thread) == 0


def test_preview_marks_what_is_hidden_and_writes_nothing(cast: Cast) -> None:
    """A phone number is marked in the preview and hidden for good in the thread."""
    cleo, words = cast.browser("cleo"), "Ruf mich an: 0171-2345678"
    shown = cast.post(cleo, ASK, **{**WORDS, "words": words, "step": "preview"})
    assert "<mark>[Telefonnummer verborgen]</mark>" in shown.get_data(as_text=True)
    assert count(Thread) == 0
    page = client_text(cast.browser("eva"), asked(cast, cleo, words=words))
    assert "0171" not in page


def client_text(client: FlaskClient, path: str) -> str:
    """The words of a page."""
    return client.get(path).get_data(as_text=True)


def test_sending_twice_begins_one_thread(cast: Cast) -> None:
    """The same words within a moment lead to the same thread."""
    cleo = cast.browser("cleo")
    assert asked(cast, cleo) == asked(cast, cleo)
    assert count(Thread) == 1


def test_staff_answers_signed_and_the_asker_says_how_it_ended(cast: Cast) -> None:
    """The answer carries the producer's name; only the asker sets the outcome."""
    cleo, ana, eva = (cast.browser(name) for name in ("cleo", "ana", "eva"))
    page = asked(cast, cleo)
    assert "Wie kalt trinkt man ihn?" in client_text(ana, "/studio")
    cast.post(ana, page, words="Bei acht bis zehn Grad.")
    assert "Weingut Kaltbach" in client_text(cleo, page)
    assert "Wie kalt trinkt man ihn?" not in client_text(ana, "/studio")
    assert cast.post(eva, f"{page}/outcome", outcome="solved").status_code == 403
    assert cast.post(cleo, f"{page}/outcome", outcome="solved").status_code == 303
    assert db.session.scalar(db.select(Thread.outcome)) == "solved"


def test_private_thread_is_read_by_its_parties_alone(cast: Cast, client: FlaskClient) -> None:
    """Asker and staff read it; a stranger, another producer and a visitor get 404."""
    page = asked(cast, cast.browser("cleo"), openness="private")
    for name, status in (("cleo", 200), ("ana", 200), ("bert", 404), ("dan", 404),
                         ("olga", 404)):
        assert cast.browser(name).get(page).status_code == status
    assert client.get(page).status_code == 404
    posts = count(Post)
    assert cast.post(cast.browser("dan"), page, words="Ich auch.").status_code == 404
    assert count(Post) == posts
    assert "Wie kalt" not in client_text(client, "/threads")


def test_matter_of_the_market_is_read_by_who_runs_it(cast: Cast) -> None:
    """A private question without a producer: the operator finds and answers it."""
    page = asked(cast, cast.browser("cleo"), "/threads/new?about=/basket", openness="private")
    olga = cast.browser("olga")
    assert page in client_text(olga, "/threads?market=1")
    assert cast.post(olga, page, words="Das geht so.").status_code == 303
    assert cast.browser("max").get(page).status_code == 404


@pytest.mark.parametrize(("slug", "others"), [("weisswein-zu-gemuese", 200),
                                              ("stiller-keller", 404), ("geheime-runde", 404)])
def test_topic_follows_its_group(cast: Cast, slug: str, others: int) -> None:
    """Members begin topics; others read them in open groups only and write in none."""
    gina, dan = cast.browser("gina"), cast.browser("dan")
    about = f"/threads/new?about=/groups/{slug}"
    page = asked(cast, gina, about, kind="topic", title=f"Thema in {slug}")
    assert dan.get(page).status_code == others
    assert cast.post(dan, page, words="Ich auch.").status_code in (403, 404)
    assert count(Post) == 1


def test_stranger_begins_no_topic(cast: Cast) -> None:
    """Members begin topics; nothing is written for others."""
    about = "/threads/new?about=/groups/weisswein-zu-gemuese"
    assert cast.post(cast.browser("dan"), about, **{**WORDS, "kind": "topic"}).status_code == 403
    assert count(Thread) == 0


def test_support_and_votes_count_once_and_are_taken_back(cast: Cast) -> None:
    """Concerns me too, and up or down: one row each, none after the second time."""
    cleo, eva = cast.browser("cleo"), cast.browser("eva")
    page = asked(cast, cleo)
    assert cast.post(cleo, f"{page}/support").status_code == 409
    for rows in (1, 0):
        assert cast.post(eva, f"{page}/support").status_code == 303
        assert count(Support) == rows
    code = db.session.scalar(db.select(Post.code))
    for vote, rows in (("down", 1), ("up", 1), ("none", 0)):
        assert cast.post(eva, f"/posts/{code}/votes", vote=vote).status_code == 303
        assert count(PostVote) == rows
    assert cast.post(cleo, f"/posts/{code}/votes", vote="up").status_code == 403


def test_empty_answer_is_refused_and_long_words_are_kept(cast: Cast) -> None:
    """422 beside the field; nothing is written."""
    cleo = cast.browser("cleo")
    page = asked(cast, cleo)
    said = cast.post(cleo, page, words="x" * 8001)
    assert said.status_code == 422
    assert "x" * 8001 in said.get_data(as_text=True)
    assert count(Post) == 1


def test_filters_show_what_was_asked_for(cast: Cast, client: FlaskClient) -> None:
    """By kind, state and producer; an unknown producer finds nothing, an unreadable page is 1."""
    page = asked(cast, cast.browser("cleo"))
    for query, there in (("", True), ("?kind=question", True), ("?kind=wish", False),
                         ("?state=open", True), ("?state=answered", False),
                         ("?producer=weingut-kaltbach", True), ("?producer=nordgarn", False),
                         ("?producer=niemand", False), ("?page=99999999999", True)):
        assert (page in client_text(client, f"/threads{query}")) is there, query


def test_studio_is_nowhere_for_people_of_no_producer(cast: Cast) -> None:
    """404, not an empty studio."""
    assert cast.browser("cleo").get("/studio").status_code == 404
    assert cast.browser("ana").get("/studio?producer=nordgarn").status_code == 404


def test_criticism_stands_above_questions_and_reading_marks_nothing(cast: Cast) -> None:
    """studio order: unseen criticism, then questions; only the button marks it as read."""
    cleo, ana = cast.browser("cleo"), cast.browser("ana")
    asked(cast, cleo)
    critic = asked(cast, cleo, kind="complaint", title="Er korkt", words="Leider.")
    page = client_text(ana, "/studio")
    assert page.index("Er korkt") < page.index("Wie kalt trinkt man ihn?")
    assert f"{critic}/seen" in client_text(ana, critic)
    assert f"{critic}/seen" in client_text(ana, critic)
    cast.post(ana, f"{critic}/seen")
    assert f"{critic}/seen" not in client_text(ana, critic)
    assert cast.post(cleo, f"{critic}/seen").status_code == 404

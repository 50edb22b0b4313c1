"""A buyer's answer in the studio, comments under a bundle, threads of an order."""

from __future__ import annotations

from marketplace.dialogue.models import Case, Post, Thread
from marketplace.foundation.database import db
from marketplace.reviews.models import Rating, Reply
from tests.bundles.test_views_bundles import HAT, WINE, published
from tests.cast import Cast
from tests.stories.test_circle import order_by, send


def rated(cast: Cast, again: str = "no") -> str:
    """Cleo would not (or would) buy the wine again, with words; the code of her answer."""
    cleo = cast.browser("cleo")
    number = order_by(cast, cleo, WINE)
    send(cast, "ana", f"{number}-1")
    line = db.session.scalar(db.text("SELECT max(id) FROM order_lines"))
    here = f"/orders/{number}/lines/{line}/rating"
    cast.post(cleo, here, again=again)
    cast.post(cleo, here, words="Leider muffig und viel zu warm geliefert.")
    code = db.session.scalar(db.select(Rating.code))
    assert code
    return str(code)


def test_reply_closes_the_case_and_leaves_the_studio(cast: Cast) -> None:
    """Too short: 422 with the words kept; then it stands signed, and nothing waits."""
    code, ana = rated(cast), cast.browser("ana")
    here = f"/studio/ratings/{code}"
    assert here in ana.get("/studio").get_data(as_text=True)
    said = cast.post(ana, here, words="Schade.")
    assert said.status_code == 422
    assert "Schade." in said.get_data(as_text=True)
    assert db.session.scalar(db.select(Reply.id)) is None
    assert cast.post(ana, here, words="Das tut uns leid, wir kühlen jetzt.").status_code == 303
    assert here not in ana.get("/studio").get_data(as_text=True)
    states = set(db.session.scalars(db.select(Case.state)))
    assert states <= {"answered"}


def test_praise_can_be_answered_from_the_studio(cast: Cast) -> None:
    """producers, studio: nothing waits, the latest words stand there with the way to a reply."""
    code, ana = rated(cast, again="yes"), cast.browser("ana")
    here = f"/studio/ratings/{code}"
    html = ana.get("/studio").get_data(as_text=True)
    assert "Nichts wartet auf dich." in html
    assert html.count(here) == 1
    assert cast.post(ana, here, words="Danke, das freut uns sehr.").status_code == 303
    html = ana.get("/studio").get_data(as_text=True)
    assert "Leider muffig" in html
    assert here not in html


def test_whether_it_was_bought_is_said_without_a_name(cast: Cast) -> None:
    """orders-26: "this person never bought" is answered from the line; nothing names the order."""
    page = cast.browser("ana").get(f"/studio/ratings/{rated(cast)}").get_data(as_text=True)
    number = db.session.scalar(db.text("SELECT number FROM orders"))
    assert "Bei dir gekauft" in page and "ja, die Ware kam im" in page
    assert str(number) not in page and "cleo@example.org" not in page


def test_answer_of_a_buyer_is_nowhere_for_others(cast: Cast) -> None:
    """404 for its buyer and for another producer."""
    here = f"/studio/ratings/{rated(cast)}"
    for name in ("cleo", "bert", "olga"):
        assert cast.browser(name).get(here).status_code == 404
        assert cast.post(cast.browser(name), here, words="Eine Antwort.").status_code == 404
    assert db.session.scalar(db.select(Reply.id)) is None


def test_thread_of_an_order_is_private_and_its_buyers_alone(cast: Cast) -> None:
    """No choice is asked; the producer of the part reads it, nobody else does."""
    cleo = cast.browser("cleo")
    number = order_by(cast, cleo, WINE)
    about = f"/threads/new?about=/orders/{number}&seller=1"
    assert 'name="openness"' not in cleo.get(about).get_data(as_text=True)
    made = cast.post(cleo, about, kind="complaint", title="Bruch", words="Eine war kaputt.",
                     step="send")
    assert made.status_code == 303
    for name, status in (("cleo", 200), ("ana", 200), ("bert", 404), ("eva", 404)):
        assert cast.browser(name).get(made.location).status_code == status
    assert db.session.scalar(db.select(Thread.visibility)) == "private"


def test_strangers_order_is_no_context(cast: Cast) -> None:
    """Somebody else's order number links nothing."""
    number = order_by(cast, cast.browser("cleo"), WINE)
    cast.post(cast.browser("dan"), f"/threads/new?about=/orders/{number}&seller=1",
              kind="question", title="Was ist das?", openness="public", step="send")
    row = db.session.scalar(db.select(Thread))
    assert row is not None
    assert (row.seller_order_id, row.producer_id) == (None, None)


def test_comments_gather_in_one_thread_under_the_bundle(cast: Cast) -> None:
    """Two people, one thread; the thread's address leads to the bundle."""
    cleo, eva = cast.browser("cleo"), cast.browser("eva")
    page = published(cast, cleo, WINE, HAT)
    assert cast.post(eva, f"{page}/comments", words="").status_code == 422
    assert cast.post(eva, f"{page}/comments", words="Das passt.").status_code == 303
    assert cast.post(cleo, f"{page}/comments", words="Danke dir.").status_code == 303
    shown = cleo.get(page).get_data(as_text=True)
    assert shown.index("Das passt.") < shown.index("Danke dir.")
    thread = db.session.scalar(db.select(Thread))
    assert thread is not None
    assert db.session.scalar(db.select(db.func.count()).select_from(Post)) == 2
    assert cleo.get(f"/threads/{thread.code}").location.startswith(page)

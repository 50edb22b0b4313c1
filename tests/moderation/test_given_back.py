"""What a changed decision gives back: every kind of thing as it was."""

from __future__ import annotations

import sqlalchemy as sa
from flask.testing import FlaskClient

from marketplace.bundles.models import Bundle, BundleVote
from marketplace.dialogue.models import Thread
from marketplace.foundation.database import committing, db
from marketplace.moderation.actions import carry_out
from marketplace.recommend.models import Ask, Recommendation
from marketplace.reviews.models import Rating
from tests.bundles.test_views_bundles import HAT, WINE, grown_up, published
from tests.bundles.test_views_variants import variant_of
from tests.cast import Cast
from tests.moderation.appealed import (
    appealed,
    decided,
    moderate,
    one,
    question,
    reported,
    settle,
)
from tests.reviews.hands import answered


def test_rating_comes_back_with_its_words_and_answer(cast: Cast) -> None:
    """moderation-5, moderation-9: words show again; a sham that was none counts again."""
    row = answered(cast, "cleo", False, words="Frau Kalt hat mir Essig verkauft.")
    for reason, measure, column, taken, back in (
            ("insult", "remove", Rating.words_standing, "hidden", "visible"),
            ("sham_review", "label", Rating.standing, "aside", "counts")):
        reported(cast, "dan", f"rating/{row.code}", reason)
        number = decided(cast, measure, reason)
        assert one(sa.select(column)) == taken
        moderate(cast, "gina")
        assert settle(cast, "gina", appealed(cast, "cleo", number)) == 303
        moderate(cast, "gina", False)
        assert one(sa.select(column)) == back
    assert one(sa.select(Rating.words)) == "Frau Kalt hat mir Essig verkauft."


def test_bundle_comes_back_with_votes_and_comments(cast: Cast, client: FlaskClient) -> None:
    """bundles-30: the remix of a removed bundle stays; the appeal gives the bundle back with its
    votes and comments.
    """
    page = published(cast, cast.browser("cleo"), WINE, HAT)
    grown_up()
    remix = variant_of(cast, cast.browser("eva"), page, "Ein eigener Abend")
    assert cast.post(cast.browser("dan"), f"{page}/votes", vote="up").status_code == 303
    said = cast.post(cast.browser("dan"), f"{page}/comments", words="Passt das im Winter?")
    assert said.status_code == 303
    slug = page.rsplit("/", 1)[1]
    before = db.session.execute(sa.select(Bundle.up, Bundle.down, Bundle.comments)
                                .where(Bundle.slug == slug)).one()
    votes = one(sa.select(sa.func.count(BundleVote.bundle_id)))
    assert votes == 1
    reported(cast, "dan", f"bundle/{slug}")
    number = decided(cast)
    assert one(sa.select(Bundle.standing).where(Bundle.slug == slug)) == "removed"
    assert client.get(remix).status_code == 200
    moderate(cast, "gina")
    assert settle(cast, "gina", appealed(cast, "cleo", number)) == 303
    assert client.get(page).status_code == 200 and client.get(remix).status_code == 200
    assert "Passt das im Winter?" in client.get(page).get_data(as_text=True)
    assert db.session.execute(sa.select(Bundle.up, Bundle.down, Bundle.comments)
                              .where(Bundle.slug == slug)).one() == before
    assert one(sa.select(sa.func.count(BundleVote.bundle_id))) == votes


def test_an_earlier_measure_that_holds_stays(cast: Cast) -> None:
    """3: undone is one decision, not those before it: a label of the first matter is back."""
    page = published(cast, cast.browser("cleo"), WINE, HAT)
    slug = page.rsplit("/", 1)[1]
    reported(cast, "dan", f"bundle/{slug}", "spam_or_undeclared_ad")
    decided(cast, "label", "spam_or_undeclared_ad")
    reported(cast, "dan", f"bundle/{slug}")
    number = decided(cast)
    moderate(cast, "gina")
    assert settle(cast, "gina", appealed(cast, "cleo", number)) == 303
    assert one(sa.select(Bundle.standing)) == "labelled"


def test_every_kind_of_thing_comes_back_as_it_was(cast: Cast) -> None:
    """moderation-9: threads, asks and recommendations; what its author took back meanwhile, or
    closed before, is not opened by it.
    """
    question(cast)
    eva = cast.browser("eva")
    assert cast.post(eva, f"/products/{WINE}/recommend", audience="all", step="send",
                     reason="Trocken und salzig.").status_code == 303
    with committing():
        thread = db.session.scalars(sa.select(Thread)).one()
        thread_id = thread.id
        row = db.session.scalars(sa.select(Recommendation)).one()
        row_id = row.id
    for kind, object_id, column, visible in (
            ("thread", thread_id, Thread.standing, "visible"),
            ("recommendation", row_id, Recommendation.state, "visible")):
        with committing():
            carry_out(kind, object_id, "remove", "insult")
        assert one(sa.select(column)) in ("hidden",)
        with committing():
            carry_out(kind, object_id, "restore", "insult")
        assert one(sa.select(column)) == visible
    with committing():
        db.session.execute(sa.update(Recommendation).values(state="withdrawn"))
        carry_out("recommendation", row_id, "remove", "insult")
        carry_out("recommendation", row_id, "restore", "insult")
    assert one(sa.select(Recommendation.state)) == "withdrawn"


def test_an_ask_and_its_thread_come_back(cast: Cast, client: FlaskClient) -> None:
    """moderation-9: an ask that was open is open again, a closed one closed."""
    cleo = cast.browser("cleo")
    sent = cast.post(cleo, "/asks/new", wish="Etwas Trockenes zu Fisch", audience="all",
                     days="14", step="send")
    assert sent.status_code == 303, sent.get_data(as_text=True)
    code = one(sa.select(Ask.code))
    moderate(cast, "gina")
    for state in ("open", "closed"):
        if state == "closed":
            assert cast.post(cleo, f"/asks/{code}/state", state="closed").status_code == 303
        reported(cast, "dan", f"ask/{code}")
        number = decided(cast)
        assert client.get(f"/asks/{code}").status_code == 404
        assert settle(cast, "gina", appealed(cast, "cleo", number)) == 303
        assert client.get(f"/asks/{code}").status_code == 200
        assert one(sa.select(Ask.state)) == state


def test_nothing_to_be_done_brings_nothing_back(cast: Cast) -> None:
    """3: removed words that are reported again stay removed when nothing more is to be done."""
    code = question(cast)
    reported(cast, "dan", f"post/{code}")
    decided(cast)
    for measure in ("none", "hint"):
        reported(cast, "cleo", f"post/{code}")
        decided(cast, measure)
        assert one(sa.text("SELECT state FROM posts")) == "hidden", measure

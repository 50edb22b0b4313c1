"""Every version stays; nobody rewrites it; an author changes once per version of a reply."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict
from marketplace.producers.queries import own_role
from marketplace.reviews.actions import reply, set_words_standing
from marketplace.reviews.models import Rating, RatingVersion, Reply
from tests.cast import Cast
from tests.reviews.hands import answered, bought, counts, say

KIND = "Danke, der nächste Jahrgang liegt länger im Fass."


def reply_to(cast: Cast, row: Rating, words: str = KIND) -> None:
    """Ana's house replies."""
    db.session.rollback()
    with committing():
        reply(row.id, own_role(cast.id("ana")), cast.id("ana"), words, "de")


@pytest.mark.parametrize("change", [
    "UPDATE rating_versions SET again = NOT again", "DELETE FROM rating_versions",
    "UPDATE rating_versions SET words = 'besser'", "UPDATE rating_versions SET stars = 5",
    "UPDATE rating_versions SET words = '', title = '', salt = '', again = NOT again",
    "UPDATE rating_versions SET words = '', title = '', salt = '', row_hash = 'x'",
    "UPDATE rating_versions SET words = '' WHERE title <> '' OR salt <> ''",
    "UPDATE reply_versions SET words = 'x'", "DELETE FROM reply_versions",
    "UPDATE formula_versions SET why_de = 'x'", "DELETE FROM formula_versions"])
def test_database_refuses_to_rewrite_what_was_said(cast: Cast, change: str) -> None:
    """reviews-5: the trigger refuses raw UPDATE and DELETE, on both engines."""
    from datetime import timedelta

    from marketplace.foundation import clock
    from marketplace.reviews.actions import change_formula

    reply_to(cast, answered(cast, "cleo", False, words="Zu sauer für meinen Geschmack."))
    with committing():
        change_formula(cast.id("olga"), {"lot_weight": 6}, clock.now() + timedelta(days=3),
                       "Mehr Gewicht für das Vorjahr", "More weight for the year before")
    before = db.session.execute(sa.text("SELECT * FROM rating_versions")).all()
    db.session.rollback()
    with pytest.raises(sa.exc.DatabaseError, match="append-only"), committing():
        db.session.execute(sa.text(change))
    db.session.rollback()
    assert db.session.execute(sa.text("SELECT * FROM rating_versions")).all() == before


def test_erasure_empties_words_and_keeps_the_fingerprint(cast: Cast) -> None:
    """Spec 2: title, words and salt may be emptied, all at once; row_hash stays."""
    answered(cast, "cleo", False, words="Zu sauer für meinen Geschmack.")
    known = db.session.scalar(db.select(RatingVersion.row_hash))
    with committing():
        db.session.execute(sa.text(
            "UPDATE rating_versions SET words = '', title = '', salt = ''"))
    row = db.session.scalar(db.select(RatingVersion).execution_options(populate_existing=True))
    assert row is not None
    assert (row.words, row.salt, row.row_hash) == ("", "", known)
    assert len(row.row_hash) == 64


def test_author_changes_once_per_reply_version_and_again_after_buying(cast: Cast) -> None:
    """reviews-16: free before the reply; once after it; 409; again after a new version; a new
    delivered purchase opens it too.
    """
    line = bought(cast, "cleo")
    row = say(cast, "cleo", line, False)
    say(cast, "cleo", line, False, words="Zu sauer für meinen Geschmack.")
    reply_to(cast, row)
    say(cast, "cleo", line, True, words="Nach einem Jahr im Keller viel besser.")
    with pytest.raises(Conflict):
        say(cast, "cleo", line, False)
    cleo = cast.browser("cleo")
    assert cast.post(cleo, line.url, again="no").status_code == 409
    assert counts(line.product_id) == (1, 1)
    reply_to(cast, row, "Das freut uns sehr, danke für die Geduld.")
    say(cast, "cleo", line, False)
    with pytest.raises(Conflict):
        say(cast, "cleo", line, True)
    again = bought(cast, "cleo", arrived=0.01)
    found = say(cast, "cleo", again, True)
    assert (found.id, found.order_line_id, counts(line.product_id)) == (row.id, again.id, (1, 1))
    causes = db.session.scalars(db.select(RatingVersion.cause).order_by(RatingVersion.n)).all()
    assert list(causes) == ["first", "author", "after_reply", "after_reply", "rebuy"]
    page = cleo.get(f"/ratings/{row.code}").get_data(as_text=True)
    assert page.count("Zu sauer") == 1
    assert "Geduld" in page and "länger im Fass" in page


def test_hidden_words_leave_the_answer_and_may_be_written_clean(cast: Cast) -> None:
    """reviews-15: k and n unchanged; a clean rewrite shows without a decision, also after a
    reply whose one change is used; the old words stay hidden in the history.
    """
    line = bought(cast, "cleo")
    row = say(cast, "cleo", line, False, words="Der Winzer ist ein Schurke und Betrüger.")
    reply_to(cast, row)
    say(cast, "cleo", line, False, words="Der Winzer ist ein Gauner und Betrüger.")
    with committing():
        set_words_standing(row.id, "hidden", "insult")
    assert counts(line.product_id) == (0, 1)
    same = say(cast, "cleo", line, False, words="Der Winzer ist ein Gauner und Betrüger.")
    assert same.words_standing == "hidden"
    with pytest.raises(Conflict):
        say(cast, "cleo", line, True, words="Doch gut.")
    clean = say(cast, "cleo", line, False, words="Mir war er zu sauer, und der Preis zu hoch.")
    assert (clean.words_standing, clean.version) == ("visible", 3)
    page = cast.browser("dan").get(f"/ratings/{row.code}").get_data(as_text=True)
    assert "zu sauer" in page
    assert "Schurke" not in page and "Gauner" not in page


def test_reply_stands_once_with_name_and_history(cast: Cast) -> None:
    """reviews-16: one reply per rating, the name shown; publishing the same twice is one."""
    row = answered(cast, "cleo", False, words="Zu sauer für meinen Geschmack.")
    for words in (KIND, KIND, "Noch einmal: Der nächste Jahrgang wird runder."):
        reply_to(cast, row, words)
    found = db.session.scalars(db.select(Reply)).all()
    name = own_role(cast.id("ana")).shown_name
    assert [(one.version, one.shown_name.split(",")[0]) for one in found] == [(2, name)]

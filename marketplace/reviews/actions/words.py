"""Whether words show, by a decision; the answer counts as before."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.events import announce
from marketplace.reviews.events import ImportedWordsChanged, WordsStandingChanged
from marketplace.reviews.models import (
    ImportedRating,
    Rating,
    RatingVersion,
    Reply,
    ReplyVersion,
    TextPrint,
)


def set_words_standing(rating_id: int, standing: str, reason: str | None) -> None:
    """Show or hide words by a decision; answer and counts stay. Changes ratings; announces."""
    row = db.session.get(Rating, rating_id, populate_existing=True)
    if row is None:
        raise Invalid({"": _("There is nothing at this address.")})
    if row.words_standing == "erased":
        return
    row.words_standing, row.words_reason = standing, reason
    if standing == "hidden":
        row.hidden_to = row.version
    elif standing == "visible":
        row.hidden_to = 0
    db.session.flush()
    announce(WordsStandingChanged(rating_id, row.product_id, standing))


def set_imported_standing(imported_id: int, standing: str, reason: str | None) -> None:
    """Show or hide the words of a rating from elsewhere by a decision. Changes imported_ratings;
    announces.
    """
    row = db.session.get(ImportedRating, imported_id, populate_existing=True)
    if row is None:
        raise Invalid({"": _("There is nothing at this address.")})
    row.words_standing, row.words_reason = standing, reason
    db.session.flush()
    announce(ImportedWordsChanged(imported_id, row.product_id, standing))


def hide_reply(reply_id: int, reason: str | None) -> None:
    """Take the words of a producer's reply away by a decision, or give them back (None); who
    answered and when stays. Changes replies.
    """
    row = db.session.get_one(Reply, reply_id, populate_existing=True)
    row.hidden_to, row.hidden_why = (row.version if reason else 0), reason
    db.session.flush()


def empty_reply(reply_id: int) -> None:
    """Words of a reply that were removed long ago go in every version; what was written anew
    stays. Changes replies, reply_versions.
    """
    row = db.session.get_one(Reply, reply_id, populate_existing=True)
    db.session.execute(
        update(ReplyVersion)
        .where(ReplyVersion.reply_id == reply_id, ReplyVersion.n <= row.hidden_to)
        .values(words="", changed="").execution_options(synchronize_session=False))
    if row.hidden:
        row.words = row.changed = ""
    db.session.flush()


def empty_words(rating_id: int) -> None:
    """What was removed long ago is kept no longer: text and prints of hidden versions go, their
    fingerprints stay. Answer, counts and the mark of the removal stay, and what was written anew.

    Changes ratings, rating_versions, text_prints.
    """
    row = db.session.get(Rating, rating_id, populate_existing=True)
    if row is None:
        return
    old = select(RatingVersion.id).where(RatingVersion.rating_id == rating_id,
                                         RatingVersion.n <= row.hidden_to)
    for change in (delete(TextPrint).where(TextPrint.rating_version_id.in_(old)),
                   update(RatingVersion).where(RatingVersion.id.in_(old))
                   .values(title="", words="", salt="")):
        db.session.execute(change.execution_options(synchronize_session=False))
    if row.words_standing == "hidden":
        row.title = row.words = ""
    db.session.flush()


def empty_imported(imported_id: int) -> None:
    """Words from elsewhere that were removed long ago go. Changes imported_ratings."""
    db.session.execute(
        update(ImportedRating)
        .where(ImportedRating.id == imported_id, ImportedRating.words_standing == "hidden")
        .values(words="").execution_options(synchronize_session=False))

"""What becomes of a person's answers when the account goes."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import delete, update

from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db
from marketplace.foundation.jobs import enqueue
from marketplace.reviews.actions.photos import remove_photos
from marketplace.reviews.actions.scoring import count_change
from marketplace.reviews.actions.versions import erase_versions
from marketplace.reviews.models import (
    HelpfulVote,
    ImportedRating,
    Invitation,
    RatingFlag,
    Relation,
    Tap,
    TextPrint,
)
from marketplace.reviews.queries.asking import answers_by_product, answers_of, counted
from marketplace.reviews.queries.personal import version_ids
from marketplace.reviews.rules.counting import Counted

GONE = "gone:"
"""How the key of an anonymous answer begins; the rest is random, one for each product."""


def forget(person_id: int, how: Literal["delete", "anonymise"]) -> None:
    """Take a person out of all answers: deleted ones leave the score and leave a stub,
    anonymous ones still count. No word, picture, key or tie of the person stays.

    Changes ratings, rating_versions, photos, votes, taps, relations, invitations, flags, scores.
    """
    products = sorted(answers_by_product(person_id))
    for product_id in products:
        _forget_product(product_id, person_id, how)
    for table in (HelpfulVote, Tap, Relation):
        db.session.execute(delete(table).where(table.person_id == person_id)
                           .execution_options(synchronize_session=False))
    db.session.execute(update(Invitation).where(Invitation.person_id == person_id)
                       .values(person_id=None, consent_id=None)
                       .execution_options(synchronize_session=False))
    db.session.execute(update(ImportedRating).where(ImportedRating.person_id == person_id)
                       .values(person_id=None, words="", source_person="")
                       .execution_options(synchronize_session=False))
    db.session.expire_all()


def _forget_product(product_id: int, person_id: int, how: str) -> None:
    mine = answers_of(product_id, person_id, None, lock=True)
    before, ids = [counted(one) for one in mine], [one.id for one in mine]
    key = f"{GONE}{secret_code(128)}"
    for row in mine:
        row.person_id, row.guest_key = None, key
        row.network = row.draft = row.benefit = row.used_for = None
        row.title = row.words = row.to_producer = ""
        row.words_standing, row.words_reason, row.hidden_to = "erased", how, row.version
        if how == "delete":
            row.standing, row.aside_reason, row.counted_at = "aside", "erased", None
            row.aside_until = None
    db.session.flush()
    after: list[Counted] = [counted(one) for one in mine]
    count_change(product_id, person_id, before, after)
    if how == "anonymise":
        _leave_groups(product_id, person_id, before)
    _empty(ids)


def _leave_groups(product_id: int, person_id: int, before: list[Counted]) -> None:
    """An anonymous answer counts for no group any more."""
    from sqlalchemy import select

    from marketplace.groups.models import Membership
    from marketplace.reviews.actions.scoring import membership_changed

    for group_id in db.session.scalars(select(Membership.group_id).where(
            Membership.person_id == person_id, Membership.left_at.is_(None))).all():
        membership_changed(group_id, {product_id: before}, -1)


def _empty(ids: list[int]) -> None:
    """Words of all versions, their prints, evidence and pictures."""
    db.session.execute(delete(TextPrint).where(
        TextPrint.rating_version_id.in_(version_ids(ids)))
        .execution_options(synchronize_session=False))
    erase_versions(ids)
    db.session.execute(update(RatingFlag).where(RatingFlag.rating_id.in_(ids))
                       .values(evidence={}).execution_options(synchronize_session=False))
    names = remove_photos(ids)
    if names:
        enqueue("reviews.photos", f"gone {ids[0]} {clock.now().isoformat()}"[:120], names=names)

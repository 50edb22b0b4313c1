"""What members of a group would buy again, kept as people come and go."""

from __future__ import annotations

from sqlalchemy import delete

from marketplace.foundation.database import db
from marketplace.reviews.actions.differing import Difference, note_differences
from marketplace.reviews.actions.scoring import membership_changed
from marketplace.reviews.models import GroupScore
from marketplace.reviews.queries.asking import answers_by_product
from marketplace.reviews.queries.recounts import group_counts, kept_group_counts


def member_came(group_id: int, person_id: int) -> None:
    """The answers of a new member count for the group. Changes group_scores."""
    membership_changed(group_id, answers_by_product(person_id), 1)


def member_went(group_id: int, person_id: int) -> None:
    """The answers of somebody who left count for the group no longer. Changes group_scores."""
    membership_changed(group_id, answers_by_product(person_id), -1)


def rebuild_group(group_id: int) -> bool:
    """Count a group's rows anew; whether they were wrong.

    Changes group_scores, score_differences.
    """
    kept, true = kept_group_counts(group_id), group_counts(group_id)
    if kept == true:
        return False
    if kept:
        note_differences([
            Difference(name, was, now, product_id=product, group_id=group_id)
            for product in sorted(kept | true)
            for name, was, now in zip(("k", "n"), kept.get(product, (0, 0)),
                                      true.get(product, (0, 0)), strict=True) if was != now])
    db.session.execute(delete(GroupScore).where(GroupScore.group_id == group_id))
    if true:
        db.session.execute(db.insert(GroupScore), [
            {"group_id": group_id, "product_id": product, "k": k, "n": n}
            for product, (k, n) in true.items()])
    return bool(kept)

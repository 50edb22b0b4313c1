"""Voices on bundles, their comments, and decisions about them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from marketplace.bundles.actions.pairs import count_pairs_of
from marketplace.bundles.actions.photos import drop_photos
from marketplace.bundles.events import BundleSaved, BundleVoted
from marketplace.bundles.models import REASONS, Bundle, BundleItem, BundleSave, BundleVote
from marketplace.bundles.queries.recounts import true_counts, wrong_counts
from marketplace.bundles.rules import vote_counts
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, NotFound, NotYours
from marketplace.foundation.events import announce
from marketplace.people.models import Account, Person
from marketplace.people.queries import is_blocked

MOST_WAITING = 5_000


def vote(bundle_id: int, person_id: int, value: int, reasons: Sequence[str] = ()) -> bool:
    """Up (1), down (-1) or taken back (0); both directions count alike. Whether it counts now:
    a voice of an account younger than a day counts after that.

    Raises NotYours on one's own and where one of the two blocked the other.

    Changes bundle_votes, bundles; announces BundleVoted.
    """
    row = db.session.get(Bundle, bundle_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    if row.author_id == person_id:
        raise NotYours(_("Others decide about your own bundle."))
    demand_named(row.blind_until)
    if value:
        demand_contact(row.author_id, person_id)
    db.session.execute(delete(BundleVote).where(BundleVote.bundle_id == bundle_id,
                                                BundleVote.person_id == person_id))
    counted = person_id in ripe([person_id])
    if value in (1, -1):
        db.session.add(BundleVote(
            bundle_id=bundle_id, person_id=person_id, value=value, at=clock.now(),
            counted=counted, reasons=[reason for reason in REASONS if reason in reasons]))
    db.session.flush()
    _recount(bundle_id)
    announce(BundleVoted(bundle_id, person_id, value))
    return counted or value == 0


def demand_named(blind_until: datetime | None) -> None:
    """Raises Conflict while the author of a bundle is not to be known."""
    if blind_until is not None and blind_until > clock.now():
        raise Conflict(_("This takes part in a challenge. Voices and words beside it are taken "
                         "after its end."))


def demand_contact(author_id: int | None, person_id: int) -> None:
    """Raises NotYours where one of the two blocked the other. Loads: 1 statement."""
    if author_id is not None and is_blocked(author_id, person_id):
        raise NotYours(_("One of you does not want contact with the other."))


def count_waiting() -> None:
    """Voices whose accounts came of age count from now on. Changes bundle_votes, bundles."""
    waiting = db.session.execute(
        select(BundleVote.bundle_id, BundleVote.person_id).where(BundleVote.counted.is_(False))
        .order_by(BundleVote.bundle_id, BundleVote.person_id).limit(MOST_WAITING)).all()
    old = ripe([row.person_id for row in waiting])
    for bundle_id in sorted({row.bundle_id for row in waiting if row.person_id in old}):
        db.session.get(Bundle, bundle_id, with_for_update=True, populate_existing=True)
        db.session.execute(update(BundleVote).where(
            BundleVote.bundle_id == bundle_id, BundleVote.person_id.in_(old)
        ).values(counted=True))
        _recount(bundle_id)


def ripe(person_ids: Sequence[int]) -> set[int]:
    """Those of these people whose voices count. Loads: 1 statement."""
    now = clock.now()
    return {row.id for row in db.session.execute(
        select(Person.id, Person.joined_at, Account.confirmed_at)
        .join(Account, Account.person_id == Person.id).where(Person.id.in_(person_ids)))
        if vote_counts(row.joined_at, row.confirmed_at is not None, now)}


def _recount(bundle_id: int) -> None:
    def votes(value: int) -> object:
        return (select(func.count()).where(BundleVote.bundle_id == bundle_id,
                                           BundleVote.value == value,
                                           BundleVote.counted).scalar_subquery())

    db.session.execute(update(Bundle).where(Bundle.id == bundle_id)
                       .values(up=votes(1), down=votes(-1))
                       .execution_options(synchronize_session=False))


def save(bundle_id: int, person_id: int, on: bool) -> None:
    """Keep a bundle, or no longer; twice is once. Changes bundle_saves, bundles; announces
    BundleSaved.
    """
    db.session.get(Bundle, bundle_id, with_for_update=True, populate_existing=True)
    kept = (BundleSave.bundle_id == bundle_id, BundleSave.person_id == person_id)
    there = db.session.scalar(select(func.count()).where(*kept)) or 0
    if on and not there:
        db.session.add(BundleSave(bundle_id=bundle_id, person_id=person_id, at=clock.now()))
        db.session.flush()
        announce(BundleSaved(bundle_id, person_id))
    elif not on:
        db.session.execute(delete(BundleSave).where(*kept))
    db.session.execute(update(Bundle).where(Bundle.id == bundle_id).values(
        saves=select(func.count()).where(BundleSave.bundle_id == bundle_id).scalar_subquery())
        .execution_options(synchronize_session=False))


def set_standing(bundle_id: int, standing: str, reason: str | None) -> None:
    """Show or hide a bundle by a decision; its words stay the author's. Changes bundles, jobs.
    """
    db.session.execute(update(Bundle).where(Bundle.id == bundle_id)
                       .values(standing=standing, standing_reason=reason))
    count_pairs_of(bundle_id)


def empty_bundle(bundle_id: int) -> None:
    """Of a bundle that a decision removed long ago, words, photos and the name in its address go.

    Changes bundles, bundle_items.
    """
    row = db.session.get(Bundle, bundle_id, populate_existing=True)
    if row is None or row.standing != "removed":
        return
    row.title = row.words = row.alt = ""
    row.slug = f"gone-{row.id}"
    drop_photos(row)
    db.session.execute(update(BundleItem).where(BundleItem.bundle_id == bundle_id)
                       .values(note="").execution_options(synchronize_session=False))


def commented(bundle_id: int) -> None:
    """Somebody commented. Changes bundles."""
    db.session.execute(update(Bundle).where(Bundle.id == bundle_id)
                       .values(comments=Bundle.comments + 1)
                       .execution_options(synchronize_session=False))


def count_bundles_anew() -> int:
    """Votes and savings of bundles as their rows say; how many bundles were wrong. Changes bundles.
    """
    wrong = {one.bundle_id for one in wrong_counts(100_000)}
    for bundle_id in sorted(wrong):
        db.session.execute(update(Bundle).where(Bundle.id == bundle_id).values(**true_counts())
                           .execution_options(synchronize_session=False))
    return len(wrong)

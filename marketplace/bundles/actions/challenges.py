"""Calling for bundles on a theme, taking part, voting, and the end."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, func, select

from marketplace.bundles.actions.composing import publish, tell_of_variant
from marketplace.bundles.actions.judging import ripe
from marketplace.bundles.events import BundleWithdrawn, ChallengeEnded, ChallengeOpened
from marketplace.bundles.models import (
    Bundle,
    BundleChange,
    Challenge,
    ChallengeEntry,
    ChallengeVote,
)
from marketplace.bundles.rules import MOST_VOICES, Plan, phase, plan_faults
from marketplace.catalog.rules.codes import slug_of
from marketplace.foundation import clock
from marketplace.foundation.codes import new_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound, NotYours
from marketplace.foundation.events import announce
from marketplace.groups.queries import role_in
from marketplace.web.formats import moment

CARE = ("founder", "moderator")
MOST_ENDED = 100


def open_challenge(person_id: int, plan: Plan, group_id: int | None, lang: str) -> Challenge:
    """Call for bundles; in a group its moderators do. Raises Invalid, NotYours.

    Changes challenges; announces ChallengeOpened.
    """
    if group_id is not None and role_in(group_id, person_id) not in CARE:
        raise NotYours(_("Moderators of the group do this."))
    sentences = {
        "theme": _("3 to 80 characters."), "words": _("10 to 2,000 characters."),
        "entry_days": _("Please choose how long."), "voting_days": _("Please choose how long."),
        "max_entries": _("From 1 to 3."),
        "prize_what": _("Say in at most 120 characters what the prize is."),
        "prize_by": _("Say in at most 120 characters who pays for the prize.")}
    faults = {name: sentences[name] for name in plan_faults(plan)}
    if faults:
        raise Invalid(faults)
    now = clock.now()
    closes = now + timedelta(days=plan.entry_days)
    row = Challenge(
        slug=f"{slug_of(plan.theme, 34) or 'challenge'}-{new_code(4).lower()}", theme=plan.theme,
        words=plan.words, lang=lang, group_id=group_id, opened_by=person_id, opens_at=now,
        closes_at=closes, voting_ends_at=closes + timedelta(days=plan.voting_days),
        max_entries=plan.max_entries, prize_what=plan.prize_what or None,
        prize_by=plan.prize_by or None)
    db.session.add(row)
    db.session.flush()
    announce(ChallengeOpened(row.id, person_id))
    return row


def _locked(challenge_id: int, wanted: str) -> Challenge:
    """A challenge in this phase. Raises Conflict with the time at which the phase ended."""
    row = db.session.get(Challenge, challenge_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound(_("There is no such challenge here."))
    if phase(clock.now(), row.closes_at, row.voting_ends_at) != wanted:
        raise Conflict(
            _("Entries were taken until %(when)s.", when=moment(row.closes_at))
            if wanted == "entering" else
            _("Votes are taken from %(begin)s to %(end)s.", begin=moment(row.closes_at),
              end=moment(row.voting_ends_at)))
    return row


def enter(challenge_id: int, person_id: int, bundle_id: int) -> None:
    """Show a draft as an entry whose author is named at the end. Raises Conflict, Invalid.

    Only what nobody has seen yet takes part: else people know whose it is. Changes bundles,
    challenge_entries; announces BundlePublished.
    """
    row = _locked(challenge_id, "entering")
    bundle = db.session.get(Bundle, bundle_id, with_for_update=True, populate_existing=True)
    if bundle is None or bundle.author_id != person_id:
        raise NotFound(_("There is no such bundle here."))
    if bundle.published_at is not None:
        raise Conflict(_("Others have seen this bundle already; an entry has to be new."))
    if row.group_id is not None and role_in(row.group_id, person_id) is None:
        raise NotYours(_("Members of the group do this. Joining takes one click."))
    own = db.session.scalar(select(func.count()).where(
        ChallengeEntry.challenge_id == challenge_id, ChallengeEntry.person_id == person_id)) or 0
    if own >= row.max_entries:
        raise Conflict(_("You take part with as many bundles as this challenge allows."))
    publish(bundle_id, person_id, "group" if row.group_id else "public", row.group_id,
            blind_until=row.voting_ends_at)
    db.session.add(ChallengeEntry(challenge_id=challenge_id, bundle_id=bundle_id,
                                  person_id=person_id, at=clock.now()))
    db.session.flush()


def leave_challenge(challenge_id: int, person_id: int, entry_id: int) -> None:
    """An own entry takes part no more, while entries are taken; it is a draft again, whose licence
    is settled anew when it is shown. Raises Conflict, NotFound.

    Changes challenge_entries, bundles; announces BundleWithdrawn.
    """
    _locked(challenge_id, "entering")
    entry = db.session.get(ChallengeEntry, entry_id, populate_existing=True)
    if entry is None or entry.challenge_id != challenge_id or entry.person_id != person_id:
        raise NotFound(_("There is no such entry."))
    row = db.session.get_one(Bundle, entry.bundle_id, with_for_update=True,
                             populate_existing=True)
    db.session.delete(entry)
    row.state, row.published_at, row.blind_until = "draft", None, None
    row.judged_items, row.group_id, row.changed_at = None, None, clock.now()
    db.session.execute(delete(BundleChange).where(BundleChange.bundle_id == row.id))
    db.session.flush()
    announce(BundleWithdrawn(row.id))


def vote_entry(challenge_id: int, person_id: int, entry_id: int, on: bool) -> None:
    """Give one of three voices to an entry of somebody else, or take it back; twice is once.

    Raises Conflict, NotYours, NotFound. Changes challenge_votes.
    """
    row = _locked(challenge_id, "voting")
    entry = db.session.get(ChallengeEntry, entry_id, populate_existing=True)
    if entry is None or entry.challenge_id != challenge_id:
        raise NotFound(_("There is no such entry."))
    if row.group_id is not None and role_in(row.group_id, person_id) is None:
        raise NotYours(_("Members of the group do this. Joining takes one click."))
    if entry.person_id == person_id:
        raise NotYours(_("Others decide about your own bundle."))
    if person_id not in ripe([person_id]):
        raise Conflict(_("You can vote once your account is a day old and your e-mail address is "
                         "confirmed."))
    db.session.execute(delete(ChallengeVote).where(ChallengeVote.entry_id == entry_id,
                                                   ChallengeVote.person_id == person_id))
    if not on:
        return
    given = db.session.scalar(
        select(func.count()).select_from(ChallengeVote)
        .join(ChallengeEntry, ChallengeEntry.id == ChallengeVote.entry_id)
        .where(ChallengeEntry.challenge_id == challenge_id,
               ChallengeVote.person_id == person_id)) or 0
    if given >= MOST_VOICES:
        raise Conflict(_("You have three voices. Take one back to give it to another entry."))
    db.session.add(ChallengeVote(entry_id=entry_id, person_id=person_id, at=clock.now()))
    db.session.flush()


def end_challenges() -> None:
    """Tell the end of what is over: places, and variants whose author was not named before.

    Changes challenges, bundles; announces ChallengeEnded, BundleRemixed.
    """
    now = clock.now()
    for row in db.session.scalars(
        select(Challenge).where(Challenge.ended_at.is_(None), Challenge.voting_ends_at <= now)
        .order_by(Challenge.id).limit(MOST_ENDED).with_for_update()
    ):
        row.ended_at = now
        for bundle in db.session.scalars(
            select(Bundle).join(ChallengeEntry, ChallengeEntry.bundle_id == Bundle.id)
            .where(ChallengeEntry.challenge_id == row.id, Bundle.parent_id.is_not(None))
            .order_by(Bundle.id)
        ):
            tell_of_variant(bundle)
        announce(ChallengeEnded(row.id))
    db.session.flush()

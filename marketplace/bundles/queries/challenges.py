"""Challenges and their entries, blind until the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import exists, func, or_, select, true

from marketplace.bundles.models import Bundle, Challenge, ChallengeEntry, ChallengeVote
from marketplace.bundles.queries.bundles import rows_of
from marketplace.bundles.queries.rows import BundleRow
from marketplace.bundles.queries.sight import seen_by
from marketplace.bundles.rules import in_turn, phase, ranks
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotFound
from marketplace.groups.models import Group, Membership

MOST_LISTED, MOST_SHOWN = 60, 200


@dataclass(frozen=True, slots=True)
class ChallengeRow:
    """A challenge; `phase` is entering, voting or ended."""

    id: int
    slug: str
    theme: str
    words: str
    lang: str
    group: tuple[str, str] | None
    closes_at: datetime
    voting_ends_at: datetime
    max_entries: int
    prize_what: str
    prize_by: str
    entries: int
    phase: str

    @property
    def url(self) -> str:
        """Its page."""
        return f"/bundles/challenges/{self.slug}"

    @property
    def until(self) -> datetime:
        """When its phase ends, or it ended."""
        return self.closes_at if self.phase == "entering" else self.voting_ends_at


@dataclass(frozen=True, slots=True)
class Entry:
    """A bundle that takes part; voices and rank only after the end, `mine` if one gave a voice."""

    id: int
    bundle: BundleRow
    own: bool
    mine: bool
    voices: int | None
    rank: int | None


def called(viewer_id: int | None) -> Any:
    """Which challenges a viewer may see: those of the market, and of their groups."""
    member = exists().where(Membership.group_id == Challenge.group_id,
                            Membership.person_id == (viewer_id or 0),
                            Membership.left_at.is_(None))
    return or_(Challenge.group_id.is_(None), member)


def challenge_for(slug: str, viewer_id: int | None) -> ChallengeRow:
    """A challenge for who may see it. Loads: 1 statement. Raises NotFound."""
    found = _heads(Challenge.slug == slug, called(viewer_id), 1)
    if not found:
        raise NotFound(_("There is no such challenge here."))
    return found[0]


def challenges_shown(viewer_id: int | None, limit: int = MOST_LISTED) -> Sequence[ChallengeRow]:
    """Challenges, those that run first. Loads: 1 statement."""
    return _heads(Challenge.id > 0, called(viewer_id), limit)


def running_challenge() -> ChallengeRow | None:
    """The challenge of the market that runs, the one that ends first. Loads: 1 statement."""
    return next(iter(_heads(Challenge.group_id.is_(None)
                            & (Challenge.voting_ends_at > clock.now()), true(), 1)), None)


def challenge_of(bundle_id: int) -> ChallengeRow | None:
    """The challenge in which a bundle takes or took part, for all who see the bundle.

    Loads: 1 statement.
    """
    there = select(ChallengeEntry.challenge_id).where(ChallengeEntry.bundle_id == bundle_id)
    return next(iter(_heads(Challenge.id.in_(there), true(), 1)), None)


def _heads(where: Any, seen: Any, limit: int) -> list[ChallengeRow]:
    now = clock.now()
    count = (select(func.count()).where(ChallengeEntry.challenge_id == Challenge.id)
             .correlate(Challenge).scalar_subquery().label("entries"))
    rows = db.session.execute(
        select(Challenge, Group.slug.label("group_slug"), Group.name, count)
        .outerjoin(Group, Group.id == Challenge.group_id).where(where, seen)
        .order_by((Challenge.voting_ends_at <= now).asc(), Challenge.voting_ends_at,
                  Challenge.id).limit(limit)).all()
    return [ChallengeRow(
        c.id, c.slug, c.theme, c.words, c.lang, (name, f"/groups/{slug}") if slug else None,
        c.closes_at, c.voting_ends_at, c.max_entries, c.prize_what or "", c.prize_by or "",
        entries, phase(now, c.closes_at, c.voting_ends_at))
        for c, slug, name, entries in rows]


def entries_of(row: ChallengeRow, viewer_id: int | None, viewer: str) -> Sequence[Entry]:
    """What takes part, in the viewer's own order, after the end by rank; `viewer` tells viewers
    apart. Loads: 3 statements, 4 after the end.
    """
    heads: Mapping[int, Any] = {one.id: one for one in db.session.execute(
        select(ChallengeEntry.id, ChallengeEntry.bundle_id, ChallengeEntry.person_id,
               exists().where(ChallengeVote.entry_id == ChallengeEntry.id,
                              ChallengeVote.person_id == (viewer_id or 0)).label("mine"))
        .join(Bundle, Bundle.id == ChallengeEntry.bundle_id)
        .where(ChallengeEntry.challenge_id == row.id, seen_by(viewer_id)).limit(MOST_SHOWN))}
    bundles = {one.id: one for one in rows_of([one.bundle_id for one in heads.values()],
                                              viewer_id)}
    counts = voices_in(row.id) if row.phase == "ended" else {}
    ids = in_turn(list(heads), f"{row.id}:{viewer}")
    places = dict(zip(ids, ranks([counts.get(one, 0) for one in ids]), strict=True))
    if row.phase == "ended":
        ids.sort(key=lambda one: places[one])
    return [Entry(one, bundles[heads[one].bundle_id], heads[one].person_id == viewer_id,
                  bool(heads[one].mine), counts.get(one, 0) if row.phase == "ended" else None,
                  places[one] if row.phase == "ended" else None) for one in ids]


def voices_in(challenge_id: int) -> Mapping[int, int]:
    """How many voices each entry has. Loads: 1 statement."""
    return dict(db.session.execute(
        select(ChallengeVote.entry_id, func.count())
        .join(ChallengeEntry, ChallengeEntry.id == ChallengeVote.entry_id)
        .where(ChallengeEntry.challenge_id == challenge_id)
        .group_by(ChallengeVote.entry_id)).all())


def places_of(challenge_id: int) -> Sequence[tuple[int, str, int]]:
    """Who took part with what, and the rank. Loads: 2 statements."""
    rows = db.session.execute(
        select(ChallengeEntry.id, ChallengeEntry.person_id, Bundle.title)
        .join(Bundle, Bundle.id == ChallengeEntry.bundle_id)
        .where(ChallengeEntry.challenge_id == challenge_id, Bundle.state == "published",
               Bundle.standing.in_(("visible", "labelled"))).order_by(ChallengeEntry.id)).all()
    counts = voices_in(challenge_id)
    return [(row.person_id, row.title, rank) for row, rank in zip(
        rows, ranks([counts.get(row.id, 0) for row in rows]), strict=True)]


def may_enter(person_id: int) -> Sequence[tuple[str, str]]:
    """A person's drafts that nobody has seen yet, by slug and title. Loads: 1 statement."""
    return [(row.slug, row.title) for row in db.session.execute(
        select(Bundle.slug, Bundle.title).where(
            Bundle.author_id == person_id, Bundle.published_at.is_(None), Bundle.state == "draft")
        .order_by(Bundle.changed_at.desc(), Bundle.id.desc()).limit(MOST_LISTED))]

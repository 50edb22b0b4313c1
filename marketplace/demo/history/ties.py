"""Who follows and trusts whom, who belongs to which group, who votes for what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from marketplace.demo.content.kinds import Content
from marketplace.demo.history.kinds import History

FOLLOWED_AT_MOST: Final = 9
TRUST_OF_FOLLOWED: Final = 0.35
HELPFUL_MEAN: Final = 4.0
HELPFUL_SHARE: Final = 0.86


@dataclass(frozen=True, slots=True)
class Ties:
    """Pairs of handles and things, each sorted, without repetition.

    `helpful` maps (product, author, lot) of a written review to votes (handle, up).
    """

    follows: tuple[tuple[str, str], ...]
    trusts: tuple[tuple[str, str], ...]
    producer_follows: tuple[tuple[str, str], ...]
    memberships: tuple[tuple[str, str], ...]
    helpful: dict[tuple[str, str, str], tuple[tuple[str, bool], ...]]
    bundle_votes: tuple[tuple[str, str, int], ...]


def draw_ties(content: Content, history: History, seed: int) -> Ties:
    """All ties; people follow writers whose taste is near their own."""
    rng = np.random.default_rng(seed + 1)
    follows, trusts = _people(rng, content, history)
    return Ties(
        follows,
        trusts,
        _producers(rng, content, history),
        _groups(rng, content, history),
        _helpful(rng, content, history),
        _votes(rng, content, history),
    )


def _people(
    rng: np.random.Generator, content: Content, history: History
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Follows and trusts; those of the cast are written down."""
    writers = [one.handle for one in content.writers]
    row = {handle: number for number, handle in enumerate(history.members)}
    near = history.taste.members @ history.taste.members[[row[one] for one in writers]].T
    written = {one.handle: one for one in content.cast}
    follows, trusts = set(), set()
    for handle in history.members:
        if handle in written:
            follows |= {(handle, other) for other in written[handle].follows}
            trusts |= {(handle, other) for other in written[handle].trusts}
            continue
        weight = np.exp(3 * near[row[handle]])
        count = min(int(rng.poisson(3)), FOLLOWED_AT_MOST)
        chosen = rng.choice(len(writers), count, replace=False, p=weight / weight.sum())
        for other in (writers[number] for number in chosen):
            if other != handle:
                follows.add((handle, other))
                if rng.random() < TRUST_OF_FOLLOWED:
                    trusts.add((handle, other))
    return tuple(sorted(follows)), tuple(sorted(trusts))


def _producers(
    rng: np.random.Generator, content: Content, history: History
) -> tuple[tuple[str, str], ...]:
    """Who follows which producer: some of those who said yes there."""
    house = {one.slug: own.slug for own in content.producers for one in own.products}
    pairs = {(one.handle, slug) for one in content.cast for slug in one.follows_producers}
    for order in history.orders:
        for part in order.parts:
            happy = any(line.answer and line.answer.again for line in part.lines)
            if happy and rng.random() < 0.22:
                pairs.add((order.handle, house[part.lines[0].product]))
    return tuple(sorted(pairs))


def _groups(
    rng: np.random.Generator, content: Content, history: History
) -> tuple[tuple[str, str], ...]:
    """Named members, and as many quiet ones as the group says."""
    pairs = set()
    for group in content.groups:
        named = {group.founder, *group.moderators, *group.members}
        named |= {post.by for topic in group.topics for post in topic.posts}
        more = rng.choice(len(content.quiet), group.members_more, replace=False)
        pairs |= {(handle, group.slug) for handle in named}
        pairs |= {(content.quiet[number], group.slug) for number in more}
    return tuple(sorted(pairs))


def _helpful(
    rng: np.random.Generator, content: Content, history: History
) -> dict[tuple[str, str, str], tuple[tuple[str, bool], ...]]:
    """Votes on written reviews, by others than the author; long texts get more."""
    votes = {}
    for review in content.reviews:
        mean = HELPFUL_MEAN * min(len(review.words) / 160, 2)
        count = min(int(rng.poisson(mean)), 24)
        chosen = rng.choice(len(history.members), count, replace=False)
        voters = [history.members[number] for number in sorted(chosen)]
        votes[(review.product, review.by, review.lot)] = tuple(
            (voter, bool(rng.random() < HELPFUL_SHARE)) for voter in voters if voter != review.by
        )
    return votes


def _votes(
    rng: np.random.Generator, content: Content, history: History
) -> tuple[tuple[str, str, int], ...]:
    """Votes on bundles: exactly as many up and down as written, by different people."""
    votes = []
    for bundle in content.bundles:
        others = [handle for handle in history.members if handle != bundle.by]
        chosen = rng.permutation(len(others))[: bundle.up + bundle.down]
        for place, number in enumerate(chosen):
            votes.append((bundle.slug, others[number], 1 if place < bundle.up else -1))
    return tuple(sorted(votes))

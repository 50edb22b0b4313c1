"""Why a thing is suggested: the first reason that is true, with the numbers that prove it."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from marketplace.recommend.rules.community import Suggestion

ReasonKind = Literal[
    "recommended_to_you",
    "trusted",
    "followed",
    "group_pick",
    "peers",
    "goes_with",
    "fits_wish",
    "verdict",
    "newcomer",
]
NAMED_SHARE = 0.3
NAMED_AT_MOST = 3
VERDICT_FROM = 5


@dataclass(frozen=True)
class Reason:
    """One true reason: people that may be named, how many further ones, and its numbers.

    k, n: of a verdict, or agreed and common products with the first named peer; product: what it
    goes with; group: whose pick it is.
    """

    kind: ReasonKind
    people: tuple[Hashable, ...] = ()
    others: int = 0
    k: int = 0
    n: int = 0
    product: Hashable | None = None
    group: Hashable | None = None


@dataclass(frozen=True)
class Facts:
    """What is known of one suggested product for one person, all already permitted to be said.

    to_you: who recommended it to this person; trusted, followed: who recommended it publicly;
    group: whose pick it is; named: peers who agreed to be named; agreement: per peer (agreed,
    common); goes_with: an owned product; verdict: (k, n).
    """

    to_you: Sequence[Hashable] = ()
    trusted: Sequence[Hashable] = ()
    followed: Sequence[Hashable] = ()
    group: Hashable | None = None
    named: Collection[Hashable] = frozenset()
    agreement: Mapping[Hashable, tuple[int, int]] = field(default_factory=dict)
    goes_with: Hashable | None = None
    fits_wish: bool = False
    verdict: tuple[int, int] = (0, 0)
    newcomer: bool = False


def reason(suggestion: Suggestion, facts: Facts) -> Reason | None:
    """Choose the first true reason; None where nothing true can be said (then it is not shown)."""
    for kind, people in (
        ("recommended_to_you", facts.to_you),
        ("trusted", facts.trusted),
        ("followed", facts.followed),
    ):
        if people:
            return _by_people(kind, people)  # type: ignore[arg-type]
    if facts.group is not None:
        return Reason("group_pick", group=facts.group)
    if suggestion.taste_share >= NAMED_SHARE and speaking(suggestion):
        return by_peers(suggestion, facts)
    return _by_goods(facts)


def _by_people(kind: ReasonKind, people: Sequence[Hashable]) -> Reason:
    return Reason(kind, tuple(people[:NAMED_AT_MOST]), max(len(people) - NAMED_AT_MOST, 0))


def speaking(suggestion: Suggestion) -> list[Hashable]:
    """Name the peers whose summand speaks for the product, the largest first."""
    return [peer.person for peer in suggestion.peers if peer.value > 0]


def by_peers(suggestion: Suggestion, facts: Facts) -> Reason:
    """Say "Lena and 6 others you agree with on 9 of 11"; without consent only how many they are."""
    peers = speaking(suggestion)
    first = next((p for p in peers[:NAMED_AT_MOST] if p in facts.named), None)
    if first is None:
        return Reason("peers", (), len(peers))
    agreed, common = facts.agreement.get(first, (0, 0))
    return Reason("peers", (first,), len(peers) - 1, agreed, common)


def _by_goods(facts: Facts) -> Reason | None:
    k, n = facts.verdict
    if facts.goes_with is not None:
        return Reason("goes_with", product=facts.goes_with)
    if facts.fits_wish:
        return Reason("fits_wish")
    if n >= VERDICT_FROM:
        return Reason("verdict", k=k, n=n)
    return Reason("newcomer") if facts.newcomer else None

"""Signs that answers were not given freely: points that set an answer aside, never delete it."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import combinations

from marketplace.foundation.figures import poisson_quantile

POINTS: dict[str, int] = {
    "burst": 40,
    "co_review": 50,
    "ring": 60,
    "duplicate": 60,
    "address_match": 100,
    "pre_delivery": 100,
    "refund_after_yes": 60,
    "same_network": 20,
    "fresh_account": 20,
    "own_history": 10,
}
ASIDE_FROM = 100
ASIDE_AT_MOST = timedelta(days=7)
BURST_MINIMUM = 5
BURST_WINDOW_DAYS = 60
SHINGLE_WORDS = 5
DUPLICATE_FROM = 0.6
PRINT_SIZE = 20
CO_REVIEW_DAYS = 7
CO_REVIEW_SHARED = 3
RING_LENGTH = 4
REFUND_DAYS = 14
NETWORK_HOURS = 24
NETWORK_DAYS = 30
FRESH_HOURS = 24
OWN_ANSWERS = 10
OWN_SHARE = 0.1

_WORD = re.compile(r"[^\W_]+")


def flag_sum(kinds: Iterable[str]) -> int:
    """Add the points of the different kinds of signs. Raises KeyError for an unknown kind."""
    return sum(POINTS[kind] for kind in set(kinds))


def is_aside(kinds: Iterable[str], limit: float = ASIDE_FROM) -> bool:
    """Tell whether an answer waits for a person: from 100 points, for at most 7 days."""
    return flag_sum(kinds) >= limit


def burst_from(answers_in_window: int) -> int:
    """Say from how many answers on one day a product's day looks like a rush.

    answers_in_window: of the last 60 days; the Poisson 99.9 % quantile of their daily mean plus
    one, at least 5.
    """
    mean = answers_in_window / BURST_WINDOW_DAYS
    return max(BURST_MINIMUM, poisson_quantile(mean, 0.999) + 1)


def shingles(text: str) -> frozenset[str]:
    """Cut a text into runs of five words, lower case, without punctuation; short ones whole."""
    words = _WORD.findall(text.lower())
    if not words:
        return frozenset()
    runs = range(max(len(words) - SHINGLE_WORDS + 1, 1))
    return frozenset(" ".join(words[i : i + SHINGLE_WORDS]) for i in runs)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Give the share of common runs among all runs of two texts (Jaccard), 0..1."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def is_duplicate(text: str, other: str, limit: float = DUPLICATE_FROM) -> bool:
    """Tell whether two texts are alike enough to look copied."""
    return likeness(shingles(text), shingles(other)) >= limit


def long_enough(text: str) -> bool:
    """Tell whether a text has at least one run of five words; "sehr gut" is nobody's copy."""
    return len(_WORD.findall(text.lower())) >= SHINGLE_WORDS


def is_outlier(alike: int, earlier: int) -> bool:
    """Tell whether an answer stands out of its author's own ones.

    alike: how many of the author's earlier answers were the same (yes or no). Needs ten earlier
    answers, of which at most a tenth were alike; who always answers the same never stands out.
    """
    return earlier >= OWN_ANSWERS and alike / earlier <= OWN_SHARE


def same_place(street: str, postcode: str, other_street: str, other_postcode: str) -> bool:
    """Tell whether two addresses are one: postcode, and street without case, blanks and dots."""
    one, other = _plain_street(street), _plain_street(other_street)
    return bool(one) and one == other and postcode.strip() == other_postcode.strip()


def _plain_street(street: str) -> str:
    plain = re.sub(r"[\W_]+", "", street.lower()).replace("ß", "ss")
    return re.sub(r"strasse|str(?=\d|$)", "str", plain)


def text_print(text: str) -> list[int]:
    """Give the 20 smallest run hashes (63 bits, ascending) by which copies are looked up."""
    digests = (hashlib.blake2b(s.encode(), digest_size=8).digest() for s in shingles(text))
    return sorted(int.from_bytes(d, "big") >> 1 for d in digests)[:PRINT_SIZE]


def co_reviewers(answers: Iterable[tuple[int, int, datetime]]) -> set[int]:
    """Name the accounts of which at least three share at least three products within 7 days.

    answers: (account, product, given at), one per account and product.
    """
    by_product: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    for account, product, at in answers:
        by_product[product].append((account, at))
    shared: dict[tuple[int, int], set[int]] = defaultdict(set)
    for product, rows in by_product.items():
        for (a, at_a), (b, at_b) in combinations(sorted(rows), 2):
            if a != b and abs(at_a - at_b) <= timedelta(days=CO_REVIEW_DAYS):
                shared[a, b].add(product)
    return _triples({pair: goods for pair, goods in shared.items() if len(goods) >= 3})


def _triples(shared: Mapping[tuple[int, int], set[int]]) -> set[int]:
    partners: dict[int, set[int]] = defaultdict(set)
    for a, b in shared:
        partners[a].add(b)
    found: set[int] = set()
    for (a, b), goods in shared.items():
        for c in partners[a] & partners[b]:
            common = goods & shared[a, c] & shared[b, c]
            found |= {a, b, c} if len(common) >= CO_REVIEW_SHARED else set()
    return found


def rings(praise: Iterable[tuple[int, int]]) -> set[frozenset[int]]:
    """Find producers whose staff praise one another in a circle of two to four.

    praise: (producer whose staff said yes, producer whose goods it was).
    """
    goes: dict[int, set[int]] = defaultdict(set)
    for giver, taker in praise:
        if giver != taker:
            goes[giver].add(taker)
    found: set[frozenset[int]] = set()
    for start in sorted(goes):
        _walk(goes, (start,), found)
    return found


def _walk(goes: Mapping[int, set[int]], path: tuple[int, ...], found: set[frozenset[int]]) -> None:
    for following in goes.get(path[-1], ()):
        if following == path[0] and len(path) > 1:
            found.add(frozenset(path))
        elif following > path[0] and following not in path and len(path) < RING_LENGTH:
            _walk(goes, (*path, following), found)

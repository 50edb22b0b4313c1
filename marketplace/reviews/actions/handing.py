"""What a producer's page may say of answers, handed over to `producers` each night."""

from __future__ import annotations

from collections.abc import Sequence

from marketplace.foundation import clock
from marketplace.producers.actions import keep_fact
from marketplace.producers.queries import Fact
from marketplace.reviews.queries import VerdictView
from marketplace.reviews.queries.verdicts import producer_verdicts


def hand_facts(producer_ids: Sequence[int]) -> int:
    """Keep verdict_k (yes of answers, with its ends) and verdict_n (answers of buyers asked) of
    producers with answers; how many producers. Changes producer_facts.
    """
    said = producer_verdicts(producer_ids)
    found = [fact for producer_id, view in sorted(said.items()) if view.n
             for fact in facts_from(producer_id, view)]
    keep_fact(*found)
    return len(found) // 2


def facts_from(producer_id: int, said: VerdictView) -> tuple[Fact, Fact]:
    """The two facts of one verdict; the period is that of the answers."""
    first = clock.in_zone(said.since or clock.now()).date()
    last = clock.in_zone(said.until or clock.now()).date()
    return (Fact(producer_id, "verdict_k", first, last, said.n, said.k, None, said.low, said.high),
            Fact(producer_id, "verdict_n", first, last, max(said.buyers, said.n), said.n))

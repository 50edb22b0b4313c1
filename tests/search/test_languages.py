"""search-2 on every engine: who types one spelling finds what is written in the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marketplace.adapters.fulltext.contract import Document
from marketplace.search.rules import analysis, ranking
from tests.adapters.conftest import engine, postgres_url
from tests.search.pairs import ENGLISH, GERMAN, UNSEEN

__all__ = ["engine", "postgres_url"]

TITLES = ("There There", "Don't Be Evil", "Zu zweit", "The The")


def missed(index: Any, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Pairs of which one spelling does not find a thing that has the other alone."""
    index.rebuild((_written(f"product:{n}-{at}", word) for n, pair in enumerate(pairs)
                   for at, word in enumerate(pair)), {})
    found = []
    for n, pair in enumerate(pairs):
        for at, word in enumerate(pair):
            hits = index.find(ranking.query(word, ranking.Whole()), k=20).hits
            if f"product:{n}-{1 - at}" not in {hit.id for hit in hits}:
                found.append(pair)
    return found


def _written(one: str, title: str, body: str = "") -> Document:
    return Document(id=one, words=ranking.folded(ranking.Texts(title, body=body), ranking.Whole()),
                    title_words=analysis.title_words(title), figures={"available": 1})


def test_forty_german_and_twenty_english_pairs(engine: Any) -> None:
    """search-2: all of them, both ways round."""
    assert len(GERMAN) == 40 and len(ENGLISH) == 20
    assert missed(engine, GERMAN) == [] and missed(engine, ENGLISH) == []


def test_unseen_german_pairs(engine: Any) -> None:
    """bars, Search: at least 38 of 40 that nobody had in mind."""
    assert len(set(UNSEEN)) == 40 and not set(UNSEEN) & set(GERMAN)
    assert len(set(missed(engine, UNSEEN))) <= 2


def test_exact_titles_lead(engine: Any) -> None:
    """search-2: also of little words and with an apostrophe, before longer titles and texts."""
    others = [_written(f"product:{title}-{n}", f"{title} {more}", f"{title} {title}")
              for title in TITLES for n, more in enumerate(("again", "und mehr", "zwei"))]
    engine.rebuild([*others, *(_written(f"product:{title}", title) for title in TITLES)], {})
    for title in TITLES:
        hits = engine.find(ranking.query(title, ranking.Whole())).hits
        assert hits[0].id == f"product:{title}"

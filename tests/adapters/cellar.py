"""A few documents that every test of an index knows."""

from __future__ import annotations

from marketplace.adapters.fulltext.contract import (
    Document,
)


def _doc(number, words, title="", **more):
    return Document(
        id=f"product:{number}",
        words=dict.fromkeys(words.split(), 1.0) if isinstance(words, str) else words,
        title_words=more.pop("title_words", frozenset(title.split())),
        title=title,
        figures={"available": 1, **more.pop("figures", {})},
        **more,
    )


CELLAR = [
    _doc(1, "wein rot", "rot wein", facets={"category": ["wine", "wine/red"], "region": ["mosel"]},
         figures={"price_minor": 900, "q10": 8000, "newest": 10}),
    _doc(2, "wein weiss", "weiss wein", facets={"category": ["wine", "wine/white"],
         "attribute": ["taste=dry", "organic=yes"]}, figures={"price_minor": 700, "newest": 30}),
    _doc(3, "honig", "honig", facets={"category": ["food"], "attribute": ["organic=yes"]},
         figures={"price_minor": 500, "q10": 9000, "newest": 20}),
    _doc(4, "wein essig", "essig", facets={"category": ["food"], "attribute": ["taste=sour"]},
         figures={"price_minor": 300, "available": 0, "newest": 40}),
]  # fmt: skip

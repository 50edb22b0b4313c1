"""Two engines that are asked the same."""

from __future__ import annotations

import random

import pytest

from marketplace.adapters.fulltext.contract import Filters, Form, OneOf, Query, Wanted
from tests.adapters.test_fulltext import _random


def agree(files, other, count=400):
    """Assert that both engines, filled alike, give the same to forty random questions: totals,
    counts, bands and scores.
    """
    draw = random.Random(7)
    names = [f"w{i}" for i in range(40)]
    rows = [_random(i, draw, names) for i in range(count)]
    for engine in (files, other):
        engine.rebuild(rows, {})
    for n in range(40):
        asked = [Wanted(word, (Form((word,)), Form(tuple(draw.sample(names, 2)), .8)))
                 for word in draw.sample(names, draw.randint(1, 3))]
        query = Query(wanted=tuple(asked), unwanted=(Form((draw.choice(names),)),) if n % 3 else ())
        region = OneOf("region", frozenset({draw.choice("abc")}))
        for filters in (Filters(), Filters(one_of=(region,))):
            one, two = (engine.find(query, filters, k=30, facets=("region", "attribute", "price"))
                        for engine in (files, other))
            assert (one.total, one.facets, one.bands) == (two.total, two.facets, two.bands)
            assert [hit.score for hit in two.hits] == pytest.approx(
                [hit.score for hit in one.hits], rel=1e-5)

"""search-4: facet counts equal a recount, whatever is chosen; order and pages are stable."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from marketplace.adapters.fulltext.contract import Document
from marketplace.adapters.fulltext.whoosh import WhooshIndex
from marketplace.search.queries.goods import FACETS, Asked, _filters

GOODS, COMBINATIONS, SEED = 240, 200, 20261130
Goods = list[dict[str, list[str]]]
VALUES = {
    "category": ["wine", "food", "yarn"], "producer": ["ana", "bert", "cleo", "dora"],
    "occasion": ["fish", "gift", "grill"], "region": ["Mosel", "Norden"],
    "attribute": ["sweet=dry", "sweet=lush", "grape=riesling", "grape=pinot", "again=60"],
    "delivers": ["DE", "AT", "CH"]}


def drawn(random: Random) -> dict[str, list[str]]:
    """What one thing says: any values of each facet, often none."""
    return {name: random.sample(values, random.randint(0, 2 if name != "attribute" else 3))
            for name, values in VALUES.items()}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> tuple[WhooshIndex, Goods]:
    """An index of goods, and what each of them says."""
    random = Random(SEED)
    goods = [drawn(random) for _ in range(GOODS)]
    engine = WhooshIndex(Path(tmp_path_factory.mktemp("index")))
    engine.rebuild((Document(
        f"product:{number}", {"wine": 1.0},
        facets={**one, "kind": ["product"], "visibility": ["public"]},
        figures={"available": 1, "q10": random.randint(0, 9) * 1000})
        for number, one in enumerate(goods)), {})
    return engine, goods


def fits(one: dict[str, list[str]], chosen: dict[str, list[str]], but: str = "") -> bool:
    """By the words of the spec: several values of one facet are "or", facets are "and"; of
    particulars each is a facet of its own.
    """
    for name, values in chosen.items():
        for key in {value.partition("=")[0] if name == "attribute" else name for value in values}:
            wanted = [value for value in values if name != "attribute"
                      or value.partition("=")[0] == key]
            if f"{name} {key}" != but and not set(wanted) & set(one[name]):
                return False
    return True


def test_counts_equal_a_recount(
    shelf: tuple[WhooshIndex, Goods]
) -> None:
    """search-4: for 200 random choices each count is what one would get, counted one by one."""
    engine, goods = shelf
    random = Random(SEED + 1)
    for _ in range(COMBINATIONS):
        names = random.sample(sorted(VALUES), random.randint(0, 3))
        chosen = {name: random.sample(VALUES[name], random.randint(1, 2)) for name in names}
        found = engine.find(None, _filters(Asked(chosen=chosen), ()), "peers", 10, FACETS)
        assert found.total == sum(fits(one, chosen) for one in goods), chosen
        for name, values in VALUES.items():
            counts = {one.value: one.count for one in found.facets[name]}
            for value in values:
                key = value.partition("=")[0] if name == "attribute" else name
                expected = sum(value in one[name] and fits(one, chosen, f"{name} {key}")
                               for one in goods)
                assert counts.get(value, 0) == expected, (chosen, value)


def test_pages_hold_everything_once(
    shelf: tuple[WhooshIndex, Goods]
) -> None:
    """search-4: page after page each thing comes once, and the same page twice is the same."""
    engine, _goods = shelf
    filters = _filters(Asked(chosen={"delivers": ["DE"]}), ())
    total = engine.find(None, filters, "peers", 1).total
    pages = [[hit.id for hit in engine.find(None, filters, "peers", 7, (), at).hits]
             for at in range(0, total, 7)]
    assert pages == [[hit.id for hit in engine.find(None, filters, "peers", 7, (), at).hits]
                     for at in range(0, total, 7)]
    listed = [one for page in pages for one in page]
    assert len(listed) == len(set(listed)) == total

"""What a bundle's page costs, and what 100,000 public bundles say about goods that go together.

    python -m bench.bundles [--engine postgresql] [--bundles 100000] [--goods 2000]
                            [--seconds 6] [--connections 2]

A market of its own: houses and goods copied from the tests' cast, one bundle of 24 goods of eight
houses and one of two. Their pages are asked over HTTP beside `bare`, Flask and Jinja with nothing
of ours, in the same run, page cache off. Then so many public bundles of 2 to 12 goods by a fifth as
many members, popular goods in most of them: how long the nightly count of all pairs takes, and the
readings that follow from it. Prints whether the aims of the spec are met.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from flask import Flask

from bench.fill import GOODS, WORLD, Copier
from bench.own_market import ENGINES, outside, own_market
from bench.pages import ROUNDS, WARM_SECONDS, Asked, Measured, at, measure, server
from bench.village import signed_in, statements, template, write

WORLDS, PARTS, TIMES = 4, 24, 5
MOST_P95, MOST_SECONDS = 12.0, 60.0
"""Spec bundles 8: the page as a multiple of the bare one; the pairs of 100,000 bundles."""


def goods_of(number: int) -> list[list[int]]:
    """Goods on sale by house, after copying until there are `number`."""
    from marketplace.catalog.models import Product
    from marketplace.foundation.database import committing, db

    whole, goods = Copier(WORLD), Copier(GOODS)
    each = len(goods._rows["products"])
    for n in range(1, WORLDS):
        with committing():
            whole.copy(n)
    for n in range(WORLDS, number // each + 1):
        with committing():
            goods.copy(n)
    found: dict[int, list[int]] = {}
    for product, house in db.session.execute(db.select(Product.id, Product.producer_id).where(
            Product.state == "published").order_by(Product.id)):
        found.setdefault(house, []).append(product)
    db.session.rollback()
    return list(found.values())


def composed(author: int, title: str, parts: list[int]) -> str:
    """A public bundle with these goods; its page."""
    from marketplace.bundles.actions import ItemWish, fill, publish, start
    from marketplace.foundation.database import committing, db

    db.session.rollback()
    with committing():
        row = start(author, None, title, "de")
        fill(row.id, author, row.version, {"title": title, "words": "Für viele.",
                                           "licence": "CC-BY-SA-4.0", "may_remix": True},
             [ItemWish("", product) for product in parts])
        publish(row.id, author, "public")
    return f"/bundles/{row.slug}"


def many(author: int, bundles: int, goods: list[int]) -> None:
    """Public bundles of drawn goods: the n-th good is wanted as often as 1 / n."""
    from marketplace.bundles.models import Bundle, BundleItem
    from marketplace.foundation import clock
    from marketplace.foundation.database import committing, db
    from marketplace.people.models import Person

    draw, now = random.Random(7), clock.now()
    people, rows = template(Person), template(Bundle)
    first_person = (db.session.scalar(db.select(db.func.max(Person.id))) or 0) + 1
    first = (db.session.scalar(db.select(db.func.max(Bundle.id))) or 0) + 1
    authors, weights = max(1, bundles // 5), [1 / n for n in range(1, len(goods) + 1)]
    write(Person, ({**people, "id": first_person + n, "handle": f"bench{n}",
                    "handle_folded": f"bench{n}", "display_name": None, "picture_file": None,
                    "is_moderator": False, "is_operator": False} for n in range(authors)))
    write(Bundle, ({**rows, "id": first + n, "slug": f"bench-{n}", "preview": None,
                    "author_id": first_person + draw.randrange(authors),
                    "published_at": now - timedelta(minutes=n)} for n in range(bundles)))

    def items() -> Iterator[dict[str, Any]]:
        for n in range(bundles):
            picked = dict.fromkeys(draw.choices(goods, weights, k=draw.randint(2, 12)))
            for pos, product in enumerate(picked, start=1):
                yield {"bundle_id": first + n, "pos": pos, "slot": "", "product_id": product,
                       "qty": 1, "note": "", "picture_key": ""}

    write(BundleItem, items())
    with committing():
        db.session.execute(db.text("ANALYZE"))  # as a running server does by itself


def pages(app: Flask, asked: dict[str, Asked], seconds: float, connections: int
          ) -> dict[str, Measured]:
    """Every page in turn, in short rounds."""
    found = {name: Measured() for name in asked}
    with server(0, outside(app)) as pid:
        for one in asked.values():
            measure(pid, one, WARM_SECONDS, connections, Measured())
        for _round in range(ROUNDS):
            for name, one in asked.items():
                measure(pid, one, seconds / ROUNDS, connections, found[name])
    return found


def table(found: dict[str, Measured], sent: dict[str, int]) -> bool:
    """Print the pages beside the bare one; whether the aim is met by all."""
    print("page                  statements   p50 ms   p95 ms   CPU ms  p95 x bare  CPU x bare")
    bare, good = found["bare"], True
    for name, took in found.items():
        p95, cpu = at(took.seconds, .95), min(took.cpu)
        ratio = p95 / at(bare.seconds, .95)
        good = good and ratio <= MOST_P95
        print(f"{name:22}{sent.get(name, 0):10}{at(took.seconds, .5):9.2f}"
              f"{p95:9.2f}{cpu * 1000:9.2f}{ratio:12.1f}{cpu / min(bare.cpu):12.1f}")
    return good


def took(what: str, work: Callable[[], object], times: int = TIMES) -> float:
    """Seconds of the best of some runs, printed with the slowest."""
    from marketplace.foundation.database import db

    seconds = []
    for _time in range(times):
        db.session.rollback()
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    print(f"{what:46} best {min(seconds):8.3f} s, slowest {max(seconds):8.3f} s")
    return min(seconds)


def pairs(goods: list[int]) -> bool:
    """Print what counting pairs takes and what is read of them; whether the night is in time."""
    from marketplace.bundles.jobs import pair_counts, pairs_of
    from marketplace.bundles.models import PairCount
    from marketplace.bundles.queries import authors_together, goods_put_together
    from marketplace.foundation.database import db

    whole = took("the nightly count, all pairs new", pair_counts, 1)
    print(f"pairs kept: {db.session.scalar(db.select(db.func.count()).select_from(PairCount))}")
    took("the nightly count, nothing new", pair_counts, 2)
    took("a bundle of the most wanted 24 is published", lambda: pairs_of(goods[:PARTS]), 3)
    took("a bundle of 6 in the middle is published",
         lambda: pairs_of(goods[len(goods) // 2:][:6]), 3)
    took("goods of which there is something to say", goods_put_together)
    took("what goes with the most wanted", lambda: authors_together(goods[:1]))
    took("what goes with the most wanted 24", lambda: authors_together(goods[:PARTS]))
    return whole <= MOST_SECONDS


def run(engine: str, bundles: int, number: int, seconds: float, connections: int) -> bool:
    """Fill, measure and print; whether all aims are met."""
    from marketplace.foundation.database import db
    from tests.cast import Cast

    with own_market(engine, ZURUF_RATE_LIMITS="off", ZURUF_PAGE_CACHE_SECONDS="0") as app:
        houses = goods_of(number)
        author = Cast(app).id("cleo")
        mixed = [goods[n] for n in range(PARTS) for goods in houses if n < len(goods)][:PARTS]
        large, small = composed(author, "Alles", mixed), composed(author, "Zwei", mixed[:2])
        cookie = signed_in(app, "dan")
        asked = {"bare": Asked(("/bare",)), "24 goods, visitor": Asked((large,)),
                 "24 goods, member": Asked((large,), cookie), "2 goods, visitor": Asked((small,)),
                 "2 goods, member": Asked((small,), cookie)}
        sent = {name: statements(app, one) for name, one in asked.items() if name != "bare"}
        db.session.remove()
        print(f"{engine}: {len(mixed)} goods of {len(houses)} houses, {connections} connections")
        good = table(pages(app, asked, seconds, connections), sent)
        goods = [product for house in houses for product in house]
        random.Random(3).shuffle(goods)
        many(author, bundles, goods)
        print(f"{bundles} public bundles, {len(goods)} goods")
        good = pairs(goods) and good
        db.session.remove()
        good = table(pages(app, asked, seconds, connections), sent) and good
    print("all aims are met" if good else "an aim is missed")
    return good


def main() -> int:
    """One run as the arguments say; 1 where an aim is missed."""
    read = argparse.ArgumentParser(prog="bench.bundles")
    read.add_argument("--engine", default="sqlite", choices=ENGINES)
    read.add_argument("--bundles", type=int, default=100_000)
    read.add_argument("--goods", type=int, default=2_000)
    read.add_argument("--seconds", type=float, default=6.0)
    read.add_argument("--connections", type=int, default=2)
    asked = read.parse_args()
    return 0 if run(asked.engine, asked.bundles, asked.goods, asked.seconds,
                    asked.connections) else 1


if __name__ == "__main__":
    sys.exit(main())

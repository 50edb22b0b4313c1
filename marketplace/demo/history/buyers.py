"""Who buys what: the drawn lines, bent so that written words and the cast fit them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Final

import numpy as np

from marketplace.catalog.rules.vocabulary import CATEGORIES
from marketplace.demo.content.kinds import Content, Review
from marketplace.demo.latent import Bools, Floats, Ints, Taste, draw_lines, draw_taste

MEAN_LINES: Final = 14
MOST_LINES: Final = 60
NEVER_BUYS: Final = ("dan",)
RATES_MUCH: Final = "cleo"


@dataclass(frozen=True, slots=True)
class Wish:
    """A line that will be bought: member and product as row numbers, and the words it carries."""

    member: int
    product: int
    review: Review | None = None
    rates: bool | None = None


def buyers(content: Content) -> tuple[str, ...]:
    """The handles who buy: cast, writers, quiet members."""
    cast = [one.handle for one in content.cast if one.handle not in NEVER_BUYS]
    return (*cast, *(one.handle for one in content.writers), *content.quiet)


def draw_wishes(
    rng: np.random.Generator, content: Content, members: tuple[str, ...]
) -> tuple[Taste, list[Wish]]:
    """The taste, its rows in the order of `members`, and what everybody buys."""
    row = {handle: number for number, handle in enumerate(members)}
    column = {product.slug: number for number, product in enumerate(content.products)}
    reviews = [(row[one.by], column[one.product], one) for one in content.reviews if one.by in row]
    taste = _seated(draw_taste(rng, len(members), len(column)), reviews)
    lines = draw_lines(rng, taste, main_categories(content), MEAN_LINES, MOST_LINES)
    taken = {(member, product) for member, product, _ in reviews}
    kept = [
        Wish(member, product)
        for member, product in map(tuple, lines.tolist())
        if (member, product) not in taken and members[member] != RATES_MUCH
    ]
    wishes = [Wish(member, product, review, True) for member, product, review in reviews]
    wishes += _of_the_busy(rng, content, row, lines, column)
    return taste, [one for one in wishes + kept if not _own_house(content, members, one)]


def main_categories(content: Content) -> Ints:
    """The number of the main category of each product, (P,)."""
    parent = {one.slug: one.parent or one.slug for one in CATEGORIES}
    mains = sorted({parent[product.category] for product in content.products})
    return np.array([mains.index(parent[one.category]) for one in content.products])


def _seated(taste: Taste, reviews: list[tuple[int, int, Review]]) -> Taste:
    """The same taste with rows exchanged, so that writers sit where their words ring true."""
    said = defaultdict(list)
    for member, product, review in reviews:
        said[member].append((product, 1.0 if review.again else -1.0))
    liking, order = taste.liking, np.arange(len(taste.members))
    free: Bools = np.ones(len(order), dtype=bool)
    for member in sorted(said, key=lambda one: -len(said[one])):
        fit: Floats = sum(
            (sign * liking[:, product] for product, sign in said[member]), 0 * liking[:, 0]
        )
        seat = int(np.argmax(np.where(free, fit, -np.inf)))
        free[seat] = False
        order[member] = seat
    rest = iter(np.flatnonzero(free))
    for member in range(len(order)):
        if member not in said:
            order[member] = next(rest)
    return Taste(taste.members[order], taste.products, taste.quality, taste.archetype[order])


def _of_the_busy(
    rng: np.random.Generator,
    content: Content,
    row: dict[str, int],
    lines: Ints,
    column: dict[str, int],
) -> list[Wish]:
    """The lines of the member with many answers: own words, what many bought, two still open."""
    member = next(one for one in content.cast if one.handle == RATES_MUCH)
    own = {column[one.product] for one in content.reviews if one.by == RATES_MUCH}
    still_open = [column[slug] for slug in (member.parcel_under_way, member.to_rate) if slug]
    bought = np.bincount(lines[:, 1], minlength=len(column)).astype(float)
    bought[[*own, *still_open]] = 0
    some = rng.choice(
        len(column), member.ratings - len(own), replace=False, p=bought / bought.sum()
    )
    answered = [Wish(row[RATES_MUCH], int(product), rates=True) for product in some]
    return answered + [Wish(row[RATES_MUCH], product, rates=False) for product in still_open]


def _own_house(content: Content, members: tuple[str, ...], wish: Wish) -> bool:
    """Whether somebody would buy from the producer they work for."""
    product, handle = content.products[wish.product], members[wish.member]
    house = next(one for one in content.producers if product in one.products)
    return any(one.handle == handle for one in house.staff)

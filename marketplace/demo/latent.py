"""The taste behind the demo: who would like what, who buys what, who answers and how.

Everybody belongs near one of a few archetypes; products point somewhere in the same space.
Nothing of this is stored: members only show answers, from which the rooms learn again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

DIMENSIONS: Final = 3
ARCHETYPES: Final = 5
SPREAD: Final = 0.15
GAIN: Final = 3.4
QUALITY: Final = (0.9, 0.5)
CATEGORY_CONCENTRATION: Final = 0.25
CATEGORY_FLOOR: Final = 0.02
POPULARITY_SIGMA: Final = 0.8
NEWCOMERS: Final = 0.1
NEWCOMER_POPULARITY: Final = 0.06
LIKING: Final = 0.35
LINES_SIGMA: Final = 0.7
ANSWER_AFTER_YES: Final = 0.72
ANSWER_AFTER_NO: Final = 0.62


@dataclass(frozen=True, slots=True)
class Taste:
    """Members (M, 3) and products (P, 3) as unit vectors, quality (P,), archetype (M,)."""

    members: Floats
    products: Floats
    quality: Floats
    archetype: Ints

    @property
    def liking(self) -> Floats:
        """The log-odds that a member would buy again, (M, P)."""
        gain: Floats = GAIN * (self.members @ self.products.T) + self.quality
        return gain


@dataclass(frozen=True, slots=True)
class Answers:
    """What became of the lines, all (n,): yes or no, answered at all, stars 1..5,

    delight 0 disappointed, 1 okay, 2 delighted, and whether it was worth the money.
    """

    again: Bools
    given: Bools
    stars: Ints
    delight: Ints
    value: Bools


def draw_taste(rng: np.random.Generator, members: int, products: int) -> Taste:
    """A taste for so many members and products."""
    poles = _units(rng.normal(size=(ARCHETYPES, DIMENSIONS)))
    archetype = rng.integers(0, ARCHETYPES, members)
    near = poles[archetype] + SPREAD * rng.normal(size=(members, DIMENSIONS))
    mean, sigma = QUALITY
    return Taste(
        members=_units(near),
        products=_units(rng.normal(size=(products, DIMENSIONS))),
        quality=mean + sigma * rng.normal(size=products),
        archetype=archetype,
    )


def draw_lines(
    rng: np.random.Generator, taste: Taste, category: Ints, mean: float, most: int
) -> Ints:
    """Who bought what, (n, 2) of member and product, no pair twice.

    `category` (P,) numbers the main category of each product from 0; a member buys `mean`
    products on average (lognormal), at most `most`.
    """
    members, products = taste.liking.shape
    prefers = rng.dirichlet(np.full(category.max() + 1, CATEGORY_CONCENTRATION), members)
    popularity = np.exp(POPULARITY_SIGMA * rng.normal(size=products))
    popularity[rng.random(products) < NEWCOMERS] *= NEWCOMER_POPULARITY
    median = np.log(mean) - LINES_SIGMA**2 / 2
    counts = np.clip(rng.lognormal(median, LINES_SIGMA, members).round(), 1, most).astype(int)
    lines = []
    for member in range(members):
        liking = taste.liking[member]
        weight = popularity * (prefers[member][category] + CATEGORY_FLOOR)
        weight = weight * np.exp(LIKING * (liking - liking.mean()))
        bought = rng.choice(products, counts[member], replace=False, p=weight / weight.sum())
        lines += [(member, int(product)) for product in bought]
    return np.array(lines, dtype=np.int64)


def draw_answers(rng: np.random.Generator, liking: Floats) -> Answers:
    """Answers to lines with this log-odds of a yes, (n,)."""
    count = len(liking)
    again = rng.random(count) < yes_chance(liking)
    given = rng.random(count) < np.where(again, ANSWER_AFTER_YES, ANSWER_AFTER_NO)
    felt = liking + np.where(again, 0.9, -1.6) + 0.8 * rng.normal(size=count)
    stars = np.digitize(felt, (-2.2, -0.9, 0.6, 2.4)) + 1
    stars = np.where(again, np.maximum(stars, 4), np.minimum(stars, 3))
    delight = np.where(again, 1 + (felt > 1.6), (felt > -0.6).astype(int))
    value = rng.random(count) < yes_chance(0.6 * liking + np.where(again, 0.8, -0.4))
    return Answers(again, given, stars.astype(np.int64), delight.astype(np.int64), value)


def yes_chance(liking: Floats) -> Floats:
    """Log-odds as chance, 0..1."""
    chance: Floats = 1 / (1 + np.exp(-liking))
    return chance


def _units(vectors: Floats) -> Floats:
    """The vectors, each brought to length one."""
    scaled: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return scaled

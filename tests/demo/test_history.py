"""What happened in the demo holds together, and taste can be found in it (demo-3, demo-9)."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
import pytest
from scipy.stats import rankdata

from marketplace.demo.content import Content, checked_content
from marketplace.demo.history import History, LinePlan, OrderPlan, PartPlan, draw_history, draw_ties
from marketplace.demo.history.calendar import DAY
from marketplace.demo.latent import draw_answers, draw_lines, draw_taste, yes_chance

Row = tuple[OrderPlan, PartPlan, LinePlan]


@pytest.fixture(scope="module")
def content() -> Content:
    """The shipped content."""
    return checked_content()


@pytest.fixture(scope="module")
def history(content: Content) -> History:
    """What happened with the shipped seed."""
    return draw_history(content)


@pytest.fixture(scope="module")
def rows(history: History) -> list[Row]:
    """All lines with their part and order."""
    return [
        (order, part, line)
        for order in history.orders
        for part in order.parts
        for line in part.lines
    ]


@pytest.fixture(scope="module")
def rated(rows: list[Row]) -> list[Row]:
    """The lines that were answered."""
    return [row for row in rows if row[2].answer]


def test_size_is_that_of_the_small_marketplace(rows: list[Row], rated: list[Row]) -> None:
    assert 2_300 <= len(rows) <= 3_200
    assert 1_600 <= len(rated) <= 2_200


def test_same_seed_gives_the_same_history(content: Content, history: History) -> None:
    assert draw_history(content).orders == history.orders


def test_share_of_yes(rated: list[Row]) -> None:
    assert 0.74 <= np.mean([line.answer.again for _, _, line in rated if line.answer]) <= 0.84


def test_every_written_review_found_its_buyer(content: Content, rated: list[Row]) -> None:
    written = [(order, line) for order, _, line in rated if line.answer and line.answer.review]
    assert len(written) == len(content.reviews)
    for order, line in written:
        assert line.answer is not None
        review = line.answer.review
        assert review is not None
        assert (review.by, review.product) == (order.handle, line.product)
        assert review.lot in ("", line.lot)
        assert (review.again, review.stars) == (line.answer.again, line.answer.stars)


def test_nobody_speaks_before_the_parcel_came(rated: list[Row]) -> None:
    for order, part, line in rated:
        assert part.dispatched_minutes_ago is not None
        assert part.delivered_minutes_ago is not None
        assert order.minutes_ago >= part.dispatched_minutes_ago > part.delivered_minutes_ago
        assert line.answer is not None
        assert 0 < line.answer.minutes_ago <= part.delivered_minutes_ago - 2 * DAY


def test_nobody_buys_before_joining_or_from_their_own_house(
    content: Content, history: History
) -> None:
    staff = {one.handle: house.slug for house in content.producers for one in house.staff}
    for order in history.orders:
        assert order.minutes_ago <= history.joined_days_ago[order.handle] * DAY
        assert staff.get(order.handle) not in [part.producer for part in order.parts]


def test_nobody_answers_the_same_product_and_lot_twice(rated: list[Row]) -> None:
    keys = Counter((order.handle, line.product, line.lot) for order, _, line in rated)
    assert max(keys.values()) == 1


def test_it_is_busy_this_morning(rated: list[Row], history: History) -> None:
    assert sum(order.minutes_ago <= 2 * DAY for order in history.orders) >= 12
    fresh = [line.answer for _, _, line in rated if line.answer and line.answer.review]
    assert sum(answer.minutes_ago <= 2 * DAY for answer in fresh) >= 8


def test_cleo_has_forty_answers_a_parcel_and_one_thing_to_rate(rows: list[Row]) -> None:
    own = [(part, line) for order, part, line in rows if order.handle == "cleo"]
    assert sum(line.answer is not None for _, line in own) == 40
    silent = {line.product: part for part, line in own if line.answer is None}
    assert silent["riesling-sekt-brut"].dispatched_minutes_ago
    assert silent["riesling-sekt-brut"].delivered_minutes_ago is None
    assert silent["senf-honig-dill"].delivered_minutes_ago


def test_cleo_shares_six_answers_with_many(rated: list[Row]) -> None:
    by_person = defaultdict(set)
    for order, _, line in rated:
        by_person[order.handle].add(line.product)
    cleo = by_person.pop("cleo")
    assert sum(len(cleo & other) >= 6 for other in by_person.values()) >= 40


def test_some_products_are_loved_some_weak_some_unknown(rated: list[Row]) -> None:
    asked = Counter(line.product for _, _, line in rated)
    said_yes = Counter(line.product for _, _, line in rated if line.answer and line.answer.again)
    share = {slug: said_yes[slug] / count for slug, count in asked.items()}
    assert sum(asked[slug] >= 8 and share[slug] > 0.9 for slug in asked) >= 8
    assert sum(asked[slug] >= 10 and share[slug] < 0.55 for slug in asked) >= 1
    assert 3 <= 100 - sum(count >= 5 for count in asked.values()) <= 16


def test_every_fate_of_a_line_occurs(rows: list[Row]) -> None:
    fates = Counter(line.fate for _, _, line in rows)
    assert min(fates["withdrawn"], fates["cancelled"]) >= 5
    assert any(part.dispatched_minutes_ago is None for _, part, _ in rows)


def _auc(score: np.ndarray, said_yes: np.ndarray) -> float:
    """How often a yes is ranked above a no, 0..1."""
    ranks, yes = rankdata(score), said_yes.sum()
    return (ranks[said_yes].sum() - yes * (yes + 1) / 2) / (yes * (len(ranks) - yes))


def _peers_and_means(
    lines: np.ndarray, said_yes: np.ndarray, shape: tuple[int, int], seed: int
) -> tuple[float, float]:
    """AUC on a held-out fifth: product means, and the same corrected by likeminded people."""
    hidden = np.random.default_rng(seed).random(len(lines)) < 0.2
    answer = np.full(shape, np.nan)
    answer[lines[~hidden, 0], lines[~hidden, 1]] = said_yes[~hidden]
    known = ~np.isnan(answer)
    mean = (10 * np.nanmean(answer) + np.nansum(answer, 0)) / (10 + known.sum(0))
    surprise = np.where(known, answer - mean, 0)
    size = np.sqrt(surprise**2 @ known.T.astype(float))
    common = known.astype(float) @ known.T.astype(float)
    like = np.clip(surprise @ surprise.T / (size * size.T + 1e-9), 0, 1)
    like = (like * np.minimum(common, 10) / 10) ** 2 * 4
    np.fill_diagonal(like, 0)
    peers = mean + (like @ surprise) / (like @ known + 2)
    held = lines[hidden]
    return (
        _auc(mean[held[:, 1]], said_yes[hidden]),
        _auc(peers[held[:, 0], held[:, 1]], said_yes[hidden]),
    )


def test_likeminded_people_know_more_than_the_mean(
    content: Content, history: History, rated: list[Row]
) -> None:
    row = {handle: number for number, handle in enumerate(history.members)}
    column = {product.slug: number for number, product in enumerate(content.products)}
    lines = np.array([(row[order.handle], column[line.product]) for order, _, line in rated])
    said_yes = np.array([line.answer.again for _, _, line in rated if line.answer])
    shape = (len(row), len(column))
    tries = [_peers_and_means(lines, said_yes, shape, seed) for seed in range(8)]
    means, peers = np.mean(tries, axis=0)
    assert peers - means >= 0.03


def test_chance_of_a_yes_is_the_logistic_of_liking() -> None:
    """logistic(0) = 0.5; logistic(ln 3) = 3/4."""
    assert yes_chance(np.array([0.0, np.log(3)])).tolist() == pytest.approx([0.5, 0.75])


def test_lines_hold_no_pair_twice_and_keep_the_most() -> None:
    rng = np.random.default_rng(3)
    taste = draw_taste(rng, 40, 30)
    lines = draw_lines(rng, taste, np.arange(30) % 4, mean=9, most=12)
    assert len({tuple(line) for line in lines.tolist()}) == len(lines)
    assert np.bincount(lines[:, 0]).max() <= 12


def test_stars_and_delight_follow_the_answer() -> None:
    answers = draw_answers(np.random.default_rng(5), np.linspace(-3, 4, 4000))
    assert answers.stars[answers.again].min() == 4
    assert answers.stars[~answers.again].max() == 3
    assert answers.delight[answers.again].min() >= 1
    assert 0.69 <= answers.given[answers.again].mean() <= 0.75


def test_ties_hold_no_one_to_themselves_and_keep_written_counts(
    content: Content, history: History
) -> None:
    ties = draw_ties(content, history, 1)
    assert all(one != other for one, other in ties.follows)
    assert set(ties.trusts) <= set(ties.follows)
    assert {other for one, other in ties.trusts if one == "cleo"} == {
        "lena-w",
        "yuki-m",
        "theo-und-kaffee",
    }
    for bundle in content.bundles:
        votes = Counter(value for slug, _, value in ties.bundle_votes if slug == bundle.slug)
        assert (votes[1], votes[-1]) == (bundle.up, bundle.down)
        assert (bundle.slug, bundle.by, 1) not in ties.bundle_votes

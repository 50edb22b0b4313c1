"""Puts lines into orders, sends the parcels, and lets people answer, in the right order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from marketplace.demo.content.kinds import Content, Producer, Product, Review, Variant
from marketplace.demo.history.buyers import RATES_MUCH, Wish, buyers, draw_wishes
from marketplace.demo.history.calendar import (
    DAY,
    SPAN_DAYS,
    answer_minutes_ago,
    at_a_human_hour,
    lot_on_sale,
    lot_window,
    order_minutes_ago,
    parcel,
)
from marketplace.demo.history.kinds import AnswerPlan, History, LinePlan, OrderPlan, PartPlan
from marketplace.demo.latent import Answers, draw_answers

SEED: Final = 20260921
FEELINGS: Final = ("disappointed", "okay", "delighted")
LINES_PER_ORDER: Final = 2.3
ORDERS_OF_TWO_DAYS: Final = 14
FRESH_PURCHASE_DAYS: Final = (34.0, 45.0)
OLD_PURCHASE_DAYS: Final = 52.0
CANCELLED: Final = 0.008
WITHDRAWN: Final = 0.016
BOTTLES: Final = (1, 1, 2, 2, 3, 6)
PIECES: Final = (1, 1, 1, 1, 2)


@dataclass(slots=True)
class Draft:
    """An order being put together."""

    member: int
    minutes_ago: int
    wishes: list[Wish] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the drawing of parts and lines needs at hand."""

    rng: np.random.Generator
    content: Content
    houses: dict[str, Producer]
    answers: Answers
    index: dict[tuple[int, int], int]


def draw_history(content: Content, seed: int = SEED, minute_of_day: int = 12 * 60) -> History:
    """Everything that happened; the same content, seed and minute give the same history."""
    rng = np.random.default_rng(seed)
    members = buyers(content)
    taste, wishes = draw_wishes(rng, content, members)
    rows = np.array([(wish.member, wish.product) for wish in wishes])
    drawing = Drawing(
        rng,
        content,
        {product.slug: house for house in content.producers for product in house.products},
        draw_answers(rng, taste.liking[rows[:, 0], rows[:, 1]]),
        {(wish.member, wish.product): number for number, wish in enumerate(wishes)},
    )
    drafts = _drafts(drawing, members, wishes)
    for draft in drafts:
        draft.minutes_ago = at_a_human_hour(rng, draft.minutes_ago, minute_of_day)
    _busy_two_days(rng, drafts, members)
    orders = [_order(drawing, draft, members[draft.member]) for draft in drafts]
    orders.sort(key=lambda order: (-order.minutes_ago, order.handle))
    return History(members, taste, tuple(orders), _joined(rng, content, members, orders))


def _drafts(drawing: Drawing, members: tuple[str, ...], wishes: list[Wish]) -> list[Draft]:
    """Lines put into orders: those with words at a fitting age, the others freely."""
    drafts: list[Draft] = []
    loose: dict[int, list[Wish]] = defaultdict(list)
    for wish in wishes:
        if wish.review is None and wish.rates is None:
            loose[wish.member].append(wish)
        else:
            minutes = _age_for(drawing, members, wish)
            drafts.append(Draft(wish.member, minutes, [wish]))
    for member, own in sorted(loose.items()):
        drawing.rng.shuffle(own)
        while own:
            count = 1 + int(drawing.rng.poisson(LINES_PER_ORDER - 1))
            oldest = _member_for_days(drawing.content, members[member])
            moment = order_minutes_ago(drawing.rng, oldest_days=oldest)
            drafts.append(Draft(member, moment, own[:count]))
            own = own[count:]
    return drafts


def _age_for(drawing: Drawing, members: tuple[str, ...], wish: Wish) -> int:
    """When a line was bought whose answer is known: in time for it, from its lot."""
    product = drawing.content.products[wish.product]
    busy = next(one for one in drawing.content.cast if one.handle == RATES_MUCH)
    if wish.rates is False:
        return 2 * DAY if product.slug == busy.parcel_under_way else 24 * DAY
    if wish.review and wish.review.days_ago is not None:
        low, high = FRESH_PURCHASE_DAYS
        return int(drawing.rng.uniform(low, high) * DAY)
    label = wish.review.lot if wish.review else ""
    newest, oldest = lot_window(product, label)
    oldest = min(max(oldest, 70), _member_for_days(drawing.content, members[wish.member]))
    return order_minutes_ago(drawing.rng, max(newest, OLD_PURCHASE_DAYS), oldest)


def _member_for_days(content: Content, handle: str) -> float:
    """How long somebody has been able to buy: the cast joined on a written day."""
    cast = {one.handle: one.joined_days_ago for one in content.cast}
    return min(cast.get(handle, SPAN_DAYS + 2) - 2, SPAN_DAYS)


def _busy_two_days(rng: np.random.Generator, drafts: list[Draft], members: tuple[str, ...]) -> None:
    """Changes: the youngest free orders move into the last 48 hours, one into the last hour."""
    free = [one for one in drafts if all(wish.rates is None for wish in one.wishes)]
    free = [one for one in free if members[one.member] != RATES_MUCH]
    for draft in sorted(free, key=lambda one: one.minutes_ago)[:ORDERS_OF_TWO_DAYS]:
        draft.minutes_ago = int(rng.integers(15, 2 * DAY - 60))


def _order(drawing: Drawing, draft: Draft, handle: str) -> OrderPlan:
    """An order with its parts, one per producer."""
    by_house: dict[str, list[Wish]] = defaultdict(list)
    for wish in draft.wishes:
        by_house[drawing.houses[drawing.content.products[wish.product].slug].slug].append(wish)
    parts = tuple(_part(drawing, draft, wishes) for _, wishes in sorted(by_house.items()))
    return OrderPlan(handle, draft.minutes_ago, parts)


def _part(drawing: Drawing, draft: Draft, wishes: list[Wish]) -> PartPlan:
    """What one producer sends: when it left, when it came, and its lines."""
    house = drawing.houses[drawing.content.products[wishes[0].product].slug]
    dispatched, delivered = parcel(drawing.rng, house, draft.minutes_ago)
    if any(wish.rates is False and draft.minutes_ago < 3 * DAY for wish in wishes):
        dispatched, delivered = DAY, -DAY
    lines = tuple(_line(drawing, draft, wish, delivered) for wish in wishes)
    return PartPlan(
        house.slug,
        dispatched if dispatched > 0 else None,
        delivered if delivered > 0 else None,
        lines,
    )


def _line(drawing: Drawing, draft: Draft, wish: Wish, delivered: int) -> LinePlan:
    """One line: which variant, how many, what became of it, and the answer."""
    rng, product = drawing.rng, drawing.content.products[wish.product]
    chance = float(rng.random()) if wish.rates is None else 1.0
    fate = (
        "cancelled"
        if chance < CANCELLED
        else "withdrawn"
        if chance < WITHDRAWN + CANCELLED
        else "kept"
    )
    if fate == "withdrawn" and delivered <= 0:
        fate = "kept"
    lot = (
        wish.review.lot
        if wish.review and wish.review.lot
        else lot_on_sale(product, draft.minutes_ago)
    )
    variant = _variant(rng, product)
    amounts = BOTTLES if variant.unit == "ml" and variant.amount <= 1000 else PIECES
    answer = _answer(drawing, wish, product, delivered) if fate != "cancelled" else None
    return LinePlan(product.slug, variant.sku, lot, int(rng.choice(amounts)), fate, answer)


def _variant(rng: np.random.Generator, product: Product) -> Variant:
    """Mostly the first variant, sometimes another."""
    count = len(product.variants)
    weight = np.array([2.0] + [1.0] * (count - 1))
    return product.variants[int(rng.choice(count, p=weight / weight.sum()))]


def _answer(drawing: Drawing, wish: Wish, product: Product, delivered: int) -> AnswerPlan | None:
    """The rating of a line, if it has been given by now."""
    number = drawing.index[(wish.member, wish.product)]
    answers = drawing.answers
    given = bool(answers.given[number]) if wish.rates is None else wish.rates
    minutes = _answered_at(drawing, wish.review, product, delivered)
    if not given or minutes <= 0 or delivered <= 0:
        return None
    if wish.review:
        said = wish.review
        return AnswerPlan(said.again, said.feel, said.stars, said.value, minutes, said)
    return AnswerPlan(
        bool(answers.again[number]),
        FEELINGS[int(answers.delight[number])],
        int(answers.stars[number]),
        bool(answers.value[number]),
        minutes,
    )


def _answered_at(drawing: Drawing, review: Review | None, product: Product, delivered: int) -> int:
    """When the answer came; words with a day of their own come on that day."""
    if review and review.days_ago is not None:
        low, high = review.days_ago * DAY, min((review.days_ago + 1) * DAY, 2 * DAY)
        return int(drawing.rng.integers(low + 25, high - 60))
    return answer_minutes_ago(drawing.rng, product, delivered)


def _joined(
    rng: np.random.Generator, content: Content, members: tuple[str, ...], orders: list[OrderPlan]
) -> dict[str, int]:
    """Days since everybody joined: before their first order, before all who speak."""
    first = {order.handle: order.minutes_ago // DAY for order in reversed(orders)}
    speakers = {one.handle for one in content.writers}
    joined = {}
    for handle in sorted(content.handles | set(members)):
        oldest = max(first.get(handle, 0), 700 if handle in speakers else 0)
        joined[handle] = oldest + 1 + int(rng.integers(0, 60))
    joined.update({one.handle: one.joined_days_ago for one in content.cast})
    for house in content.producers:
        for one in house.staff:
            if one.handle not in {member.handle for member in content.cast}:
                joined[one.handle] = house.opened_days_ago
    return joined

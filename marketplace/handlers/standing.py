"""What opens rights of speech, counted anew out of what people did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select

from marketplace.dialogue.models import Post, Thread
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.orders.models import Order, OrderLine, SellerOrder
from marketplace.people.actions import raise_levels
from marketplace.people.models import Helper, Standing
from marketplace.people.rules.levels import DAYS_SEEN
from marketplace.recommend.models import Recommendation, Thanks
from marketplace.reviews.models import HelpfulVote, Rating

KEPT = ("threads_read", "upheld_at", "sham_at", "below_since")
"""What no other table tells."""


def rebuild() -> int:
    """Count everybody's standing anew, and their levels by it; how many people.

    Changes standing, helpers, people; may announce LevelChanged.
    """
    today = clock.today()
    days, helped = _days(), _helped()
    counts = {"orders_delivered": _delivered(), "answers": _answers(), "ideas": _ideas()}
    kept = {row.person_id: row for row in db.session.scalars(select(Standing))}
    people = {*days, *helped, *kept, *(i for found in counts.values() for i in found)}
    rows = [{"person_id": i, "acts_total": len(days[i]), "acts_until": today,
             "acts_days": _bits(days[i], today), "helpers": len(helped[i]),
             **{name: found.get(i, 0) for name, found in counts.items()},
             **{name: getattr(kept[i], name) if i in kept else (0 if name == "threads_read"
                                                               else None) for name in KEPT}}
            for i in sorted(people)]
    db.session.execute(delete(Helper))
    db.session.execute(delete(Standing))
    if rows:
        db.session.execute(insert(Standing), rows)
    pairs = [{"person_id": i, "helper_id": other, "at": clock.now()}
             for i in sorted(helped) for other in sorted(helped[i])]
    if pairs:
        db.session.execute(insert(Helper), pairs)
    db.session.expire_all()
    last = 0
    while last := raise_levels(last, today):
        pass
    return len(rows)


def _bits(days: set[date], today: date) -> str:
    """The days of the last hundred as hexadecimal bits, the lowest is today."""
    ago = ((today - day).days for day in days)
    return f"{sum(1 << n for n in ago if 0 <= n < DAYS_SEEN):x}"


def _acts() -> Iterator[Any]:
    for who, at in ((Post.author_id, Post.at), (Rating.person_id, Rating.given_at),
                    (HelpfulVote.person_id, HelpfulVote.at), (Order.buyer_id, Order.placed_at),
                    (Recommendation.author_id, Recommendation.made_at)):
        yield from db.session.execute(select(who, at).where(who.is_not(None)))


def _days() -> dict[int, set[date]]:
    found: dict[int, set[date]] = defaultdict(set)
    for person_id, at in _acts():
        found[person_id].add(clock.in_zone(at).date())
    return found


def _helped() -> dict[int, set[int]]:
    """Who found whose words helpful, or said thanks."""
    found: dict[int, set[int]] = defaultdict(set)
    pairs: Any = (
        select(Rating.person_id, HelpfulVote.person_id)
        .join(HelpfulVote, HelpfulVote.rating_id == Rating.id).where(HelpfulVote.up),
        select(Recommendation.author_id, Thanks.person_id)
        .join(Thanks, Thanks.recommendation_id == Recommendation.id))
    for query in pairs:
        for author, helper in db.session.execute(query):
            if author is not None and author != helper:
                found[author].add(helper)
    return found


def _delivered() -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for (buyer,) in db.session.execute(
            select(Order.buyer_id).join(SellerOrder, SellerOrder.order_id == Order.id)
            .join(OrderLine, OrderLine.seller_order_id == SellerOrder.id)
            .where(OrderLine.delivered > 0, Order.buyer_id.is_not(None))):
        found[int(buyer or 0)] += 1
    return found


def _answers() -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for (author,) in db.session.execute(select(Post.author_id).where(
            Post.role == "bystander", Post.author_id.is_not(None))):
        found[int(author or 0)] += 1
    return found


def _ideas() -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for (author,) in db.session.execute(select(Thread.author_id).where(
            Thread.kind == "idea", Thread.outcome == "solved",
            Thread.author_id.is_not(None))):
        found[int(author or 0)] += 1
    return found

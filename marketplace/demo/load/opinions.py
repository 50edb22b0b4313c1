"""Phase "ratings": answers of buyers with their versions, replies, votes, invitations, signals."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256
from typing import Final

from marketplace.catalog.rules.vocabulary import CATEGORIES
from marketplace.demo.content.kinds import Review
from marketplace.demo.history import AnswerPlan, LinePlan, OrderPlan, PartPlan
from marketplace.demo.load.book import MINUTES_A_DAY, Book, Row
from marketplace.recommend.models import Signal, SignalClock
from marketplace.recommend.rules.signals import VALUES
from marketplace.reviews.models import (
    HelpfulVote,
    Invitation,
    Rating,
    RatingOccasion,
    RatingVersion,
    Reply,
    ReplyVersion,
)
from marketplace.reviews.rules.score import helpful_rank

OPINION_DAYS: Final = {one.slug: one.opinion_after_days for one in CATEGORIES}
Answered = tuple[OrderPlan, PartPlan, LinePlan, AnswerPlan]


def load_ratings(book: Book, lines: dict[tuple[str, str, str], Row]) -> None:
    """Write all answers. Changes nine tables."""
    answered = [
        (order, part, line, line.answer)
        for order in book.history.orders
        for part in order.parts
        for line in part.lines
        if line.answer
    ]
    answered.sort(key=lambda one: -one[3].minutes_ago)
    rows = [_rating(book, one, lines) for one in answered]
    book.insert(Rating, rows)
    book.insert(RatingVersion, [_version(book, row) for row in rows])
    written = [(row, one[3].review) for row, one in zip(rows, answered, strict=True)]
    spoken = [(row, review) for row, review in written if review]
    book.insert(RatingOccasion, [one for pair in spoken for one in _occasions(book, *pair)])
    book.insert(HelpfulVote, [one for pair in spoken for one in _votes(book, *pair)])
    replies = [_reply(book, row, review) for row, review in spoken if review.reply]
    book.insert(Reply, replies)
    book.insert(ReplyVersion, [_reply_version(book, reply) for reply in replies])
    _invitations(book, lines)
    _signals(book, rows)


def _rating(book: Book, one: Answered, lines: dict[tuple[str, str, str], Row]) -> Row:
    """The row of an answer; staff of a house of the same subject speak aside."""
    order, part, line, answer = one
    bought = lines[(order.handle, line.product, line.lot)]
    review, number = answer.review, book.next_id(Rating)
    rival = _is_rival(book, order.handle, part.producer)
    votes: tuple[tuple[str, bool], ...] = ()
    if review:
        votes = book.ties.helpful.get((review.product, review.by, review.lot), ())
        book.ratings[(review.product, review.by, review.lot)] = number
    return {
        "id": number,
        "code": book.secret(),
        "person_id": book.people[order.handle],
        "product_id": bought["product_id"],
        "producer_id": book.producers[part.producer],
        "category_id": book.categories[_category(book, line.product)],
        "lot_id": bought["lot_id"],
        "order_line_id": bought["id"],
        "again": answer.again,
        "delight": answer.feel,
        "stars": answer.stars,
        "value": answer.value,
        "lang": review.lang if review else "de",
        "standing": "aside" if rival else "counts",
        "aside_reason": "competitor" if rival else None,
        "relation": "competitor" if rival else None,
        "counted_at": None if rival else book.ago(answer.minutes_ago),
        "told_version": 1,
        "told_again": answer.again,
        "words": review.words if review else "",
        "helpful_up": sum(up for _, up in votes),
        "helpful_down": sum(not up for _, up in votes),
        "helpful_rank": helpful_rank(sum(up for _, up in votes), len(votes)),
        "given_at": book.ago(answer.minutes_ago),
    }


def _category(book: Book, product: str) -> str:
    return next(one.category for one in book.content.products if one.slug == product)


def _is_rival(book: Book, handle: str, producer: str) -> bool:
    """Whether somebody works for another house of the same subject."""
    subject = next(one.subject for one in book.content.producers if one.slug == producer)
    return any(
        house.subject == subject and house.slug != producer
        for house in book.content.producers
        for one in house.staff
        if one.handle == handle
    )


def _version(book: Book, row: Row) -> Row:
    """The first version of an answer with its fingerprint, as `reviews` makes it."""
    salt, at = book.draw.randbytes(16).hex(), row["given_at"]
    parts = [
        row["id"],
        1,
        row["again"],
        row["delight"],
        row["stars"],
        row["value"],
        "",
        row["words"],
        at.isoformat(),
        salt,
    ]
    return {
        "id": book.next_id(RatingVersion),
        "rating_id": row["id"],
        "n": 1,
        "again": row["again"],
        "delight": row["delight"],
        "stars": row["stars"],
        "value": row["value"],
        "words": row["words"],
        "cause": "first",
        "at": at,
        "salt": salt,
        "row_hash": sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest(),
    }


def _occasions(book: Book, row: Row, review: Review) -> list[Row]:
    return [
        {"rating_id": row["id"], "occasion_id": book.occasions[slug]} for slug in review.occasions
    ]


def _votes(book: Book, row: Row, review: Review) -> list[Row]:
    """Votes fall between the answer and now."""
    votes = book.ties.helpful.get((review.product, review.by, review.lot), ())
    age = (book.now - row["given_at"]).total_seconds() / 60
    return [
        {
            "rating_id": row["id"],
            "person_id": book.people[handle],
            "up": up,
            "at": book.ago(book.draw.uniform(1, max(age - 1, 2))),
        }
        for handle, up in votes
    ]


def _reply(book: Book, row: Row, review: Review) -> Row:
    """A reply, so many days after the answer but never in the future."""
    assert review.reply is not None
    after = review.reply.after_days * MINUTES_A_DAY + book.draw.randint(70, 500)
    age = (book.now - row["given_at"]).total_seconds() / 60
    house = next(
        one for one in book.content.producers if book.producers[one.slug] == row["producer_id"]
    )
    staff = next(one for one in house.staff if one.handle == review.reply.by)
    return {
        "id": book.next_id(Reply),
        "rating_id": row["id"],
        "producer_id": row["producer_id"],
        "person_id": book.people[review.reply.by],
        "shown_name": staff.shown_name,
        "state": "published",
        "words": review.reply.words,
        "lang": review.lang if house.lang == "de" else "en",
        "at": row["given_at"] + timedelta(minutes=min(after, max(age * 0.6, 1))),
        "version": 1,
    }


def _reply_version(book: Book, reply: Row) -> Row:
    return {
        "id": book.next_id(ReplyVersion),
        "reply_id": reply["id"],
        "n": 1,
        "words": reply["words"],
        "at": reply["at"],
    }


def _invitations(book: Book, lines: dict[tuple[str, str, str], Row]) -> None:
    """The one question per delivered line; asked when due, answered when answered."""
    rows = []
    for order in book.history.orders:
        for part in order.parts:
            for line in part.lines:
                bought = lines[(order.handle, line.product, line.lot)]
                if part.delivered_minutes_ago is None or not bought["delivered"]:
                    continue
                days = OPINION_DAYS[_category(book, line.product)]
                due = book.ago(part.delivered_minutes_ago) + timedelta(days=days)
                given = book.ago(line.answer.minutes_ago) if line.answer else None
                rows.append(
                    {
                        "id": book.next_id(Invitation),
                        "order_line_id": bought["id"],
                        "person_id": book.people[order.handle],
                        "product_id": bought["product_id"],
                        "due_at": due,
                        "asked_at": due if due <= book.now else None,
                        "answered_at": given,
                    }
                )
    book.insert(Invitation, rows)


def _signals(book: Book, ratings: list[Row]) -> None:
    """Evidence of taste from the newest answer of a person to a product; one stamp for all."""
    newest = {
        (row["person_id"], row["product_id"]): row for row in ratings if row["standing"] == "counts"
    }
    book.insert(
        Signal,
        [
            {
                "id": book.next_id(Signal),
                "person_id": person,
                "product_id": product,
                "value": VALUES["yes" if row["again"] else "no"],
                "again": row["again"],
                "source": "rating",
                "at": row["given_at"],
                "stamp": 1,
            }
            for (person, product), row in newest.items()
        ],
    )
    book.insert(SignalClock, [{"id": 1, "stamp": 1, "logged_after": 1}])

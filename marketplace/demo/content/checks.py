"""All checks of the content: what it points to, what it must say, lengths, sums, language."""

from __future__ import annotations

from collections.abc import Iterator

from marketplace.demo.content.faults import Fault
from marketplace.demo.content.kinds import Content
from marketplace.demo.content.language import language_faults, words_of
from marketplace.demo.content.pointers import pointer_faults
from marketplace.demo.content.products import product_faults
from marketplace.demo.content.texts import all_texts
from marketplace.demo.content.traders import trader_faults
from marketplace.recommend.rules.asking import LEAST_WISH, MOST_WISH

SHOUTS_PER_TEXT = 1 / 20
REVIEW_WORDS = (3, 90)


def faults_of(content: Content) -> list[Fault]:
    """Every fault of well-shaped content."""
    faults = [*pointer_faults(content), *_talk(content), *_reviews(content)]
    for producer in content.producers:
        faults += trader_faults(producer)
        faults += product_faults(producer)
    return faults + language_faults(all_texts(content))


def _reviews(content: Content) -> Iterator[Fault]:
    """Length, stars that fit the answer, few exclamation marks."""
    for review in content.reviews:
        place = f"{review.product} by {review.by}"
        if not REVIEW_WORDS[0] <= len(words_of(review.words)) <= REVIEW_WORDS[1]:
            yield Fault("reviews", place, "is shorter than 3 or longer than 90 words")
        if review.again is (review.stars <= 3):
            yield Fault("reviews", place, f"says {review.again} with {review.stars} stars")
        if review.again and review.feel == "disappointed":
            yield Fault("reviews", place, "buys again though disappointed")
    shouting = sum("!" in review.words for review in content.reviews)
    if shouting > len(content.reviews) * SHOUTS_PER_TEXT:
        yield Fault("reviews", "all", f"{shouting} texts with an exclamation mark")


def _talk(content: Content) -> Iterator[Fault]:
    """Nobody speaks before their topic, in the future, or too long."""
    for group in content.groups:
        file = f"groups/{group.slug}.toml"
        if len(group.purpose) > 280:
            yield Fault(file, "purpose", "is longer than 280 characters")
        for topic in group.topics:
            hours = [post.after_hours for post in topic.posts]
            if hours != sorted(hours) or hours[-1] > topic.days_ago * 24 + 8:
                yield Fault(file, f"topics[{topic.title}]", "hours go back or into the future")
            if topic.posts[0].by != topic.by:
                yield Fault(file, f"topics[{topic.title}]", "is not begun by its author")
    for ask in content.asks:
        hours = [said.hours for said in ask.answers]
        if hours != sorted(hours) or (hours and hours[-1] > ask.days_ago * 24 + 8):
            yield Fault("asks.toml", ask.wish, "answers go back or into the future")
        if not LEAST_WISH <= len(ask.wish) <= MOST_WISH or ask.by in {a.by for a in ask.answers}:
            yield Fault("asks.toml", ask.wish, "wish too short or long, or answered by its asker")
    for thread in content.threads:
        late = thread.answer and thread.answer.hours > thread.days_ago * 24 + 8
        if len(thread.title) > 120 or late:
            yield Fault("threads.toml", thread.title, "title too long, or answered in the future")

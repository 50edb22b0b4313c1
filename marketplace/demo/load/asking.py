"""Asks for advice with their answers, who agreed to be asked, and whom they were put to."""

from __future__ import annotations

import base64
import random
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import insert

from marketplace.demo.content.kinds import Ask as Written
from marketplace.demo.load.book import Book, Row
from marketplace.demo.load.community import had_in_hands
from marketplace.foundation.database import db
from marketplace.recommend.actions import new_routes
from marketplace.recommend.models import Ask, AskRoute, Choices, Recommendation
from marketplace.recommend.rules.asking import (
    DAYS,
    UNANSWERED_AFTER,
    audience_of_answer,
)
from marketplace.search.queries import vocabulary
from marketplace.search.rules.wishes import parse

SOME: Final = 2
"""One writer in so many agreed to be asked, and so did two of the cast."""
WILLING: Final = ("cleo", "gina")


def load_asks(book: Book) -> None:
    """Write asks, answers, routes and who may be asked. Changes four tables.

    Drawn apart, so that nothing else of the demo moves.
    """
    draw = random.Random(len(book.content.asks))
    _choices(book)
    for written in book.content.asks:
        book.asks[written.wish] = _ask(book, written, draw)
    book.insert(Ask, list(book.asks.values()))
    had = had_in_hands(book)
    answers = [_answer(book, written, place, draw, had) for written in book.content.asks
               for place in range(len(written.answers))]
    book.insert(Recommendation, answers)
    book.insert(AskRoute, [row for one in book.content.asks for row in _routes(book, one)])


def _choices(book: Book) -> None:
    writers = [one.handle for one in book.content.writers][::SOME]
    rows = [{"person_id": book.people[handle], "named": True, "order_by": "taste",
             "accepts": "followed", "asked": True} for handle in (*writers, *WILLING)]
    db.session.execute(insert(Choices), rows)


def _code(draw: random.Random) -> str:
    return base64.urlsafe_b64encode(draw.randbytes(12)).decode()


def _ask(book: Book, one: Written, draw: random.Random) -> Row:
    """The ask; without an answer it went to the request board after two days."""
    audience, _, group = one.to.partition(":")
    minutes = draw.randint(30, 400) + (max((a.hours for a in one.answers), default=0) * 60
                                       if one.days_ago == 0 else 0)
    made = book.ago(one.days_ago * 1440 + minutes)
    late = not one.answers and book.now - made >= UNANSWERED_AFTER and audience == "all"
    read = parse(one.wish, vocabulary(), made.date()).all_chips()
    return {
        "id": book.next_id(Ask), "code": _code(draw), "person_id": book.people[one.by],
        "wish": one.wish, "lang": one.lang,
        "chips": [asdict(chip) for chip in read if chip.kind != "word"],
        "subject_id": book.subjects[one.subject], "audience": audience,
        "group_id": book.groups.get(group), "until": (made + timedelta(days=DAYS)).date(),
        "state": "closed" if one.closed else "open", "made_at": made,
        "closed_at": book.now - timedelta(days=1) if one.closed else None,
        "board_at": made + UNANSWERED_AFTER if late else None,
        "board_code": _code(draw) if late else None,
    }


def _answer(book: Book, one: Written, place: int, draw: random.Random,
            had: set[tuple[str, str]]) -> Row:
    """A recommendation that names its ask."""
    ask, said = book.asks[one.wish], one.answers[place]
    audience = audience_of_answer(ask["audience"], said.words)
    at: datetime = ask["made_at"] + timedelta(hours=said.hours, minutes=draw.randint(0, 25))
    return {
        "id": book.next_id(Recommendation), "code": _code(draw),
        "author_id": book.people[said.by], "thing": "product",
        "thing_id": book.products[said.product], "audience": audience,
        "group_id": ask["group_id"] if audience == "group" else None,
        "person_id": ask["person_id"] if audience == "person" else None, "reason": said.words,
        "occasion_id": None, "lang": one.lang, "bought": (said.by, said.product) in had,
        "made_at": at, "ask_id": ask["id"],
        "helped_at": at + timedelta(hours=8) if said.helped else None,
    }


def _routes(book: Book, one: Written) -> list[Row]:
    """Who was asked, by the rule of the room, when the ask was made."""
    ask = book.asks[one.wish]
    return [{**row, "id": book.next_id(AskRoute), "at": ask["made_at"]}
            for row in new_routes(Ask(**ask))]

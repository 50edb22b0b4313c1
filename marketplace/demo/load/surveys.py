"""Phase "surveys": one short question after a parcel, asked and answered for some weeks."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Final

from sqlalchemy import func, select

from marketplace.catalog.models import Product
from marketplace.demo.load.book import Book
from marketplace.foundation.database import db
from marketplace.orders.models import Order, OrderLine, SellerOrder
from marketplace.touchpoints.models import (
    Survey,
    SurveyAnswer,
    SurveyAsk,
    SurveyCap,
    SurveyQuestion,
)
from marketplace.touchpoints.rules import LAPSES, wording

DAYS: Final = 28.0
MOST: Final = 48
MORE: Final = ("Was hat dich am meisten begeistert oder enttäuscht?",
               "What delighted or disappointed you most?")
WORDS: Final = (
    "Der Brief im Karton. Ich wusste, wer gepackt hat.",
    "Zwei Flaschen in einem viel zu großen Karton, aber heil.",
    "Kam einen Tag früher als versprochen.",
    "The note about the vintage. I read it twice.",
    "Das Brot war noch warm, ich schwöre.",
    "Drei Pakete für eine Bestellung, das könnte einer sammeln.",
    "Kein Plastik. Danke.",
)
ENDS: Final = ("answered", "answered", "answered", "answered", "expired", "answered", "declined",
               "answered", "answered", "never")
SCORES: Final = (3, 3, 2, 3, 2, 3, 2, 3, 2, 3, 3, 2)


def load_surveys(book: Book) -> None:
    """A survey of olga's with its asks and answers. Changes surveys, survey_questions, survey_asks,
    survey_caps, survey_answers.
    """
    survey, begin = book.next_id(Survey), book.days_ago(DAYS)
    book.insert(Survey, [{
        "id": survey, "act": "parcel", "kind": "three_level", "state": "running",
        "made_by": book.people["olga"], "made_at": begin, "counts_from": begin}])
    first = wording("three_level", "parcel")
    questions = [book.next_id(SurveyQuestion) for _one in range(2)]
    book.insert(SurveyQuestion, [
        {"id": number, "survey_id": survey, "pos": pos, "words_de": de, "words_en": en}
        for pos, (number, de, en) in enumerate(
            zip(questions, (first.de, MORE[0]), (first.en, MORE[1]), strict=True), start=1)])
    draw = Random("surveys")
    for n, (person, house) in enumerate(_buyers(book)):
        _ask(book, survey, questions, n, person, house, draw)


def _buyers(book: Book) -> list[tuple[int, int]]:
    """Members with goods in their hands and the house of the first; not those one signs in as."""
    shown = {book.people[who] for who in ("ana", "bert", "cleo", "dan", "gina", "max", "olga")}
    rows = db.session.execute(
        select(Order.buyer_id, func.min(Product.producer_id))
        .join(SellerOrder, SellerOrder.order_id == Order.id)
        .join(OrderLine, OrderLine.seller_order_id == SellerOrder.id)
        .join(Product, Product.id == OrderLine.product_id)
        .where(SellerOrder.state == "delivered", Order.buyer_id.is_not(None),
               Order.buyer_id.not_in(shown))
        .group_by(Order.buyer_id).order_by(Order.buyer_id).limit(MOST))
    return [(buyer, house) for buyer, house in rows if buyer is not None]


def _ask(book: Book, survey: int, questions: list[int], n: int, person: int, house: int,
         draw: Random) -> None:
    """One person asked; the ask is done within a day, or lapsed."""
    ask, at, end = book.next_id(SurveyAsk), book.days_ago(8 + n % 20), ENDS[n % len(ENDS)]
    done = None if end == "expired" else at + timedelta(hours=draw.randrange(1, 20))
    book.insert(SurveyAsk, [{
        "id": ask, "code": book.secret(), "survey_id": survey, "person_id": person,
        "producer_id": house, "offered_at": at, "until": at + LAPSES, "state": end,
        "done_at": done}])
    book.insert(SurveyCap, [{"person_id": person, "last_offered_at": at,
                             "never": end == "never"}])
    if end != "answered":
        return
    said: list[tuple[int, int | None, str]] = [(questions[0], SCORES[n % len(SCORES)], "")]
    if n % 3 == 0:
        said.append((questions[1], None, WORDS[n // 3 % len(WORDS)]))
    book.insert(SurveyAnswer, [
        {"id": book.next_id(SurveyAnswer), "survey_id": survey, "question_id": question,
         "ask_id": ask, "at": done, "score": score, "words": words}
        for question, score, words in said])

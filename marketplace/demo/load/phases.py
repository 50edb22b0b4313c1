"""Loading the demo: phases in order, one transaction each, then the rooms' own counting."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from sqlalchemy import func, select, text

from marketplace.bundles.actions import ensure_boards, keep_pairs
from marketplace.bundles.queries import pairs_to_change
from marketplace.catalog.actions import ensure_vocabulary
from marketplace.catalog.models import Category, Occasion
from marketplace.demo.content import checked_content
from marketplace.demo.history import draw_history, draw_ties
from marketplace.demo.history.happening import SEED
from marketplace.demo.load.asking import load_asks
from marketplace.demo.load.book import Book
from marketplace.demo.load.cases import load_cases
from marketplace.demo.load.community import (
    draw_collages,
    load_bundles,
    load_groups,
    load_recommendations,
)
from marketplace.demo.load.goods import load_goods, refresh_cards
from marketplace.demo.load.offers import load_offers
from marketplace.demo.load.opinions import load_ratings
from marketplace.demo.load.pairings import load_pairings
from marketplace.demo.load.panel import load_panel
from marketplace.demo.load.papers import make_papers
from marketplace.demo.load.people import PASSWORD, load_people
from marketplace.demo.load.pictures import store_pictures
from marketplace.demo.load.producers import load_producers
from marketplace.demo.load.surveys import load_surveys
from marketplace.demo.load.talk import load_words
from marketplace.demo.load.trade import load_orders
from marketplace.demo.load.village import load_village
from marketplace.demo.load.ways import load_ways
from marketplace.dialogue.jobs import figures as answer_figures
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Conflict
from marketplace.insights.jobs import nightly
from marketplace.notify.jobs.watching import all_names
from marketplace.orders.jobs import figures as dispatch_figures
from marketplace.people.actions.joining import hash_password
from marketplace.people.models import Person, Subject
from marketplace.producers.actions import recount_followers
from marketplace.recommend.actions import recount_outcomes
from marketplace.reviews.actions.rebuilding import rebuild_scores
from marketplace.search.jobs import rebuild

Tell = Callable[[str, int, float], None]
ZONE: Final = "Europe/Berlin"


def load_demo(now: datetime | None = None, seed: int = SEED, tell: Tell = lambda *_: None) -> Book:
    """Fill an empty marketplace; `tell` hears phase, rows and seconds of each phase.

    Raises ContentFaults before anything is written, Conflict where members exist already.
    Changes nearly every table; announces nothing.
    """
    book = _opened(now or clock.now(), seed, tell)
    _refuse_filled()
    book.password_hash = hash_password(PASSWORD)
    _timed(book, tell, "pictures", lambda: store_pictures(book))
    for name, phase in _phases(book):

        def whole(phase: Callable[[], object] = phase) -> None:
            with committing():
                phase()

        _timed(book, tell, name, whole)
    for name, night in (("figures", nightly), ("answers", answer_figures),
                        ("dispatch", dispatch_figures), ("names", all_names),
                        ("papers", make_papers),
                        ("collages", lambda: draw_collages(book))):
        _timed(book, tell, name, night)
    _timed(book, tell, "index", lambda: rebuild())
    return book


def _opened(now: datetime, seed: int, tell: Tell) -> Book:
    """Content read and checked, history drawn."""
    started = time.perf_counter()
    content = checked_content()
    local = clock.in_zone(now, ZONE)
    history = draw_history(content, seed, local.hour * 60 + local.minute)
    ties = draw_ties(content, history, seed)
    tell("content", len(content.products), time.perf_counter() - started)
    return Book(content, history, ties, now, random.Random(seed))


def _refuse_filled() -> None:
    """Stop where somebody lives already. Raises Conflict."""
    if db.session.scalar(select(func.count()).select_from(Person)):
        raise Conflict("This marketplace has members already; the demo wants an empty one.")


def _phases(book: Book) -> list[tuple[str, Callable[[], object]]]:
    """What is written, in the order in which rows may point to each other."""

    def trade() -> None:
        load_ratings(book, load_orders(book))

    def recommendations() -> None:
        load_recommendations(book)
        load_ways(book)
        load_asks(book)

    return [
        ("vocabulary", lambda: _vocabulary(book)),
        ("people", lambda: load_people(book)),
        ("producers", lambda: load_producers(book)),
        ("goods", lambda: load_goods(book)),
        ("groups", lambda: load_groups(book)),
        ("orders and ratings", trade),
        ("bundles", lambda: load_bundles(book)),
        ("recommendations", recommendations),
        ("pairings", lambda: load_pairings(book)),
        ("words", lambda: load_words(book)),
        ("cases", lambda: load_cases(book)),
        ("offers", lambda: load_offers(book)),
        ("village", lambda: load_village(book)),
        ("surveys", lambda: load_surveys(book)),
        ("panel", lambda: load_panel(book)),
        ("counters", lambda: _count_anew(book)),
    ]


def _vocabulary(book: Book) -> None:
    """The shipped lists, and their ids by slug."""
    ensure_vocabulary()
    ensure_boards()
    for table, ids in (
        (Category, book.categories),
        (Subject, book.subjects),
        (Occasion, book.occasions),
    ):
        ids.update({row.slug: row.id for row in db.session.execute(select(table.slug, table.id))})


def _count_anew(book: Book) -> None:
    """Counters, cards and scores by the rooms' own functions; nothing is counted here."""
    refresh_cards(book)
    recount_followers()
    rebuild_scores()
    recount_outcomes()
    keep_pairs(pairs_to_change())
    _move_sequences(book)


def _move_sequences(book: Book) -> None:
    """Let PostgreSQL continue after the ids given here; SQLite does so by itself."""
    if db.session.get_bind().dialect.name == "sqlite":
        return
    for table, last in sorted(book.last_id.items()):
        move = text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last)")
        db.session.execute(move, {"table": table, "last": last})


def _timed(book: Book, tell: Tell, name: str, act: Callable[[], object]) -> None:
    """Run a phase and tell how many rows it wrote and how long it took."""
    before, started = sum(book.written.values()), time.perf_counter()
    act()
    tell(name, sum(book.written.values()) - before, time.perf_counter() - started)

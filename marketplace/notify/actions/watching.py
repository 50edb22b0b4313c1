"""Houses watch for words: their name, their goods, and what they add; who says them is found."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.catalog.events import ProductChanged, ProductPublished, ProductWithdrawn
from marketplace.catalog.models import Product
from marketplace.dialogue.events import PostPublished
from marketplace.dialogue.models import Thread
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.foundation.jobs import enqueue
from marketplace.notify.actions.telling import tell
from marketplace.notify.models import WatchedWord, WordFind
from marketplace.notify.queries.watching import (
    Said,
    deaf_houses,
    names_of,
    said_in,
    watching_heads,
)
from marketplace.notify.rules.watching import (
    MOST_OWN,
    MOST_WORDS,
    head_of,
    key_of,
    stands_in,
    too_many,
)
from marketplace.producers.events import ProducerChanged, ProducerOpened, SellingBegan
from marketplace.producers.models import Producer
from marketplace.producers.queries import staff_of
from marketplace.producers.rules import may
from marketplace.reviews.events import RatingGiven

WORDS, FINDS_KEPT, A_BATCH = "words", timedelta(days=180), 500


def watch(producer_id: int, words: str) -> None:
    """Watch for more words; what is watched already is on again. Raises Invalid.

    Changes watched_words.
    """
    words = " ".join(words.split())
    if too_many(words):
        raise Invalid({"words": _("At most %(n)s words together.", n=MOST_WORDS)})
    key, head = key_of(words), head_of(words)
    if not head:
        raise Invalid({"words": _("A word of at least three letters that means something, "
                                  "please.")})
    known = db.session.scalar(select(WatchedWord).where(
        WatchedWord.producer_id == producer_id, WatchedWord.key == key[:120]))
    if known is not None:
        known.on = True
        db.session.flush()
        return
    own = db.session.scalar(select(func.count()).where(
        WatchedWord.producer_id == producer_id, WatchedWord.kind == "own")) or 0
    if own >= MOST_OWN:
        raise Invalid({"words": _("You watch for %(n)s words of your own. Take one out first.",
                                  n=MOST_OWN)})
    _put(producer_id, "own", words, key, head)


def _put(producer_id: int, kind: str, words: str, key: str, head: str) -> None:
    dialect = db.session.get_bind().dialect.name
    row = (sqlite if dialect == "sqlite" else postgresql).insert(WatchedWord).values(
        producer_id=producer_id, kind=kind, words=words[:80], key=key[:120], head=head[:60],
        on=True, at=clock.now())
    db.session.execute(row.on_conflict_do_nothing(index_elements=["producer_id", "key"]))


def turn(producer_id: int, word_id: int) -> None:
    """Stop watching for words, or start again: own ones go, names rest. Raises NotFound.

    Changes watched_words.
    """
    row = db.session.scalar(select(WatchedWord).where(
        WatchedWord.id == word_id, WatchedWord.producer_id == producer_id))
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    if row.kind == "own":
        db.session.delete(row)
    else:
        row.on = not row.on
    db.session.flush()


def keep_names(producer_id: int) -> None:
    """Watch for a house's name and its goods as they are called now; what rests goes on resting.

    Changes watched_words.
    """
    named = {key_of(words)[:120]: (kind, words) for kind, words in reversed(names_of(producer_id))
             if head_of(words) and not too_many(words)}
    db.session.execute(delete(WatchedWord).where(
        WatchedWord.producer_id == producer_id, WatchedWord.kind != "own",
        WatchedWord.key.not_in(list(named))))
    known = set(db.session.scalars(select(WatchedWord.key).where(
        WatchedWord.producer_id == producer_id)))
    for key, (kind, words) in named.items():
        if key not in known:
            _put(producer_id, kind, words, key, head_of(words))


def look_for_words(thing: str, thing_id: int) -> int:
    """Find who watches for what was said in a post or a review, and tell them; how many houses.

    Changes word_finds, notices, letters. Loads: 2 statements where nobody watches, else up to 4
    and those of telling.
    """
    said = said_in(thing, thing_id)
    if said is None:
        return 0
    stems = {one for text in said.texts for one in key_of(text).split()}
    houses: dict[int, WatchedWord] = {}
    for row in watching_heads(stems):
        if row.producer_id != said.to_house and any(
                stands_in(row.words, text) for text in said.texts):
            houses.setdefault(row.producer_id, row)
    deaf = deaf_houses(said.author_id, houses) if said.author_id and houses else frozenset()
    return sum(_found(row, thing, thing_id, said) for row in houses.values()
               if row.producer_id not in deaf)


def _found(row: WatchedWord, thing: str, thing_id: int, said: Said) -> bool:
    """Whether it is a new find; those of the house who answer are told of it."""
    dialect = db.session.get_bind().dialect.name
    made = (sqlite if dialect == "sqlite" else postgresql).insert(WordFind).values(
        producer_id=row.producer_id, words=row.words, thing=thing, thing_id=thing_id,
        at=clock.now())
    number = db.session.scalar(made.on_conflict_do_nothing(
        index_elements=["producer_id", "thing", "thing_id"]).returning(WordFind.id))
    if number is None:
        return False
    house = db.session.get_one(Producer, row.producer_id)
    for one in staff_of(house.id):
        if may(one.role, "answer"):
            tell(one.person_id, WORDS, f"words {house.id}", "words_found",
                 f"/studio/words?producer={house.slug}", by=said.author_id, name=house.name,
                 word=row.words)
    return True


def sweep_finds() -> int:
    """Finds go after 180 days; how many. Changes word_finds (one batch)."""
    ids = list(db.session.scalars(select(WordFind.id).where(
        WordFind.at < clock.now() - FINDS_KEPT).order_by(WordFind.id).limit(A_BATCH)))
    db.session.execute(delete(WordFind).where(WordFind.id.in_(ids)))
    return len(ids)


def post_said(event: PostPublished) -> None:
    """Look at a post that everybody may read, right after this change. Changes jobs."""
    thread = db.session.get_one(Thread, event.thread_id)
    if thread.visibility == "public":
        enqueue("notify.heard", f"post {event.post_id}", thing="post", thing_id=event.post_id)


def review_said(event: RatingGiven) -> None:
    """Look at the words of a review, right after this change. Changes jobs."""
    enqueue("notify.heard", f"rating {event.rating_id}", thing="rating", thing_id=event.rating_id)


def house_named(event: ProducerOpened | ProducerChanged | SellingBegan | ProductPublished) -> None:
    """A house or its goods have a name that is new. Changes jobs."""
    enqueue("notify.names", str(event.producer_id), producer_id=event.producer_id)


def goods_named(event: ProductChanged | ProductWithdrawn) -> None:
    """Goods have another name, or are gone. Changes jobs."""
    house = db.session.scalar(select(Product.producer_id).where(Product.id == event.product_id))
    if house is not None:
        enqueue("notify.names", str(house), producer_id=house)

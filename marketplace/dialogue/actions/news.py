"""What a producer tells: after it has listened, signed by a person, always answerable."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.catalog.models import Lot, Product
from marketplace.dialogue.actions.threads import begin_thread
from marketplace.dialogue.events import NewsTold, VoicesWait
from marketplace.dialogue.models import Thread
from marketplace.dialogue.queries import late_voices, lock_of
from marketplace.dialogue.queries.news import Late
from marketplace.dialogue.rules import MATTERS, MOST_TITLE, MOST_WORDS
from marketplace.foundation import clock
from marketplace.foundation.codes import secret_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid
from marketplace.foundation.events import announce
from marketplace.producers.actions import demand
from marketplace.producers.queries import Role
from marketplace.producers.rules.voices import Lock

TELLING = ("open", "selling", "paused")
"""States of a producer whose page is read."""


class Locked(Conflict):
    """Nothing of this matter may be told now; `lock` says why, `late` what is past its promise."""

    def __init__(self, sentence: str, lock: Lock, late: tuple[Late, ...]) -> None:
        super().__init__(sentence)
        self.lock, self.late = lock, late


@dataclass(frozen=True, slots=True)
class NewNews:
    """What a producer wants to tell, and about which of its goods, or one lot of them."""

    matter: str
    title: str
    words: str
    lang: str
    product_id: int | None = None
    lot_id: int | None = None


def tell_news(role: Role, person_id: int, new: NewNews) -> Thread:
    """Tell it to everybody, signed. Raises NotYours, Invalid, Locked, Conflict.

    Changes threads, posts, thread_people; announces ThreadOpened, PostPublished, NewsTold.
    """
    demand(role, "texts")
    _check(role, new)
    if role.state not in TELLING:
        raise Conflict(_("Your page is not public, so nobody would read it."))
    lock, late = lock_of(role.producer_id, new.matter)
    if lock.why:
        raise Locked(lock_words(lock), lock, tuple(late))
    now = clock.now()
    thread = Thread(
        code=secret_code(96), kind="news", matter=new.matter, title=new.title,
        author_id=person_id, lang=new.lang, visibility="public", state="answered",
        product_id=new.product_id, lot_id=new.lot_id, producer_id=role.producer_id, made_at=now,
        last_post_at=now, pinned=new.matter == "recall")
    begin_thread(thread, person_id, new.words, role)
    announce(NewsTold(thread.id, role.producer_id, new.matter, new.product_id, new.lot_id))
    return thread


def _check(role: Role, new: NewNews) -> None:
    faults = {}
    if new.matter not in MATTERS:
        faults["matter"] = _("Please choose what it is.")
    if not 3 <= len(new.title) <= MOST_TITLE:
        faults["title"] = _("3 to 120 characters.")
    if not 3 <= len(new.words) <= MOST_WORDS:
        faults["words"] = _("3 to 8,000 characters.")
    if new.matter == "recall" and new.product_id is None:
        faults["product"] = _("Which goods? Everybody who bought them is told.")
    if not _own(role, new):
        faults["product"] = _("Please choose one of your own goods.")
    if faults:
        raise Invalid(faults)


def _own(role: Role, new: NewNews) -> bool:
    """Whether the goods were ever on sale here, and the lot is one of theirs."""
    if new.product_id is None:
        return new.lot_id is None
    wanted = select(Product.id).where(
        Product.id == new.product_id, Product.producer_id == role.producer_id,
        Product.published_at.is_not(None))
    if new.lot_id is not None:
        wanted = wanted.join(Lot, Lot.product_id == Product.id).where(Lot.id == new.lot_id)
    return db.session.scalar(wanted) is not None


def lock_words(lock: Lock) -> str:
    """Why nothing of this matter may be told now, in a sentence; "" if it may."""
    if lock.why == "overdue":
        return _("News, offers and dates wait until everything past your promise is answered.")
    if lock.why == "offer":
        return _("One offer in seven days is enough. A correction or a story passes at any time.")
    return ""


def mail_voices(producer_id: int, waiting: int) -> None:
    """Those who chose it are told how much waits. Announces VoicesWait."""
    late = late_voices(producer_id, clock.now())
    announce(VoicesWait(producer_id, waiting, len(late)))

"""What visitors see of producers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import bindparam, exists, func, select

from marketplace.foundation.database import db, read
from marketplace.foundation.kept import kept
from marketplace.people.models import Subject
from marketplace.people.queries import portrait_url
from marketplace.producers.models import (
    Face,
    Producer,
    ProducerFollow,
    ProducerText,
    Trader,
)
from marketplace.producers.queries.staff import seller_facts

PUBLIC = ("open", "selling", "paused", "ended")


@dataclass(frozen=True, slots=True)
class FaceView:
    """A person of the producer with their words."""

    name: str
    role: str
    words: str
    picture_url: str


@dataclass(frozen=True, slots=True)
class ProducerCard:
    """A producer in a list or beside a product."""

    id: int
    slug: str
    name: str
    place: str
    region: str
    country: str
    subject: str
    subject_slug: str
    teaser: str
    trader: bool
    state: str
    follower_count: int
    palette: tuple[str, ...]
    header_url: str | None
    opened_on: date | None = None

    @property
    def url(self) -> str:
        """The public page."""
        return f"/producers/{self.slug}"


@dataclass(frozen=True, slots=True)
class ProducerPage:
    """Everything of this room on a producer's page."""

    card: ProducerCard
    faces: Sequence[FaceView]
    texts: Mapping[str, tuple[str, str]]
    trader: Trader | None
    paused_until: date | None
    paused_words: str
    opened_on: date | None
    follows: bool
    website: str | None
    press_contact: str = ""
    share_shown: bool = False
    arbitration: bool = False
    ended_on: date | None = None


def _card_columns(lang: str) -> tuple[object, ...]:
    teaser = Producer.teaser_de if lang == "de" else Producer.teaser_en
    other = Producer.teaser_en if lang == "de" else Producer.teaser_de
    subject = Subject.name_de if lang == "de" else Subject.name_en
    return (Producer.id, Producer.slug, Producer.name, Producer.place, Producer.region,
            Producer.country.label("land"), subject, Subject.slug,
            func.coalesce(func.nullif(teaser, ""), other),
            func.coalesce(Trader.is_trader, True), Producer.state, Producer.follower_count,
            Producer.palette, Producer.header_picture, Producer.opened_on.label("opened"))


def card_of(row: Any) -> ProducerCard:
    """A row of `selected` as a card."""
    header = f"/files/{row[13]}" if row[13] else None
    palette: Any = tuple(row[12] or ())
    return ProducerCard(
        row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], row[8], row[9], row[10],
        row[11], palette, header, row[14])


def selected(lang: str):  # type: ignore[no-untyped-def]
    """The statement of cards, to be narrowed."""
    return (select(*_card_columns(lang)).select_from(Producer)  # type: ignore[call-overload]
            .join(Subject, Subject.id == Producer.subject_id)
            .outerjoin(Trader, Trader.producer_id == Producer.id))


def cards(ids: Collection[int], lang: str) -> Mapping[int, ProducerCard]:
    """Producers by id. Loads: 1 statement for any number."""
    if not ids:
        return {}
    rows = db.session.execute(selected(lang).where(Producer.id.in_(list(ids))))
    return {row[0]: card_of(row) for row in rows}


def card_and_seller(producer_id: int, lang: str) -> tuple[ProducerCard, dict[str, object]]:
    """A producer, and what an order would copy of it as the seller. Loads: 1 statement."""
    row = read(_one(lang), id=producer_id)[0]
    card = card_of(row)
    return card, seller_facts(card.slug, card.name, row if row.producer_id else None)


@cache
def _one(lang: str) -> Any:
    return selected(lang).add_columns(Trader).where(Producer.id == bindparam("id"))


def names() -> Mapping[str, str]:
    """Public producers by name, slug to name, at most 200. Loads: 1 statement a minute."""
    return kept("producer names", lambda: dict(db.session.execute(
        select(Producer.slug, Producer.name)
        .where(Producer.state.in_(PUBLIC), Producer.opened_on.is_not(None))
        .order_by(Producer.name, Producer.id).limit(200)).all()))


def texts_of(producer_id: int, lang: str) -> Mapping[str, tuple[str, str]]:
    """Newest words by part as (words, language); the other language where one is missing."""
    rows = db.session.execute(
        select(ProducerText.part, ProducerText.lang, ProducerText.words)
        .where(ProducerText.producer_id == producer_id)
        .order_by(ProducerText.lang != lang, ProducerText.version.desc()))
    found: dict[str, tuple[str, str]] = {}
    for part, said_in, words in rows:
        found.setdefault(part, (words, said_in))
    return found


def producer_page(slug: str, lang: str, viewer_id: int | None) -> ProducerPage | None:
    """The page of a public producer. Loads: 5 statements, 4 for visitors."""
    row = db.session.execute(
        selected(lang).add_columns(Producer).where(Producer.slug == slug)).first()
    if row is None or row[10] not in PUBLIC or row[15].opened_on is None:
        return None
    who: Producer = row[15]
    faces = db.session.scalars(
        select(Face).where(Face.producer_id == who.id, Face.consent_at.is_not(None))
        .order_by(Face.id).limit(8)).all()
    german = lang == "de"
    return ProducerPage(
        card_of(row),
        [FaceView(f.name, (f.role_de if german else f.role_en) or f.role_de or f.role_en,
                  (f.words_de if german else f.words_en) or f.words_de or f.words_en,
                  portrait_url(f.picture_file, f.picture_seed)) for f in faces],
        texts_of(who.id, lang),
        db.session.get(Trader, who.id), who.paused_until, who.paused_words or "", who.opened_on,
        viewer_id is not None and _follows(viewer_id, who.id), who.website, who.press_contact,
        who.share_shown, who.arbitration, who.ended_on,
    )


def _follows(person_id: int, producer_id: int) -> bool:
    return bool(db.session.scalar(select(exists().where(
        ProducerFollow.person_id == person_id, ProducerFollow.producer_id == producer_id))))

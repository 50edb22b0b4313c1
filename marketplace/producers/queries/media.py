"""Photographs and films of a producer's place and work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from marketplace.foundation.database import db, read
from marketplace.producers.models import ProducerMedia

TYPES = {"mp4": "video/mp4", "webm": "video/webm"}


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph as pages draw it; `avif` and `webp` hold (width, address), smallest first."""

    alt: str
    width: int
    height: int
    tint: str
    url: str
    avif: tuple[tuple[int, str], ...]
    webp: tuple[tuple[int, str], ...]
    kind: str = "photo"


@dataclass(frozen=True, slots=True)
class FilmView:
    """A film as pages draw it: what it shows, its file, a still, its words and by what right."""

    title: str
    url: str
    type: str
    size_bytes: int
    still_url: str
    transcript: str
    lang: str
    licence: str
    credit: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Pictures and films of a producer, each in its order."""

    photos: Sequence[Photo]
    films: Sequence[FilmView]


def media_of(producer_id: int) -> Sequence[ProducerMedia]:
    """Everything a producer handed in, in its order; what was taken out last. Loads: 1 statement.
    """
    return db.session.scalars(
        select(ProducerMedia).where(ProducerMedia.producer_id == producer_id)
        .order_by(ProducerMedia.taken_out_at.is_not(None), ProducerMedia.position,
                  ProducerMedia.id).limit(60)).all()


def shown_media(producer_id: int, lang: str) -> Shown:
    """What is ready to be shown, in its order. Loads: 1 statement."""
    own = ProducerMedia
    rows = read(select(own.kind, own.alt_de, own.alt_en, own.width, own.height, own.tint,
                       own.renditions, own.file, own.size_bytes, own.transcript, own.lang,
                       own.licence, own.credit)
                .where(own.producer_id == producer_id, own.taken_out_at.is_(None))
                .order_by(own.position, own.id).limit(20))
    return Shown([_photo(row, lang) for row in rows if row.kind == "photo" and row.renditions],
                 [_film(row, lang) for row in rows if row.kind == "video"])


def _words(row: Any, lang: str) -> str:
    words: str = (row.alt_de if lang == "de" else row.alt_en) or row.alt_de or row.alt_en
    return words


def _sets(row: Any) -> dict[str, tuple[tuple[int, str], ...]]:
    return {kind: tuple((width, f"/files/{name}") for made, width, name in row.renditions
                        if made == kind) for kind in ("avif", "webp")}


def _photo(row: Any, lang: str) -> Photo:
    sets = _sets(row)
    return Photo(_words(row, lang), row.width, row.height, row.tint, sets["webp"][-1][1],
                 sets["avif"], sets["webp"])


def _film(row: Any, lang: str) -> FilmView:
    still = _sets(row)["webp"]
    return FilmView(
        _words(row, lang), f"/files/{row.file}", TYPES.get(row.file.rpartition(".")[2], ""),
        row.size_bytes, still[-1][1] if still else "", row.transcript or "", row.lang or lang,
        row.licence, row.credit)

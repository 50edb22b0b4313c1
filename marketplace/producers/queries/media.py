"""Photographs of a producer's place and work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from marketplace.foundation.database import db, read
from marketplace.producers.models import ProducerMedia


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


def media_of(producer_id: int) -> Sequence[ProducerMedia]:
    """Everything a producer handed in, in its order. Loads: 1 statement."""
    return db.session.scalars(
        select(ProducerMedia).where(ProducerMedia.producer_id == producer_id)
        .order_by(ProducerMedia.position, ProducerMedia.id).limit(20)).all()


def photos_of(producer_id: int, lang: str) -> Sequence[Photo]:
    """What is ready to be shown, in its order. Loads: 1 statement."""
    own = ProducerMedia
    rows = read(select(own.alt_de, own.alt_en, own.width, own.height, own.tint, own.renditions)
                .where(own.producer_id == producer_id, own.kind == "photo")
                .order_by(own.position, own.id).limit(12))
    return [_photo(row, lang) for row in rows if row.renditions]


def _photo(row: Any, lang: str) -> Photo:
    alt = (row.alt_de if lang == "de" else row.alt_en) or row.alt_de or row.alt_en
    sets = {kind: tuple((width, f"/files/{name}") for made, width, name in row.renditions
                        if made == kind) for kind in ("avif", "webp")}
    return Photo(alt, row.width, row.height, row.tint, sets["webp"][-1][1], sets["avif"],
                 sets["webp"])

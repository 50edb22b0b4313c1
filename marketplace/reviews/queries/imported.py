"""Ratings from elsewhere: apart from every score, with their source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from marketplace.foundation.database import read
from marketplace.reviews.models import ImportedRating

SHOWN = 10


@dataclass(frozen=True, slots=True)
class ImportedWords:
    """What somebody said elsewhere: value 0..1 of a scale, words, whether they still show."""

    code: str
    source: str
    value: float
    scale: str
    words: str
    words_standing: str
    words_reason: str | None
    at: datetime


def imported_words(product_id: int) -> Sequence[ImportedWords]:
    """The newest ten with words, whatever became of the words. Loads: 1 statement."""
    return [ImportedWords(*row) for row in read(_words(), id=product_id)]


@cache
def _words() -> Any:
    own = ImportedRating
    return (select(own.code, own.source, own.value, own.scale, own.words, own.words_standing,
                   own.words_reason, own.at)
            .where(own.product_id == bindparam("id"), own.code.is_not(None),
                   or_(own.words != "", own.words_standing == "hidden"))
            .order_by(own.at.desc(), own.id.desc()).limit(SHOWN))


@cache
def _imported() -> Any:
    return (select(func.count(), func.avg(ImportedRating.value), func.min(ImportedRating.source))
            .where(ImportedRating.product_id == bindparam("id")))


def imported_count(product_id: int) -> tuple[int, float, str] | None:
    """Imported ratings: number, mean value 0..1, source; None without. Loads: 1 statement."""
    row = read(_imported(), id=product_id)[0]
    return (row[0], float(row[1]), row[2]) if row[0] else None

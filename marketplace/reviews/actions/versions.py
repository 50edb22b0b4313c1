"""Versions of answers: written once, with a fingerprint; emptied where the law demands it."""

from __future__ import annotations

import json
import secrets
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import update

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.reviews.models import Rating, RatingVersion


def version_hash(row: Rating, at: str, salt: str) -> str:
    """The fingerprint of a version, so that silent changes show."""
    parts = [row.id, row.version, row.again, row.delight, row.stars, row.value, row.title,
             row.words, at, salt]
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def keep_version(row: Rating, cause: str) -> None:
    """Append what an answer says now. Changes rating_versions."""
    now, salt = clock.now(), secrets.token_hex(16)
    db.session.connection().execute(_insert(), {
        "rating_id": row.id, "n": row.version, "again": row.again, "delight": row.delight,
        "stars": row.stars, "value": row.value, "title": row.title, "words": row.words, "at": now,
        "salt": salt, "cause": cause, "row_hash": version_hash(row, now.isoformat(), salt)})


@cache
def _insert() -> Any:
    return db.insert(RatingVersion.__table__)


def erase_versions(rating_ids: list[int]) -> None:
    """Empty the words and salt of all versions; the fingerprint stays. Changes rating_versions."""
    db.session.execute(
        update(RatingVersion).where(RatingVersion.rating_id.in_(rating_ids))
        .values(title="", words="", salt="").execution_options(synchronize_session=False))

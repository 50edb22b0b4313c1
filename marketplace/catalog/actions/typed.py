"""What was typed when a login had ended: kept for a day behind a link that nobody can guess."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256

from sqlalchemy import delete, func, select

from marketplace.catalog.models import TypedForm
from marketplace.foundation import clock
from marketplace.foundation.database import db

KEPT_FOR = timedelta(days=1)
MOST_BYTES, MOST_ROWS = 60_000, 5_000


def _hash(key: str) -> str:
    return sha256(key.encode()).hexdigest()


def keep_typed(path: str, body: Mapping[str, str]) -> str:
    """Keep a form; the key to find it by, "" for nothing or too much. Changes typed_forms."""
    said = {name: text for name, text in body.items() if text.strip()}
    rows = db.session.scalar(select(func.count()).select_from(TypedForm)) or 0
    size = sum(len(name) + len(text) for name, text in said.items())
    if not said or size > MOST_BYTES or rows >= MOST_ROWS:
        return ""
    key = secrets.token_urlsafe(24)
    db.session.add(TypedForm(hash=_hash(key), path=path[:200], body=dict(said), at=clock.now()))
    db.session.flush()
    return key


def typed_again(key: str, path: str) -> dict[str, str]:
    """What was kept behind a key for this page; nothing otherwise. Loads: 1 statement if asked."""
    if not key:
        return {}
    row = db.session.scalar(select(TypedForm).where(
        TypedForm.hash == _hash(key), TypedForm.path == path,
        TypedForm.at > clock.now() - KEPT_FOR))
    return {str(name): str(text) for name, text in row.body.items()} if row else {}


def forget_typed() -> None:
    """Drop what is older than a day. Changes typed_forms."""
    db.session.execute(delete(TypedForm).where(TypedForm.at <= clock.now() - KEPT_FOR))

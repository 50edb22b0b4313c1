"""The operator's one free paragraph in each letter."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.notify.models import OwnText


def own_text(template: str, lang: str) -> OwnText | None:
    """The newest own paragraph of a letter in a language; None where it was never written or was
    taken out again. Loads: 1 statement.
    """
    row = db.session.scalar(
        select(OwnText).where(OwnText.template == template, OwnText.lang == lang)
        .order_by(OwnText.version.desc()).limit(1))
    return row if row is not None and row.words else None

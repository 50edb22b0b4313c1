"""Tables of `storefront`: the words of the legal and help pages, by language and date."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import Key, Model


class Page(Model):
    """A version of a page of words; append-only."""

    __tablename__ = "pages"
    __table_args__ = (UniqueConstraint("slug", "lang", "valid_from"),)

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(40))
    lang: Mapped[str] = mapped_column(String(2))
    title: Mapped[str] = mapped_column(String(120))
    words: Mapped[str] = mapped_column(Text)
    valid_from: Mapped[datetime]

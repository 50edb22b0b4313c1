"""Categories and occasions; small, so they are kept in the process for a minute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from marketplace.catalog.models import Category, Occasion
from marketplace.foundation.database import db
from marketplace.foundation.kept import kept


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category with its place in the tree."""

    id: int
    slug: str
    de: str
    en: str
    parent_id: int | None
    main_id: int
    subject_id: int
    template: str
    age_class: int
    opinion_after_days: int
    rebuy: bool

    def name(self, lang: str) -> str:
        """The name in a language."""
        return self.de if lang == "de" else self.en

    @property
    def url(self) -> str:
        """The page of the shelf."""
        return f"/categories/{self.slug}"


@dataclass(frozen=True, slots=True)
class OccasionView:
    """What one needs something for."""

    id: int
    slug: str
    de: str
    en: str
    words_de: tuple[str, ...]
    words_en: tuple[str, ...]

    def name(self, lang: str) -> str:
        """The name in a language."""
        return self.de if lang == "de" else self.en


def shelves() -> Mapping[int, Shelf]:
    """All active categories by id, in order. Loads: 1 statement a minute."""
    return kept("categories", _load_shelves)


def _load_shelves() -> Mapping[int, Shelf]:
    rows = db.session.scalars(
        select(Category).where(Category.active).order_by(Category.position, Category.id)).all()
    parents = {row.id: row.parent_id for row in rows}

    def main(number: int) -> int:
        parent = parents.get(number)
        return number if parent is None else main(parent)

    return {c.id: Shelf(c.id, c.slug, c.name_de, c.name_en, c.parent_id, main(c.id), c.subject_id,
                        c.template, c.age_class, c.opinion_after_days, c.rebuy) for c in rows}


def category_by_slug(slug: str) -> Shelf | None:
    """A category by its address part."""
    return next((shelf for shelf in shelves().values() if shelf.slug == slug), None)


def shelf_path(category_id: int) -> Sequence[Shelf]:
    """The category and those above it, top first."""
    path: list[Shelf] = []
    at: int | None = category_id
    while at is not None and at in shelves():
        path.insert(0, shelves()[at])
        at = shelves()[at].parent_id
    return path


def occasions() -> Mapping[int | None, OccasionView]:
    """All occasions by id, in order. Loads: 1 statement a minute."""
    return kept("occasions", _load_occasions)


def _load_occasions() -> Mapping[int | None, OccasionView]:
    rows = db.session.scalars(select(Occasion).order_by(Occasion.position, Occasion.id))
    return {o.id: OccasionView(o.id, o.slug, o.name_de, o.name_en, tuple(o.words_de),
                               tuple(o.words_en)) for o in rows}


def occasion_words() -> Mapping[str, tuple[str, ...]]:
    """Occasion slug -> all words that mean it, both languages."""
    return {o.slug: (o.de, o.en, *o.words_de, *o.words_en) for o in occasions().values()}

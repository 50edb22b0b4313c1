"""Opening, closing and changing shelves and occasions; for those who run the market."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from marketplace.catalog.events import ProductsImported
from marketplace.catalog.models import Category, Occasion, Product
from marketplace.catalog.rules.codes import slug_of
from marketplace.catalog.rules.templates import TEMPLATES
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.foundation.events import OperatorActed, announce
from marketplace.foundation.kept import forget

TAXES = ("standard", "reduced")
AGES = (0, 16, 18)
DEEPEST = 3


@dataclass(frozen=True, slots=True)
class ShelfWords:
    """A shelf as an operator typed it."""

    de: str
    en: str
    template: str
    tax_category: str
    age_class: int
    opinion_after_days: int
    active: bool


def check_shelf(new: ShelfWords) -> None:
    """Raises Invalid naming every field that cannot be so."""
    faults = {}
    for name, text in (("de", new.de), ("en", new.en)):
        if not 1 <= len(text.strip()) <= 80:
            faults[name] = _("A name of 1 to 80 signs.")
    if new.template and new.template not in TEMPLATES:
        faults["template"] = _("Please choose one of the list.")
    if new.active and not new.template:
        faults["template"] = _("Without a template nobody knows what must be said of the goods; "
                               "such a shelf stays closed.")
    if new.tax_category not in TAXES:
        faults["tax_category"] = _("Please choose one of the list.")
    if new.age_class not in AGES:
        faults["age_class"] = _("Please choose one of the list.")
    if not 1 <= new.opinion_after_days <= 365:
        faults["opinion_after_days"] = _("A whole number from 1 to 365.")
    if faults:
        raise Invalid(faults)


def change_shelf(shelf_id: int, new: ShelfWords, person_id: int) -> None:
    """Change a shelf; its goods follow in age and tax. Raises Invalid, NotFound.

    Changes categories, products; announces OperatorActed, ProductsImported.
    """
    check_shelf(new)
    row = db.session.get(Category, shelf_id, populate_existing=True)
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    if not new.active and row.active and db.session.scalar(select(func.count()).where(
            Product.category_id == shelf_id, Product.state == "published")):
        raise Invalid({"active": _("Goods on sale stand here; they must leave the shelf first.")})
    row.name_de, row.name_en = new.de.strip(), new.en.strip()
    row.template, row.tax_category = new.template, new.tax_category
    row.age_class, row.opinion_after_days = new.age_class, new.opinion_after_days
    row.active = new.active
    hit = db.session.execute(
        update(Product).where(Product.category_id == shelf_id)
        .values(age_class=new.age_class, tax_category=new.tax_category,
                last_change_at=clock.now()).execution_options(synchronize_session=False))
    db.session.flush()
    _changed(person_id, "shelf changed", row.id, row.slug,
             hit.rowcount)  # type: ignore[attr-defined]


def open_shelf(parent_id: int | None, new: ShelfWords, person_id: int) -> str:
    """A new shelf below another one; its address. Raises Invalid. Changes categories."""
    check_shelf(new)
    parent = db.session.get(Category, parent_id) if parent_id is not None else None
    if parent is None or _depth(parent) >= DEEPEST:
        raise Invalid({"parent": _("Please choose a shelf that is not too deep already.")})
    slug = slug_of(new.en, 60) or slug_of(new.de, 60)
    if not slug or db.session.scalar(select(Category.id).where(Category.slug == slug)):
        raise Invalid({"en": _("There is a shelf of this name already.")})
    last = db.session.scalar(select(func.max(Category.position))) or 0
    row = Category(slug=slug, parent_id=parent.id, name_de=new.de.strip(), name_en=new.en.strip(),
                   subject_id=parent.subject_id, template=new.template,
                   tax_category=new.tax_category, age_class=new.age_class,
                   opinion_after_days=new.opinion_after_days, rebuy=parent.rebuy,
                   position=last + 1, active=new.active)
    db.session.add(row)
    db.session.flush()
    _changed(person_id, "shelf opened", row.id, slug, 0)
    return slug


def _depth(row: Category) -> int:
    depth, at = 1, row.parent_id
    while at is not None:
        depth += 1
        at = db.session.scalar(select(Category.parent_id).where(Category.id == at))
    return depth


def change_occasion(slug: str, names: tuple[str, str],
                    words: tuple[Sequence[str], Sequence[str]], person_id: int) -> None:
    """Names and words of an occasion, German first. Raises Invalid, NotFound. Changes occasions."""
    row = db.session.scalar(select(Occasion).where(Occasion.slug == slug))
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    if not all(1 <= len(name.strip()) <= 60 for name in names):
        raise Invalid({slug: _("A name of 1 to 60 signs in both languages.")})
    if any(len(word) > 40 for part in words for word in part) or any(
            len(part) > 60 for part in words):
        raise Invalid({slug: _("At most sixty words of at most 40 signs.")})
    row.name_de, row.name_en = (name.strip() for name in names)
    row.words_de, row.words_en = (
        list(dict.fromkeys(word.strip().lower() for word in part if word.strip()))
        for part in words)
    db.session.flush()
    _changed(person_id, "occasion changed", row.id, slug, 0)


def _changed(person_id: int, what: str, number: int, slug: str, hit: int) -> None:
    announce(OperatorActed(person_id, what, "category", number, slug))
    announce(ProductsImported(hit))
    forget()

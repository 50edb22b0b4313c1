"""Puts the shipped subjects, categories and occasions into an empty marketplace."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.catalog.models import Category, Occasion
from marketplace.catalog.rules.vocabulary import CATEGORIES, OCCASIONS, SUBJECTS
from marketplace.foundation.database import db
from marketplace.foundation.kept import forget
from marketplace.people.actions import ensure_subjects
from marketplace.people.models import Subject

TAX = {"food": "reduced", "coffee_tea": "reduced"}
NOT_REBOUGHT = {"fashion", "shoes_leather", "tableware", "crafts"}


def ensure_vocabulary() -> None:
    """Add what is missing; what operators changed stays. Changes three tables."""
    ensure_subjects((s.slug, s.de, s.en) for s in SUBJECTS)
    _categories()
    _occasions()
    db.session.flush()
    forget()


def _categories() -> None:
    present = {row.slug: row.id for row in db.session.execute(select(Category.slug, Category.id))}
    subjects = {row.slug: row.id for row in db.session.execute(select(Subject.slug, Subject.id))}
    for position, shipped in enumerate(CATEGORIES):
        if shipped.slug in present:
            continue
        row = Category(
            slug=shipped.slug, parent_id=present.get(shipped.parent or ""), name_de=shipped.de,
            name_en=shipped.en, subject_id=subjects[shipped.subject], template=shipped.template,
            tax_category=TAX.get(shipped.template, "standard"), age_class=shipped.age_class,
            opinion_after_days=shipped.opinion_after_days, position=position,
            rebuy=shipped.template not in NOT_REBOUGHT,
        )
        db.session.add(row)
        db.session.flush()
        present[shipped.slug] = row.id


def _occasions() -> None:
    present = set(db.session.scalars(select(Occasion.slug)))
    for position, shipped in enumerate(OCCASIONS):
        if shipped.slug not in present:
            db.session.add(Occasion(
                slug=shipped.slug, name_de=shipped.de, name_en=shipped.en, position=position,
                words_de=list(shipped.words_de), words_en=list(shipped.words_en)))

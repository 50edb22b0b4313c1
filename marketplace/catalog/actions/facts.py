"""Particulars: kept as they were said, and the part of them by which one filters."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import and_, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.catalog.models import FactValue, FactWord, Lot, Particular
from marketplace.catalog.queries.shelves import Shelf
from marketplace.catalog.queries.studio import said_in
from marketplace.catalog.rules.facets import FilterWord, filter_words
from marketplace.catalog.rules.fields import Around, value_of
from marketplace.catalog.rules.templates import FactField, fields_of
from marketplace.catalog.rules.typed import Both
from marketplace.foundation.database import db

NOTHING: tuple[object, ...] = (None, "", [], {})


def keep_facts(product_id: int, shelf: Shelf, facts: Mapping[str, object]) -> None:
    """All particulars anew, said for both languages. Changes particulars, fact_values."""
    known = {f.key: f for f in fields_of(shelf.template)}
    db.session.execute(delete(Particular).where(
        Particular.product_id == product_id, Particular.lot_id.is_(None)))
    db.session.execute(delete(FactValue).where(FactValue.product_id == product_id))
    for key, value in facts.items():
        if key in known and value not in NOTHING:
            db.session.add(Particular(product_id=product_id, key=key, value=value))
            _keep_codes(product_id, known[key], value)
    db.session.flush()


def _keep_codes(product_id: int, fact: FactField, german: object, english: object = "") -> None:
    """What filters find a product by."""
    words = filter_words(fact, german, english)
    for one in words:
        db.session.merge(FactValue(product_id=product_id, key=fact.key, value_code=one.code))
    keep_words([(fact.key, one) for one in words])


def keep_words(rows: Collection[tuple[str, FilterWord]]) -> None:
    """What values are called; an English word replaces a German one. Changes fact_words."""
    if not rows:
        return
    known = {(key, one.code): {"key": key, "code": one.code, "de": one.de, "en": one.en}
             for key, one in rows}
    table = FactWord.__table__
    dialect = sqlite if db.session.get_bind().dialect.name == "sqlite" else postgresql
    put = dialect.insert(table).values([known[key] for key in sorted(known)])
    db.session.execute(put.on_conflict_do_update(
        index_elements=["key", "code"], set_={"en": put.excluded.en},
        where=and_(put.excluded.en != put.excluded.de, table.c.en == table.c.de)))


def change_facts(product_id: int, shelf: Shelf, facts: Mapping[str, object], lang: str,
                 lot_id: int | None = None) -> None:
    """Keep what was changed in one language; what the other says of it stays.

    With a lot its own particulars, else those of the product; by what a past or coming lot says
    nobody finds the product. Changes particulars, fact_values.
    """
    found_by = lot_id is None or db.session.scalar(
        select(Lot.state).where(Lot.id == lot_id)) == "current"
    whose = Particular.lot_id.is_(None) if lot_id is None else Particular.lot_id == lot_id
    rows: dict[str, list[Particular]] = {}
    for row in db.session.scalars(
        select(Particular).where(Particular.product_id == product_id, whose)
        .order_by(Particular.id)
    ):
        rows.setdefault(row.key, []).append(row)
    for fact in fields_of(shelf.template):
        own, value = rows.get(fact.key, []), facts.get(fact.key)
        if fact.key not in facts or _same(own, value, lang):
            continue
        _say(product_id, fact, own, value, lang, lot_id)
        if not found_by:
            continue
        db.session.execute(delete(FactValue).where(
            FactValue.product_id == product_id, FactValue.key == fact.key))
        if value not in NOTHING:
            german, english = ((value.de, value.en) if isinstance(value, Both) else (
                said_in(tongue, own).get(fact.key, value) for tongue in ("de", "en")))
            _keep_codes(product_id, fact, german, english)
    db.session.flush()


def _same(own: list[Particular], value: object, lang: str) -> bool:
    """Whether this is said already."""
    if isinstance(value, Both):
        return bool(own) and all(said_in(tongue, own).get(own[0].key) == said
                                 for tongue, said in (("de", value.de), ("en", value.en)))
    said = said_in(lang, own).get(own[0].key) if own else None
    return said == value or (said in NOTHING and value in NOTHING)


def _say(product_id: int, fact: FactField, rows: list[Particular], value: object, lang: str,
         lot_id: int | None) -> None:
    """One particular in one language, or in both; an empty one is gone from both."""
    if value in NOTHING or isinstance(value, Both):
        for row in rows:
            db.session.delete(row)
        db.session.flush()
        rows.clear()
    if isinstance(value, Both):
        rows += [Particular(product_id=product_id, lot_id=lot_id, key=fact.key, lang=tongue,
                            value=said) for tongue, said in (("de", value.de), ("en", value.en))]
        db.session.add_all(rows)
    elif value not in NOTHING:
        mine = next((row for row in rows if row.lang in (None, lang)), None)
        if mine is None:
            words = fact.kind in ("text", "long", "percentages") and _has_words(value)
            mine = Particular(product_id=product_id, lot_id=lot_id, key=fact.key,
                              lang=lang if words else None)
            db.session.add(mine)
            rows.append(mine)
        mine.value = value


def _has_words(value: object) -> bool:
    """Whether a value is said in a language; 2023 or 7.5 is the same in all."""
    return any(sign.isalpha() for sign in str(value))


def lot_facts_to(product_id: int, shelf: Shelf, lot_id: int) -> None:
    """What the product said of its one lot until now belongs to that lot. Changes particulars."""
    keys = {field.key for field in fields_of(shelf.template) if field.per_lot}
    for row in db.session.scalars(select(Particular).where(
            Particular.product_id == product_id, Particular.lot_id.is_(None),
            Particular.key.in_(keys))):
        row.lot_id = lot_id
    db.session.flush()


def renew_codes(product_id: int, shelf: Shelf, facts: Mapping[str, object], around: Around
                ) -> None:
    """The filterable part of all particulars anew, also of what is known without typing.

    Changes fact_values, fact_words.
    """
    db.session.execute(delete(FactValue).where(FactValue.product_id == product_id))
    for field in fields_of(shelf.template):
        value = value_of(field, facts, around)
        if value not in NOTHING:
            _keep_codes(product_id, field, value)
    db.session.flush()

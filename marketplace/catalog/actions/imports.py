"""Taking in a file of goods: every row checked first, then the good ones saved, without doubles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from marketplace.catalog.actions.products import MOST_OCCASIONS, NewProduct, NewVariant, create
from marketplace.catalog.actions.publishing import publish
from marketplace.catalog.actions.stock import set_price
from marketplace.catalog.models import Product, Variant
from marketplace.catalog.queries.shelves import category_by_slug, occasions
from marketplace.catalog.rules.codes import slug_of
from marketplace.catalog.rules.mapping import FileMap, Read, price_minor, read_row
from marketplace.catalog.rules.prices import UNITS
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid
from marketplace.people.models import Subject
from marketplace.people.queries import subjects
from marketplace.producers.models import Producer, Promise, Trader

Draw = Callable[[int, Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Checked:
    """A row with what saving it would do: new, changed, same or fault."""

    read: Read
    effect: str
    faults: Mapping[str, str]
    price_minor: int = 0


def check(rows: Iterable[Any], known: FileMap) -> list[Checked]:
    """Look at every row; nothing is saved. Loads: 1 statement."""
    present = dict(db.session.execute(
        select(Variant.sku, Variant.price_minor)).all())
    seen: dict[str, int] = {}
    found = []
    for row in rows:
        read = read_row(row, known)
        faults = dict(read.faults)
        price = _check_values(read, known, faults)
        sku = f"{known.prefix}{read.values.get('sku', '')}"
        if sku in seen:
            faults[known.columns.get("sku", "sku")] = f"The same number stands in row {seen[sku]}."
        seen[sku] = row.number
        effect = "fault" if faults else "new" if sku not in present else \
            "same" if present[sku] == price else "changed"
        found.append(Checked(read, effect, faults, price))
    return found


def _check_values(read: Read, known: FileMap, faults: dict[str, str]) -> int:
    """Category, price, amount and unit of a row; the price in minor units."""
    def blame(name: str, sentence: str) -> None:
        faults.setdefault(known.columns.get(name, name), sentence)

    values = read.values
    if values.get("category") and category_by_slug(str(values["category"])) is None:
        blame("category", f"There is no category {values['category']}.")
    price = price_minor(str(values.get("price", ""))) or 0
    if not 1 <= price <= 10_000_000:
        blame("price", f"“{str(values.get('price', ''))[:20]}” is no price.")
    if str(values.get("unit", "piece")) not in UNITS:
        blame("unit", f"The unit is one of {', '.join(UNITS)}.")
    for name in ("stock", "amount"):
        text = str(values.get(name, "0"))
        if not text.isdecimal() or len(text) > 7:
            blame(name, f"“{text[:20]}” is no whole number from 0.")
    if not any(values.get(n) for n in ("title", "title_de", "title_en")):
        blame("title", "A product needs a name.")
    return price


def save(checked: Checked, known: FileMap, draw: Draw) -> str:
    """Save one good row; what was done. Changes producers, products and their rows."""
    if checked.effect in ("fault", "same"):
        return checked.effect
    values, sku = checked.read.values, f"{known.prefix}{checked.read.values['sku']}"
    if checked.effect == "changed":
        variant = db.session.execute(select(Variant).where(Variant.sku == sku)).scalar_one()
        set_price(variant.id, checked.price_minor, None)
        return "changed"
    producer = _producer(values, known)
    product = create(producer.id, _new_product(checked, sku), None)
    draw(product.id, {**values, "producer_slug": producer.slug})
    try:
        publish(product.id)
    except Invalid as fault:
        raise Invalid(fault.faults, f"{sku}: " + "; ".join(
            f"{name}: {sentence}" for name, sentence in fault.faults.items())) from fault
    return "new"


def _new_product(checked: Checked, sku: str) -> NewProduct:
    values = checked.read.values
    shelf = category_by_slug(str(values["category"]))
    assert shelf is not None
    texts = {lang: (str(values.get(f"title_{lang}") or values.get("title") or "")[:80],
                    str(values.get(f"teaser_{lang}", ""))[:160],
                    str(values.get(f"story_{lang}", ""))) for lang in ("de", "en")}
    variant = NewVariant(
        sku, checked.price_minor, int(values.get("stock", 0)), int(values.get("amount", 1)),
        str(values.get("unit", "piece")), gtin=values.get("gtin") or None,
        weight_g=int(values.get("amount", 0)) + 400 if values.get("unit") == "ml" else 0)
    return NewProduct(
        shelf.id, texts, [variant], str(values.get("not_for_de", "")),
        str(values.get("not_for_en", "")), str(values.get("place_of_making", "")),
        facts=checked.read.facts, occasion_ids=_occasion_ids(checked.read.occasions))


def _occasion_ids(words: Sequence[str]) -> list[int]:
    """The occasions that the file's words mean, in the file's order."""
    meant: dict[str, int] = {}
    for occasion in occasions().values():
        for word in (occasion.de, occasion.en, *occasion.words_de, *occasion.words_en):
            meant.setdefault(word.lower(), occasion.id)
    found = dict.fromkeys(meant[w.lower()] for w in words if w.lower() in meant)
    return list(found)[:MOST_OCCASIONS]


def _producer(values: Mapping[str, Any], known: FileMap) -> Producer:
    """The producer of a row, founded with the mapping's shop if it is new."""
    name = str(values["producer"])[:80]
    slug = slug_of(name, 50) or f"producer-{slug_of(str(values['sku']))}"
    found = db.session.scalar(select(Producer).where(Producer.slug == slug))
    if found is not None:
        return found
    shelf = category_by_slug(str(values["category"]))
    subject = db.session.get(Subject, shelf.subject_id) if shelf else subjects()[0]
    assert subject is not None
    from marketplace.foundation import clock

    country = str(values.get("country", "DE"))[:2].upper()
    producer = Producer(
        slug=slug, name=name, subject_id=subject.id, state="selling",
        region=str(values.get("region") or country)[:80], place=str(values.get("region", ""))[:80],
        country=country, website=str(values.get("website", ""))[:200] or None,
        opened_on=clock.today(), palette=list(known.shop.get("palette", ())))
    db.session.add(producer)
    db.session.flush()
    db.session.add(Trader(producer_id=producer.id, legal_name=name, country=country,
                          street=str(known.shop.get("street", "")), state="checked",
                          postcode=str(known.shop.get("postcode", "")),
                          city=str(values.get("region", ""))[:80]))
    for kind in ("dispatch_days", "answer_hours"):
        if kind in known.shop:
            db.session.add(Promise(producer_id=producer.id, kind=kind, from_at=clock.now(),
                                   value=int(known.shop[kind])))
    db.session.flush()
    return producer


def new_producer_ids(before: frozenset[int]) -> list[int]:
    """Producers founded since; for later rooms to give them rates and accounts."""
    return [i for i in db.session.scalars(select(Producer.id).order_by(Producer.id))
            if i not in before]


def product_ids_by_sku(prefix: str) -> Mapping[str, int]:
    """Product ids by the number in the file. Loads: 1 statement."""
    rows = db.session.execute(
        select(Variant.sku, Variant.product_id).join(Product, Product.id == Variant.product_id)
        .where(Variant.sku.startswith(prefix, autoescape=True)))
    return {sku.removeprefix(prefix): product_id for sku, product_id in rows}

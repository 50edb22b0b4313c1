"""Checks of products: lengths, particulars, sums, prices, and whether they can be drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from marketplace.demo.art.forms import FORMS
from marketplace.demo.art.labels import LAYOUTS
from marketplace.demo.art.letters import unknown_letters
from marketplace.demo.art.motifs import MOTIFS
from marketplace.demo.art.props import PROPS
from marketplace.demo.content.faults import Fault
from marketplace.demo.content.kinds import PictureOrder, Producer, Product
from marketplace.demo.content.particulars import MANDATORY, TEMPLATES, particulars

TITLE: Final = 60
TEASER: Final = 160
NOT_FOR: Final = 300
MOST_OCCASIONS: Final = 6
WITHDRAWALS: Final = ("yes", "made_to_measure", "perishable", "sealed_hygiene", "en_primeur")
UNITS: Final = ("ml", "g", "cm", "cm2", "piece")
KCAL_PER_GRAM: Final = (("fat", 2, 9.0), ("carbohydrates", 4, 4.0), ("protein", 6, 4.0))


def product_faults(producer: Producer) -> Iterator[Fault]:
    """Everything wrong with the products of one producer."""
    file = f"producers/{producer.slug}.toml"
    for product in producer.products:
        place = f"products[{product.slug}]"
        sentences = [*_lengths(product), *_offer(product), *_drawable(product.picture)]
        if product.category in TEMPLATES:
            sentences += _facts(producer, product)
        for sentence in sentences:
            yield Fault(file, place, sentence)


def _lengths(product: Product) -> Iterator[str]:
    """Titles, teasers and `not_for` stand in both languages and fit."""
    limits = (("title", product.title, TITLE), ("teaser", product.teaser, TEASER))
    for name, words, limit in (*limits, ("not_for", product.not_for, NOT_FOR)):
        for lang in ("de", "en"):
            length = len(getattr(words, lang))
            if not 0 < length <= limit:
                yield f"{name}.{lang} has {length} characters, wanted 1 to {limit}"
    if not (product.story_de or product.story_en):
        yield "has no story"


def _facts(producer: Producer, product: Product) -> Iterator[str]:
    """What the law wants is there, in German too, and adds up."""
    facts = particulars(producer, product)
    for key in MANDATORY[TEMPLATES[product.category]]:
        if key not in facts:
            yield f"particular {key} is missing"
    for key, value in facts.items():
        if isinstance(value, dict) and {"de", "en"} & value.keys() and not value.get("de"):
            yield f"particular {key} is missing in German"
    for key in ("fibre_shares", "origin_shares"):
        if key in facts and sum(facts[key].values()) != 100:
            yield f"{key} give {sum(facts[key].values())} %, not 100"
    if "nutrition" in facts and TEMPLATES[product.category] != "wine":
        yield from _nutrition(facts["nutrition"])


def _nutrition(values: list[Any]) -> Iterator[str]:
    """kJ, kcal, fat, of it saturated, carbohydrates, of it sugar, protein, salt per 100 g."""
    if len(values) != 8:
        yield f"nutrition has {len(values)} numbers, wanted 8"
        return
    kj, kcal = values[:2]
    summed = sum(values[index] * per_gram for _, index, per_gram in KCAL_PER_GRAM)
    if abs(kj - kcal * 4.184) > 0.03 * kj + 5:
        yield f"{kj} kJ is not {kcal} kcal"
    if abs(summed - kcal) > 0.12 * kcal + 20:
        yield f"nutrition gives {summed:.0f} kcal, says {kcal}"
    if values[3] > values[2] or values[5] > values[4]:
        yield "a part of the nutrition is larger than the whole"


def _offer(product: Product) -> Iterator[str]:
    """Variants, lots, occasions and withdrawal make sense."""
    if not product.variants:
        yield "has no variant"
    if product.withdrawal not in WITHDRAWALS:
        yield f"unknown kind of withdrawal {product.withdrawal!r}"
    if len(product.occasions) > MOST_OCCASIONS:
        yield "names more than six occasions"
    if product.lots and [lot.state for lot in product.lots].count("current") != 1:
        yield "needs exactly one current lot"
    for variant in product.variants:
        if variant.unit not in UNITS or variant.price_minor <= 0 or variant.amount <= 0:
            yield f"{variant.sku}: unit, price or amount is wrong"
        if variant.made_to_order != (variant.lead_days is not None):
            yield f"{variant.sku}: made to order and lead days belong together"


def _drawable(order: PictureOrder) -> Iterator[str]:
    """The picture names forms, emblems and things that exist, and letters that can be written."""
    if order.form not in FORMS or len(order.colours) != 3:
        yield "picture has an unknown form, or not three colours"
    if order.motif and order.motif not in MOTIFS:
        yield f"no emblem {order.motif!r}"
    if order.layout and order.layout not in LAYOUTS:
        yield f"no layout {order.layout!r}"
    for name in set(order.beside) - set(PROPS):
        yield f"nothing called {name!r} can lie beside it"
    missing = unknown_letters("".join(order.lines))
    if missing:
        yield f"cannot write {''.join(sorted(missing))}"

"""What keeps a product of a file from being on sale; at fault only where it would go on sale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select

from marketplace.catalog.queries.around import from_trader, from_variants
from marketplace.catalog.queries.intake import Standing
from marketplace.catalog.queries.shelves import category_by_slug, shelf_path
from marketplace.catalog.rules.cells import Fault
from marketplace.catalog.rules.columns import FACT, LOT, OTHER, is_particular, key_of
from marketplace.catalog.rules.fields import Around
from marketplace.catalog.rules.intake import Row, column_of, might_claim, of_product
from marketplace.catalog.rules.templates import missing
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.producers.models import Producer, Trader
from marketplace.producers.queries import evidence_kinds
from marketplace.producers.rules.claims import lint, organic_words

WORDS = ("title", "teaser", "story", "not_for", "label", "picture_alt")
"""Values that buyers read as the producer's words; particulars are too."""


@dataclass(frozen=True, slots=True)
class House:
    """What is known of the producer besides the file: defaults of particulars, and proofs."""

    given: Mapping[str, str]
    evidence: frozenset[str]


def house_of(producer_id: int) -> House:
    """The producer a file belongs to. Loads: 2 statements."""
    row = db.session.execute(
        select(Producer.name, Producer.place, Producer.country.label("home"), Trader.legal_name,
               Trader.street, Trader.postcode, Trader.city, Trader.country, Trader.e_mail)
        .outerjoin(Trader, Trader.producer_id == Producer.id)
        .where(Producer.id == producer_id)).one()
    return House(from_trader(row), evidence_kinds(producer_id, clock.today()))


def obstacles(rows: Sequence[Row], standing: Standing | None, plan: Mapping[str, Any],
              house: House, words: bool = True) -> None:
    """Note what is missing before buyers may see the product, and words that need proof.

    For goods on sale and for new ones that are to go on sale these are faults, else hints.
    """
    merged = dict(standing.values) if standing is not None else {}
    merged |= {name: value for name, (value, _row) in of_product(rows).items()}
    merged.setdefault("category", plan.get("category", ""))
    shelf = category_by_slug(str(merged.get("category", "")))
    if shelf is None:
        return
    strict = plan.get("mode") == "sale" if standing is None else standing.state == "published"
    for row in rows if words else ():
        for column, fault, blocks in _claims(row, standing, shelf.template, house):
            _note(row, column, fault, strict and blocks)
    if standing is None or any("category" in row.changes for row in rows):
        # an empty cell takes nothing away, so what is there stays complete on its shelf
        for column, code in _missing(rows, merged, house).items():
            _note(rows[0], column, (code, {}), strict)


def _note(row: Row, column: str, fault: Fault, strict: bool) -> None:
    if strict:
        row.blame(column, fault[0], **fault[1])
    elif column not in row.faults:
        row.hints[column] = fault


def _missing(rows: Sequence[Row], merged: Mapping[str, Any], house: House) -> dict[str, str]:
    """Columns that must say something before buyers see the product -> code."""
    facts = {name.removeprefix(FACT): value for name, value in merged.items()
             if name.startswith(FACT) and not name.endswith(OTHER)}
    facts |= {key_of(name): value for row in rows for name, value in row.values.items()
              if name.startswith(LOT) and not name.endswith(OTHER)}
    shelf = category_by_slug(str(merged["category"]))
    assert shelf is not None
    texts = " ".join(str(merged.get(f"{name}_{lang}", "")) for name in WORDS
                     for lang in ("de", "en"))
    lot = next((str(row.values["lot"]) for row in rows if "lot" in row.values), "")
    given = {**house.given, "lot": lot or "-", "vintage": lot, "made_on": lot,
             **from_variants([_content(row) for row in rows])}
    around = Around(given, frozenset(one.slug for one in shelf_path(shelf.id)), house.evidence,
                    "organic" in house.evidence and organic_words(texts))
    found = {f"{FACT}{field.key}" if field.kind != "given" else
             "drained" if field.source == "drained" else "amount": "fact_missing"
             for field in missing(shelf.template, facts, around)}
    if not (merged.get("not_for_de") or merged.get("not_for_en")):
        found["not_for"] = "not_for_missing"
    if not merged.get("place"):
        found["place"] = "place_missing"
    if not merged.get("picture"):
        found["picture"] = "no_picture"
    return found


def _content(row: Row) -> Any:
    """A variant's content as `from_variants` reads it."""
    return SimpleNamespace(
        amount=row.values.get("amount", 1), unit=row.values.get("unit", "piece"),
        drained=row.values.get("drained"), label_de=row.values.get("label_de", ""))


def _claims(row: Row, standing: Standing | None, template: str, house: House
            ) -> list[tuple[str, Fault, bool]]:
    """Words of new or changed texts that the law ties to proof: column, fault, whether it blocks.
    """
    texts = {name: str(value) for name, value in row.values.items()
             if (is_particular(name) or name.rpartition("_")[0] in WORDS)
             and (standing is None or name in row.changes)}
    whole = "\n".join(texts.values())
    if not might_claim(whole) or not lint(whole, "", template=template, evidence=house.evidence):
        return []
    found = []
    for name, text in texts.items():
        lang = "en" if name.endswith(("_en", OTHER)) else "de"
        for claim in lint(text, lang, template=template, evidence=house.evidence)[:1]:
            args = {"words": claim.words[:60], "law": claim.law, "remedy": claim.remedy}
            found.append((column_of(name), ("claim", args), claim.blocks))
    return found

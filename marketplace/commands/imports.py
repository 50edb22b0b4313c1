"""Commands that take in files of goods and ratings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import Invalid, MarketError

import_ = AppGroup("import", help="Take in files of goods and ratings.")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
SHOWN = 20
BATCH = 100


def _read(path: Path, map_path: Path, kind: str) -> tuple[Any, list[Any]]:
    """The mapping and the rows. Ends with a sentence where either cannot be used."""
    from marketplace.catalog.rules.mapping import (
        MappingFault,
        check_columns,
        decoded,
        read_map,
        rows_of,
    )

    try:
        known = read_map(map_path.read_text("utf-8"))
        if known.kind != kind:
            raise MappingFault(f"the mapping is for {known.kind}, not for {kind}")
        rows = list(rows_of(decoded(path.read_bytes())))
        if not rows:
            raise MappingFault("The file has no rows.")
        check_columns(rows[0].cells, known)
    except (MappingFault, UnicodeDecodeError) as fault:
        raise click.ClickException(str(fault)) from fault
    return known, rows


def _report(checked: Sequence[Any], numbers: Iterable[tuple[int, Mapping[str, str]]]) -> None:
    """Counts, and each fault with row and column."""
    counts = Counter(row.effect for row in checked)
    words = ", ".join(f"{n} {effect}" for effect, n in sorted(counts.items()))
    click.echo(f"{len(checked)} rows: {words or 'nothing'}")
    faulty = [(number, faults) for number, faults in numbers if faults]
    for number, faults in faulty[:SHOWN]:
        for column, sentence in faults.items():
            click.echo(f"  row {number}, {column}: {sentence}")
    if len(faulty) > SHOWN:
        click.echo(f"  ... and {len(faulty) - SHOWN} more rows")


@import_.command("products")
@click.argument("path", type=FILE)
@click.option("--map", "map_path", type=FILE, required=True, help="Column -> field, as TOML.")
@click.option("--check", "only_check", is_flag=True, help="Report only; save nothing.")
def products(path: Path, map_path: Path, only_check: bool) -> None:
    """Check every row of a file of goods, report, then save the good ones; repeatable."""
    from marketplace.catalog.actions.imports import check

    known, rows = _read(path, map_path, "products")
    checked = check(rows, known)
    _report(checked, ((c.read.row.number, c.faults) for c in checked))
    if only_check:
        return
    good = [c for c in checked if c.effect in ("new", "changed")]
    _save_products(good, known)
    click.echo(f"{len(good)} saved")


def _save_products(good: Sequence[Any], known: Any) -> None:
    """Save in batches with a bar; new producers get rates and an account from the mapping."""
    from sqlalchemy import select

    from marketplace.catalog.actions.imports import new_producer_ids, save
    from marketplace.catalog.events import ProductsImported
    from marketplace.demo.stand_in import stand_in
    from marketplace.foundation.events import announce
    from marketplace.producers.models import Producer

    before = frozenset(db.session.scalars(select(Producer.id)))
    with click.progressbar(length=len(good), label="saving") as bar:
        for start in range(0, len(good), BATCH):
            batch = good[start:start + BATCH]
            pictures = {c.read.values["sku"]: stand_in(c.read.values) for c in batch
                        if c.effect == "new"}
            with committing():
                for row in batch:
                    _save_one(row, known, save, pictures)
                _open_shops(new_producer_ids(before), known.shop)
                announce(ProductsImported(len(batch)))
            before |= frozenset(db.session.scalars(select(Producer.id)))
            bar.update(len(batch))


def _save_one(row: Any, known: Any, save: Any, pictures: Mapping[str, Any]) -> None:
    from marketplace.catalog.actions import add_picture

    def draw(product_id: int, values: Mapping[str, Any]) -> None:
        drawn = pictures[values["sku"]]
        add_picture(product_id, drawn.file, "drawn", (drawn.width, drawn.height), drawn.tint,
                    drawn.alt_de, drawn.alt_en)

    try:
        save(row, known, draw)
    except MarketError as fault:
        raise click.ClickException(fault.sentence) from fault


def _open_shops(producer_ids: Iterable[int], shop: Mapping[str, Any]) -> None:
    """Rates and bank accounts of producers that came with the file."""
    from marketplace.orders.actions import add_flat_rate
    from marketplace.payments.actions import keep_account
    from marketplace.producers.models import Producer

    for producer_id in producer_ids:
        producer = db.session.get_one(Producer, producer_id)
        if "shipping_minor" in shop:
            add_flat_rate(producer_id, shop.get("countries", ["DE"]), int(shop["shipping_minor"]),
                          shop.get("free_from_minor"))
        if "iban" in shop:
            keep_account(producer_id, producer.name[:70], str(shop["iban"]))


@import_.command("ratings")
@click.argument("path", type=FILE)
@click.option("--map", "map_path", type=FILE, required=True, help="Column -> field, as TOML.")
@click.option("--check", "only_check", is_flag=True, help="Report only; save nothing.")
def ratings(path: Path, map_path: Path, only_check: bool) -> None:
    """Check every row of a file of ratings, report, then save; apart from every score."""
    from marketplace.catalog.actions.imports import product_ids_by_sku
    from marketplace.reviews.actions.imports import BATCH as MANY
    from marketplace.reviews.actions.imports import check_ratings

    known, rows = _read(path, map_path, "ratings")
    checked = check_ratings(rows, known, product_ids_by_sku(known.prefix))
    _report(checked, ((c.row.number, c.faults) for c in checked))
    good = [c for c in checked if c.effect == "new"]
    if only_check:
        return
    with click.progressbar(length=len(good), label="saving") as bar:
        for start in range(0, len(good), MANY):
            _save_ratings(good[start:start + MANY], known)
            bar.update(len(good[start:start + MANY]))
    click.echo(f"{len(good)} saved")


def _save_ratings(batch: list[Any], known: Any) -> None:
    """Ratings, the people they come from, and their evidence of taste."""
    from marketplace.catalog.rules.codes import slug_of
    from marketplace.people.actions import ensure_outsiders
    from marketplace.recommend.actions.signals import keep_imported
    from marketplace.reviews.actions.imports import save_ratings

    names = {c.values["source_person"]: f"{slug_of(known.source, 12)}-"
             f"{slug_of(c.values['source_person'], 16)}" for c in batch}
    with committing():
        people = ensure_outsiders(names)
        for checked in batch:
            checked.values["person_id"] = people[checked.values["source_person"]]
        save_ratings(batch, known.source)
        keep_imported((c.values["person_id"], c.values["product_id"], c.values["value"])
                      for c in batch)


@import_.command("rates")
@click.argument("path", type=FILE)
def rates(path: Path) -> None:
    """Take in VAT rates of more countries; all rows or none. Check them before: they bind."""
    from marketplace.orders.actions.taxing import import_rates
    from marketplace.orders.views.tax_table import rows_of

    try:
        rows_read = rows_of(path.read_bytes())
        with committing():
            new, ended = import_rates(rows_read)
    except Invalid as fault:
        raise click.ClickException("\n".join(fault.faults.values())) from fault
    click.echo(f"{new} new, {ended} end the day before")


@import_.command("members")
@click.argument("path", type=FILE)
def members(path: Path) -> None:
    """Take in a member with the file they took along elsewhere."""
    from marketplace.commands.members import take_in

    for name, count in take_in(path).items():
        if count:
            click.echo(f"{count} {name}")

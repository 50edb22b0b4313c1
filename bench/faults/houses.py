"""Five producers with three goods each, and their accounts at the payment service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask

OWNERS = ("ana", "bert", "dan", "eva", "gina")
IBANS = ("DE75512108001245126199", "DE27100777770209299700", "DE91100000000123456789")
FACTS = {"materials": "Bienenwachs", "measurements": "9 cm", "no_warnings": "ja"}
STOCK, SCARCE = 2_000, 25
"""Pieces of most goods, and of those that run out."""
OWN_MINOR = 100_000
"""What the market has at the service, for fees that no commission covers."""


@dataclass(frozen=True)
class Good:
    """What can be bought: its variant, and how many pieces there were at first."""

    variant_id: int
    stock: int


def fill(app: Flask, fake: Any) -> list[Good]:
    """Open the houses, put goods on sale, complete the accounts; the goods."""
    from marketplace.adapters.doors import doors
    from marketplace.adapters.storage import svg_picture
    from marketplace.foundation.database import committing, db
    from marketplace.foundation.jobs import run_due
    from marketplace.producers.queries import own_role
    from tests.cast import PICTURE, Cast, House, open_house, put_on_sale

    people = Cast(app)
    ids = {owner: people.id(owner) for owner in OWNERS}
    file = svg_picture(PICTURE, doors().storage)
    goods = []
    db.session.rollback()
    with committing():
        for number, owner in enumerate(OWNERS[2:]):
            open_house(ids[owner], House(f"hof-{owner}", f"Hof {owner.title()}", "crafts",
                                         "Rhön", "Bachtal", IBANS[number], 590))
    for owner in OWNERS:
        with committing():
            for number in range(3):
                stock = SCARCE if number == 2 else STOCK
                goods.append(Good(put_on_sale(
                    ids[owner], file, "candles", f"Kerze {owner} {number}",
                    f"Candle {owner} {number}", f"F-{owner}-{number}", 790 + 110 * number, 1,
                    "piece", stock, FACTS), stock))
    producers = [own_role(ids[owner]).producer_id for owner in OWNERS]
    db.session.rollback()
    for producer_id in producers:
        _account(producer_id, fake)
    fake.world.platform = OWN_MINOR
    run_due()
    db.session.rollback()
    return goods


def _account(producer_id: int, fake: Any) -> None:
    """An account at the payment service that may receive."""
    from marketplace.adapters.doors import doors
    from marketplace.foundation.database import committing
    from marketplace.payments.actions import begin_account, keep_standing

    door = doors().payment["stripe"]
    made = door.open_account("Haus", "haus@example.org", "DE", "http://127.0.0.1/studio")
    fake.complete_account(made.reference)
    with committing():
        begin_account(producer_id, "test", made.reference)
        keep_standing(made.reference, door.look_account(made.reference))

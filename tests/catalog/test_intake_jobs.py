"""Imports in the background: a crash loses nothing and doubles nothing; old rows are forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from marketplace.adapters.doors import doors
from marketplace.catalog.actions.intake import saving
from marketplace.catalog.jobs import forget_imports
from marketplace.catalog.models import Import, ImportRow, Price, Product, Variant
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.jobs import run_due
from tests.cast import Cast
from tests.catalog.test_intake import HEAD, hand_in, lines, table


def test_batch_that_breaks_is_done_again_whole(cast: Cast, monkeypatch: pytest.MonkeyPatch
                                               ) -> None:
    """catalog 3.11: what breaks in the middle of a batch leaves nothing; the retry saves all."""
    ana = cast.browser("ana")
    url = hand_in(cast, ana, table(*lines(2_001), head=HEAD))
    run_due()
    before = db.session.scalar(select(func.count(Product.id))) or 0
    cast.post(ana, f"{url}/save")

    def broken(event: object) -> None:
        raise RuntimeError("the machine went down")

    monkeypatch.setattr(saving, "announce", broken)
    run_due(kind="catalog.import_rows")
    assert db.session.scalar(select(func.count(Product.id))) == before
    assert db.session.scalar(select(Import.state)) == "saving"
    db.session.rollback()
    monkeypatch.undo()
    with time_machine.travel(clock.now() + timedelta(minutes=5)):
        run_due(kind="catalog.import_rows")
    assert db.session.scalar(select(func.count(Product.id))) == before + 2_001
    made = db.session.scalar(select(func.count(Variant.id)).where(Variant.sku.like("W-%")))
    prices = db.session.scalar(select(func.count(Price.id)).join(
        Variant, Variant.id == Price.variant_id).where(Variant.sku.like("W-%")))
    assert (made, prices, db.session.scalar(select(Import.state))) == (2_001, 2_001, "saved")


def test_rows_are_forgotten_after_seven_days(cast: Cast) -> None:
    """`catalog.imports`: after seven days rows and file go, the counts stay, undo is over."""
    ana = cast.browser("ana")
    url = hand_in(cast, ana, table(*lines(2)))
    cast.post(ana, f"{url}/save")
    file = str(db.session.scalar(select(Import.file)))
    db.session.rollback()
    forget_imports()
    assert doors().storage.path(file).is_file()
    with time_machine.travel(clock.now() + timedelta(days=7, minutes=1)):
        forget_imports()
        assert not doors().storage.path(file).is_file()
        assert db.session.scalar(select(func.count(ImportRow.id))) == 0
        db.session.rollback()
        page = cast.browser("ana").get(url).get_data(as_text=True)
        assert "2 Zeilen sind gespeichert" in page and "sieben Tage" in page
        assert cast.post(cast.browser("ana"), f"{url}/undo").status_code == 409

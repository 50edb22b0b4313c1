"""Commands about invoices and VAT, and what the doctor says of them."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from marketplace.adapters.doors import doors
from marketplace.commands.documents import issue
from marketplace.commands.imports import rates
from marketplace.foundation import clock
from marketplace.foundation.database import committing, db
from marketplace.foundation.jobs import run_due
from marketplace.orders.actions.taxing import keep_billing
from marketplace.orders.models import NumberSeries, TaxRate
from tests.cast import Cast
from tests.commands.test_doctor import run
from tests.orders.papers import GOODS, papers, sent

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "rates"


def test_what_was_sent_before_is_billed_once(app: Flask, cast: Cast) -> None:
    """orders 3.9: parts that were sent while the house wrote its own get theirs, and only once."""
    house = cast.goods(GOODS).producer_id
    with committing():
        keep_billing(house, "own", "")
    parts = [sent(cast, ("Wein", 5400, 1, "standard")) for _n in range(2)]
    with committing():
        keep_billing(house, "platform", "")
    runner, today = app.test_cli_runner(), clock.today().isoformat()
    db.session.rollback()
    assert runner.invoke(issue, ["--since", "2999-01-01"]).output == "0 invoices issued\n"
    assert runner.invoke(issue, ["--since", today]).output == "2 invoices issued\n"
    assert runner.invoke(issue, ["--since", today]).output == "0 invoices issued\n"
    assert [papers(one)[0].number[-5:] for one in parts] == ["00001", "00002"]


def test_shipped_examples_of_rates_are_taken_in(app: Flask, tmp_path: Path) -> None:
    """orders 3.8: Austria and Spain; twice is once; a broken file ends with its rows."""
    runner, known = app.test_cli_runner(), db.select(db.func.count()).select_from(TaxRate)
    before = db.session.scalar(known) or 0
    db.session.rollback()
    for name, words in (("at", "3 new, 0 end the day before\n"), ("es", "2 new, 0 end the day "
                        "before\n"), ("at", "0 new, 0 end the day before\n")):
        done = runner.invoke(rates, [str(EXAMPLES / f"{name}.csv")])
        assert done.output == words, done.exception
    broken = tmp_path / "x.csv"
    broken.write_text("status;country\nregular;Austria\n", "utf-8")
    done = runner.invoke(rates, [str(broken)])
    assert done.exit_code == 1 and "2" in done.output and "Austria" in done.output
    db.session.rollback()
    assert db.session.scalar(known) == before + 5


def test_the_doctor_sees_gaps_and_changed_files(app: Flask, cast: Cast) -> None:
    """foundation 7: a series that counted on, and a PDF that is not what was kept."""
    one = sent(cast, ("Wein", 5400, 1, "standard"))
    run_due()
    assert "series have no gap" in run(app)[1]
    doors().storage.path(str(papers(one)[0].pdf_file)).write_bytes(b"%PDF-other")
    with committing():
        db.session.execute(db.update(NumberSeries).values(next=9))
    words = run(app)[1]
    assert "1 documents, the last number is 8" in words and "missing or was changed" in words

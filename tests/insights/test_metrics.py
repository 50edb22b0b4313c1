"""Figures for a monitoring system: true, for who may read them, of nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from marketplace import create_app
from marketplace.foundation import meters
from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import OutsideDown
from marketplace.foundation.jobs import enqueue
from tests.cast import Cast
from tests.checkout.hands import HAT, order, put
from tests.search.hands import indexed

TOKEN = "only-for-the-tests-of-metrics"
Figures = Mapping[tuple[str, frozenset[tuple[str, str]]], float]


@pytest.fixture(scope="module")
def watched(market: Flask) -> Flask:
    """The market once more, with a token, as an operator would have it who watches."""
    return create_app(replace(market.config["ZURUF"], metrics_token=TOKEN))


@pytest.fixture
def visitor(app: Flask, watched: Flask) -> Iterator[FlaskClient]:
    """Somebody without an account, on a fresh market; nothing of it is held open afterwards."""
    watched.extensions.pop("kept", None)
    yield watched.test_client()
    with watched.app_context():
        db.session.remove()
        db.engine.dispose()


def scraped(client: FlaskClient) -> Figures:
    """All figures by name and labels, as the library itself reads them."""
    from prometheus_client.parser import text_string_to_metric_families  # after it was switched on

    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    return {(sample.name, frozenset(sample.labels.items())): sample.value
            for family in text_string_to_metric_families(answer.get_data(as_text=True))
            for sample in family.samples}


def value(found: Figures, name: str, **labels: str) -> float:
    """One figure; 0 where nothing was counted yet."""
    return found.get((name, frozenset(labels.items())), 0.0)


def test_requests_are_counted_by_endpoint_and_status(visitor: FlaskClient) -> None:
    """foundation: three lists and one address that does not exist; each took time, and the lists
    took statements.
    """
    before = scraped(visitor)
    for path in ("/products", "/products", "/products", "/nothing/of/the/sort"):
        visitor.get(path)
    after = scraped(visitor)

    def more(name: str, **labels: str) -> float:
        return value(after, name, **labels) - value(before, name, **labels)

    assert more("zuruf_requests_total", endpoint="storefront.products", status="200") == 3
    assert more("zuruf_requests_total", endpoint="none", status="404") == 1
    assert more("zuruf_request_seconds_count", endpoint="storefront.products") == 3
    assert more("zuruf_request_seconds_sum", endpoint="storefront.products") > 0
    assert more("zuruf_statements_total", endpoint="storefront.products") >= 3
    assert more("zuruf_request_statements_count") == 5  # with the first look at the figures
    assert after["zuruf_request_seconds_bucket", frozenset({
        ("endpoint", "storefront.products"), ("le", "+Inf")})] >= 3


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer wrong-one-of-some-length"},
                                    {"Authorization": f"Basic {TOKEN}"},
                                    {"Authorization": "Bearer "}, {"Authorization": "Bearer ä"}])
def test_without_the_token_there_is_nothing(visitor: FlaskClient, header: dict[str, str]) -> None:
    """foundation: who does not send the token finds no such address."""
    answer = visitor.get("/metrics", headers=header)
    assert answer.status_code == 404
    assert b"zuruf_" not in answer.data


def test_without_a_token_set_nobody_reads_anything(cast: Cast) -> None:
    """foundation: no setting, no address, for the operator neither; an empty token opens nothing.
    """
    assert cast.browser("olga").get("/metrics").status_code == 404
    empty = {"Authorization": "Bearer "}
    assert cast.app.test_client().get("/metrics", headers=empty).status_code == 404


def test_no_label_comes_from_what_somebody_typed(
    cast: Cast, watched: Flask, visitor: FlaskClient
) -> None:
    """foundation: words, addresses, handles and numbers of orders are in no label."""
    guest = cast.app.test_client()
    put(cast, guest, HAT)
    number = order(cast, guest, "test_card", email="guest@example.org")
    for path in ("/search?q=Zwiebelkuchen", "/zwiebelkuchen", "/members/cleo", "/products/strohhut",
                 f"/orders/{number}", "/ask?q=zwiebelkuchen"):
        visitor.get(path, headers={"User-Agent": "Zwiebelkuchen/1.0"})
    known = {*watched.view_functions, "none"}
    for name, labels in scraped(visitor):
        for label, said in labels:
            assert label in {"endpoint", "status", "le", "door", "outcome", "what", "of", "state"}
            assert label != "endpoint" or said in known, name
            assert "zwiebel" not in said.lower(), name
            assert "cleo" not in said, name


def test_what_waits_is_told(cast: Cast, visitor: FlaskClient) -> None:
    """foundation: jobs by state and age, orders by state, payments under way, the index."""
    indexed(cast.app)
    before = scraped(visitor)
    with committing():
        enqueue("search.check", "all")
    guest = cast.app.test_client()
    put(cast, guest, HAT)
    order(cast, guest, "bank_transfer", email="guest@example.org")
    visitor.application.extensions.pop("kept", None)
    after = scraped(visitor)
    assert value(after, "zuruf_jobs", state="due") > value(before, "zuruf_jobs", state="due")
    assert value(after, "zuruf_jobs_oldest_seconds", state="due") > 0
    assert value(after, "zuruf_jobs_oldest_seconds", state="running") == 0
    assert value(after, "zuruf_orders", state="awaiting_payment") == 1 + value(
        before, "zuruf_orders", state="awaiting_payment")
    assert ("zuruf_payments_waiting", frozenset()) in after
    assert value(after, "zuruf_database_up") == value(after, "zuruf_search_index_up") == 1
    assert value(after, "zuruf_search_documents") > 0


def test_finding_and_its_memory_are_measured(cast: Cast, visitor: FlaskClient) -> None:
    """search, 9: what is kept of the index and its bound; how long searching took."""
    indexed(cast.app)
    before = scraped(visitor)
    visitor.get("/search?q=Hut")
    visitor.get("/search/suggest?q=hu", headers={"HX-Request": "true"})
    after = scraped(visitor)
    for what in ("search", "completion"):
        name = "zuruf_finding_seconds_count"
        assert value(after, name, what=what) > value(before, name, what=what)
    used = value(after, "zuruf_search_memory_bytes", of="used")
    assert 0 < used <= value(after, "zuruf_search_memory_bytes", of="bound")


def test_calls_outside_are_told_by_how_they_ended(visitor: FlaskClient) -> None:
    """foundation: one that was answered, one that shall be repeated, one that was refused."""
    before = scraped(visitor)
    for fault in (None, OutsideDown("away", 1), ValueError("no")):
        try:
            with meters.outside("mail"):
                if fault is not None:
                    raise fault
        except (OutsideDown, ValueError):
            pass
    after = scraped(visitor)
    for outcome in ("done", "down", "refused"):
        labels = {"door": "mail", "outcome": outcome}
        assert value(after, "zuruf_outside_calls_total", **labels) == 1 + value(
            before, "zuruf_outside_calls_total", **labels)


MEASURING = """
import sys
from pathlib import Path
from marketplace.foundation import meters
meters.switch_on(Path(sys.argv[1]))
meters.request_ended("storefront.home", 200, 0.1, 3)
meters.index_kept(77_000_000_000, 99_000_000_000)
"""


def elsewhere(folder: Path) -> None:
    """Another process measures one answer, and ends."""
    subprocess.run([sys.executable, "-c", MEASURING, str(folder)], check=True,
                   env={**os.environ, "PYTHONPATH": os.getcwd()})


def test_all_processes_are_summed_up(visitor: FlaskClient) -> None:
    """foundation: what a worker counted counts on once it ended; what it held is held no more."""
    before = scraped(visitor)
    elsewhere(Path(os.environ[meters.FOLDER]))
    after = scraped(visitor)
    labels = {"endpoint": "storefront.home", "status": "200"}
    assert value(after, "zuruf_requests_total", **labels) == 1 + value(
        before, "zuruf_requests_total", **labels)
    assert value(after, "zuruf_search_memory_bytes", of="used") < 77_000_000_000


def test_a_market_that_starts_begins_anew(tmp_path: Path) -> None:
    """foundation: where none of those before runs, their files go; so they never pile up."""
    for _start in range(3):
        elsewhere(tmp_path)
    assert len({path.stem.rpartition("_")[2] for path in tmp_path.glob("*.db")}) == 1

"""What the job runner writes down when a job does not come to its end."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from flask import Flask

from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import OutsideDown
from marketplace.foundation.jobs import enqueue, job, kinds, outbox, run_one


@pytest.fixture
def failing(app: Flask) -> Iterator[str]:
    """A kind of job that fails as it is told to."""
    @job("tests.fail")
    def fail(outside: bool) -> None:
        raise OutsideDown("The payment service does not answer.", 30) if outside else \
            ZeroDivisionError("a fault of ours")

    yield "tests.fail"
    del outbox._kinds["tests.fail"]


@pytest.mark.parametrize(("outside", "level", "traced"), [
    (True, logging.WARNING, False), (False, logging.ERROR, True)])
def test_an_outage_is_one_line_and_a_fault_keeps_its_trace(
    failing: str, caplog: pytest.LogCaptureFixture, outside: bool, level: int, traced: bool
) -> None:
    """payments 6: a provider that is away for hours fills no log; both are tried again."""
    assert failing in kinds()
    with committing():
        enqueue(failing, "one", outside=outside)
    with caplog.at_level(logging.WARNING, "marketplace.foundation.jobs.runner"):
        assert run_one(kind=failing)
    (said,) = caplog.records
    assert said.levelno == level and bool(said.exc_info) is traced
    assert failing in said.getMessage()
    assert ("does not answer" in said.getMessage()) is outside
    assert db.session.scalar(db.text("SELECT state FROM jobs WHERE kind = 'tests.fail'")) \
        == "waiting"

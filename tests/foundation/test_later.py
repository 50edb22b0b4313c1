"""What follows an act by a job: whole, once, and after a crash too."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from marketplace.foundation.jobs import run_due, runner
from tests.cast import Cast
from tests.checkout.hands import HAT, count, order, put

TOLD = "SELECT count(*) FROM letters WHERE template LIKE 'order%'"


def _crash(_number: int, _values: object) -> None:
    raise SystemExit("killed before the job was noted as done")


def test_what_follows_an_order_is_told_once_after_a_crash(
    cast: Cast, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """foundation: nothing is told inside the change; the buyer's letter and that of the house are
    written by a job whose end stands in the same change, so a crash right after it doubles nothing.
    """
    put(cast, client, HAT)
    run_due()
    order(cast, client)
    assert count(TOLD) == 0
    with monkeypatch.context() as patched:
        patched.setattr(runner, "_finish", _crash)
        with pytest.raises(SystemExit):
            run_due(1)
    assert count(TOLD) == 2
    assert count("SELECT count(*) FROM jobs WHERE kind = 'foundation.react' "
                 "AND state = 'running'") == 0
    run_due()
    assert count(TOLD) == 2
    assert count("SELECT count(*) FROM notices WHERE class = 'order'") == 0
    assert count("SELECT count(*) FROM products WHERE used_at IS NOT NULL") == 1

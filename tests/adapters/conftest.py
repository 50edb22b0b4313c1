"""An index of a small cellar, read both ways."""

from __future__ import annotations

import pytest

from marketplace.adapters.fulltext.whoosh import WhooshIndex
from tests.adapters.cellar import CELLAR


@pytest.fixture(params=["fast", "public"])
def engine(request, tmp_path):
    made = WhooshIndex(tmp_path / "index", wait_seconds=5, fast=request.param == "fast")
    made.rebuild(CELLAR, {"mean": 3})
    yield made
    made.close()

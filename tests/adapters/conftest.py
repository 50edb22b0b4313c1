"""An index of a small cellar: on disk read both ways, by tantivy, and in PostgreSQL."""

from __future__ import annotations

import pytest

from marketplace.adapters.fulltext.whoosh import WhooshIndex
from tests.adapters.cellar import CELLAR
from tests.databases import open_database


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory):
    """A database of a running server."""
    with open_database("postgresql", tmp_path_factory.mktemp("fulltext")) as database:
        yield database.url


@pytest.fixture(params=[
    "fast", "public", "tantivy", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def engine(request, tmp_path):
    if request.param == "postgresql":
        from marketplace.adapters.fulltext.postgres import PostgresIndex

        made = PostgresIndex(request.getfixturevalue("postgres_url"), wait_seconds=5)
    elif request.param == "tantivy":
        pytest.importorskip("tantivy")
        from marketplace.adapters.fulltext.tantivy import TantivyIndex

        made = TantivyIndex(tmp_path / "index", wait_seconds=5)
    else:
        made = WhooshIndex(tmp_path / "index", wait_seconds=5, fast=request.param == "fast")
    made.rebuild(CELLAR, {"mean": 3}, keep_former=False)
    yield made
    made.close()


@pytest.fixture
def another(request, engine, tmp_path):
    """The same index, as another process opens it."""
    if engine.health().engine != "postgresql":
        made = type(engine)(tmp_path / "index", wait_seconds=0.1)
    else:
        made = type(engine)(request.getfixturevalue("postgres_url"), wait_seconds=0.1)
    yield made
    made.close()

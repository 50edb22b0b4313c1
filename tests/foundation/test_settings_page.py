"""The page about settings says what the code knows."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from marketplace.foundation.settings import KNOWN, SettingsFault, load

PAGE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"


def undocumented(page: str) -> list[str]:
    """Known settings that the page does not name with their purpose."""
    return [name for name, known in KNOWN.items()
            if f"`ZURUF_{name.upper()}`" not in page or known.purpose not in page]


def test_every_setting_is_documented() -> None:
    """Each setting with its purpose; a page without one is found out."""
    page = PAGE.read_text("utf-8")
    assert undocumented(page) == []
    assert undocumented(page.replace("ZURUF_MAIL_FROM", "")) == ["mail_from"]


def test_an_index_in_postgresql_needs_one() -> None:
    """Search on PostgreSQL beside a SQLite file is refused at the start, by name."""
    with pytest.raises(SettingsFault, match="ZURUF_SEARCH_INDEX"):
        load({"ZURUF_SEARCH_INDEX": "postgresql", "ZURUF_SECRET_KEY": "x" * 40})
    url = "postgresql://market@127.0.0.1/market"
    given = load({"ZURUF_SEARCH_INDEX": "postgresql", "ZURUF_DATABASE_URL": url,
                  "ZURUF_SECRET_KEY": "x" * 40})
    assert given.search_index == "postgresql"


def test_an_index_by_tantivy_needs_it() -> None:
    """Search by tantivy starts where it is installed, and else is refused by name with the way."""
    asked = {"ZURUF_SEARCH_INDEX": "tantivy", "ZURUF_SECRET_KEY": "x" * 40}
    if find_spec("tantivy") is not None:
        assert load(asked).search_index == "tantivy"
        return
    with pytest.raises(SettingsFault, match=r"zuruf\[tantivy\]"):
        load(asked)

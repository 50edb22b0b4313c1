"""The page about settings says what the code knows."""

from __future__ import annotations

from pathlib import Path

from marketplace.foundation.settings import KNOWN

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

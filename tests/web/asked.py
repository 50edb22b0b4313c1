"""A question of eva's to everybody, and a challenge of the market, for the access table."""

from __future__ import annotations

from typing import Any

from marketplace.foundation.database import db
from tests.cast import Cast


def of_bundles(cast: Cast, bundle_slug: str) -> dict[str, dict[str, Any]]:
    """The parts of addresses, by endpoint."""
    asked = cast.post(cast.browser("eva"), "/polls/new", about=f"/bundles/{bundle_slug}",
                      question="Soll ich?", answer=["Ja", "Nein"], audience="public", hours="24")
    assert asked.status_code == 303, asked.get_data(as_text=True)
    code = db.session.scalar(db.text("SELECT code FROM polls"))
    db.session.rollback()
    called = cast.post(cast.browser("olga"), "/bundles/challenges/new", theme="Frühstück",
                       words="Für Gäste über Nacht.", entry_days="3", voting_days="2",
                       max_entries="1")
    assert called.status_code == 303, called.get_data(as_text=True)
    challenge = {"slug": called.location.rsplit("/", 1)[1]}
    return dict.fromkeys(("storefront.challenge", "bundles.enter", "bundles.vote_entry"),
                         challenge) | {
        f"bundles.{name}": {"code": code} for name in ("poll", "answer_poll", "close_poll")}

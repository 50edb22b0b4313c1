"""A decision of max's about dan, and eva's appeal against it, for the access table."""

from __future__ import annotations

import re
from typing import Any

from marketplace.foundation.database import db
from tests.cast import Cast


def an_appeal(cast: Cast) -> dict[str, dict[str, Any]]:
    """Numbers in the addresses of what was made, by endpoint."""
    eva = cast.browser("eva")
    page = cast.post(eva, "/moderation/report/person/dan", kind="off_topic", words="Nur Rezepte.",
                     step="send").get_data(as_text=True)
    key = re.search(r"/moderation/reports/([\w-]+)", page)
    assert key, page
    number = db.session.scalar(db.text("SELECT number FROM matters WHERE object_kind = 'person'"))
    db.session.rollback()
    done = cast.post(cast.browser("max"), f"/moderation/matters/{number}", reason="off_topic",
                     measure="none", facts="Ein Profil darf von Rezepten handeln.")
    assert done.status_code == 303, done.get_data(as_text=True)
    sent = cast.post(eva, f"/moderation/decisions/{number}", words="Es sind nicht ihre Rezepte.")
    assert sent.status_code == 303, sent.get_data(as_text=True)
    appeal = db.session.scalar(db.text("SELECT number FROM appeals"))
    db.session.rollback()
    return {
        **{f"moderation.{name}": {"number": number} for name in ("decision", "appeal")},
        **{f"moderation.{name}": {"number": appeal} for name in ("second", "decide_appeal")},
        "moderation.report_appeal": {"key": key.group(1)}}

"""Eva's appeals against a decision about dan and an exclusion of hers, for the access table."""

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
        "moderation.report_appeal": {"key": key.group(1)}, **an_exclusion(cast)}


def an_exclusion(cast: Cast) -> dict[str, dict[str, Any]]:
    """Gina keeps eva out of her closed group, and eva appeals."""
    out = cast.post(cast.browser("gina"), "/groups/stiller-keller/people/eva/exclude", days="30",
                    reason="off_topic", words="Es ging dreimal nur um Suppe.")
    assert out.status_code == 303, out.get_data(as_text=True)
    exclusion = db.session.scalar(db.text("SELECT max(id) FROM exclusions"))
    db.session.rollback()
    sent = cast.post(cast.browser("eva"), f"/moderation/exclusions/{exclusion}",
                     words="Die Suppe war mit Wein gekocht.")
    assert sent.status_code == 303, sent.get_data(as_text=True)
    number = db.session.scalar(db.text("SELECT number FROM exclusion_appeals"))
    db.session.rollback()
    return {
        **{f"moderation.{name}": {"exclusion_id": exclusion} for name in (
            "exclusion", "appeal_exclusion")},
        **{f"moderation.{name}": {"number": number} for name in (
            "second_exclusion", "decide_exclusion")}}

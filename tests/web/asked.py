"""A question of eva's to everybody, an offer from her bundle, a challenge of the market, and what
eva is asked, for the access table.
"""

from __future__ import annotations

from typing import Any

from marketplace.foundation.database import db
from tests.cast import Cast


def of_bundles(cast: Cast, bundle_slug: str) -> dict[str, dict[str, Any]]:
    """The parts of addresses, by endpoint."""
    made("eva", cast, "/polls/new", about=f"/bundles/{bundle_slug}", question="Soll ich?",
         answer=["Ja", "Nein"], audience="public", hours="24")
    made("olga", cast, "/bundles/challenges/new", theme="Frühstück",
         words="Für Gäste über Nacht.", entry_days="3", voting_days="2", max_entries="1")
    made("ana", cast, f"/studio/bundles/{bundle_slug}/offer", form="percent", value="10",
         credit="Eva")
    poll, challenge, offer = (db.session.scalar(db.text(query)) for query in (
        "SELECT code FROM polls", "SELECT slug FROM challenges", "SELECT id FROM bundle_offers"))
    db.session.rollback()
    values: dict[str, dict[str, Any]] = {"storefront.challenge": {"slug": challenge}}
    for names, value in (
        (("poll", "answer_poll", "close_poll"), {"code": poll}),
        (("enter", "leave_challenge", "vote_entry"), {"slug": challenge}),
        (("own_offer", "own_offer_post", "house_offer", "house_offer_post"), {"offer_id": offer}),
        (("ask_offer", "ask_offer_post"), {"slug": bundle_slug}),
    ):
        values |= {f"bundles.{name}": value for name in names}
    return values


def of_surveys(cast: Cast) -> dict[str, dict[str, Any]]:
    """A survey after orders that olga started, and eva who is asked and of the panel."""
    from tests.touchpoints.hands import asked, joined, put, running

    survey = running(cast)
    code = {"code": asked(cast, "eva").rsplit("/", 1)[1]}
    joined(cast, "eva")
    panel = {"panel_id": put(cast)}
    return {**dict.fromkeys(("touchpoints.operated_panel", "touchpoints.panel_step",
                             "touchpoints.panel_question", "touchpoints.panel_vote"), panel),
            "touchpoints.operated_survey": {"survey_id": survey},
            "touchpoints.survey_step": {"survey_id": survey},
            "touchpoints.survey": code, "touchpoints.survey_post": code}


def made(who: str, cast: Cast, path: str, **form: object) -> None:
    """Somebody sends a form that is taken."""
    sent = cast.post(cast.browser(who), path, **form)
    assert sent.status_code == 303, sent.get_data(as_text=True)

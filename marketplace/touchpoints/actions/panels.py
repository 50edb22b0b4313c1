"""Questions to the panel in the hands of those who run the market."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import delete

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound
from marketplace.foundation.events import OperatorActed, announce
from marketplace.notify.actions import tell
from marketplace.notify.rules import PANEL
from marketplace.touchpoints.actions.voting import panel_key
from marketplace.touchpoints.events import PanelAsked, PanelDecided
from marketplace.touchpoints.models import Panel
from marketplace.touchpoints.queries import panel_hears
from marketplace.touchpoints.rules import (
    LONGEST_ABOUT,
    LONGEST_RUN,
    LONGEST_TITLE,
    LONGEST_WORDS,
    day_of,
    decision_faults,
    is_open,
    is_over,
    panel_faults,
)

PANEL_STEPS = ("ask", "end", "drop")


def make_panel(typed: Mapping[str, str], person_id: int) -> Panel:
    """A draft of a question. Raises Invalid. Changes panels; announces OperatorActed."""
    closes_on = day_of(typed.get("closes_on", ""))
    faults = panel_faults(typed, closes_on, clock.today())
    if faults or closes_on is None:
        raise Invalid({name: _sentence(name) for name in faults})
    row = Panel(**{f"{name}_{lang}": typed[f"{name}_{lang}"] for name in (
        "title", "words", "about") for lang in ("de", "en")}, link=typed.get("link", ""),
        closes_on=closes_on, made_by=person_id, made_at=clock.now())
    db.session.add(row)
    db.session.flush()
    announce(OperatorActed(person_id, "panel_made", "panel", row.id, row.title_de))
    return row


def _sentence(name: str) -> str:
    """What is wrong with a field."""
    most = {"title": LONGEST_TITLE, "words": LONGEST_WORDS, "about": LONGEST_ABOUT,
            "reason": LONGEST_WORDS}
    kind, _sign, lang = name.rpartition("_")
    if kind in most and lang in ("de", "en"):
        return _("%(least)s to %(most)s characters, in both languages.",
                 least=10 if kind == "reason" else 3, most=most[kind])
    return {"link": _("The address of a page here, such as /orders."),
            "closes_on": _("A day after today, at most %(days)s days on.", days=LONGEST_RUN),
            "decision": _("Please choose what is decided.")}[name]


def _locked(panel_id: int) -> Panel:
    row = db.session.get(Panel, panel_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    return row


def step_panel(panel_id: int, person_id: int, step: str) -> None:
    """Put a draft to the panel, end the voting early, or drop a draft. Raises NotFound, Conflict.

    Changes panels; announces PanelAsked, OperatorActed.
    """
    row, today = _locked(panel_id), clock.today()
    if step not in PANEL_STEPS:
        raise NotFound(_("There is nothing at this address."))
    if not (is_open(row.state, row.closes_on, today) if step == "end" else row.state == "draft"):
        raise Conflict(_("This question has moved on meanwhile."))
    if step == "drop":
        db.session.execute(delete(Panel).where(Panel.id == panel_id))
    elif step == "end":
        row.state, row.closes_on = "closed", today
    elif row.closes_on < today:
        raise Conflict(_("Its last day is over. Please make a new draft."))
    else:
        row.state, row.asked_at = "open", clock.now()
        announce(PanelAsked(panel_id))
    db.session.flush()
    announce(OperatorActed(person_id, f"panel_{step}", "panel", panel_id, ""))


def decide_panel(panel_id: int, person_id: int, typed: Mapping[str, str]) -> None:
    """Publish what is decided and why, once the voting is over; it stays. Raises Invalid, NotFound,
    Conflict. Changes panels; announces PanelDecided, OperatorActed.
    """
    row = _locked(panel_id)
    if not is_over(row.state, row.closes_on, clock.today()):
        raise Conflict(_("This question has moved on meanwhile."))
    faults = decision_faults(typed)
    if faults:
        raise Invalid({name: _sentence(name) for name in faults})
    row.state, row.decision, row.decided_at = "decided", typed["decision"], clock.now()
    row.reason_de, row.reason_en = typed["reason_de"], typed["reason_en"]
    db.session.flush()
    announce(PanelDecided(panel_id))
    announce(OperatorActed(person_id, "panel_decided", "panel", panel_id, typed["reason_de"]))


def tell_panel(panel_id: int, decided: bool) -> None:
    """Notices and letters to members who turned them on: of a question to all of them, of what was
    decided to who voted. Changes notices, letters.
    """
    row = db.session.get_one(Panel, panel_id)
    for person_id in panel_hears(panel_id, voted=decided):
        tell(person_id, PANEL, panel_key(panel_id), "panel_decided" if decided else "panel_asked",
             f"/account/panel/{panel_id}", de=row.title_de, en=row.title_en)

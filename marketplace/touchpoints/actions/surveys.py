"""Surveys in the hands of those who run the market."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from sqlalchemy import delete, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound
from marketplace.foundation.events import OperatorActed, announce
from marketplace.touchpoints.models import Survey, SurveyQuestion
from marketplace.touchpoints.rules import Wording, plan_faults

STEPS: Mapping[str, tuple[frozenset[str], str]] = {
    "start": (frozenset(("draft", "paused")), "running"),
    "pause": (frozenset(("running",)), "paused"),
    "end": (frozenset(("running", "paused")), "ended"),
    "drop": (frozenset(("draft",)), ""),
}
"""From which states a step leads, and to which; a draft that is dropped is gone."""


def make_survey(person_id: int, act: str, kind: str, questions: Sequence[Wording]) -> Survey:
    """A draft of one or two questions of at most 140 characters. Raises Invalid.

    Changes surveys, survey_questions; announces OperatorActed.
    """
    sentences = {"act": _("Please choose after what."), "kind": _("Please choose how."),
                 "count": _("At most two questions: whoever answers gives us 15 seconds.")}
    words = _("3 to 140 characters, in both languages.")
    faults = {{"1": "first", "2": "second"}.get(name, name): sentences.get(name, words)
              for name in plan_faults(act, kind, questions)}
    if faults:
        raise Invalid(faults)
    row = Survey(act=act, kind=kind, made_by=person_id, made_at=clock.now())
    db.session.add(row)
    db.session.flush()
    db.session.add_all(SurveyQuestion(survey_id=row.id, pos=n, words_de=one.de, words_en=one.en)
                       for n, one in enumerate(questions, start=1))
    db.session.flush()
    announce(OperatorActed(person_id, "survey_made", "survey", row.id, questions[0].de))
    return row


def step_survey(survey_id: int, person_id: int, step: str) -> None:
    """Start, pause, end or drop a survey. Raises NotFound, Conflict.

    Changes surveys, survey_questions; announces OperatorActed.
    """
    row = db.session.get(Survey, survey_id, with_for_update=True, populate_existing=True)
    if row is None or step not in STEPS:
        raise NotFound(_("There is nothing at this address."))
    allowed, state = STEPS[step]
    if row.state not in allowed:
        raise Conflict(_("This survey has moved on meanwhile."))
    if step == "drop":
        db.session.execute(delete(SurveyQuestion).where(SurveyQuestion.survey_id == survey_id))
        db.session.delete(row)
    else:
        _move(row, state)
    db.session.flush()
    announce(OperatorActed(person_id, f"survey_{step}", "survey", survey_id, ""))


def _move(row: Survey, state: str) -> None:
    now = clock.now()
    if state == "running":
        if db.session.scalar(select(Survey.id).where(Survey.act == row.act,
                                                     Survey.state == "running")):
            raise Conflict(_("Another survey after the same act runs. End or pause it first."))
        row.counts_from, row.paused_at, row.annoyed = now, None, False
    elif state == "paused":
        row.paused_at = now
    row.state = state

"""Changes of `moderation`."""

from marketplace.moderation.actions.appealing import appeal, decide_appeal
from marketplace.moderation.actions.carrying import carry_out
from marketplace.moderation.actions.deciding import (
    NewReport,
    answer_complaint,
    call_due,
    decide,
    open_matter,
    report,
)
from marketplace.moderation.actions.logs import audit, log_care

__all__ = ["NewReport", "answer_complaint", "appeal", "audit", "call_due", "carry_out", "decide",
           "decide_appeal", "log_care", "open_matter", "report"]

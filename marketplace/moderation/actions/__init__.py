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
from marketplace.moderation.actions.excluding import (
    appeal_exclusion,
    decide_exclusion,
    end_appeal,
    log_exclusion,
)
from marketplace.moderation.actions.logs import audit, log_care
from marketplace.moderation.actions.tending import empty_old, remind_of_appeals

__all__ = ["NewReport", "answer_complaint", "appeal", "appeal_exclusion", "audit", "call_due",
           "carry_out", "decide", "decide_appeal", "decide_exclusion", "empty_old", "end_appeal",
           "log_care", "log_exclusion", "open_matter", "remind_of_appeals", "report"]

"""The two chained logs: what was decided, for everybody; what staff did, for the operator."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.events import OperatorActed
from marketplace.moderation.models import AuditEntry, ModerationLogEntry
from marketplace.moderation.rules import ZEROS, chained, log_entry

OBJECT_WORDS = {"rating": "rating_words", "post": "post", "thread": "thread", "bundle": "bundle",
                "recommendation": "recommendation", "reply": "reply", "product": "product",
                "person": "profile", "group": "group", "ask": "ask",
                "imported": "imported_words", "poll": "poll", "panel": "panel"}


def _pseudonym(person_id: int) -> str:
    year = clock.today().year
    return "mod-" + sha256(f"{year}:{person_id}".encode()).hexdigest()[:4]


def log(by: int, kind: str, said: Mapping[str, str], of: int | None = None) -> int:
    """Append to the public log, one head at a time; the number of the line.

    `said`: level, measure, object, reason; `of`: the line of the decision an appeal is about.
    Changes moderation_log.
    """
    last = db.session.execute(
        select(ModerationLogEntry.n, ModerationLogEntry.hash)
        .order_by(ModerationLogEntry.n.desc()).limit(1).with_for_update()).first()
    n, previous = (last.n + 1, last.hash) if last else (1, ZEROS)
    entry = log_entry(n, clock.today(), _pseudonym(by), kind, said, of)
    db.session.add(ModerationLogEntry(n=n, day=clock.today(), entry=entry, previous_hash=previous,
                                      hash=chained(previous, entry)))
    db.session.flush()
    return n


def log_care(by: int, measure: str, reason: str, what: str) -> None:
    """Append what a moderator of a group did with its talk; neither group nor names are said.

    Changes moderation_log.
    """
    log(by, "group", {"level": "none", "measure": measure, "object": what, "reason": reason})


def audit(acted: OperatorActed) -> None:
    """Append an act of staff to the audit log, chained. Changes audit_log."""
    last = db.session.execute(select(AuditEntry.n, AuditEntry.hash)
                              .order_by(AuditEntry.n.desc()).limit(1).with_for_update()).first()
    n, previous = (last.n + 1, last.hash) if last else (1, ZEROS)
    entry = {"action": acted.what, "n": n, "object": f"{acted.object_kind} {acted.object_id}",
             "person": acted.person_id, "why": acted.why}
    db.session.add(AuditEntry(
        n=n, at=clock.now(), person_id=acted.person_id, action=acted.what,
        object_kind=acted.object_kind, object_id=acted.object_id, why=acted.why,
        previous_hash=previous, hash=chained(previous, entry)))
    db.session.flush()

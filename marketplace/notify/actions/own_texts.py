"""Writing the operator's own paragraph into a letter."""

from __future__ import annotations

import re

from flask_babel import gettext as _
from sqlalchemy import func, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.events import OperatorActed, announce
from marketplace.notify.models import OwnText

MOST = 400
LINK = re.compile(r"https?://|www\.", re.I)


def write_own(person_id: int, template: str, words: dict[str, str]) -> bool:
    """Keep the own paragraph of a letter by language, "" takes it out; whether anything changed.

    Raises Invalid by language. Changes own_texts; announces OperatorActed.
    """
    cleaned = {lang: " ".join(text.split()) for lang, text in words.items()}
    faults = {lang: fault for lang, text in cleaned.items() if (fault := _fault(text))}
    if faults:
        raise Invalid(faults)
    changed = [lang for lang, text in cleaned.items() if _next(person_id, template, lang, text)]
    if changed:
        announce(OperatorActed(person_id, "own_text", "letter", 0,
                               f"{template} {' '.join(changed)}"))
    return bool(changed)


def _fault(text: str) -> str:
    if len(text) > MOST:
        return _("At most %(most)s characters.", most=MOST)
    return _("No links, please: a letter has one button, and that is its own."
             ) if LINK.search(text) else ""


def _next(person_id: int, template: str, lang: str, text: str) -> bool:
    """A new version where the words differ from the newest."""
    newest = db.session.scalar(
        select(OwnText).where(OwnText.template == template, OwnText.lang == lang)
        .order_by(OwnText.version.desc()).limit(1))
    if text == (newest.words if newest else ""):
        return False
    version = (db.session.scalar(select(func.max(OwnText.version)).where(
        OwnText.template == template, OwnText.lang == lang)) or 0) + 1
    db.session.add(OwnText(template=template, lang=lang, version=version, words=text,
                           by_id=person_id, at=clock.now()))
    db.session.flush()
    return True

"""Official files that are printed as they are: put in by the operator, known by their checksum."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from flask_babel import gettext as _
from sqlalchemy import delete

from marketplace.catalog.models import OfficialFile
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.events import OperatorActed, announce

GUARANTEE = "guarantee_label"
"""The harmonised label for a guarantee of durability (Reg. (EU) 2025/1960)."""
LEGAL_YEARS = 2
"""What the law gives anyway; a longer guarantee has the label."""
NOTICES = {"de": "guarantee_notice_de", "en": "guarantee_notice_en"}
"""The harmonised notice on the legal guarantee, one for each language (same regulation)."""
OFFICIAL = {"label": GUARANTEE, "notice-de": NOTICES["de"], "notice-en": NOTICES["en"]}
"""What can be put in, by the word of its address."""


@dataclass(frozen=True, slots=True)
class Official:
    """A file as it lies in the storage, and from where it was had."""

    file: str
    size: tuple[int, int]
    source: str


def demand_checksum(body: bytes, typed: str) -> str:
    """The SHA-256 of bytes, if it is the one that was typed. Raises Invalid."""
    wanted = re.sub(r"[\s:-]", "", typed).lower()
    if not re.fullmatch(r"[0-9a-f]{64}", wanted):
        raise Invalid({"sha256": _("A SHA-256 checksum has 64 signs from 0 to 9 and a to f.")})
    found = sha256(body).hexdigest()
    if found != wanted:
        raise Invalid({"sha256": _("This file has the checksum %(found)s, so it is another one.",
                                   found=found)})
    return found


def put_official(key: str, new: Official, checksum: str, person_id: int) -> None:
    """Print this file from now on. Changes official_files; announces OperatorActed."""
    db.session.execute(delete(OfficialFile).where(OfficialFile.key == key))
    db.session.add(OfficialFile(
        key=key, file=new.file, sha256=checksum, width=new.size[0], height=new.size[1],
        source=new.source[:300], at=clock.now(), person_id=person_id))
    db.session.flush()
    announce(OperatorActed(person_id, "official_put", "official_file", 0,
                           f"{key} {checksum} {new.source}"[:300]))


def take_official(key: str, person_id: int) -> None:
    """Print words again. Changes official_files; announces OperatorActed."""
    db.session.execute(delete(OfficialFile).where(OfficialFile.key == key))
    announce(OperatorActed(person_id, "official_taken", "official_file", 0, key))

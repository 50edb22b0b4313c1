"""Official files that are printed as they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from marketplace.catalog.models import OfficialFile
from marketplace.foundation.database import read
from marketplace.people.models import Person


@dataclass(frozen=True, slots=True)
class OfficialView:
    """A file with its checksum, from where it is, and who put it in when."""

    file: str
    sha256: str
    width: int
    height: int
    source: str
    at: datetime
    by: str

    @property
    def url(self) -> str:
        """Its address."""
        return f"/files/{self.file}"


def official(key: str) -> OfficialView | None:
    """The file of a key, None where there is none. Loads: 1 statement."""
    rows = read(select(OfficialFile.file, OfficialFile.sha256, OfficialFile.width,
                       OfficialFile.height, OfficialFile.source, OfficialFile.at,
                       func.coalesce(Person.display_name, ""))
                .outerjoin(Person, Person.id == OfficialFile.person_id)
                .where(OfficialFile.key == key))
    return OfficialView(*rows[0]) if rows else None

"""The harmonised notice on the legal guarantee: printed as it is, or said in words."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import is_whole
from marketplace.catalog.actions.official import NOTICES
from marketplace.catalog.queries.official import OfficialView, official
from marketplace.foundation.kept import kept
from marketplace.web.languages import current_lang


@dataclass(frozen=True, slots=True)
class Notice:
    """The official picture of the page's language, or None; and its words in any case."""

    picture: OfficialView | None
    title: str
    words: str


def guarantee_notice() -> Notice:
    """What the law gives with all goods (Reg. (EU) 2025/1960). Loads: 1 statement a minute.

    A file whose checksum is not the one that was put in is not printed.
    """
    key = NOTICES[current_lang()]

    def whole() -> OfficialView | None:
        found = official(key)
        return found if found and is_whole(doors().storage, found.file, found.sha256) else None

    return Notice(
        kept(key, whole), _("Legal guarantee of two years"),
        _("By law the seller answers for at least two years for goods that do not conform to the "
          "contract: you can have them repaired or replaced free of charge, or have the price "
          "reduced or the money back."))

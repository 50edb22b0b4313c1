"""The harmonised notice on the legal guarantee: printed as it is, or said in words."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import is_whole
from marketplace.catalog.actions.official import GUARANTEE, LEGAL_YEARS, NOTICES
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
    """What the law gives with all goods (Reg. (EU) 2025/1960). Loads: 1 statement a minute."""
    return Notice(
        _printed(NOTICES[current_lang()]), _("Legal guarantee of two years"),
        _("By law the seller answers for at least two years for goods that do not conform to the "
          "contract: you can have them repaired or replaced free of charge, or have the price "
          "reduced or the money back."))


def lasting(years: int) -> Notice | None:
    """The producer's own guarantee of durability, None where it gives none; the EU's label stands
    for more than the law gives anyway. Loads: at most 1 statement a minute.
    """
    if not years:
        return None
    return Notice(
        _printed(GUARANTEE) if years > LEGAL_YEARS else None,
        _("EU label: the producer guarantees durability"),
        ngettext("The producer guarantees durability for %(num)s year, at no cost to you.",
                 "The producer guarantees durability for %(num)s years, at no cost to you.",
                 years))


def _printed(key: str) -> OfficialView | None:
    """An official file; one whose checksum is not what was put in is not printed."""
    def whole() -> OfficialView | None:
        found = official(key)
        return found if found and is_whole(doors().storage, found.file, found.sha256) else None

    return kept(("official", key), whole)

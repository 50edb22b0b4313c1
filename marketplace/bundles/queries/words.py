"""Reasons and licences in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from marketplace.bundles.queries.rows import BundleRow
from marketplace.bundles.rules import ALL_RIGHTS
from marketplace.web.shapes import Gone, nobody

LICENCE_URLS = {
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


def licence_name(licence: str) -> str:
    """What a licence is called."""
    if licence == ALL_RIGHTS:
        return _("All rights with the author, no variants")
    return {"CC-BY-SA-4.0": "CC BY-SA 4.0", "CC-BY-4.0": "CC BY 4.0", "CC0-1.0": "CC0"}[licence]


def photo_licence(licence: str) -> str:
    """What the licence of a photo is called."""
    return _("All rights with who took it") if licence == ALL_RIGHTS else licence_name(licence)


def author_of(row: BundleRow, people: Mapping[int, Any]) -> Any:
    """Who made a bundle, as a line of a person; in a running challenge nobody is named."""
    if row.blind and row.author_id is None:
        return Gone(_("named at the end of the challenge"))
    return people.get(row.author_id or 0, nobody())


def reason_words() -> dict[str, str]:
    """The closed list of reasons for a voice, in its order."""
    return {"colour": _("colour"), "price": _("price"), "occasion": _("occasion"),
            "style": _("style"), "fits": _("fits together"),
            "does_not_fit": _("does not fit"), "choice": _("choice")}


def season_words() -> dict[str, str]:
    """The seasons, in their order."""
    return {"spring": _("spring"), "summer": _("summer"), "autumn": _("autumn"),
            "winter": _("winter")}

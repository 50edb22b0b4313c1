"""The feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, request, url_for
from flask_babel import gettext as _

from marketplace.storefront.queries.feed import KINDS, feed_entries
from marketplace.storefront.views import pages
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer
from marketplace.web.languages import current_lang
from marketplace.web.shapes import Tab


@dataclass(frozen=True, slots=True)
class FeedPage:
    """What my people and groups did."""

    tabs: Sequence[Tab]
    feed_entries: Sequence[Any]
    more_url: str
    people_url: str
    groups_url: str
    help_url: str


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


@pages.get("/feed")
@signed_in
def feed() -> Response:
    """Strictly by time, twenty at a time."""
    kind = request.args.get("kind", "all")
    kind = kind if kind in KINDS else "all"
    names = {"all": _("All"), "recommendations": _("Recommendations"), "answers": _("Answers"),
             "talk": _("Talk")}
    entries, more = feed_entries(person_id(), current_lang(), 20,
                                 _moment(request.args.get("before", "")), kind)
    page = FeedPage(
        [(names[k], url_for("storefront.feed", kind=k), k == kind, None) for k in KINDS], entries,
        url_for("storefront.feed", kind=kind, before=more.isoformat()) if more else "",
        url_for("storefront.products"), url_for("storefront.groups"),
        url_for("dialogue.new", about="/feed"))
    return answer("storefront/feed.html", page)

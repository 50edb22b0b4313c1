"""What a decision says of a bundle, beside it or in its place."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from marketplace.bundles.queries import BundleRow
from marketplace.storefront.queries.reviews import removed_because
from marketplace.web.shapes import Tombstone


@dataclass(frozen=True, slots=True)
class RemovedPage:
    """What stands where a bundle was."""

    state: Tombstone
    list_url: str
    help_url: str


def removed_page(row: BundleRow) -> RemovedPage:
    """What stands where a bundle was: why it is gone, and where that is noted. Its words, its parts
    and its author are not told.
    """
    return RemovedPage(Tombstone(
        _("Removed: %(reason)s", reason=removed_because(row.standing_reason)), None, None,
        url_for("moderation.log")), url_for("storefront.bundles"),
        url_for("dialogue.new", about=row.url))


def standing_words(row: BundleRow) -> Tombstone | None:
    """What a decision says beside a bundle that stays readable; nothing where there was none."""
    if row.standing == "visible":
        return None
    words = {"held": _("Held back from lists: %(reason)s"),
             "labelled": _("Noted by a decision: %(reason)s"),
             "collapsed": _("Taken out of lists: %(reason)s")}[row.standing]
    return Tombstone(words % {"reason": removed_because(row.standing_reason)}, None, None,
                     url_for("moderation.log"))

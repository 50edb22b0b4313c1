"""Who is told of bundles; handlers of the reactions table."""

from __future__ import annotations

from marketplace.bundles.events import BundleRemixed
from marketplace.bundles.models import Bundle
from marketplace.foundation.database import db
from marketplace.notify.actions.reacting import name_of
from marketplace.notify.actions.telling import tell
from marketplace.notify.queries.objects import sees


def remixed(event: BundleRemixed) -> None:
    """The author of a bundle that somebody made a variant of, if they may see it."""
    parent = db.session.get_one(Bundle, event.parent_id)
    variant = db.session.get_one(Bundle, event.bundle_id)
    url = f"/bundles/{variant.slug}"
    if parent.author_id is not None and sees(parent.author_id, url):
        tell(parent.author_id, "variant", f"variant {parent.id}", "remixed", url,
             by=event.author_id, name=name_of(event.author_id), title=parent.title)

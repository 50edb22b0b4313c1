"""Who may see which bundle, and whose author is named."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, exists, or_

from marketplace.bundles.models import Bundle
from marketplace.bundles.queries.rows import BundleRow
from marketplace.foundation import clock
from marketplace.groups.models import Membership


def seen_by(viewer_id: Any) -> Any:
    """Which bundles a viewer may see in lists; None are visitors."""
    if viewer_id is None:
        return and_(Bundle.standing.in_(("visible", "labelled")), Bundle.state == "published",
                    Bundle.visibility == "public")
    own = Bundle.author_id == viewer_id
    member = exists().where(Membership.group_id == Bundle.group_id,
                            Membership.person_id == viewer_id,
                            Membership.left_at.is_(None))
    return and_(Bundle.standing.in_(("visible", "labelled")), or_(
        and_(Bundle.state == "published", Bundle.visibility.in_(("public", "members"))),
        and_(Bundle.state == "published", Bundle.visibility == "group", member),
        and_(own, Bundle.state == "published")))


def named() -> Any:
    """Bundles whose authors are named: lists by author must not give away the others."""
    return or_(Bundle.blind_until.is_(None), Bundle.blind_until <= clock.now())


def may_see(bundle: BundleRow, viewer_id: int | None, member_of: frozenset[int]) -> bool:
    """Whether a viewer may open a bundle by its address."""
    if viewer_id is not None and bundle.author_id == viewer_id:
        return True
    if bundle.state != "published":
        return False
    return {"public": True, "link": True, "members": viewer_id is not None, "private": False,
            "group": bundle.group_id in member_of}[bundle.visibility]


def blind(bundle: Any) -> bool:
    """Whether its author is not named yet."""
    return bundle.blind_until is not None and bundle.blind_until > clock.now()

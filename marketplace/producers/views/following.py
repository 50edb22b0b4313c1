"""Acts on producers by visitors and members."""

from __future__ import annotations

from flask import Response, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.foundation.database import committing, db
from marketplace.foundation.errors import NotFound
from marketplace.producers import actions
from marketplace.producers.models import Producer
from marketplace.producers.queries.pages import PUBLIC
from marketplace.producers.views import pages
from marketplace.web.access import person_id
from marketplace.web.answers import back


def _producer_id(slug: str) -> int:
    found = db.session.scalar(select(Producer.id).where(Producer.slug == slug,
                                                        Producer.state.in_(PUBLIC)))
    if found is None:
        raise NotFound(_("There is no such producer here."))
    return found


@pages.post("/producers/<slug>/follow")
def follow(slug: str) -> Response:
    """Follow a producer, or with follow=no follow it no longer."""
    me, producer_id = person_id(), _producer_id(slug)
    with committing():
        if request.values.get("follow") == "no":
            actions.unfollow(me, producer_id)
        else:
            actions.follow(me, producer_id)
    return back(url_for("storefront.producer", slug=slug))

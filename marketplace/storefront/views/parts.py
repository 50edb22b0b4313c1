"""All parts of the interface in all their states, for those who build; not in production."""

from __future__ import annotations

from flask import Response, current_app, render_template
from flask_babel import gettext as _

from marketplace.foundation import clock
from marketplace.foundation.errors import NotFound
from marketplace.storefront.views import pages


@pages.get("/parts")
def parts() -> Response:
    """Every part. Raises NotFound in production."""
    if current_app.config["ZURUF"].production:
        raise NotFound(_("There is nothing at this address."))
    return Response(render_template("storefront/parts_page.html", page=None, today=clock.today()))

"""No work for the site or a house without a second factor, once its day has come."""

from __future__ import annotations

from flask import Response, current_app, flash, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.foundation import clock
from marketplace.people.rules.factors import demanded, is_staff_page
from marketplace.people.views import pages
from marketplace.web.answers import see_other


@pages.before_app_request
def demand_factor() -> Response | None:
    """Send staff whose day has come to where they set a second factor up; not in the demo."""
    if current_app.config["ZURUF_DEMO"] or not is_staff_page(request.path) \
            or not current_user.is_authenticated:
        return None
    due = demanded(current_user.is_operator or current_user.is_moderator, current_user.factor_by,
                   current_user.has_factor)
    if due is None or due > clock.today():
        return None
    flash(_("First a second factor, then this page: a passkey or a code app."), "warn")
    return see_other(url_for("people.security"))

"""Where a payment provider tells what happened."""

from __future__ import annotations

import logging

from flask import Response, make_response, request
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError

from marketplace.adapters.doors import doors
from marketplace.foundation.database import committing
from marketplace.foundation.errors import NotFound, OutsideDown
from marketplace.payments import actions
from marketplace.payments.rules.attempts import CARD
from marketplace.payments.views import pages
from marketplace.web.answers import machine

MOST_BYTES = 256 * 1024
log = logging.getLogger(__name__)


@pages.post("/hooks/stripe")
@machine
def hook() -> Response:
    """Check the signature, keep the message, plan its application; nothing outside is called.

    204 taken or known; 400 not genuine; 413 too large; 503 cannot be kept, so that it comes again.
    """
    door = doors().payment.get(CARD)
    if door is None:
        raise NotFound(_("There is nothing at this address."))
    if (request.content_length or 0) > MOST_BYTES:
        return make_response("", 413)
    body = request.get_data(cache=False)
    if len(body) > MOST_BYTES:
        return make_response("", 413)
    notice = door.read_notice(body, request.headers.get(door.signed_in, ""))
    try:
        with committing():
            actions.take_notice(CARD, notice, body)
    except SQLAlchemyError as fault:
        log.exception("a payment message could not be kept")
        raise OutsideDown("", 10) from fault
    return make_response("", 204)

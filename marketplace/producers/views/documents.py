"""Documents beside evidence: taken in by their content, read by their house and the operator."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import Response, request, send_file
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.adapters.doors import doors
from marketplace.adapters.storage import MOST_BYTES, NotAPicture, check
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.producers.actions import demand
from marketplace.producers.queries import own_role
from marketplace.producers.queries.evidence import document_of
from marketplace.producers.views import pages
from marketplace.web.access import person_id, signed_in

KEPT_AS = "proof"
"""The ending of a document's file; the site's address of files gives out none of these."""
ACCEPTED = "application/pdf,image/jpeg,image/png,image/webp,image/avif"
TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg"}


def sent_document() -> tuple[bytes, str] | None:
    """The document of a form and its kind, None without one; a picture is written anew, without
    what it knows of place and time. Raises Invalid.
    """
    sent: Any = request.files.get("document")
    body: bytes = sent.read(MOST_BYTES + 1) if sent else b""
    if not body:
        return None
    if len(body) > MOST_BYTES:
        raise Invalid({"document": _("The document is too large: at most 10 MB.")})
    if is_pdf(body):
        return body, "pdf"
    try:
        picture, out = check(body), BytesIO()
    except NotAPicture as fault:
        raise Invalid({"document": {
            "size": _("The picture is too large: at most 10 MB and 20 megapixels."),
            "broken": _("This document cannot be read: a PDF or a picture can."),
        }.get(str(fault), _("This kind of file cannot be taken: PDF, JPEG, PNG, WebP and AVIF "
                            "can."))}) from fault
    picture.save(out, "JPEG", quality=90)
    return out.getvalue(), "jpg"


def is_pdf(body: bytes) -> bool:
    """Whether bytes begin and end as a PDF does. Source: ISO 32000-1 section 7.5."""
    return body[:5] == b"%PDF-" and b"%%EOF" in body[-2048:]


@pages.get("/studio/evidence/<int:evidence_id>/document", endpoint="document")
@signed_in
def document(evidence_id: int) -> Response:
    """The document, for those who write for its house and for the operator; 404 for all others."""
    found = document_of(evidence_id)
    if found is None:
        raise NotFound(_("There is nothing at this address."))
    if not current_user.is_operator:
        demand(own_role(person_id(), found.producer_id), "texts")
    path = doors().storage.path(found.file)
    if not path.is_file():
        raise NotFound(_("This document is not there any more."))
    given = send_file(path, mimetype=TYPES[found.type], as_attachment=found.type == "pdf",
                      download_name=f"evidence-{evidence_id}.{found.type}", etag=False,
                      last_modified=0)
    given.headers["Cache-Control"] = "private, no-store"
    given.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return given

"""Photographs of a producer's place and work."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from marketplace.adapters.storage import Rendered
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.foundation.events import announce
from marketplace.foundation.jobs import enqueue
from marketplace.producers.actions.pages import demand
from marketplace.producers.events import ProducerChanged
from marketplace.producers.models import ProducerMedia
from marketplace.producers.queries.staff import Role

MOST_MEDIA = 12


def demand_alt(alts: tuple[str, str]) -> None:
    """Refuse a photograph that is not said in words. Raises Invalid."""
    faults = {name: _("At most 200 characters.") for name, words in
              zip(("alt_de", "alt_en"), alts, strict=True) if len(words) > 200}
    if not any(alts):
        faults["alt_de"] = _("Please say in words what it shows, in one of the two languages.")
    if faults:
        raise Invalid(faults)


def add_photo(role: Role, file: str, alts: tuple[str, str], size: tuple[int, int, str]
              ) -> ProducerMedia:
    """Show a stored photograph; it is made small by a job.

    `size` is (width, height, tint). Raises NotYours, Invalid. Changes producer_media; announces.
    """
    demand(role, "texts")
    demand_alt(alts)
    known = db.session.execute(
        select(func.count(), func.coalesce(func.max(ProducerMedia.position), -1))
        .where(ProducerMedia.producer_id == role.producer_id)).one()
    if known[0] >= MOST_MEDIA:
        raise Invalid({"picture": _("Twelve are enough. Please take one out first.")})
    row = ProducerMedia(
        producer_id=role.producer_id, file=file, kind="photo", alt_de=alts[0], alt_en=alts[1],
        licence="producer", position=known[1] + 1, width=size[0], height=size[1], tint=size[2])
    db.session.add(row)
    db.session.flush()
    enqueue("producers.render_media", f"media {row.id}", media_id=row.id)
    announce(ProducerChanged(role.producer_id, ("media",)))
    return row


def keep_media_renditions(media_id: int, made: Rendered) -> None:
    """Note the small files of a photo. Changes producer_media; announces."""
    producer_id = db.session.scalar(select(ProducerMedia.producer_id).where(
        ProducerMedia.id == media_id))
    if producer_id is None:
        return
    db.session.execute(update(ProducerMedia).where(ProducerMedia.id == media_id).values(
        renditions=[list(file) for file in made.files], width=made.width, height=made.height,
        tint=made.tint))
    announce(ProducerChanged(producer_id, ("media",)))


def take_media_out(role: Role, media_id: int) -> None:
    """It is shown no more. Raises NotYours, NotFound. Changes producer_media; announces."""
    demand(role, "texts")
    row = db.session.scalar(select(ProducerMedia).where(
        ProducerMedia.id == media_id, ProducerMedia.producer_id == role.producer_id))
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    db.session.delete(row)
    db.session.flush()
    announce(ProducerChanged(role.producer_id, ("media",)))

"""Photographs and films of a producer's place and work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, delete, func, select, update

from marketplace.adapters.storage import Rendered
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.foundation.events import announce
from marketplace.foundation.jobs import enqueue
from marketplace.producers.actions.pages import demand
from marketplace.producers.events import ProducerChanged
from marketplace.producers.models import ProducerMedia
from marketplace.producers.queries.staff import Role

MOST_MEDIA, MOST_FILMS, MOST_TRANSCRIPT = 12, 3, 8000
LICENCES = ("producer", "cc0", "cc-by", "cc-by-sa")
KEPT_FOR = timedelta(days=30)
"""How long something that was taken out can be put back."""


@dataclass(frozen=True, slots=True)
class NewFilm:
    """What is said of a film: title in both languages, its words in writing, and by what right."""

    alt_de: str
    alt_en: str
    transcript: str
    lang: str
    licence: str
    credit: str
    agreed: bool


def demand_alt(alts: tuple[str, str]) -> None:
    """Refuse a photograph that is not said in words. Raises Invalid."""
    faults = {name: _("At most 200 characters.") for name, words in
              zip(("alt_de", "alt_en"), alts, strict=True) if len(words) > 200}
    if not any(alts):
        faults["alt_de"] = _("Please say in words what it shows, in one of the two languages.")
    if faults:
        raise Invalid(faults)


def film_faults(new: NewFilm) -> dict[str, str]:
    """What is wrong with what is said of a film, by field of its form."""
    faults = {name: _("At most 200 characters.") for name, words in
              (("film_de", new.alt_de), ("film_en", new.alt_en)) if len(words) > 200}
    if not new.alt_de and not new.alt_en:
        faults["film_de"] = _("Please say in words what it shows, in one of the two languages.")
    if len(new.transcript) < 20:
        faults["transcript"] = _("Please write down what is said and shown: without its words "
                                 "not everybody can follow a film. At least 20 characters.")
    elif len(new.transcript) > MOST_TRANSCRIPT:
        faults["transcript"] = _("At most 8,000 characters.")
    if new.lang not in ("de", "en"):
        faults["lang"] = _("Please choose one of these.")
    if new.licence not in LICENCES:
        faults["licence"] = _("Please choose one of these.")
    elif new.licence in ("cc-by", "cc-by-sa") and not new.credit:
        faults["credit"] = _("This licence wants the name of who made it.")
    if len(new.credit) > 120:
        faults["credit"] = _("At most 120 characters.")
    if not new.agreed:
        faults["agreed"] = _("A film of somebody needs their consent; please ask them first.")
    return faults


def add_photo(role: Role, file: str, alts: tuple[str, str], size: tuple[int, int, str]
              ) -> ProducerMedia:
    """Show a stored photograph; it is made small by a job.

    `size` is (width, height, tint). Raises NotYours, Invalid. Changes producer_media; announces.
    """
    demand(role, "texts")
    demand_alt(alts)
    return _add(role, ProducerMedia(
        file=file, kind="photo", alt_de=alts[0], alt_en=alts[1], licence="producer",
        width=size[0], height=size[1], tint=size[2]), "picture")


def add_film(role: Role, file: str, size_bytes: int, new: NewFilm, still_file: str | None = None
             ) -> ProducerMedia:
    """Show a stored film with its words in writing, and a still picture before it is started.

    Raises NotYours, Invalid. Changes producer_media; announces.
    """
    demand(role, "texts")
    faults = film_faults(new)
    if faults:
        raise Invalid(faults)
    films = db.session.scalar(select(func.count(ProducerMedia.id)).where(
        *_shown(role), ProducerMedia.kind == "video")) or 0
    if films >= MOST_FILMS:
        raise Invalid({"film": _("Three films are enough. Please take one out first.")})
    return _add(role, ProducerMedia(
        file=file, kind="video", alt_de=new.alt_de, alt_en=new.alt_en, transcript=new.transcript,
        lang=new.lang, size_bytes=size_bytes, licence=new.licence, credit=new.credit,
        still_file=still_file), "film")


def _shown(role: Role) -> tuple[ColumnElement[bool], ...]:
    return (ProducerMedia.producer_id == role.producer_id, ProducerMedia.taken_out_at.is_(None))


def _add(role: Role, row: ProducerMedia, field: str) -> ProducerMedia:
    known = db.session.execute(
        select(func.count(), func.coalesce(func.max(ProducerMedia.position), -1))
        .where(*_shown(role))).one()
    if known[0] >= MOST_MEDIA:
        raise Invalid({field: _("Twelve are enough. Please take one out first.")})
    row.producer_id, row.position = role.producer_id, known[1] + 1
    db.session.add(row)
    db.session.flush()
    if row.kind == "photo" or row.still_file:
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
    """It is shown no more, and can be put back for thirty days.

    Raises NotYours, NotFound. Changes producer_media; announces.
    """
    _own(role, media_id).taken_out_at = clock.now()
    db.session.flush()
    announce(ProducerChanged(role.producer_id, ("media",)))


def put_media_back(role: Role, media_id: int) -> None:
    """What was taken out shows again, at the end. Raises NotYours, NotFound, Invalid.

    Changes producer_media; announces.
    """
    row = _own(role, media_id)
    if row.taken_out_at is None:
        return
    known = db.session.execute(
        select(func.count(), func.coalesce(func.max(ProducerMedia.position), -1)).where(
            *_shown(role))).one()
    if known[0] >= MOST_MEDIA:
        raise Invalid({"picture": _("Twelve are enough. Please take one out first.")})
    row.taken_out_at, row.position = None, known[1] + 1
    db.session.flush()
    announce(ProducerChanged(role.producer_id, ("media",)))


def _own(role: Role, media_id: int) -> ProducerMedia:
    demand(role, "texts")
    row = db.session.scalar(select(ProducerMedia).where(
        ProducerMedia.id == media_id, ProducerMedia.producer_id == role.producer_id))
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    return row


def forget_media() -> list[str]:
    """What was taken out thirty days ago goes for good; names of film files nothing shows any more.

    Small files of photographs stay: others may have handed in the same. Changes producer_media.
    """
    own = ProducerMedia
    old = db.session.execute(select(own.id, own.kind, own.file).where(
        own.taken_out_at < clock.now() - KEPT_FOR).order_by(own.id).limit(500)).all()
    db.session.execute(delete(own).where(own.id.in_([row[0] for row in old])))
    films = {row[2] for row in old if row[1] == "video"}
    return sorted(films - set(db.session.scalars(select(own.file).where(own.file.in_(films)))))

"""Pictures of goods: kept at once, made small in a job."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from marketplace.adapters.storage import Rendered
from marketplace.catalog.events import ProductChanged
from marketplace.catalog.models import Picture, Product
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.events import announce
from marketplace.foundation.jobs import enqueue

MOST = {"photo": 12, "drawn": 12, "spin": 36, "model": 1}
SHOWN = ("photo", "drawn")


def add_picture(
    product_id: int, file: str, kind: str, size: tuple[int, int], tint: str, alt_de: str,
    alt_en: str, licence: str = "producer", credit: str | None = None,
    people_agree: bool = False, size_bytes: int | None = None,
) -> Picture:
    """Put a stored picture beside a product; a photo is made small by a job.

    `size` is (width, height) in pixels. Raises Invalid. Changes pictures, products.
    """
    together = SHOWN if kind in SHOWN else (kind,)
    count = db.session.scalar(select(func.count()).where(
        Picture.product_id == product_id, Picture.kind.in_(together))) or 0
    if count >= MOST[kind]:
        raise Invalid({"picture": _("At most %(n)s pictures.", n=MOST[kind])})
    if not (alt_de or alt_en):
        raise Invalid({"alt": _("Please say in words what the picture shows.")})
    if licence in ("cc-by", "cc-by-sa") and not credit:
        raise Invalid({"credit": _("This licence wants the name of who made it.")})
    row = Picture(product_id=product_id, position=count, file=file, kind=kind, alt_de=alt_de,
                  alt_en=alt_en, licence=licence, credit=credit, width=size[0], height=size[1],
                  tint=tint, people_agree=people_agree, size_bytes=size_bytes)
    db.session.add(row)
    db.session.flush()
    if kind in SHOWN:
        db.session.execute(update(Product).where(
            Product.id == product_id, Product.main_picture_id.is_(None)
        ).values(main_picture_id=row.id))
    if kind in ("photo", "spin"):
        enqueue("catalog.render_picture", f"picture {row.id}", picture_id=row.id)
    announce(ProductChanged(product_id, ("pictures",)))
    return row


def describe_picture(product_id: int, picture_id: int, alt_de: str, alt_en: str) -> None:
    """Say anew what a picture shows. Raises Invalid for no words. Changes pictures."""
    if not (alt_de or alt_en):
        raise Invalid({"alt": _("Please say in words what the picture shows.")})
    db.session.execute(update(Picture).where(
        Picture.id == picture_id, Picture.product_id == product_id)
        .values(alt_de=alt_de, alt_en=alt_en))
    announce(ProductChanged(product_id, ("pictures",)))


def first_picture(product_id: int, picture_id: int) -> None:
    """Show this picture in lists and first on the page. Changes products."""
    db.session.execute(update(Product).where(Product.id == product_id)
                       .values(main_picture_id=picture_id))
    announce(ProductChanged(product_id, ("pictures",)))


def drop_picture(product_id: int, picture_id: int) -> None:
    """Take a picture out; goods on sale keep at least one. Raises Invalid. Changes pictures."""
    state = db.session.scalar(select(Product.state).where(Product.id == product_id))
    others = db.session.scalar(select(func.count()).where(
        Picture.product_id == product_id, Picture.id != picture_id, Picture.kind.in_(SHOWN))) or 0
    kind = db.session.scalar(select(Picture.kind).where(Picture.id == picture_id))
    if state == "published" and kind in SHOWN and not others:
        raise Invalid({"picture": _("Goods on sale need at least one picture; please add the "
                                    "new one first.")})
    db.session.execute(delete(Picture).where(Picture.id == picture_id,
                                             Picture.product_id == product_id))
    _choose_main(product_id)
    announce(ProductChanged(product_id, ("pictures",)))


def drop_pictures(product_id: int, kind: str) -> None:
    """Take out all frames of a spin, or the model. Changes pictures."""
    db.session.execute(delete(Picture).where(Picture.product_id == product_id,
                                             Picture.kind == kind))


def _choose_main(product_id: int) -> None:
    """The first picture that can be shown, unless the chosen one is still there."""
    chosen = db.session.scalar(select(Product.main_picture_id).where(Product.id == product_id))
    rows = db.session.scalars(select(Picture.id).where(
        Picture.product_id == product_id, Picture.kind.in_(SHOWN))
        .order_by(Picture.position, Picture.id)).all()
    if chosen not in rows:
        db.session.execute(update(Product).where(Product.id == product_id)
                           .values(main_picture_id=rows[0] if rows else None))


def keep_renditions(picture_id: int, made: Rendered) -> None:
    """Note the small files of a picture. Changes pictures."""
    db.session.execute(update(Picture).where(Picture.id == picture_id).values(
        renditions=[list(file) for file in made.files], width=made.width, height=made.height,
        tint=made.tint))
    product_id = db.session.scalar(select(Picture.product_id).where(Picture.id == picture_id))
    announce(ProductChanged(product_id or 0, ("pictures",)))

"""Pictures of goods: kept at once, made small in a job."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import func, select, update

from marketplace.adapters.storage import Rendered
from marketplace.catalog.events import ProductChanged
from marketplace.catalog.models import Picture, Product
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid
from marketplace.foundation.events import announce
from marketplace.foundation.jobs import enqueue

MOST_PICTURES = 12


def add_picture(
    product_id: int, file: str, kind: str, size: tuple[int, int], tint: str, alt_de: str,
    alt_en: str, licence: str = "producer", credit: str | None = None,
) -> Picture:
    """Put a stored picture beside a product; a photo is made small by a job.

    `size` is (width, height) in pixels. Raises Invalid. Changes pictures, products.
    """
    count = db.session.scalar(select(func.count()).where(Picture.product_id == product_id)) or 0
    if count >= MOST_PICTURES:
        raise Invalid({"picture": _("At most twelve pictures.")})
    if not (alt_de or alt_en):
        raise Invalid({"alt": _("Please say in words what the picture shows.")})
    row = Picture(product_id=product_id, position=count, file=file, kind=kind, alt_de=alt_de,
                  alt_en=alt_en, licence=licence, credit=credit, width=size[0], height=size[1],
                  tint=tint)
    db.session.add(row)
    db.session.flush()
    db.session.execute(update(Product).where(
        Product.id == product_id, Product.main_picture_id.is_(None)
    ).values(main_picture_id=row.id))
    if kind == "photo":
        enqueue("catalog.render_picture", f"picture {row.id}", picture_id=row.id)
    announce(ProductChanged(product_id, ("pictures",)))
    return row


def keep_renditions(picture_id: int, made: Rendered) -> None:
    """Note the small files of a picture. Changes pictures."""
    db.session.execute(update(Picture).where(Picture.id == picture_id).values(
        renditions=[list(file) for file in made.files], width=made.width, height=made.height,
        tint=made.tint))
    product_id = db.session.scalar(select(Picture.product_id).where(Picture.id == picture_id))
    announce(ProductChanged(product_id or 0, ("pictures",)))

"""Making a variant of somebody's bundle."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.bundles.actions.judging import demand_named
from marketplace.bundles.actions.laying import draw_anew
from marketplace.bundles.models import Bundle, BundleItem
from marketplace.bundles.queries.rows import origins_elsewhere
from marketplace.bundles.rules import MOST_STEPS, licences_for
from marketplace.catalog.rules.codes import slug_of
from marketplace.foundation import clock
from marketplace.foundation.codes import new_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, NotFound, NotYours

COPIED = ("slot", "product_id", "variant_id", "qty", "note", "x", "y", "w", "h", "rot", "z", "crop",
          "picture_key")


def remix(bundle_id: int, person_id: int) -> Bundle:
    """A private draft with the same parts, that names what it was made from.

    Raises NotFound, NotYours (no variants allowed), Conflict (chain too long). Changes bundles,
    bundle_items. The original counts it once it is shown to others.
    """
    parent = db.session.get(Bundle, bundle_id, populate_existing=True)
    if parent is None or parent.state != "published" or parent.standing == "removed":
        raise NotFound(_("There is no such bundle here."))
    demand_named(parent.blind_until)
    licences = licences_for(parent.licence)
    if not parent.may_remix or not licences:
        raise NotYours(_("Its author does not want variants of it."))
    if parent.depth >= MOST_STEPS:
        raise Conflict(_("This chain of variants is long enough. Please begin a new bundle."))
    row = Bundle(
        slug=f"{slug_of(parent.title, 34) or 'bundle'}-{new_code(4).lower()}",
        author_id=person_id, mode=parent.mode, template_id=parent.template_id,
        title=parent.title, lang=parent.lang, occasion_id=parent.occasion_id,
        season=parent.season, alt=parent.alt, background=parent.background,
        licence=licences[0], parent_id=parent.id, root_id=parent.root_id or parent.id,
        depth=parent.depth + 1, changed_at=clock.now(),
        not_here={"origins": list(known)} if (known := origins_elsewhere(parent)) else None)
    db.session.add(row)
    db.session.flush()
    items = db.session.scalars(select(BundleItem).where(BundleItem.bundle_id == parent.id)
                               .order_by(BundleItem.pos)).all()
    db.session.add_all(
        BundleItem(bundle_id=row.id, pos=pos, **{name: getattr(item, name) for name in COPIED})
        for pos, item in enumerate(items, start=1))
    db.session.flush()
    if row.mode == "collage":
        draw_anew(row.id)
    return row

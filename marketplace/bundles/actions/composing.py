"""Beginning, filling and showing a bundle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from marketplace.bundles.actions.laying import (
    ItemWish,
    draw_anew,
    laid,
    look_faults,
    place_faults,
)
from marketplace.bundles.actions.pairs import count_pairs_of
from marketplace.bundles.events import BundleChanged, BundlePublished, BundleRemixed
from marketplace.bundles.models import (
    BoardTemplate,
    Bundle,
    BundleChange,
    BundleItem,
    Challenge,
    ChallengeEntry,
)
from marketplace.bundles.queries import pieces_of
from marketplace.bundles.rules import (
    ALL_RIGHTS,
    BOARDS,
    Difference,
    Piece,
    difference,
    item_fault,
    licences_for,
    too_different,
)
from marketplace.catalog.models import Product
from marketplace.catalog.rules.codes import slug_of
from marketplace.foundation import clock
from marketplace.foundation.codes import new_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound, NotYours
from marketplace.foundation.events import announce
from marketplace.groups.queries import role_in
from marketplace.producers.models import Staff

ONE_CHANGE = timedelta(hours=1)
LOOK = ("mode", "alt", "background", "season")
FIELDS = ("title", "words", "occasion_id", "visibility", "group_id", *LOOK)
"""What `fill` takes beside the parts."""


def ensure_boards() -> None:
    """Put the shipped boards in where they are missing. Changes board_templates."""
    present = set(db.session.scalars(select(BoardTemplate.slug)))
    for board in BOARDS:
        if board.slug not in present:
            db.session.add(BoardTemplate(
                slug=board.slug, name_de=board.de, name_en=board.en,
                slots=[{"key": s.key, "de": s.de, "en": s.en, "shelf": s.shelf,
                        "needed": s.needed} for s in board.slots]))
    db.session.flush()


def start(author_id: int, template_id: int | None, title: str, lang: str) -> Bundle:
    """A private draft on a board, or without one as a free collage. Raises Invalid.

    Changes bundles.
    """
    if not 3 <= len(title) <= 80:
        raise Invalid({"title": _("3 to 80 characters.")})
    if template_id is not None and db.session.get(BoardTemplate, template_id) is None:
        raise Invalid({"template": _("Please choose a board.")})
    row = Bundle(slug=f"{slug_of(title, 34) or 'bundle'}-{new_code(4).lower()}",
                 author_id=author_id, template_id=template_id, title=title, lang=lang,
                 mode="board" if template_id is not None else "collage", changed_at=clock.now())
    db.session.add(row)
    db.session.flush()
    return row


def own_bundle_row(bundle_id: int, person_id: int) -> Bundle:
    """A bundle to be changed by its author. Raises NotFound, NotYours. Loads: 1 statement."""
    row = db.session.get(Bundle, bundle_id, populate_existing=True)
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    if row.author_id != person_id:
        raise NotYours(_("Only its author changes a bundle."))
    return row


def fill(
    bundle_id: int, person_id: int, version: int, fields: Mapping[str, object],
    items: Sequence[ItemWish],
) -> Bundle:
    """Save words and items. Raises NotYours, Conflict (another tab), Invalid.

    What is changed after publishing is noted for everybody. Changes bundles, bundle_items,
    bundle_changes; announces BundleChanged.
    """
    row = own_bundle_row(bundle_id, person_id)
    if row.version != version:
        raise Conflict(_("You saved this bundle in another window. Your text is kept below."))
    demand_before_votes(row)
    before = pieces_of(bundle_id)
    faults = _faults(row, fields, items) | _too_new(row, before, items)
    if faults:
        raise Invalid(faults)
    _settle(row, fields)
    words = any(name in fields and getattr(row, name) != fields[name]
                for name in ("title", "words"))
    for name in FIELDS:
        if name in fields:
            setattr(row, name, fields[name])
    row.version, row.changed_at = row.version + 1, clock.now()
    kept = laid(items) if row.mode == "collage" else list(items)
    db.session.execute(delete(BundleItem).where(BundleItem.bundle_id == bundle_id))
    db.session.add_all(_item(bundle_id, pos, item) for pos, item in enumerate(kept, start=1))
    db.session.flush()
    if row.mode == "collage":
        draw_anew(row.id)
    if row.state == "published":
        row.relation = relation_of(person_id, [item.product_id for item in items]) or (
            "benefit" if row.relation == "benefit" else None)
        _note_change(row, before, pieces_of(bundle_id), words)
    return row


def demand_before_votes(row: Bundle) -> None:
    """What people vote on in a challenge stays as it is. Raises Conflict."""
    now = clock.now()
    if row.blind_until is None or row.blind_until <= now:
        return
    closes = db.session.scalar(
        select(Challenge.closes_at).join(ChallengeEntry)
        .where(ChallengeEntry.bundle_id == row.id))
    if closes is not None and closes <= now:
        raise Conflict(_("An entry of a challenge stays as it is while people vote."))


def _item(bundle_id: int, pos: int, item: ItemWish) -> BundleItem:
    place = item.place
    where = {} if place is None else {
        "x": place.x, "y": place.y, "w": place.w, "h": place.h, "rot": place.rot, "z": place.z,
        "crop": list(place.crop)}
    return BundleItem(
        bundle_id=bundle_id, pos=pos, slot=item.slot[:30], product_id=item.product_id,
        variant_id=item.variant_id, qty=min(max(item.qty, 1), 99), note=item.note[:200],
        picture_key=item.picture_key[:40], **where)


def _faults(row: Bundle, fields: Mapping[str, object], items: Sequence[ItemWish]
            ) -> dict[str, str]:
    """What is wrong with words and parts, by field."""
    faults = {}
    if not 3 <= len(str(fields.get("title", row.title))) <= 80:
        faults["title"] = _("3 to 80 characters.")
    if len(str(fields.get("words", ""))) > 2000:
        faults["words"] = _("At most 2,000 characters.")
    known = set(db.session.scalars(select(Product.id).where(
        Product.id.in_([item.product_id for item in items]), Product.state == "published")))
    if any(item.product_id not in known for item in items):
        faults["items"] = _("One of the products is not on sale any more.")
    if len(items) and item_fault([item.product_id for item in items]) in ("many", "same"):
        faults["items"] = _("2 to 24 products, the same one at most twice.")
    look = [str(fields.get(name, getattr(row, name)) or "") for name in LOOK]
    return place_faults(items) | faults | look_faults(*look)


def _too_new(row: Bundle, before: Sequence[Piece], items: Sequence[ItemWish]) -> dict[str, str]:
    """Votes must not travel to something else: more than half swapped is a variant."""
    if row.state != "published":
        return {}
    judged = row.judged_items or [piece.product_id for piece in before]
    if len(items) < 2:
        return {"items": _("A bundle has 2 to 24 products.")}
    if too_different(judged, [item.product_id for item in items]):
        return {"items": _("More than half of what people judged would be gone. Make a variant "
                           "of it instead: then the votes stay with what they were given for.")}
    return {}


def _note_change(row: Bundle, before: Sequence[Piece], after: Sequence[Piece], words: bool
                 ) -> None:
    if row.judged_items is None:
        row.judged_items = [piece.product_id for piece in before]
    made = difference(before, after)
    if made.added or made.removed or made.swapped:
        count_pairs_of(row.id, [piece.product_id for piece in before])
    if (not made and not words) or _told_already(row, made, words):
        return
    db.session.add(BundleChange(bundle_id=row.id, version=row.version, at=row.changed_at, what={
        "added": list(made.added), "removed": list(made.removed),
        "swapped": [list(pair) for pair in made.swapped], "moved": list(made.moved),
        "words": words}))
    db.session.flush()
    announce(BundleChanged(row.id, row.version))


def _told_already(row: Bundle, made: Difference, words: bool) -> bool:
    """Pushing the same things about within an hour is one change to those who look."""
    if words or made.added or made.removed or made.swapped:
        return False
    last = db.session.scalar(
        select(BundleChange.what).where(BundleChange.bundle_id == row.id,
                                        BundleChange.at > row.changed_at - ONE_CHANGE)
        .order_by(BundleChange.id.desc()).limit(1))
    return last is not None and set(made.moved) <= set(last["moved"])


def publish(
    bundle_id: int, person_id: int, visibility: str, group_id: int | None = None,
    blind_until: datetime | None = None,
) -> Bundle:
    """Show a draft to its audience; licence and variants are settled by it for good.

    `blind_until`: its author is not named before.

    Raises Invalid, NotYours; changes bundles; announces BundlePublished, BundleRemixed.
    """
    row = own_bundle_row(bundle_id, person_id)
    products = list(db.session.scalars(
        select(BundleItem.product_id).where(BundleItem.bundle_id == bundle_id)
        .order_by(BundleItem.pos)))
    if item_fault(products):
        raise Invalid({"items": _("A bundle has 2 to 24 products.")})
    if visibility not in ("public", "members", "link", "group"):
        raise Invalid({"visibility": _("Please choose who may see it.")})
    if visibility == "group" and (group_id is None or role_in(group_id, person_id) is None):
        raise NotYours(_("Members of the group do this. Joining takes one click."))
    row.relation = relation_of(person_id, products) or (
        "benefit" if row.relation == "benefit" else None)
    first = row.published_at is None
    if first:
        _settle(row, {})
        row.judged_items, row.blind_until = products, blind_until
    row.visibility, row.group_id = visibility, group_id if visibility == "group" else row.group_id
    row.state, row.published_at = "published", row.published_at or clock.now()
    row.changed_at = clock.now()
    db.session.flush()
    count_pairs_of(row.id)
    announce(BundlePublished(row.id, person_id))
    if first and blind_until is None:
        tell_of_variant(row)
    return row


def tell_of_variant(row: Bundle) -> None:
    """Its original counts a variant that is shown and whose author is named.

    Changes bundles; announces BundleRemixed.
    """
    if row.parent_id is None or row.author_id is None:
        return
    db.session.execute(update(Bundle).where(Bundle.id == row.parent_id)
                       .values(remixes=Bundle.remixes + 1)
                       .execution_options(synchronize_session=False))
    announce(BundleRemixed(row.id, row.parent_id, row.author_id))


def relation_of(person_id: int | None, product_ids: Sequence[int]) -> str | None:
    """Whether the author works for one of the producers."""
    found = db.session.scalar(
        select(Staff.id).join(Product, Product.producer_id == Staff.producer_id)
        .where(Staff.person_id == person_id, Staff.until.is_(None),
               Product.id.in_(list(product_ids))).limit(1))
    return "staff" if found is not None else None


def _settle(row: Bundle, fields: Mapping[str, object]) -> None:
    """Licence and variants, within what the original allows; fixed once shown. Raises Invalid."""
    if row.published_at is not None:
        return
    parent = db.session.scalar(select(Bundle.licence).where(Bundle.id == row.parent_id))
    licence = str(fields.get("licence", row.licence))
    if licence not in licences_for(parent):
        raise Invalid({"licence": _("A variant keeps to the licence of what it was made from.")
                       if parent else _("Please choose a licence.")})
    row.licence = licence
    row.may_remix = bool(fields.get("may_remix", row.may_remix)) and licence != ALL_RIGHTS

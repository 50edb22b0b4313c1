"""Changes of `bundles`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from marketplace.bundles.events import BundleAdded, BundlePublished, BundleVoted
from marketplace.bundles.models import REASONS, BoardTemplate, Bundle, BundleItem, BundleVote
from marketplace.bundles.queries import BundleRow
from marketplace.bundles.rules import BOARDS, item_fault
from marketplace.catalog.models import Product
from marketplace.catalog.rules.codes import slug_of
from marketplace.checkout.actions import Wanted, add_many
from marketplace.checkout.models import Basket
from marketplace.foundation import clock
from marketplace.foundation.codes import new_code
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, Invalid, NotFound, NotYours
from marketplace.foundation.events import announce
from marketplace.groups.queries import role_in


@dataclass(frozen=True, slots=True)
class ItemWish:
    """A product somebody puts into a slot."""

    slot: str
    product_id: int
    qty: int = 1
    note: str = ""


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


def start(author_id: int, template_id: int, title: str, lang: str) -> Bundle:
    """A private draft on a board. Raises Invalid. Changes bundles."""
    if not 3 <= len(title) <= 80:
        raise Invalid({"title": _("3 to 80 characters.")})
    if db.session.get(BoardTemplate, template_id) is None:
        raise Invalid({"template": _("Please choose a board.")})
    row = Bundle(slug=f"{slug_of(title, 34) or 'bundle'}-{new_code(4).lower()}",
                 author_id=author_id, template_id=template_id, title=title, lang=lang,
                 changed_at=clock.now())
    db.session.add(row)
    db.session.flush()
    return row


def _own(bundle_id: int, person_id: int) -> Bundle:
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

    Changes bundles, bundle_items.
    """
    row = _own(bundle_id, person_id)
    if row.version != version:
        raise Conflict(_("You saved this bundle in another window. Your text is kept below."))
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
    if faults:
        raise Invalid(faults)
    for name in ("title", "words", "occasion_id", "visibility", "group_id"):
        if name in fields:
            setattr(row, name, fields[name])
    row.version, row.changed_at = row.version + 1, clock.now()
    db.session.execute(delete(BundleItem).where(BundleItem.bundle_id == bundle_id))
    db.session.add_all(
        BundleItem(bundle_id=bundle_id, pos=pos, slot=item.slot[:30], product_id=item.product_id,
                   qty=min(max(item.qty, 1), 99), note=item.note[:200])
        for pos, item in enumerate(items, start=1))
    db.session.flush()
    return row


def publish(bundle_id: int, person_id: int, visibility: str, group_id: int | None = None) -> Bundle:
    """Show a draft to its audience. Raises Invalid, NotYours; announces BundlePublished."""
    row = _own(bundle_id, person_id)
    products = list(db.session.scalars(
        select(BundleItem.product_id).where(BundleItem.bundle_id == bundle_id)))
    if item_fault(products):
        raise Invalid({"items": _("A bundle has 2 to 24 products.")})
    if visibility not in ("public", "members", "link", "group"):
        raise Invalid({"visibility": _("Please choose who may see it.")})
    if visibility == "group" and (group_id is None or role_in(group_id, person_id) is None):
        raise NotYours(_("Members of the group do this. Joining takes one click."))
    row.visibility, row.group_id = visibility, group_id if visibility == "group" else row.group_id
    row.state, row.published_at = "published", row.published_at or clock.now()
    row.changed_at = clock.now()
    db.session.flush()
    announce(BundlePublished(row.id, person_id))
    return row


def vote(bundle_id: int, person_id: int, value: int, reasons: Sequence[str] = ()) -> None:
    """Up (1), down (-1) or taken back (0); both directions count alike.

    Raises NotYours on one's own. Changes bundle_votes, bundles; announces BundleVoted.
    """
    row = db.session.get(Bundle, bundle_id)
    if row is None:
        raise NotFound(_("There is nothing at this address."))
    if row.author_id == person_id:
        raise NotYours(_("Others decide about your own bundle."))
    db.session.execute(delete(BundleVote).where(BundleVote.bundle_id == bundle_id,
                                                BundleVote.person_id == person_id))
    if value in (1, -1):
        db.session.add(BundleVote(
            bundle_id=bundle_id, person_id=person_id, value=value, at=clock.now(),
            reasons=[reason for reason in reasons if reason in REASONS]))
    db.session.flush()
    _recount(bundle_id)
    announce(BundleVoted(bundle_id, person_id, value))


def _recount(bundle_id: int) -> None:
    def votes(value: int) -> object:
        return (select(func.count()).where(BundleVote.bundle_id == bundle_id,
                                           BundleVote.value == value).scalar_subquery())

    db.session.execute(update(Bundle).where(Bundle.id == bundle_id)
                       .values(up=votes(1), down=votes(-1))
                       .execution_options(synchronize_session=False))


def into_basket(bundle: BundleRow, basket: Basket, lang: str, left_out: frozenset[int] = frozenset()
                ) -> list[str]:
    """Put every part into the basket as one set; the titles of what stands in the way.

    `left_out` holds positions the buyer leaves out. Changes the basket; announces BundleAdded.
    """
    items = [item for item in bundle.items if item.pos not in left_out]
    missing = [item for item in items if item.variant_id is None]
    wanted = [Wanted(item.variant_id, item.qty) for item in items if item.variant_id is not None]
    if missing or not wanted:
        return ["?"] * max(1, len(missing))
    blocked = [one.title or "?" for one in add_many(
        basket, wanted, ("bundle", bundle.slug), f"bundle-{bundle.id}", bundle.title, lang)]
    if not blocked:
        db.session.execute(update(Bundle).where(Bundle.id == bundle.id)
                           .values(added=Bundle.added + 1)
                           .execution_options(synchronize_session=False))
        announce(BundleAdded(bundle.id, basket.person_id,
                             tuple(item.product_id for item in items)))
    return blocked


def set_standing(bundle_id: int, standing: str, reason: str | None) -> None:
    """Show or hide a bundle by a decision; its words stay the author's. Changes bundles."""
    db.session.execute(update(Bundle).where(Bundle.id == bundle_id)
                       .values(standing=standing, standing_reason=reason))


def commented(bundle_id: int) -> None:
    """Somebody commented. Changes bundles."""
    db.session.execute(update(Bundle).where(Bundle.id == bundle_id)
                       .values(comments=Bundle.comments + 1)
                       .execution_options(synchronize_session=False))

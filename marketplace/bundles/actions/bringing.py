"""A bundle from a file: a private draft of whoever brings it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from marketplace.bundles.actions.composing import fill, start
from marketplace.bundles.actions.laying import ItemWish
from marketplace.bundles.models import Bundle
from marketplace.bundles.queries.documents import (
    board_named,
    goods_named,
    origin_named,
    variants_named,
)
from marketplace.bundles.rules import MOST_STEPS, licences_for
from marketplace.bundles.rules.credits import Credits
from marketplace.bundles.rules.documents import DocumentFault, opened, place_of
from marketplace.catalog.queries import occasions
from marketplace.foundation.database import db
from marketplace.foundation.errors import Invalid


def read_document(body: bytes) -> dict[str, Any]:
    """A checked file. Raises Invalid with a sentence that names what is wrong."""
    try:
        return opened(body)
    except DocumentFault as fault:
        raise Invalid({"file": fault_words(fault)}) from fault


def fault_words(fault: DocumentFault) -> str:
    """What is wrong with a file, in words."""
    said = {
        "size": _("The file is longer than 32 kB."),
        "json": _("This is no JSON file."),
        "format": _("This is no bundle: “format” has to be “zuruf-bundle”."),
        "version": _("Version %(name)s is not known here; version 1 is.", name=fault.name),
        "twice": _("The key “%(name)s” stands twice.", name=fault.name),
        "unknown": _("The key “%(name)s” is not known.", name=fault.name),
        "missing": _("The key “%(name)s” is missing.", name=fault.name),
        "count": _("A bundle has 2 to 24 products."),
        "value": _("The value of “%(name)s” cannot stand there.", name=fault.name)}[fault.code]
    return _("Part %(number)s: %(fault)s", number=fault.number, fault=said) \
        if fault.number else said


def bring(person_id: int, document: Mapping[str, Any], beside: Credits = Credits()) -> Bundle:
    """A private draft with what this market has; the rest is kept as it was written, and so are
    the words of photos until `bring_photo`.

    Raises Invalid. Changes bundles, bundle_items.
    """
    goods = goods_named(document["items"])
    known = variants_named(document["items"], list(goods.values()))
    here = [item for item in document["items"] if item["product"] in goods]
    row = start(person_id, board_named(document["template"]), document["title"],
                document["lang"])
    row.mode = document["mode"]
    _originate(row, document)
    occasion = next((one.id for one in occasions().values()
                     if one.slug == document["occasion"]), None)
    fill(row.id, person_id, row.version, {
        "title": document["title"], "words": document["text"], "occasion_id": occasion,
        "season": document["season"], "background": document["background"],
        "alt": document["alt"], "licence": row.licence, "may_remix": document["remix"]},
        [_wish(item, goods[item["product"]], known) for item in here])
    row.not_here = _kept(document, here, row.parent_id, occasion, beside)
    db.session.flush()
    return row


def _originate(row: Bundle, document: Mapping[str, Any]) -> None:
    """What it was made of, where that is here and allows it; its licence within that."""
    origin = origin_named(document["parent"])
    if origin is not None and origin.depth < MOST_STEPS and licences_for(origin.licence):
        row.parent_id, row.depth = origin.id, origin.depth + 1
        row.root_id = origin.root_id or origin.id
        row.licence = document["licence"] if document["licence"] in licences_for(
            origin.licence) else licences_for(origin.licence)[0]
    else:
        row.licence = document["licence"]
    db.session.flush()


def _wish(item: Mapping[str, Any], product_id: int, known: Mapping[tuple[int, str], int]
          ) -> ItemWish:
    return ItemWish(item["slot"], product_id, item["qty"], item["note"],
                    known.get((product_id, item["variant"])), place_of(item), item["picture"])


def _kept(document: Mapping[str, Any], here: Sequence[Mapping[str, Any]],
          parent_id: int | None, occasion: int | None, beside: Credits
          ) -> dict[str, Any] | None:
    """What the file says of things that this market does not have."""
    away = [item for item in document["items"] if item not in here]
    kept = {"items": away, "parent": None if parent_id else document["parent"],
            "occasion": None if occasion else document["occasion"],
            "origins": [] if parent_id else list(beside.origins), "photos": list(beside.photos)}
    return kept if any(kept.values()) else None

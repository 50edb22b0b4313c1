"""Pages of `storefront`."""

from flask import Blueprint

pages = Blueprint("storefront", __name__)

from marketplace.storefront.views import (  # noqa: E402
    bundle_export,
    bundle_files,
    bundles,
    challenges,
    checked,
    code,
    compare,
    directory,
    feed,
    files,
    for_you,
    group_lists,
    groups,
    home,
    lists,
    member,
    parts,
    producer,
    product,
    product_details,
    reputation,
    seen,
    wishlists,
    words,
)

__all__ = [
    "bundle_export", "bundle_files", "bundles", "challenges", "checked", "code", "compare",
    "directory", "feed", "files", "for_you", "group_lists", "groups", "home", "lists", "member",
    "pages", "parts", "producer", "product", "product_details", "reputation", "seen", "wishlists",
    "words",
]

"""Pages of `storefront`."""

from flask import Blueprint

pages = Blueprint("storefront", __name__)

from marketplace.storefront.views import (  # noqa: E402
    ask,
    bundle_export,
    bundle_files,
    bundle_lists,
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
    group_topics,
    groups,
    home,
    lists,
    member,
    nothing,
    parts,
    producer,
    product,
    product_details,
    reputation,
    searching,
    seen,
    wishlists,
    words,
)

__all__ = [
    "ask", "bundle_export", "bundle_files", "bundle_lists", "bundles", "challenges", "checked",
    "code", "compare", "directory", "feed", "files", "for_you", "group_lists", "group_topics",
    "groups", "home", "lists", "member", "nothing", "pages", "parts", "producer", "product",
    "product_details", "reputation", "searching", "seen", "wishlists", "words",
]

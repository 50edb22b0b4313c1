"""Pages of `bundles`."""

from flask import Blueprint

pages = Blueprint("bundles", __name__)

from marketplace.bundles.views import acting, bringing, editing, laying, making  # noqa: E402

__all__ = ["acting", "bringing", "editing", "laying", "making", "pages"]

"""Pages of `catalog`: a producer's goods in the studio, files of goods, and credits."""

from flask import Blueprint

pages = Blueprint("catalog", __name__)

from marketplace.catalog.views import (  # noqa: E402
    codes,
    credits,
    goods,
    intake,
    lots,
    new,
    official,
    pictures,
    product,
    shelving,
    states,
    stops,
    variants,
    watching,
)

__all__ = ["codes", "credits", "goods", "intake", "lots", "new", "official", "pages", "pictures",
           "product", "shelving", "states", "stops", "variants", "watching"]

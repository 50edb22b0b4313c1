"""Files of goods in the studio: taken in, and given out."""

from marketplace.catalog.views.intake import acting, example, exporting, showing, starting

__all__ = ["acting", "example", "exporting", "showing", "starting"]

"""What the fields of a product's forms are called, for lists of faults."""

from __future__ import annotations

from flask_babel import gettext as _

from marketplace.catalog.queries import shelves
from marketplace.catalog.rules.templates import fields_of
from marketplace.web.languages import current_lang


def labels_of(category_id: int) -> dict[str, str]:
    """Labels by field, those of the shelf's particulars too."""
    shelf, lang = shelves().get(category_id), current_lang()
    words = {"title": _("Name"), "teaser": _("One line for lists"), "story": _("Its story"),
             "use": _("Use"), "care": _("Care"), "not_for": _("For whom it is not")}
    tongues = {"de": _("in German"), "en": _("in English")}
    found = {f"{name}_{lang_}": f"{label} {tongue}" for name, label in words.items()
             for lang_, tongue in tongues.items()}
    found |= {field.key: field.name(lang) for field in
              fields_of(shelf.template if shelf else "")}
    return found | words | {
        "title": _("Name"), "place_of_making": _("Where it is made"), "price": _("Price"),
        "stock": _("Stock"), "picture": _("Picture"), "alt": _("What it shows"),
        "sku": _("Your number"), "category": _("On which shelf"), "credit": _("Credit"),
        "licence": _("Licence"), "withdrawal": _("Withdrawal"), "version": _("Version"),
        "guarantee_years": _("Guarantee in years"), "amount": _("Contents"),
        "reduced": _("Reduced price"), "people": _("People in the picture")}

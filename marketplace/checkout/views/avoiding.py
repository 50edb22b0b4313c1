"""What in a basket its person avoids, reckoned when it is shown and kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from marketplace.catalog.queries.buying import allergens_of
from marketplace.catalog.rules.allergens import avoids
from marketplace.checkout.queries import BasketItem
from marketplace.people.queries import own_health_wishes
from marketplace.web.languages import current_lang


def allergy_hints(person_id: int | None, items: Sequence[BasketItem]) -> Mapping[int, str]:
    """A neutral sentence by line, where the label names what its person told us to avoid.

    Loads: 1 statement for members, 2 for those who told an allergy.
    """
    told = [words for _id, kind, words in own_health_wishes(person_id) if kind == "allergy"] \
        if person_id is not None and items else []
    if not told:
        return {}
    labels = allergens_of({item.goods.product_id for item in items})
    found = {}
    for item in items:
        label = labels.get(item.goods.product_id, {})
        hits = [words for words in told if avoids(words, ", ".join(label.values()))]
        if hits:
            found[item.id] = _("The label says: %(label)s. You told us that you avoid: %(words)s.",
                               label=label.get(current_lang()) or next(iter(label.values())),
                               words=", ".join(hits))
    return found

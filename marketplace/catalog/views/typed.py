"""Forms of the studio that lose nothing when the login has ended meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

from flask import request, url_for

from marketplace.catalog.actions.typed import keep_typed, typed_again
from marketplace.foundation.database import committing
from marketplace.web.access import person, viewer_id
from marketplace.web.answers import see_other, wants_json

FIELDS = re.compile(
    r"(?:title|teaser|story|not_for|alt)_(?:de|en)|fact_\w+|base|version|category|place_of_making|"
    r"withdrawal|guarantee_(?:years|words)|alt|label|size|colour|volume|price|stock|amount|unit|"
    r"drained|weight_g|sku|gtin|lead_days|made_to_order|made_on|best_before|kind|why|stop_why|slug|"
    r"replaced_by")
"""Names of inputs of the studio's forms; nothing else is kept for somebody unknown."""
View = TypeVar("View", bound=Callable[..., Any])
KEY = "typed"


def keeps_typed(view: View) -> View:
    """A form for signed-in people; what others typed comes back after signing in.

    The page that shows the form has the same path as the one that takes it.
    """

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if viewer_id() is None and not wants_json() and not request.is_json:
            body = {name: text for name, text in request.form.items() if FIELDS.fullmatch(name)}
            with committing():
                key = keep_typed(request.path, body)
            if key:
                asked = {**request.args.to_dict(), KEY: key}
                back = f"{request.path}?{urlencode(asked)}"
                return see_other(url_for("people.sign_in", next=back))
        person()
        return view(*args, **kwargs)

    return cast(View, guarded)


def typed_before() -> dict[str, str]:
    """What was typed into this page's form before the login ended."""
    return typed_again(request.args.get(KEY, ""), request.path)

"""Forms: what was typed, checked into plain values, and a sentence beside each fault."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf.i18n import translations
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import Form as BareForm
from wtforms import ValidationError
from wtforms.fields import Field

from marketplace.foundation.errors import Invalid

CONTROL_SIGNS = {n: None for n in range(32) if n not in (9, 10, 13)} | {127: None}


class Form(BareForm):
    """A form of ours: trims, drops control signs, speaks the page's language."""

    class Meta:
        """How wtforms binds and translates for us."""

        def get_translations(self, form: BareForm) -> Any:
            return translations

        def bind_field(self, form: BareForm, unbound: Any, options: Any) -> Field:
            filters = unbound.kwargs.get("filters", [])
            if unbound.field_class.__name__ in TEXT_FIELDS:
                filters = [clean, *filters]
            return unbound.bind(form=form, filters=filters, **options)

    def faults(self) -> dict[str, str]:
        """The first sentence of each field at fault."""
        return {name: str(texts[0]) for name, texts in self.errors.items() if name and texts}

    def demand(self) -> None:
        """Check everything. Raises Invalid with a sentence per field."""
        if not self.validate():
            raise Invalid(self.faults(), str(_l("Please look at the marked fields.")))

    def blame(self, fault: Invalid) -> None:
        """Put the sentences of a refusal beside the fields they name."""
        for name, sentence in fault.faults.items():
            if name in self and sentence not in self[name].errors:
                self[name].errors = [*self[name].errors, sentence]


TEXT_FIELDS = {"StringField", "TextAreaField", "EmailField", "SearchField", "TelField", "URLField"}


def clean(value: str | None) -> str | None:
    """Text without control signs and outer blanks, line ends as one sign."""
    if value is None:
        return None
    return value.translate(CONTROL_SIGNS).replace("\r\n", "\n").replace("\r", "\n").strip()


def sent() -> MultiDict[str, Any]:
    """What the browser sent: fields and files, or a JSON object."""
    if request.is_json:
        body = _json_body()
        if not isinstance(body, dict):
            raise Invalid({"": str(_l("This is no JSON object."))})
        return MultiDict({name: _flat(value) for name, value in body.items()})
    return CombinedMultiDict([request.form, request.files])


def _json_body() -> object:
    """The JSON of the request; None for what is none, or is nested without end."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def _flat(value: object) -> Any:
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, list):
        return [str(part) for part in value]
    return "" if value is None else str(value)


def not_blank(form: BareForm, field: Field) -> None:
    """A field that must say something."""
    if not (field.data or "").strip():
        raise ValidationError(str(_l("Please fill this in.")))


def whole(values: Mapping[str, str], name: str, low: int, high: int, default: int) -> int:
    """A whole number out of an address; outside the range or unreadable gives the default."""
    text = values.get(name, "")
    fits = text.isdecimal() and len(text) < 10 and low <= int(text) <= high
    return int(text) if fits else default

"""Forms of `producers`."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectField, StringField
from wtforms.validators import Email, Length, Optional

from marketplace.web.forms import Form, not_blank

COUNTRIES = ("DE", "AT", "CH", "LI", "FR", "IT", "ES", "PT", "NL", "BE", "LU", "DK", "SE", "FI",
             "PL", "CZ", "SK", "HU", "SI", "HR", "GR")


class OpeningForm(Form):
    """Who somebody is as a producer."""

    name = StringField(validators=[not_blank, Length(max=80)])
    subject = StringField(validators=[not_blank])
    place = StringField(validators=[not_blank, Length(max=80)])
    region = StringField(validators=[not_blank, Length(max=80)])
    country = SelectField(choices=COUNTRIES)
    teaser_de = StringField(validators=[Length(max=200)])
    teaser_en = StringField(validators=[Length(max=200)])
    shown_name = StringField(validators=[not_blank, Length(max=40)])


class TraderForm(Form):
    """What the law asks of a trader; nothing is mandatory to be kept."""

    is_trader = SelectField(choices=("trader", "private"))
    legal_form = StringField(validators=[Length(max=12)])
    legal_name = StringField(validators=[Length(max=120)])
    representative = StringField(validators=[Length(max=120)])
    street = StringField(validators=[Length(max=120)])
    postcode = StringField(validators=[Length(max=12)])
    city = StringField(validators=[Length(max=80)])
    country = SelectField(choices=COUNTRIES)
    e_mail = StringField(validators=[Optional(), Length(max=254), Email(
        _l("This does not look like an e-mail address."))])
    phone = StringField(validators=[Length(max=24)])
    register = StringField(validators=[Length(max=80)])
    register_no = StringField(validators=[Length(max=40)])
    vat_id = StringField(validators=[Length(max=24)])
    vat_status = SelectField(choices=("regular", "small", "flat_rate"))
    authority = StringField(validators=[Length(max=160)])
    tin = StringField(validators=[Length(max=20)])
    tax_no = StringField(validators=[Length(max=20)])
    birth_date = DateField(validators=[Optional()])
    certified = BooleanField()

    def values(self) -> dict[str, Any]:
        """What was typed, by column."""
        found = {name: bound.data for name, bound in self._fields.items() if name != "certified"}
        return {**{name: value or "" for name, value in found.items()},
                "is_trader": found["is_trader"] == "trader", "vat_id": found["vat_id"] or None,
                "birth_date": found["birth_date"]}

"""Forms of `checkout`."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import Length

from marketplace.web.forms import Form, not_blank

COUNTRIES = ("DE", "AT", "CH")


class ContactForm(Form):
    """Who orders, and where to; nothing else is asked."""

    email = StringField(validators=[not_blank, Length(max=254)])
    name = StringField(validators=[not_blank, Length(max=80)])
    street = StringField(validators=[not_blank, Length(max=120)])
    extra = StringField(validators=[Length(max=80)])
    postcode = StringField(validators=[not_blank, Length(max=12)])
    city = StringField(validators=[not_blank, Length(max=80)])
    country = SelectField(choices=list(COUNTRIES))
    review_invite = BooleanField()


class PaymentForm(Form):
    """How one pays."""

    method = StringField(validators=[not_blank])


WRONG_MAIL = _l("This does not look like an e-mail address.")

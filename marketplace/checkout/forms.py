"""Forms of `checkout`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import Length

from marketplace.foundation.errors import Invalid
from marketplace.web.forms import Form, not_blank

BILL_NEEDED = ("name", "street", "postcode", "city")


class ContactForm(Form):
    """Who orders, and where to; nothing else is asked."""

    email = StringField(validators=[not_blank, Length(max=254)])
    name = StringField(validators=[not_blank, Length(max=80)])
    street = StringField(validators=[not_blank, Length(max=120)])
    extra = StringField(validators=[Length(max=80)])
    postcode = StringField(validators=[not_blank, Length(max=12)])
    city = StringField(validators=[not_blank, Length(max=80)])
    country = SelectField(choices=[])
    bill_name = StringField(validators=[Length(max=80)])
    bill_street = StringField(validators=[Length(max=120)])
    bill_extra = StringField(validators=[Length(max=80)])
    bill_postcode = StringField(validators=[Length(max=12)])
    bill_city = StringField(validators=[Length(max=80)])
    bill_country = SelectField(choices=[], validate_choice=False)
    review_invite = BooleanField()
    first_contact = StringField(validators=[Length(max=8)])

    @classmethod
    def asked(cls, countries: Sequence[tuple[str, str]], billed: Sequence[tuple[str, str]],
              sent: MultiDict[str, Any]) -> ContactForm:
        """The form with the countries that can be chosen now: to deliver to, to bill to."""
        form = cls(sent)
        form.country.choices, form.bill_country.choices = list(countries), list(billed)
        return form

    def demand(self) -> None:
        """Check everything; a bill address that was begun has to be whole. Raises Invalid."""
        super().demand()
        said = {name: self[f"bill_{name}"].data for name in BILL_NEEDED}
        if any(said.values()):
            missing = [name for name, words in said.items() if not words]
            if missing or self.bill_country.data not in dict(
                    self.bill_country.choices):
                raise Invalid({f"bill_{name}": str(_l("Please fill this in."))
                               for name in missing or ["country"]})


class PaymentForm(Form):
    """How one pays."""

    method = StringField(validators=[not_blank])


WRONG_MAIL = _l("This does not look like an e-mail address.")

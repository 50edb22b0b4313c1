"""Forms of `people`."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import Field, PasswordField, SelectField, StringField, TextAreaField
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length

from marketplace.web.forms import Form, not_blank

NEEDED = _l("Please fill this in.")


class NeededWithoutPasskey(InputRequired):
    """A password, unless a passkey came."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        if not form["passkey"].data:
            super().__call__(form, field)


class SignUpForm(Form):
    """Three fields, or two and a passkey, and a trap that people never see."""

    handle = StringField(validators=[not_blank, Length(max=60)])
    email = StringField(validators=[not_blank, Length(max=254)])
    password = PasswordField(validators=[NeededWithoutPasskey(NEEDED), Length(max=1000)])
    passkey = StringField(validators=[Length(max=20_000)])
    website = StringField()


class SignInForm(Form):
    """Address and password."""

    email = StringField(validators=[not_blank, Length(max=254)])
    password = PasswordField(validators=[InputRequired(NEEDED), Length(max=1000)])


class EmailForm(Form):
    """An address alone."""

    email = StringField(validators=[not_blank, Length(max=254)])


class PasswordForm(Form):
    """A new password."""

    password = PasswordField(validators=[InputRequired(NEEDED), Length(max=1000)])


class ProfileForm(Form):
    """Words about oneself."""

    display_name = StringField(validators=[Length(max=40)])
    region = StringField(validators=[Length(max=80)])
    languages = StringField(validators=[Length(max=80)])
    about = TextAreaField(validators=[Length(max=2000)])
    lang = SelectField(choices=["de", "en"])
    version = StringField(validators=[Length(max=40)])


class AddressForm(Form):
    """An entry of the address book."""

    label = StringField(validators=[Length(max=40)])
    name = StringField(validators=[not_blank, Length(max=80)])
    lines = StringField(validators=[not_blank, Length(max=200)])
    postcode = StringField(validators=[not_blank, Length(max=12)])
    city = StringField(validators=[not_blank, Length(max=80)])
    country = SelectField(choices=["DE", "AT", "CH"])
    phone = StringField(validators=[Length(max=20)])

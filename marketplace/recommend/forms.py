"""Forms of `recommend`."""

from __future__ import annotations

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import Length

from marketplace.web.forms import Form


class RecommendForm(Form):
    """To whom, why, and for what."""

    audience = StringField()
    group = StringField(validators=[Length(max=60)])
    person = StringField(validators=[Length(max=60)])
    reason = TextAreaField(validators=[Length(max=600)])
    occasion = StringField()
    relation = StringField()
    benefit = StringField(validators=[Length(max=80)])


class TasteForm(Form):
    """What may be done with one's answers, and by what one's lists go."""

    suggestions = BooleanField()
    compared = BooleanField()
    named = BooleanField()
    order = StringField()
    accepts = StringField()

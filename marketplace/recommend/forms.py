"""Forms of `recommend`."""

from __future__ import annotations

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import Length

from marketplace.recommend.rules.asking import MOST_WISH
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


class AskForm(Form):
    """What is wished for, whom one asks, until when."""

    wish = TextAreaField(validators=[Length(max=MOST_WISH)])
    audience = StringField()
    group = StringField(validators=[Length(max=60)])
    subject = StringField(validators=[Length(max=40)])
    until = StringField(validators=[Length(max=10)])


class AnswerForm(Form):
    """A product for an ask, and a sentence about it."""

    product = StringField(validators=[Length(max=120)])
    reason = TextAreaField(validators=[Length(max=600)])
    relation = StringField()
    benefit = StringField(validators=[Length(max=80)])


class TasteForm(Form):
    """What may be done with one's answers, and by what one's lists go."""

    suggestions = BooleanField()
    compared = BooleanField()
    named = BooleanField()
    asked = BooleanField()
    order = StringField()
    accepts = StringField()
    age = StringField()

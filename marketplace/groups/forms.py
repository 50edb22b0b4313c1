"""Forms of `groups`."""

from __future__ import annotations

from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from marketplace.web.forms import Form, not_blank


class NewGroupForm(Form):
    """Name, one sentence, who gets in, and what it is about."""

    name = StringField(validators=[not_blank, Length(max=80)])
    purpose = TextAreaField(validators=[not_blank, Length(max=280)])
    kind = StringField()
    subject = StringField()
    lang = StringField()


class AskForm(Form):
    """Why somebody would like to join a closed group."""

    words = TextAreaField(validators=[Length(max=500)])


class ListForm(Form):
    """A shared list."""

    title = StringField(validators=[not_blank, Length(max=80)])
    purpose = TextAreaField(validators=[Length(max=200)])
    curated_by = StringField()

"""Forms of `dialogue`."""

from __future__ import annotations

from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from marketplace.dialogue.rules import MOST_TITLE, MOST_WORDS
from marketplace.web.forms import Form, not_blank


class NewThreadForm(Form):
    """What somebody wants to say, and who may read it."""

    kind = StringField()
    title = StringField(validators=[not_blank, Length(max=MOST_TITLE)])
    words = TextAreaField(validators=[Length(max=MOST_WORDS)])
    openness = StringField()
    praised = StringField()


class WordsForm(Form):
    """Something said."""

    words = TextAreaField(validators=[not_blank, Length(max=MOST_WORDS)])

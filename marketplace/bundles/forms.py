"""Forms of `bundles`."""

from __future__ import annotations

from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from marketplace.web.forms import Form, not_blank


class NewBundleForm(Form):
    """On which board, and what it is called."""

    template = StringField()
    title = StringField(validators=[not_blank, Length(max=80)])


class WordsForm(Form):
    """What a bundle is for, and who sees it; `version` is the state the person looked at."""

    title = StringField(validators=[not_blank, Length(max=80)])
    text = TextAreaField(validators=[Length(max=2000)])
    occasion = StringField()
    season = StringField()
    background = StringField()
    alt = StringField(validators=[Length(max=300)])
    visibility = StringField()
    licence = StringField()
    remix = StringField()
    version = IntegerField(validators=[Optional()])


class ChallengeForm(Form):
    """A theme, for how long, and a prize with who pays for it."""

    theme = StringField()
    words = TextAreaField()
    entry_days = IntegerField(validators=[Optional()])
    voting_days = IntegerField(validators=[Optional()])
    max_entries = IntegerField(validators=[Optional()])
    prize_what = StringField()
    prize_by = StringField()


class PollForm(Form):
    """What is asked, of whom, for how many hours; answers stand in fields `answer`."""

    question = StringField(validators=[not_blank])
    audience = StringField()
    group = StringField()
    hours = StringField()

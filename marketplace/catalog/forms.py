"""Forms of `catalog`: what a producer types about a product."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import FileField, IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from marketplace.web.forms import Form, not_blank

TITLE, TEASER, STORY, SENTENCE = 80, 160, 6_000, 300


class NewProductForm(Form):
    """A shelf and a name; the rest follows on the product's own page."""

    category = StringField(validators=[not_blank])
    title_de = StringField(validators=[Length(max=TITLE)])
    title_en = StringField(validators=[Length(max=TITLE)])


class WordsForm(Form):
    """Texts and particulars; the particulars' fields come from the shelf's template."""

    version = IntegerField(validators=[InputRequired()])
    title_de = StringField(validators=[Length(max=TITLE)])
    title_en = StringField(validators=[Length(max=TITLE)])
    teaser_de = StringField(validators=[Length(max=TEASER)])
    teaser_en = StringField(validators=[Length(max=TEASER)])
    story_de = TextAreaField(validators=[Length(max=STORY)])
    story_en = TextAreaField(validators=[Length(max=STORY)])
    not_for_de = StringField(validators=[Length(max=SENTENCE)])
    not_for_en = StringField(validators=[Length(max=SENTENCE)])
    place_of_making = StringField(validators=[Length(max=120)])
    occasions = SelectMultipleField(coerce=str, validate_choice=False)


class VariantForm(Form):
    """A new variant: what buyers choose and pay."""

    label = StringField(validators=[Length(max=80)])
    sku = StringField(validators=[not_blank, Length(max=40)])
    price = StringField(validators=[not_blank, Length(max=20)])
    stock = IntegerField(validators=[InputRequired(_l("Please fill this in.")),
                                     NumberRange(0, 1_000_000)])
    amount = IntegerField(validators=[Optional(), NumberRange(1, 1_000_000)])
    unit = StringField(validators=[Length(max=6)])
    weight_g = IntegerField(validators=[Optional(), NumberRange(0, 1_000_000)])


class StockForm(Form):
    """Price and stock of a variant, changed in the list."""

    price = StringField(validators=[not_blank, Length(max=20)])
    stock = IntegerField(validators=[InputRequired(_l("Please fill this in.")),
                                     NumberRange(0, 1_000_000)])


class PictureForm(Form):
    """A picture, and what it shows."""

    picture = FileField()
    alt_de = StringField(validators=[Length(max=200)])
    alt_en = StringField(validators=[Length(max=200)])

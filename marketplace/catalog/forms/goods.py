"""What a producer types about a product, its variants, lots and pictures."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    FileField,
    IntegerField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from marketplace.web.forms import Form, not_blank

TITLE, TEASER, STORY, SENTENCE = 80, 160, 6_000, 300


class NewProductForm(Form):
    """A shelf and a name; the rest follows on the product's own page."""

    category = StringField(validators=[not_blank])
    title_de = StringField(validators=[Length(max=TITLE)])
    title_en = StringField(validators=[Length(max=TITLE)])
    not_for_de = StringField(validators=[Length(max=SENTENCE)])
    not_for_en = StringField(validators=[Length(max=SENTENCE)])
    place_of_making = StringField(validators=[Length(max=120)])
    withdrawal = StringField(validators=[Length(max=16)])
    picture = FileField()
    alt = StringField(validators=[Length(max=200)])


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
    withdrawal = StringField(validators=[Length(max=16)])
    guarantee_years = IntegerField(validators=[Optional(), NumberRange(1, 99)])
    guarantee_words = StringField(validators=[Length(max=SENTENCE)])


class VariantForm(Form):
    """A variant: what buyers choose and pay."""

    label = StringField(validators=[Length(max=80)])
    sku = StringField(validators=[Length(max=40)])
    price = StringField(validators=[Length(max=20)])
    deposit = StringField(validators=[Length(max=20)])
    stock = IntegerField(validators=[Optional(), NumberRange(0, 1_000_000)])
    amount = IntegerField(validators=[Optional(), NumberRange(1, 1_000_000)])
    unit = StringField(validators=[Length(max=6)])
    drained = IntegerField(validators=[Optional(), NumberRange(1, 1_000_000)])
    weight_g = IntegerField(validators=[Optional(), NumberRange(0, 1_000_000)])
    gtin = StringField(validators=[Length(max=14)])
    size = StringField(validators=[Length(max=40)])
    colour = StringField(validators=[Length(max=40)])
    volume = StringField(validators=[Length(max=40)])
    made_to_order = StringField()
    lead_days = IntegerField(validators=[Optional(), NumberRange(1, 365)])


class LotForm(Form):
    """A vintage, batch or edition."""

    label = StringField(validators=[not_blank, Length(max=40)])
    kind = StringField(validators=[not_blank])
    made_on = DateField(validators=[Optional()])
    best_before = DateField(validators=[Optional()])


class StockForm(Form):
    """Price and stock of a variant, changed in the list."""

    price = StringField(validators=[not_blank, Length(max=20)])
    stock = IntegerField(validators=[InputRequired(_l("Please fill this in.")),
                                     NumberRange(0, 1_000_000)])


class PictureForm(Form):
    """A picture, what it shows, and by what right it stands here."""

    picture = FileField()
    kind = StringField(validators=[Length(max=8)])
    licence = StringField(validators=[Length(max=10)])
    credit = StringField(validators=[Length(max=120)])
    people = StringField()
    alt_de = StringField(validators=[Length(max=200)])
    alt_en = StringField(validators=[Length(max=200)])

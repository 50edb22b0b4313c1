"""Sentences about files, rows and cells, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import gettext as said
from flask_babel import ngettext

from marketplace.catalog.queries import category_by_slug, occasions, shelf_path
from marketplace.catalog.rules.cells import printed_fact
from marketplace.catalog.rules.columns import BY_NAME, is_particular, label_of
from marketplace.web.formats import number, plain_money
from marketplace.web.languages import current_lang

Say = Callable[[Mapping[str, Any]], str]


def _file_words() -> Mapping[str, Say]:
    """Why a whole file cannot be used."""
    return {
        "empty": lambda a: _("The file is empty: its first row must name the columns."),
        "no_rows": lambda a: _("The file names columns, but no row of goods follows."),
        "columns": lambda a: _("The file has %(count)s columns; %(most)s are possible. Take out "
                               "those that say nothing about goods.", **a),
        "doubled_column": lambda a: _("Two columns are called “%(name)s”. Rename one of them.",
                                      **a),
        "rows": lambda a: _("The file has more than %(most)s rows. Split it into several files.",
                            most=number(a["most"])),
        "long_cell": lambda a: _("A cell in row %(row)s is longer than %(most)s signs. Often a "
                                 "quotation mark is missing at its end.", row=a["row"],
                                 most=number(a["most"])),
        "bytes": lambda a: _("The file is larger than 200 MB."),
        "bomb": lambda a: _("Unpacked, this ZIP would be larger than 200 MB. It was not unpacked."),
        "cells": lambda a: _("This table stands for more than %(most)s cells, or for more than "
                             "200 MB of words. Split it into several files.",
                             most=number(a["most"])),
        "encoding": lambda a: _("The signs in this file cannot be read. Save it as “CSV UTF-8”."),
        "no_table": lambda a: _("This is no table. CSV files, Excel workbooks (.xlsx) and tables "
                                "of LibreOffice (.ods) can be read, and a ZIP of one of them with "
                                "pictures."),
        "broken": lambda a: _("The table breaks in row %(row)s: a quotation mark is opened there "
                              "and not closed.", **a),
        "broken_book": lambda a: _("This workbook is damaged or protected by a password. Open it, "
                                   "save it anew as .xlsx without a password, and try again."),
        "broken_zip": lambda a: _("This ZIP is damaged or protected by a password."),
        "zip_in_zip": lambda a: _("There is another ZIP inside. Put the table and the pictures "
                                  "directly into one ZIP."),
        "files": lambda a: _("There are more than %(most)s files in this ZIP.",
                             most=number(a["most"])),
        "tables_in_zip": lambda a: _("There must be exactly one table in the ZIP; there are "
                                     "%(count)s.", **a),
        "pictures_no_zip": lambda a: _("Several pictures come as one ZIP."),
        "old_excel": lambda a: _("This is the old Excel format (.xls). Save it as .xlsx, .ods or "
                                 "CSV."),
    }


def _cell_words() -> Mapping[str, Say]:
    """What is wrong with one cell."""
    return {
        "sku_missing": lambda a: _("Each row needs a number of yours that stands nowhere else."),
        "sku_twice": lambda a: _("The same number stands in row %(row)s. Each variant needs its "
                                 "own.", **a),
        "needed_for_new": lambda a: _("This is new here, and a new one needs it."),
        "other_product": lambda a: _("This number belongs to the product %(known)s.", **a),
        "says_other": lambda a: _("Row %(row)s says something else about the same product.", **a),
        "lot_needed": lambda a: _("This belongs to a vintage or batch; the row names none."),
        "sibling": lambda a: _("Row %(row)s of the same product has a fault; a product is saved "
                               "whole or not at all.", **a),
        "more_cells": lambda a: _("There are more cells here than columns, beginning with "
                                  "“%(text)s”. Often a text with a comma lacks its quotation "
                                  "marks.", **a),
        "formula": lambda a: _("This is a formula, and formulas are never run here. Write its "
                               "result, or an apostrophe before the sign."),
        "too_long": lambda a: _("%(count)s signs; at most %(most)s fit.", count=number(a["count"]),
                                most=number(a["most"])),
        "lang_unknown": lambda a: _("“%(text)s” is no language here; de and en are.", **a),
        "yes_no": lambda a: _("“%(text)s” is neither yes nor no.", **a),
        "category_unknown": lambda a: _("There is no shelf “%(text)s” here.", **a),
        "occasion_unknown": lambda a: _("“%(text)s” is not on the list of occasions.", **a),
        "occasions_many": lambda a: _("%(count)s occasions; a product can name %(most)s.", **a),
        "withdrawal_unknown": lambda a: _("“%(text)s” is no kind of withdrawal.", **a),
        "refused": lambda a: str(a["text"]),
        "variant_gone": lambda a: _("It does not exist any more."),
    }


def _number_words() -> Mapping[str, Say]:
    """What is wrong with prices, amounts and codes."""
    return {
        "price_unread": lambda a: _("“%(text)s” is no price. Write 12.90 or 12,90.", **a),
        "price_negative": lambda a: _("“%(text)s” is less than nothing.", **a),
        "price_range": lambda a: _("“%(text)s” is outside 0.01 to 100,000.", **a),
        "number_unread": lambda a: _("“%(text)s” is no whole number.", **a),
        "number_range": lambda a: _("“%(text)s” is not between %(least)s and %(most)s.",
                                    text=a["text"], least=number(a["least"]),
                                    most=number(a["most"])),
        "stock_reserved": lambda a: ngettext("%(num)s piece is promised to a buyer already.",
                                             "%(num)s pieces are promised to buyers already.",
                                             a["count"]),
        "amount_unread": lambda a: _("“%(text)s” is no amount. Write 750 and ml, or 0,75 l.", **a),
        "unit_unknown": lambda a: _("“%(text)s” is no unit here: ml, g, cm, cm2, piece; l, kg "
                                    "and m are turned into these.", **a),
        "gtin_wrong": lambda a: _("“%(text)s” is no GTIN: 8, 12, 13 or 14 digits, the last of "
                                  "which proves the others.", **a),
        "gtin_shortened": lambda a: _("Excel shortened this number to “%(text)s”. Format the "
                                      "column as text and type the number anew.", **a),
        "gtin_elsewhere": lambda a: _("Another producer here uses this barcode too."),
        "gtin_own": lambda a: _("Your number %(sku)s has this barcode too.", **a),
    }


def _goods_words() -> Mapping[str, Say]:
    """What is missing before buyers may see it, and pictures."""
    return {
        "fact_missing": lambda a: _("Buyers have to know this before they order."),
        "not_for_missing": lambda a: _("One honest sentence: for whom is it not?"),
        "place_missing": lambda a: _("Where is it made?"),
        "no_picture": lambda a: _("At least one picture with a description."),
        "claim": lambda a: _("“%(words)s”: %(remedy)s (%(law)s)", words=a["words"], law=a["law"],
                             remedy=said(a["remedy"])),
        "picture_address": lambda a: _("Pictures are not fetched from addresses. Put the file into "
                                       "the ZIP and write its name here."),
        "picture_missing": lambda a: _("There is no picture “%(text)s” in the ZIP.", **a),
        "picture_size": lambda a: _("“%(text)s” is too large: at most 10 MB and 20 megapixels.",
                                    **a),
        "picture_kind": lambda a: _("“%(text)s” cannot be taken: JPEG, PNG, WebP and AVIF can.",
                                    **a),
        "picture_broken": lambda a: _("“%(text)s” cannot be read as a picture.", **a),
        "alt_needed": lambda a: ngettext(
            "Say in words what the picture shows.",
            "Say in words what each of the %(num)s pictures shows, separated by |.", a["count"]),
        "changed_since": lambda a: _("%(column)s was changed since, so it stays as it is.",
                                     column=label_of(a["column"], current_lang())),
        "picture_stays": lambda a: _("The new pictures stay; take them out on the product's page."),
        "product_used": lambda a: _("It was ordered or rated, so it stays; you can withdraw it on "
                                    "its page."),
        "variant_reserved": lambda a: _("Buyers have ordered it, so it stays."),
    }


def sentence(code: str, args: Mapping[str, Any]) -> str:
    """The sentence of a fault or hint."""
    for words in (_cell_words(), _number_words(), _goods_words(), _file_words()):
        if code in words:
            return words[code](args)
    return _("This cannot be taken.")


def effect_words(effect: str) -> str:
    """What saving a row would do, in a word."""
    return {"new": _("new"), "changed": _("changed"), "same": _("same"), "fault": _("fault"),
            "unread": _("waits")}[effect]


def column_words(name: str) -> str:
    """What a column of ours is called; "" stands for the whole row."""
    if not name or name.isdecimal():
        return _("The row")
    return _("On sale") if name == "active" else label_of(name, current_lang())


def value_words(name: str, value: Any) -> str:
    """A value of ours as people read it."""
    if value in (None, "", [], {}):
        return _("nothing")
    if name in ("price", "deposit"):
        return f"{plain_money(int(value))} €"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "category":
        shelf = category_by_slug(str(value))
        return " › ".join(s.name(current_lang()) for s in shelf_path(shelf.id)) if shelf else value
    if name == "occasions":
        known = {o.slug: o.name(current_lang()) for o in occasions().values()}
        return ", ".join(known.get(slug, slug) for slug in value)
    words = printed_fact(value) if is_particular(name) or not isinstance(value, list) else \
        ", ".join(map(str, value))
    return words if len(words) <= 160 else f"{words[:157]}…"


def change_name(name: str) -> str:
    """What a changed value is called: title_de is the name in German."""
    if name in BY_NAME or is_particular(name) or name == "active":
        return column_words(name)
    return label_of(name.removesuffix("_de"), current_lang())

"""Codes on bottles and boxes: the electronic label, the code as a picture, sheets to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

from flask import Response, current_app, make_response, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.adapters.paper import SHEETS, PaperLabel, Sheet, label_sheets
from marketplace.catalog.queries.codes import (
    LabelGoods,
    LabelSection,
    code_of,
    coded,
    gtins_of,
    label_goods,
    label_sections,
)
from marketplace.catalog.views import pages
from marketplace.catalog.views.frame import own_house
from marketplace.foundation.errors import Invalid, NotFound
from marketplace.web.access import signed_in
from marketplace.web.answers import answer, machine
from marketplace.web.forms import sent, whole
from marketplace.web.languages import current_lang
from marketplace.web.page_cache import visitor_page

MOST_LABELS = 2_000


@dataclass(frozen=True, slots=True)
class LabelPage:
    """An electronic label: what the law wants said, in two languages, and nothing else."""

    title: str
    lang: str
    sections: Sequence[LabelSection]


@dataclass(frozen=True, slots=True)
class LabelRow:
    """A product to print labels for."""

    goods: LabelGoods
    code_url: str
    field: str
    copies: str
    fault: str


@dataclass(frozen=True, slots=True)
class SheetsPage:
    """Which labels to print, how often, on which sheets."""

    producer: str
    url: str
    rows: Sequence[LabelRow]
    sheets: Sequence[tuple[str, str]]
    typed: Mapping[str, str]
    faults: Mapping[str, str]
    goods_url: str
    help_url: str


@dataclass(frozen=True, slots=True)
class CodesBox:
    """The codes of a product on its studio page."""

    code: str
    address: str
    picture_url: str
    page_url: str
    label_url: str
    labels_url: str
    gtins: Sequence[tuple[str, str]]


def codes_box(product_id: int) -> CodesBox:
    """Short code, its address and picture, barcodes. Loads: 2 statements."""
    code = code_of(product_id)
    return CodesBox(
        code, code_address(code).split("://", 1)[-1], url_for("catalog.code_picture", code=code),
        f"/p/{code}", url_for("catalog.label", code=code), url_for("catalog.labels"),
        sorted(gtins_of(product_id).items()))


def code_address(code: str) -> str:
    """What a code holds: the short address of a product's page."""
    return f"{current_app.config['ZURUF_URL']}/p/{code}"


@pages.get("/p/<code>/label")
@visitor_page
def label(code: str) -> Response:
    """Ingredients, nutrition, allergens, recycling; no way to the shop, nothing counted."""
    known = coded(code)
    if known is None:
        raise NotFound(_("There is nothing at this address."))
    sections = label_sections(known.id)
    return answer("catalog/label.html", LabelPage(sections[0].title, current_lang(), sections))


@pages.get("/p/<code>/code.svg")
@machine
def code_picture(code: str) -> Response:
    """The code as a picture to print (level M, quiet zone of four modules)."""
    import segno

    known = coded(code)
    if known is None:
        raise NotFound(_("There is nothing at this address."))
    out = BytesIO()
    segno.make(code_address(known.code), error="m", boost_error=False, micro=False).save(
        out, kind="svg", scale=8, border=4, dark="#000", light="#fff", xmldecl=False)
    given = make_response(out.getvalue())
    given.mimetype = "image/svg+xml"
    given.headers["Cache-Control"] = "public, max-age=86400"
    return given


@pages.get("/studio/labels")
@signed_in
def labels() -> Response:
    """Choose goods, copies and the size of the sheets."""
    return _labels({}, {}, 200)


def sheet_words(sheet: Sheet) -> str:
    """A sheet as it is called in shops."""
    return _("%(n)s labels of %(width)s × %(height)s mm", n=sheet.across * sheet.down,
             width=f"{sheet.width:g}", height=f"{sheet.height:g}")


def _labels(typed: Mapping[str, str], faults: Mapping[str, str], status: int) -> Response:
    role = own_house()
    rows = [LabelRow(one, url_for("catalog.code_picture", code=one.code), f"n{one.id}",
                     typed.get(f"n{one.id}", "0"), faults.get(f"n{one.id}", ""))
            for one in label_goods(role.producer_id, current_lang())]
    page = SheetsPage(
        role.name, url_for("catalog.labels_post", producer=role.slug), rows,
        [(sheet.name, sheet_words(sheet)) for sheet in SHEETS],
        {"sheet": "24", "skip": "0", **typed}, faults, url_for("catalog.goods"),
        url_for("dialogue.new", about="/studio/labels"))
    return answer("catalog/labels.html", page, status)


@pages.post("/studio/labels")
@signed_in
def labels_post() -> Response:
    """The sheets as a PDF."""
    role, body = own_house(), sent()
    goods = label_goods(role.producer_id, current_lang())
    typed = {name: str(body.get(name, "")).strip()[:9]
             for name in ("sheet", "skip", *(f"n{one.id}" for one in goods))}
    sheet = next((one for one in SHEETS if one.name == typed["sheet"]), SHEETS[0])
    try:
        wanted = _wanted(goods, typed)
    except Invalid as fault:
        return _labels(typed, fault.faults, 422)
    skip = whole(typed, "skip", 0, sheet.across * sheet.down - 1, 0)
    prints = [PaperLabel(one.title, role.name, one.code, code_address(one.code))
              for one, copies in wanted for _copy in range(copies)]
    given = make_response(label_sheets(prints, sheet, skip))
    given.mimetype = "application/pdf"
    given.headers["Content-Disposition"] = f'attachment; filename="{role.slug}-labels.pdf"'
    return given


def _wanted(goods: Sequence[LabelGoods], typed: Mapping[str, str]
            ) -> list[tuple[LabelGoods, int]]:
    """Goods with their copies. Raises Invalid for what is no number, for none, and too many."""
    faults = {f"n{one.id}": _("A whole number from 0 to 999.") for one in goods
              if typed[f"n{one.id}"] and not (typed[f"n{one.id}"].isdecimal()
                                              and len(typed[f"n{one.id}"]) <= 3)}
    if faults:
        raise Invalid(faults)
    found = [(one, int(typed[f"n{one.id}"] or 0)) for one in goods]
    count = sum(copies for _one, copies in found)
    if not count:
        raise Invalid({"copies": _("Please say for at least one product how many labels.")})
    if count > MOST_LABELS:
        raise Invalid({"copies": ngettext(
            "That is %(num)s label; 2,000 are possible at once.",
            "Those are %(num)s labels; 2,000 are possible at once.", count)})
    return [(one, copies) for one, copies in found if copies]

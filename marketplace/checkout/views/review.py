"""The last look: everything once more, and the button directly below the total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, url_for
from flask_babel import gettext as _

from marketplace.checkout.actions.checking import costs
from marketplace.checkout.actions.placing import address
from marketplace.checkout.queries import BasketItem, BasketPart, BasketView, draft_of
from marketplace.checkout.queries.rights import withdrawal_words
from marketplace.checkout.queries.vat import vat_words
from marketplace.checkout.views import pages
from marketplace.checkout.views.blocks import dispatch_words, obstacle_words
from marketplace.checkout.views.delivering import way_name
from marketplace.checkout.views.guarantee import Notice, guarantee_notice, lasting
from marketplace.checkout.views.paying import method_name
from marketplace.checkout.views.way import current, help_url, step_rows, sums
from marketplace.web.answers import answer, see_other
from marketplace.web.formats import country_name, money

INSTRUCTION_VERSION = "2026-11"
"""Of the words on withdrawal in storefront/words; a test holds it to their checksum."""


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A line with its essential features."""

    title: str
    essentials: str
    picture: Any
    qty: int
    unit: str
    total: str
    particulars_url: str
    note: str
    lasting: Notice | None


@dataclass(frozen=True, slots=True)
class ReviewBlock:
    """The contract with one producer, before it is made."""

    seller_name: str
    seller_address: str
    trader_words: str
    imprint_url: str
    lines: Sequence[ReviewLine]
    delivery_words: str
    promise_words: str
    note_words: str
    goods: str
    shipping: str
    deposit: str
    discount: str
    discount_words: str
    total: str
    withdrawal_words: str
    withdrawal_url: str
    terms_url: str
    age_words: str
    fault: str


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """Everything once more; the button stands directly below the total."""

    steps: Sequence[tuple[str, str, str]]
    url: str
    attempt_key: str
    basket_version: int
    shown_minor: int
    shown: str
    email: str
    ship: Sequence[str]
    bill: Sequence[str]
    method_words: str
    method_hint: str
    contact_url: str
    delivery_url: str
    payment_url: str
    basket_url: str
    blocks: Sequence[ReviewBlock]
    rows: Sequence[tuple[str, str]]
    total: str
    vat_words: str
    notice: Notice
    only_words: str
    duties_url: str
    ranking_url: str
    ready: bool
    fault: str
    changes: Sequence[str]
    help_url: str


def instruction_version() -> str:
    """Which words on withdrawal buyers see now."""
    return INSTRUCTION_VERSION


@pages.get("/checkout/review")
def review() -> Response:
    """The last look."""
    found = current()
    if found is None:
        return see_other(url_for("checkout.basket"))
    row, view, answers = found
    if not answers.get("method") or not answers.get("email"):
        return see_other(url_for("checkout.contact"))
    draft = draft_of(row.id)
    assert draft is not None
    return answer("checkout/review.html",
                  review_page(view, answers, draft.attempt_key, row.version, ""))


def review_page(view: BasketView, answers: Mapping[str, Any], key: str, version: int, fault: str,
                changes: Sequence[str] = ()) -> ReviewPage:
    """The page of a basket under the answers so far; a fault says why nothing was ordered."""
    method = str(answers.get("method"))
    only = _("Only the goods of %(name)s are ordered now; the others stay in your basket.",
             name=view.parts[0].seller["name"]) if answers.get("only") else ""
    return ReviewPage(
        step_rows("review"), url_for("checkout.place"), key, version, view.total_minor,
        ";".join(f"{name}={minor}" for name, minor in costs(view).items()),
        str(answers.get("email")), _lines(address(answers, "")), _lines(address(answers, "bill_")),
        method_name(method), _("You pay on the page of the payment service; it is the only page of "
                               "this purchase that is not ours.") if method == "stripe" else "",
        url_for("checkout.contact"), url_for("checkout.delivery"), url_for("checkout.payment"),
        url_for("checkout.basket"),
        [_block(part, answers) for part in view.parts], sums(view), money(view.total_minor),
        vat_words(view),
        guarantee_notice(), only, url_for("storefront.page", slug="terms"),
        url_for("storefront.ranking"), view.can_be_ordered, fault, changes, help_url())


def _lines(said: Mapping[str, Any] | None) -> list[str]:
    """An address as lines; nothing for none."""
    if said is None:
        return []
    rows = (said["name"], said["street"], said["extra"], f"{said['postcode']} {said['city']}",
            country_name(said["country"]))
    return [str(row) for row in rows if row]


def _line(item: BasketItem) -> ReviewLine:
    goods = item.goods
    per = _("%(price)s per %(unit)s", price=money(goods.unit_minor), unit=goods.unit) \
        if goods.unit_minor is not None else ""
    deposit = _("plus %(deposit)s deposit each", deposit=money(goods.deposit_minor)) \
        if goods.deposit_minor else ""
    notes = (_("at the price of the set") if item.off.offer_minor else "",
             _("chosen instead of another") if item.substitute_for else "", obstacle_words(item))
    return ReviewLine(
        f"{goods.title}, {goods.label}" if goods.label else goods.title, goods.essentials,
        goods.picture, item.qty, " · ".join(filter(None, (money(goods.price_minor), per, deposit))),
        money(item.total_minor), f"/products/{goods.slug}#particulars",
        " · ".join(filter(None, notes)), lasting(goods.guarantee_years))


def _block(part: BasketPart, answers: Mapping[str, Any]) -> ReviewBlock:
    seller, sums_ = part.seller, part.sums
    place = f"{seller.get('postcode') or ''} {seller.get('city') or ''}".strip()
    where = ", ".join(words for words in (str(seller.get("street") or ""), place) if words)
    note = str((answers.get("notes") or {}).get(str(part.producer_id)) or "")
    off, slug = sum(item.off.coupon_minor for item in part.items), str(seller["slug"])
    age = _("Handed over from %(age)s on; the age is checked at the door.", age=sums_.age_class) \
        if sums_.age_class else ""
    return ReviewBlock(
        str(seller["name"]), where,
        _("sells as a trader") if seller.get("trader") else _("sells privately"),
        url_for("storefront.imprint", slug=slug), [_line(item) for item in part.items],
        way_name(sums_.method), dispatch_words(part),
        _("Your wish: %(words)s", words=note) if note else "",
        money(sums_.goods_minor + off), money(sums_.shipping_minor or 0),
        money(sums_.deposit_minor) if sums_.deposit_minor else "", money(-off) if off else "",
        _("Coupon %(code)s", code=part.coupon.code) if part.coupon else "",
        money(sums_.total_minor), withdrawal_words(
            [(item.goods.title, item.goods.withdrawal) for item in part.items]),
        url_for("storefront.page", slug="withdrawal"), url_for("storefront.imprint", slug=slug),
        age, part.fault_sentence)

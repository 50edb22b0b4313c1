"""Products as cards: one statement for any number of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, case, func, select, true
from sqlalchemy.orm import aliased

from marketplace.catalog.models import Picture, Product, ProductText
from marketplace.catalog.rules.prices import Reduced, reduced
from marketplace.foundation import clock
from marketplace.foundation.database import db, read
from marketplace.producers.models import Evidence, Producer, Trader
from marketplace.producers.rules.claims import without_organic

PUBLIC = ("published", "paused", "withdrawn", "stopped")


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture as pages draw it; `avif` and `webp` hold (width, address), smallest first.

    `credit` is printed beside it: who made it, under which licence; "" where none is owed.
    One that is shown `whole` is never cut to the shape of its frame.
    """

    alt: str
    width: int
    height: int
    tint: str
    kind: str
    url: str
    avif: tuple[tuple[int, str], ...]
    webp: tuple[tuple[int, str], ...]
    credit: str = ""
    whole: bool = False


@dataclass(frozen=True, slots=True)
class PriceView:
    """What something costs; minor units. `from_` says that other variants cost more."""

    minor: int
    currency: str
    unit_minor: int | None
    unit: str
    from_: bool
    deposit_minor: int = 0
    shipping_url: str = "/about/shipping"
    reduction: Reduced | None = None


@dataclass(frozen=True, slots=True)
class SellerLine:
    """Who sells: name, place and the trader word."""

    name: str
    url: str
    place: str
    trader: bool
    imprint_url: str


@dataclass(frozen=True, slots=True)
class ProductCard:
    """A product in a list, without what later rooms know of it."""

    id: int
    slug: str
    title: str
    lang: str
    teaser: str
    producer_id: int
    seller: SellerLine
    category_id: int
    main_category_id: int
    picture: PictureView | None
    price: PriceView | None
    age_class: int
    in_stock: bool
    state: str

    @property
    def url(self) -> str:
        """The product's page."""
        return f"/products/{self.slug}"


def alt_of(picture: Any, lang: str) -> str:
    """What a picture shows, in a language or the other one."""
    own = picture.alt_de if lang == "de" else picture.alt_en
    return str(own or picture.alt_de or picture.alt_en)


LICENCES = {"cc-by": "CC BY", "cc-by-sa": "CC BY-SA", "cc0": "CC0"}


def credit_of(picture: Any) -> str:
    """Who made a picture and under which free licence it stands here."""
    if not picture.credit:
        return ""
    licence = LICENCES.get(picture.licence, "")
    return f"{picture.credit} · {licence}" if licence else str(picture.credit)


def picture_view(picture: Any, lang: str) -> PictureView | None:
    """A picture row as pages draw it, with the alternative text of the language."""
    if picture is None or picture.file is None:
        return None
    if picture.kind != "drawn" and not picture.renditions:
        return None
    alt = alt_of(picture, lang)
    made = picture.renditions or []
    sets = {kind: tuple((w, f"/files/{name}") for k, w, name in made if k == kind)
            for kind in ("avif", "webp")}
    drawn = picture.kind == "drawn"
    return PictureView(
        alt, picture.width, picture.height, picture.tint, "drawn" if drawn else "photo",
        f"/files/{picture.file}" if drawn else sets["webp"][-1][1], sets["avif"], sets["webp"],
        credit_of(picture))


def _proved() -> Any:
    """Whether the producer's organic certificate holds today; only asked of goods that pause."""
    proof = select(Evidence.id).where(
        Evidence.producer_id == Product.producer_id, Evidence.kind == "organic",
        Evidence.checked_by.is_not(None),
        Evidence.until > bindparam("card_day", callable_=clock.today, unique=True))
    return case((Product.state == "paused", proof.exists()), else_=true()).label("proved")


@cache
def _statement(lang: str) -> Any:
    own, other = aliased(ProductText), aliased(ProductText)
    return (
        select(
            Product.id, Product.slug, func.coalesce(own.title, other.title).label("title"),
            func.coalesce(own.lang, other.lang).label("lang"),
            func.coalesce(own.teaser, other.teaser, "").label("teaser"),
            Product.producer_id, Producer.name, Producer.slug.label("producer_slug"),
            Producer.place, func.coalesce(Trader.is_trader, True).label("trader"),
            Product.category_id, Product.main_category_id, Product.price_from_minor,
            Product.price_to_minor, Product.unit_price_minor, Product.unit_price_of,
            Product.low30_minor, Product.reduction_kind, Product.deposit_minor,
            Product.age_class, Product.in_stock, Product.state, Picture.file, Picture.kind,
            Picture.alt_de, Picture.alt_en, Picture.width, Picture.height, Picture.tint,
            Picture.renditions, Picture.credit, Picture.licence, _proved(),
        )
        .join(Producer, Producer.id == Product.producer_id)
        .outerjoin(Trader, Trader.producer_id == Producer.id)
        .outerjoin(own, and_(own.product_id == Product.id, own.lang == lang))
        .outerjoin(other, and_(other.product_id == Product.id, other.lang != lang))
        .outerjoin(Picture, Picture.id == Product.main_picture_id)
    )


@cache
def cards_statement(lang: str) -> Any:
    """The public products of `ids`, a row for each; later rooms add columns of their own."""
    return _statement(lang).where(Product.id.in_(bindparam("ids", expanding=True)),
                                  Product.state.in_(PUBLIC))


def card_of(row: Any, lang: str) -> ProductCard:
    """A row of `cards_statement` as a card."""
    price = None
    if row.price_from_minor is not None:
        price = PriceView(row.price_from_minor, "EUR", row.unit_price_minor,
                          row.unit_price_of or "", row.price_to_minor > row.price_from_minor,
                          row.deposit_minor, reduction=reduced(row.low30_minor, row.reduction_kind,
                                            row.price_from_minor))
    seller = SellerLine(row.name, f"/producers/{row.producer_slug}", row.place, row.trader,
                        f"/producers/{row.producer_slug}/imprint")
    title, teaser = row.title or row.slug, row.teaser
    if not row.proved:
        title, teaser = without_organic(title, True), without_organic(teaser)
    return ProductCard(
        row.id, row.slug, title, row.lang or lang, teaser, row.producer_id,
        seller, row.category_id, row.main_category_id, picture_view(row, lang), price,
        row.age_class, row.in_stock, row.state,
    )


def cards(ids: Collection[int], lang: str) -> Mapping[int, ProductCard]:
    """Products by id; drafts are left out. Loads: 1 statement for 1 or 100."""
    if not ids:
        return {}
    rows = read(cards_statement(lang), ids=list(ids))
    return {row.id: card_of(row, lang) for row in rows}


def by_producer(producer_id: int, lang: str, limit: int = 100) -> Sequence[ProductCard]:
    """A producer's goods on sale, newest first. Loads: 1 statement."""
    rows = db.session.execute(
        _statement(lang)
        .where(Product.producer_id == producer_id, Product.state.in_(("published", "paused")))
        .order_by(Product.published_at.desc(), Product.id.desc()).limit(limit))
    return [card_of(row, lang) for row in rows]


def newest(lang: str, limit: int) -> Sequence[ProductCard]:
    """The newest goods on sale. Loads: 1 statement."""
    rows = db.session.execute(
        _statement(lang).where(Product.state == "published")
        .order_by(Product.published_at.desc(), Product.id.desc()).limit(limit))
    return [card_of(row, lang) for row in rows]


def goods_by_shelf() -> Mapping[int, int]:
    """How many goods on sale stand on each main shelf. Loads: 1 statement."""
    return dict(db.session.execute(
        select(Product.main_category_id, func.count()).where(Product.state == "published")
        .group_by(Product.main_category_id)).all())


def codes_of(product_ids: Collection[int]) -> Mapping[int, str]:
    """Short codes of goods. Loads: 1 statement."""
    return dict(db.session.execute(select(Product.id, Product.code)
                                   .where(Product.id.in_(list(product_ids)))).all())

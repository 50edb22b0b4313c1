"""Producers, their people and their goods."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from marketplace.demo.content.kinds.words import Words


@dataclass(frozen=True, slots=True)
class LabelStyle:
    """What all pictures of a producer share."""

    backdrop: str
    paper: str
    ink: str
    layout: str
    motif: str


@dataclass(frozen=True, slots=True)
class Face:
    """A person of the producer, drawn; `style` is the hair or headgear."""

    name: str
    style: str
    role: Words
    words: Words


@dataclass(frozen=True, slots=True)
class Staff:
    """A handle that acts for the producer."""

    handle: str
    role: str
    shown_name: str
    title: str


@dataclass(frozen=True, slots=True)
class Habit:
    """How they really answer: median hours, and the share kept within the promise (0..1)."""

    answer_hours: int
    kept: float


@dataclass(frozen=True, slots=True)
class Shipping:
    """One flat rate, free from a sum on, to these countries."""

    flat_minor: int
    free_from_minor: int
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trader:
    """Invented trader's data; nothing here reaches anybody."""

    legal_name: str
    representative: str
    street: str
    postcode: str
    city: str
    country: str
    e_mail: str
    phone: str
    vat_status: str
    iban: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Somebody else's confirmation of a claim, valid for so many days more."""

    kind: str
    issuer: str
    number: str
    until_days: int


@dataclass(frozen=True, slots=True)
class News:
    """A short message of the producer."""

    days_ago: int
    lang: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class PictureOrder:
    """What to draw: see `marketplace.demo.art`."""

    form: str
    lines: tuple[str, ...]
    colours: tuple[str, ...]
    pattern: str = ""
    accent: str = ""
    motif: str = ""
    layout: str = ""
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lot:
    """A vintage, batch or edition; the first in the file is the oldest."""

    label: str
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class Variant:
    """One thing to buy."""

    sku: str
    label: Words
    price_minor: int
    amount: int
    unit: str
    stock: int
    weight_g: int
    lot: str = ""
    drained: int | None = None
    made_to_order: bool = False
    lead_days: int | None = None
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Product:
    """One product; `facts` are its own particulars, without the producer's defaults."""

    slug: str
    category: str
    title: Words
    teaser: Words
    not_for: Words
    facts: dict[str, Any]
    occasions: tuple[str, ...]
    picture: PictureOrder
    variants: tuple[Variant, ...]
    story_de: str = ""
    story_en: str = ""
    lots: tuple[Lot, ...] = ()
    withdrawal: str = "yes"


@dataclass(frozen=True, slots=True)
class Producer:
    """One producer with everything they sell and say."""

    slug: str
    name: str
    subject: str
    region: str
    country: str
    place: str
    lang: str
    state: str
    opened_days_ago: int
    palette: tuple[str, ...]
    header: str
    style: LabelStyle
    teaser: Words
    story: Words
    method: Words
    promise: dict[str, int]
    habit: Habit
    shipping: Shipping
    trader: Trader
    defaults: dict[str, Any]
    faces: tuple[Face, ...]
    staff: tuple[Staff, ...]
    products: tuple[Product, ...]
    news: tuple[News, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    paused_until_days: int | None = None
    paused_words: Words = field(default_factory=Words)

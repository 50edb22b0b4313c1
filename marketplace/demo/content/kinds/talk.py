"""What members say about goods, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.demo.content.kinds.people import Post


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of staff to a review."""

    by: str
    after_days: int
    words: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What another member says about a clumsy reply."""

    by: str
    words: str


@dataclass(frozen=True, slots=True)
class Review:
    """Words of a buyer with the answer they go with."""

    product: str
    by: str
    again: bool
    feel: str
    stars: int
    value: bool
    lang: str
    words: str
    lot: str = ""
    days_ago: int | None = None
    occasions: tuple[str, ...] = ()
    reply: Reply | None = None
    reply_told: Remark | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What staff answer, so many hours later."""

    by: str
    hours: int
    words: str


@dataclass(frozen=True, slots=True)
class Thread:
    """A question, complaint, praise, idea or wish to a producer, about a product."""

    kind: str
    product: str
    by: str
    lang: str
    days_ago: int
    title: str
    words: str
    answer: Answer | None = None
    outcome: str = ""
    late: bool = False
    pinned: bool = False
    supports: int = 0


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A member recommends; `to` is "all", "group:<slug>" or "person:<handle>"."""

    product: str
    by: str
    to: str
    lang: str
    days_ago: int
    occasion: str
    reason: str


@dataclass(frozen=True, slots=True)
class AskAnswer:
    """A product somebody answers a wish with, so many hours later; without words to the asker."""

    by: str
    product: str
    hours: int
    words: str = ""
    helped: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """A member asks for advice; `to` is "all" or "group:<slug>"."""

    by: str
    to: str
    lang: str
    subject: str
    days_ago: int
    wish: str
    answers: tuple[AskAnswer, ...] = ()
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Pairing:
    """A member says what a product goes with; `to` is "product:<slug>" or "occasion:<slug>"."""

    product: str
    to: str
    by: str
    days_ago: int
    up: int
    down: int


@dataclass(frozen=True, slots=True)
class BundleItem:
    """One thing on a board."""

    slot: str
    product: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Things that go together, put together by a member."""

    slug: str
    title: str
    by: str
    lang: str
    template: str
    occasion: str
    days_ago: int
    words: str
    items: tuple[BundleItem, ...]
    comments: tuple[Post, ...] = ()
    parent: str = ""
    up: int = 0
    down: int = 0


@dataclass(frozen=True, slots=True)
class About:
    """What a report is about: a review of a product, or a post in a topic of a group."""

    kind: str
    by: str
    product: str = ""
    group: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a moderator decided, so many hours after the report or appeal."""

    by: str
    hours: int
    result: str
    words: str


@dataclass(frozen=True, slots=True)
class Appeal:
    """Somebody does not accept a decision."""

    by: str
    hours: int
    words: str
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A report, and what came of it; without decision it waits in the queue."""

    about: About
    by: str
    days_ago: int
    reason: str
    words: str
    decision: Decision | None = None
    appeal: Appeal | None = None

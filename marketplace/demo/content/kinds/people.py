"""Members and the groups they talk in."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.demo.content.kinds.words import Words


@dataclass(frozen=True, slots=True)
class Writer:
    """A member with a full profile."""

    handle: str
    name: str
    lang: str
    place: str
    about: str
    taste: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CastMember:
    """One of the seven who can sign in, and what the demo shows with them."""

    handle: str
    name: str
    lang: str
    place: str
    role: Words
    shows: Words
    about: str
    joined_days_ago: int
    staff_of: str = ""
    taste: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    trusts: tuple[str, ...] = ()
    follows_producers: tuple[str, ...] = ()
    ratings: int = 0
    parcel_under_way: str = ""
    to_rate: str = ""
    moderator: bool = False
    operator: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """One contribution, so many hours after its topic or bundle began."""

    by: str
    after_hours: int
    words: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A conversation in a group."""

    title: str
    by: str
    days_ago: int
    posts: tuple[Post, ...]
    tags: tuple[str, ...] = ()
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class ListItem:
    """A product on a group's list, and why."""

    product: str
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class GroupList:
    """A list a group keeps."""

    title: str
    purpose: str
    occasion: str
    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True)
class Pick:
    """The product of a month; `month` counts back from this one."""

    month: int
    product: str


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody asks to be let in."""

    by: str
    days_ago: int
    words: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change of the rules that is being talked about."""

    title: str
    before: str
    after: str
    by: str
    days_ago: int


@dataclass(frozen=True, slots=True)
class Group:
    """A community; `members_more` says how many quiet members join beside those named."""

    slug: str
    name: str
    kind: str
    lang: str
    subject: str
    purpose: str
    founder: str
    moderators: tuple[str, ...]
    founded_days_ago: int
    members: tuple[str, ...]
    members_more: int
    rules: str
    tags: tuple[str, ...]
    topics: tuple[Topic, ...]
    picks: tuple[Pick, ...] = ()
    lists: tuple[GroupList, ...] = ()
    requests: tuple[Request, ...] = ()
    proposal: Proposal | None = None

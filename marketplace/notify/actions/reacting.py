"""Who is told of what happened; handlers of the reactions table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from marketplace.catalog.models import Product, ProductText
from marketplace.dialogue.events import PostPublished, ThreadOpened
from marketplace.dialogue.models import Thread, ThreadPerson
from marketplace.dialogue.queries.snoozing import snoozed_until
from marketplace.foundation.database import db
from marketplace.groups.events import JoinAsked, JoinDecided
from marketplace.groups.models import Group
from marketplace.groups.queries import carers
from marketplace.notify.actions.sellers import sold_by
from marketplace.notify.actions.telling import letter, tell
from marketplace.orders.events import (
    LineDelivered,
    ParcelHandedOver,
    SellerOrderCancelled,
    SellerOrderExpired,
    SellerOrderPaid,
)
from marketplace.orders.models import Order, OrderLine, SellerOrder
from marketplace.people.events import Followed, JoinedTwice, PersonJoined, ResetAsked
from marketplace.people.models import Person
from marketplace.producers.queries import staff_ids
from marketplace.recommend.events import PurchaseTold, Recommended, Thanked
from marketplace.recommend.models import Recommendation
from marketplace.reviews.events import (
    ChangeTold,
    HelpedMilestone,
    LotDrift,
    RatingGiven,
    ReplyPublished,
)
from marketplace.reviews.models import Rating


def _title(product_id: int) -> str:
    return db.session.scalar(select(ProductText.title).where(
        ProductText.product_id == product_id).order_by(ProductText.lang).limit(1)) or ""


def _age(product_id: int) -> int:
    """From which age a product is handed over; 0: everybody."""
    return db.session.scalar(select(Product.age_class).where(Product.id == product_id)) or 0


def _slug(product_id: int) -> str:
    return db.session.scalar(select(Product.slug).where(Product.id == product_id)) or ""


def name_of(person_id: int | None) -> str:
    """The handle of a person, or nothing. Loads: 1 statement."""
    return db.session.scalar(select(Person.handle).where(Person.id == (person_id or 0))) or "?"


def _lang(person_id: int) -> str:
    return db.session.scalar(select(Person.lang).where(Person.id == person_id)) or "de"


def joined(event: PersonJoined) -> None:
    """A letter with the link that confirms the address."""
    letter("account", "confirm", _lang(event.person_id), person_id=event.person_id,
           args={"token_id": event.token_id, "purpose": "confirm"})


def joined_twice(event: JoinedTwice) -> None:
    """A letter: you have an account already."""
    letter("account", "known", _lang(event.person_id), person_id=event.person_id)


def reset_asked(event: ResetAsked) -> None:
    """A letter with the link for a new password."""
    letter("account", "reset", _lang(event.person_id), person_id=event.person_id,
           args={"token_id": event.token_id, "purpose": "reset"})


def followed(event: Followed) -> None:
    """Somebody is followed."""
    name = name_of(event.follower_id)
    tell(event.followed_id, "follow", "follow", "followed", f"/members/{name}",
         by=event.follower_id, name=name)


def to_buyer(order: Order, class_: str, template: str, title: str,
             written: Mapping[str, Any] | None = None, **args: str) -> None:
    """A notice for a member and a letter for everybody who ordered; `written` is for the letter."""
    url = f"/orders/{order.number}"
    said: dict[str, Any] = {"number": order.number, **args}
    written = {**(written or {}), **sold_by(args.get("part", ""))}
    if order.buyer_id is not None:
        tell(order.buyer_id, class_, f"{title} {order.number} {args.get('part', '')}", title, url,
             **said)
    letter(class_, template, order.language, email=order.email,
           args={**said, **written, "url": url, "order_id": order.id})


def of_part(part_id: int) -> tuple[Order, SellerOrder]:
    """The order of a part, and the part."""
    part = db.session.get_one(SellerOrder, part_id)
    return db.session.get_one(Order, part.order_id), part


def part_paid(event: SellerOrderPaid) -> None:
    """The buyer hears that a producer has the money."""
    order, part = of_part(event.seller_order_id)
    to_buyer(order, "payment", "paid", "part_paid", producer=str(part.seller["name"]),
              part=part.number)


def dispatched(event: ParcelHandedOver) -> None:
    """The buyer hears that a parcel left."""
    order, part = of_part(event.seller_order_id)
    to_buyer(order, "dispatch", "dispatched", "dispatched", {"age": part.age_class},
             producer=str(part.seller["name"]), part=part.number)


def cancelled(event: SellerOrderCancelled) -> None:
    """Both sides hear of a cancelled part."""
    order, part = of_part(event.seller_order_id)
    to_buyer(order, "cancellation", "cancelled", "cancelled", producer=str(part.seller["name"]),
              part=part.number)
    if event.by == "buyer":
        for person in staff_ids(part.producer_id):
            tell(person, "cancellation", f"cancelled {part.id}", "cancelled", "/studio/orders",
                 number=part.number)


def expired(event: SellerOrderExpired) -> None:
    """The buyer hears that the time to pay is over."""
    order, part = of_part(event.seller_order_id)
    to_buyer(order, "cancellation", "expired", "expired", producer=str(part.seller["name"]),
              part=part.number)


def delivered(event: LineDelivered) -> None:
    """The buyer hears once per part that it arrived."""
    line = db.session.get_one(OrderLine, event.order_line_id)
    order, part = of_part(line.seller_order_id)
    if line.position == 1:
        to_buyer(order, "delivery", "delivered", "delivered",
                  producer=str(part.seller["name"]), part=part.number)


def rated(event: RatingGiven) -> None:
    """The producer hears of an answer, of criticism first."""
    if event.before is not None:
        return
    critical = not event.again or event.delight == "disappointed"
    title = _title(event.product_id)
    for person in staff_ids(event.producer_id):
        tell(person, "criticism" if critical else "helpful", f"rated {event.product_id}",
             "critic" if critical else "rated", "/studio", title=title)


def replied(event: ReplyPublished) -> None:
    """The author hears that the producer replied; only who chose to hear of it."""
    rating = db.session.get_one(Rating, event.rating_id)
    if event.person_id is not None:
        tell(event.person_id, "reply", f"reply {rating.id}", "reply",
             f"/products/{_slug(rating.product_id)}#review-{rating.code}", mail="reply",
             house=rating.producer_id, title=_title(rating.product_id))


def changed_something(event: ChangeTold) -> None:
    """The author hears that their words changed something; only who chose to hear of it."""
    if event.person_id is not None:
        rating = db.session.get_one(Rating, event.rating_id)
        tell(event.person_id, "changed", f"changed {rating.id}", "changed",
             f"/products/{_slug(rating.product_id)}#review-{rating.code}", mail="changed",
             house=rating.producer_id, title=_title(rating.product_id))


def helped(event: HelpedMilestone) -> None:
    """So many people found somebody's words helpful; only for who chose to hear of it."""
    tell(event.person_id, "helped", f"helped {event.rating_id}", "helped",
         f"/products/{_slug(event.product_id)}#verdict", mail="helped", people=event.people,
         title=_title(event.product_id))


def drifted(event: LotDrift) -> None:
    """The producer hears that a lot is liked less than the one before, or more."""
    title = "drift_worse" if event.direction == "worse" else "drift_better"
    for person in staff_ids(event.producer_id):
        tell(person, "criticism", f"drift {event.lot_id}", title,
             f"/products/{_slug(event.product_id)}#verdict", title=_title(event.product_id))


def recommended(event: Recommended) -> None:
    """The addressee of a personal recommendation; who asked for it hears of an answer instead."""
    if event.person_id is not None and event.thing == "product" and event.ask_id is None:
        row = db.session.get_one(Recommendation, event.recommendation_id)
        tell(event.person_id, "recommendation", f"rec {row.id}", "recommended",
             f"/suggestions/r-{row.code}", mail="recommended", by=event.author_id,
             name=name_of(event.author_id), title=_title(event.thing_id), age=_age(event.thing_id),
             relation=row.relation or "", benefit=row.benefit or "")


def thanked(event: Thanked) -> None:
    """The author of a recommendation."""
    tell(event.author_id, "thanks", f"thanks {event.recommendation_id}", "thanked",
         "/account/recommendations", by=event.person_id, name=name_of(event.person_id))


def purchase_told(event: PurchaseTold) -> None:
    """The author of a recommendation that somebody chose to say they followed."""
    tell(event.author_id, "thanks", f"told {event.recommendation_id}", "told_bought",
         "/account/recommendations", by=event.person_id, name=name_of(event.person_id))


def thread_opened(event: ThreadOpened) -> None:
    """Staff of a producer that is asked."""
    if event.producer_id is None or event.kind in ("topic", "comment", "news"):
        return
    thread = db.session.get_one(Thread, event.thread_id)
    for person in staff_ids(event.producer_id):
        tell(person, "question", f"thread {thread.id}", "question", f"/threads/{thread.code}",
             mail="question", title=thread.title)


def posted(event: PostPublished) -> None:
    """Everybody who takes part in a thread, but not its author of the moment."""
    thread = db.session.get_one(Thread, event.thread_id)
    first = thread.replies == 0 and event.role == "asker"
    if first:
        return
    for row in db.session.scalars(
        select(ThreadPerson).where(ThreadPerson.thread_id == thread.id,
                                   ThreadPerson.person_id != (event.person_id or 0),
                                   ThreadPerson.part.in_(("asker", "follower")))
    ).all():
        if snoozed_until(row.person_id, "thread", thread.id) is None:
            tell(row.person_id, "answer", f"answer {thread.id}", "answer",
                 f"/threads/{thread.code}", mail="answer", by=event.person_id,
                 house=thread.producer_id if event.role == "staff" else None, title=thread.title)


def join_asked(event: JoinAsked) -> None:
    """Founder and moderators of a closed group."""
    group = db.session.get_one(Group, event.group_id)
    for person in carers(group.id):
        tell(person, "join", f"join {group.id}", "join_asked", f"/groups/{group.slug}/care",
             by=event.person_id, name=name_of(event.person_id), group=group.name)


def join_decided(event: JoinDecided) -> None:
    """The person who asked to enter."""
    group = db.session.get_one(Group, event.group_id)
    tell(event.person_id, "join", f"joined {group.id}", "join_decided", f"/groups/{group.slug}",
         group=group.name)

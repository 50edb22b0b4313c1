"""Counters and evidence of taste that follow an act."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.bundles.actions import commented, draw_with
from marketplace.catalog.actions import mark_used
from marketplace.catalog.events import (
    ProductChanged,
    ProductPublished,
    ProductStopped,
    ProductWithdrawn,
)
from marketplace.checkout.actions import end_way, give_back, merge_at_sign_in, take_again
from marketplace.dialogue.actions import kind_changed as topics_of_kind
from marketplace.dialogue.events import PostPublished, ThreadOpened
from marketplace.dialogue.models import Thread
from marketplace.foundation.database import db
from marketplace.groups.actions import acted, touched
from marketplace.groups.events import (
    AmbassadorActive,
    AmbassadorEnded,
    GroupFounded,
    KindChanged,
    MemberJoined,
    MemberLeft,
)
from marketplace.groups.models import Ambassador
from marketplace.groups.queries import forget_benefits, house_of, still_speaks
from marketplace.orders.events import (
    OrderPlaced,
    SellerOrderCancelled,
    SellerOrderExpired,
    SellerOrderPaid,
)
from marketplace.orders.models import Order, OrderLine, SellerOrder
from marketplace.orders.queries import bought_again
from marketplace.people.events import SignedIn
from marketplace.recommend.actions import keep_signal, retake
from marketplace.recommend.events import Recommended
from marketplace.reviews.actions import (
    end_relations,
    ensure_row,
    find_relation,
    member_came,
    member_went,
)
from marketplace.reviews.events import RatingGiven, RatingWithdrawn, TasteShown

NO_AGAIN, YES_AGAIN, SPOKEN_FOR = 0.6, 1.0, 0.8


def merge_basket(event: SignedIn) -> None:
    """What a guest had in the basket comes along."""
    merge_at_sign_in(event.person_id, event.guest_key)


def score_row(event: ProductPublished) -> None:
    """A fresh product has a verdict without answers."""
    ensure_row(event.product_id)


def group_grows(event: MemberJoined | GroupFounded) -> None:
    """The answers of a new member count for the group."""
    member_came(event.group_id, event.person_id)


def group_shrinks(event: MemberLeft) -> None:
    """The answers of somebody who left count for the group no longer."""
    member_went(event.group_id, event.person_id)


def speaks(event: AmbassadorActive) -> None:
    """Who speaks for a house or its goods has to do with it: such answers do not count."""
    row = db.session.get_one(Ambassador, event.ambassador_id)
    forget_benefits()
    house = house_of(row)
    if house is not None:
        find_relation(row.person_id, house, "ambassador", row.benefit)


def speaks_no_more(event: AmbassadorEnded) -> None:
    """What is said from now on counts, where the person speaks for none of the house's goods."""
    row = db.session.get_one(Ambassador, event.ambassador_id)
    forget_benefits()
    house = house_of(row)
    if house is not None and not still_speaks(row.person_id, house):
        end_relations(row.person_id, house, "ambassador")


def taste_of_answer(event: TasteShown) -> None:
    """An answer is the strongest evidence of taste; it counts in the next list."""
    keep_signal(event.person_id, event.product_id, YES_AGAIN if event.again else NO_AGAIN,
                event.again, "rating")


def taste_withdrawn(event: RatingWithdrawn) -> None:
    """An answer taken back is no evidence any more; what else there is takes over."""
    if event.person_id is not None:
        retake(event.person_id, event.product_id)


def taste_of_reorder(event: SellerOrderPaid) -> None:
    """Who buys the same thing in another order likes it."""
    for person_id, product_id in bought_again(event.seller_order_id):
        keep_signal(person_id, product_id, SPOKEN_FOR, True, "order_again")


def taste_of_recommendation(event: Recommended) -> None:
    """Who bought a product and recommends it, unpaid and untied, likes it."""
    if event.thing == "product" and event.moves:
        keep_signal(event.author_id, event.thing_id, SPOKEN_FOR, True, "recommendation")


def group_topic(event: ThreadOpened) -> None:
    """A group has a topic more."""
    if event.group_id is not None and event.kind == "topic":
        touched(event.group_id, True)


def bundle_talk(event: PostPublished) -> None:
    """One more comment below a bundle."""
    bundle_id = db.session.scalar(select(Thread.bundle_id).where(
        Thread.id == event.thread_id, Thread.kind == "comment"))
    if bundle_id is not None:
        commented(bundle_id)


def collages_drawn(event: ProductChanged | ProductWithdrawn | ProductStopped) -> None:
    """Where a picture or the right to show it changed, collages are drawn anew."""
    if not isinstance(event, ProductChanged) or {"pictures", "texts"} & set(event.fields):
        draw_with(event.product_id)


def group_talk(event: PostPublished) -> None:
    """A group is alive."""
    group_id = db.session.scalar(select(Thread.group_id).where(Thread.id == event.thread_id))
    if group_id is not None:
        touched(group_id, False)
        if event.person_id is not None:
            acted(group_id, event.person_id)


def kind_changed(event: KindChanged) -> None:
    """What was written before is read by whom it was written for."""
    topics_of_kind(event.group_id, event.before, event.after)


def way_ended(event: OrderPlaced) -> None:
    """What led to goods that were ordered counts for no other order."""
    placed_at = db.session.scalar(select(Order.placed_at).where(Order.id == event.order_id))
    if placed_at is not None:
        end_way(event.basket_id, placed_at)


def coupon_free(event: SellerOrderCancelled | SellerOrderExpired) -> None:
    """A coupon of which nothing came, as nothing was ever paid, can be used once more."""
    paid = db.session.scalar(select(SellerOrder.paid_minor).where(
        SellerOrder.id == event.seller_order_id))
    if not paid:
        give_back(event.seller_order_id)


def coupon_counts(event: SellerOrderPaid) -> None:
    """An order that was paid late after all has used its coupon."""
    take_again(event.seller_order_id)


def goods_used(event: OrderPlaced) -> None:
    """Ordered goods stay, whatever is taken back later."""
    mark_used(db.session.scalars(select(OrderLine.product_id).where(
        OrderLine.seller_order_id.in_(select(SellerOrder.id).where(
            SellerOrder.order_id == event.order_id)))).all())


def goods_rated(event: RatingGiven) -> None:
    """Rated goods stay too."""
    mark_used([event.product_id])

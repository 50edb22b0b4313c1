"""Entries of the journal, in the transaction of the act."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.bundles.events import BundleAdded, BundlePublished
from marketplace.checkout.events import (
    BasketLineAdded,
    BasketLineRemoved,
    CheckoutFailed,
    CheckoutStepSeen,
    DemandSignal,
    OrderedAgain,
)
from marketplace.dialogue.events import PostPublished, ThreadOpened
from marketplace.foundation.database import db
from marketplace.groups.events import MemberJoined, MemberLeft
from marketplace.journal.actions import note
from marketplace.moderation.events import AppealDecided, AppealFiled, DecisionTaken, ReportFiled
from marketplace.orders.events import (
    ComplaintClosed,
    ComplaintOpened,
    LineDelivered,
    OrderPlaced,
    ParcelHandedOver,
    PromiseBroken,
    RefundDone,
    SellerOrderCancelled,
    SellerOrderPaid,
    SignalGiven,
    WithdrawalDeclared,
)
from marketplace.orders.models import Order
from marketplace.people.events import Followed, PersonJoined, Unfollowed
from marketplace.recommend.events import AskOpened, Recommended
from marketplace.reviews.events import (
    HelpfulVoted,
    InvitationDue,
    RatingGiven,
    ReplyPublished,
    TapGiven,
)
from marketplace.touchpoints.events import SurveyAnswered, SurveyDeclined


def _buyer(order_id: int) -> int | None:
    return db.session.scalar(select(Order.buyer_id).where(Order.id == order_id))


def note_joined(event: PersonJoined) -> None:
    """Somebody opened an account."""
    note("account.opened", event.person_id)


def note_followed(event: Followed) -> None:
    """Somebody follows."""
    note("follow.made", event.follower_id, "person", event.followed_id)


def note_unfollowed(event: Unfollowed) -> None:
    """Somebody follows no longer."""
    note("follow.ended", event.follower_id, "person", event.followed_id)


def note_group_joined(event: MemberJoined) -> None:
    """Somebody joined a group."""
    note("group.joined", event.person_id, "group", event.group_id)


def note_group_left(event: MemberLeft) -> None:
    """Somebody left a group."""
    note("group.left", event.person_id, "group", event.group_id)


def note_basket_added(event: BasketLineAdded) -> None:
    """Something went into a basket, and what led to it."""
    note("basket.added", event.person_id, "product", event.product_id, (event.kind, event.ref))


def note_basket_removed(event: BasketLineRemoved) -> None:
    """Something was taken out of a basket."""
    note("basket.removed", event.person_id, "variant", event.variant_id)


def note_step(event: CheckoutStepSeen) -> None:
    """Somebody came to a step of the checkout; the step stands as the kind of thing."""
    note("checkout.seen", event.person_id, event.step)


def note_failed(event: CheckoutFailed) -> None:
    """An order was refused; the reason stands as the kind of thing."""
    note("checkout.failed", event.person_id, event.reason)


def note_demand(event: DemandSignal) -> None:
    """Somebody wants what cannot be had or cannot be sent there."""
    note("demand.signalled", event.person_id, "product", event.product_id)


def note_reordered(event: OrderedAgain) -> None:
    """Somebody takes the same once more."""
    note("order.reordered", event.person_id, "order", event.order_id)


def note_order_placed(event: OrderPlaced) -> None:
    """Somebody ordered."""
    note("order.placed", event.buyer_id, "order", event.order_id)


def note_order_paid(event: SellerOrderPaid) -> None:
    """A part was paid."""
    note("order.paid", _buyer(event.order_id), "producer", event.producer_id)


def note_dispatched(event: ParcelHandedOver) -> None:
    """A parcel left."""
    note("order.dispatched", None, "order", event.order_id)


def note_delivered(event: LineDelivered) -> None:
    """A line arrived."""
    note("order.delivered", event.buyer_id, "product", event.product_id)


def note_cancelled(event: SellerOrderCancelled) -> None:
    """A part was cancelled."""
    note("order.cancelled", _buyer(event.order_id), "order", event.order_id)


def note_withdrawal(event: WithdrawalDeclared) -> None:
    """Somebody withdrew."""
    note("withdrawal.filed", None, "withdrawal", event.withdrawal_id)


def note_delayed(event: PromiseBroken) -> None:
    """A promised day went by."""
    note("order.delayed", None, "producer", event.producer_id)


def note_complaint(event: ComplaintOpened) -> None:
    """Somebody complained, which begins a private talk."""
    note("thread.opened", _buyer(event.order_id), "complaint", event.complaint_id)


def note_complaint_closed(event: ComplaintClosed) -> None:
    """The buyer said how it ended."""
    solved = event.outcome != "unsolved"
    note("thread.solved" if solved else "thread.unsolved", None, "complaint", event.complaint_id)


def note_signal(event: SignalGiven) -> None:
    """Something is wrong."""
    note("signal.sent", _buyer(event.order_id), "order", event.order_id)


def note_refund(event: RefundDone) -> None:
    """Money is back."""
    note("refund.done", _buyer(event.order_id), "order", event.order_id)


def note_rated(event: RatingGiven) -> None:
    """Somebody answered, or changed an answer."""
    name = "rating.given" if event.before is None else "rating.changed"
    note(name, event.person_id, "product", event.product_id)


def note_replied(event: ReplyPublished) -> None:
    """A producer replied."""
    note("rating.replied", None, "producer", event.producer_id)


def note_helpful(event: HelpfulVoted) -> None:
    """Somebody found words helpful, or not."""
    note("helpful.voted", event.person_id, "rating", event.rating_id)


def note_tap(event: TapGiven) -> None:
    """Somebody tapped on a product."""
    if event.up is not None:
        note("tap.given", event.person_id, "product", event.product_id)


def note_invited(event: InvitationDue) -> None:
    """Somebody was asked."""
    note("rating.invited", event.person_id, "product", event.product_id)


def note_bundle(event: BundlePublished) -> None:
    """Somebody made a bundle."""
    note("bundle.made", event.author_id, "bundle", event.bundle_id)


def note_bundle_added(event: BundleAdded) -> None:
    """A bundle went into a basket."""
    note("bundle.added", event.person_id, "bundle", event.bundle_id)


def note_recommended(event: Recommended) -> None:
    """Somebody recommended."""
    note("recommendation.made", event.author_id, event.thing, event.thing_id)


def note_ask(event: AskOpened) -> None:
    """Somebody asked for advice."""
    note("ask.opened", event.person_id, "ask", event.ask_id)


def note_thread(event: ThreadOpened) -> None:
    """Somebody asked."""
    note("thread.opened", event.person_id, "thread", event.thread_id)


def note_post(event: PostPublished) -> None:
    """Somebody wrote, or a producer answered."""
    name = "thread.answered" if event.role == "staff" else "post.added"
    note(name, event.person_id, "thread", event.thread_id)


def note_report(event: ReportFiled) -> None:
    """Somebody reported."""
    note("report.filed", None, "matter", event.matter_id)


def note_decision(event: DecisionTaken) -> None:
    """Somebody decided."""
    note("decision.taken", None, "matter", event.matter_id)


def note_survey_answered(event: SurveyAnswered) -> None:
    """Somebody answered a short question."""
    note("survey.answered", None, "survey", event.survey_id)


def note_survey_declined(event: SurveyDeclined) -> None:
    """Somebody did not want to be asked."""
    note("survey.declined", None, "survey", event.survey_id)


def note_appeal(event: AppealFiled) -> None:
    """Somebody concerned appealed."""
    note("appeal.filed", None, "matter", event.matter_id)


def note_appeal_decided(event: AppealDecided) -> None:
    """Another person decided."""
    note("appeal.decided", None, "matter", event.matter_id)

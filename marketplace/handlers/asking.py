"""A short question follows an act, where a survey hangs on it."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.catalog.models import Product
from marketplace.dialogue.actions import open_case
from marketplace.dialogue.events import AnswerGiven, OutcomeSet
from marketplace.dialogue.models import Thread
from marketplace.notify.actions import tell
from marketplace.notify.actions.rights import operators
from marketplace.orders.events import ComplaintClosed, LineDelivered, OrderPlaced
from marketplace.orders.models import Order, SellerOrder
from marketplace.people.events import ConsentChanged
from marketplace.people.rules.consents import PANEL
from marketplace.reviews.events import RatingGiven
from marketplace.touchpoints.actions import leave_panel, offer, offer_guest, tell_panel
from marketplace.touchpoints.events import (
    PanelAsked,
    PanelDecided,
    SurveyAnswered,
    SurveyPaused,
)


def ordered(event: OrderPlaced) -> None:
    """Somebody ordered; a guest is asked on the page of the order."""
    if event.buyer_id is None:
        offer_guest("order", event.order_id)
    else:
        offer("order", event.buyer_id)


def received(event: LineDelivered) -> None:
    """Somebody has their goods."""
    if event.buyer_id is not None:
        offer("parcel", event.buyer_id, select(Product.producer_id).where(
            Product.id == event.product_id).scalar_subquery())


def closed(event: OutcomeSet) -> None:
    """Who asked in a thread says how it ended."""
    here = Thread.id == event.thread_id
    offer("closed", select(Thread.author_id).where(here).scalar_subquery(),
          select(Thread.producer_id).where(here).scalar_subquery())


def complaint_closed(event: ComplaintClosed) -> None:
    """A buyer says how a complaint ended."""
    offer("closed", select(Order.buyer_id).join(SellerOrder, SellerOrder.order_id == Order.id)
          .where(SellerOrder.id == event.seller_order_id).scalar_subquery(), event.producer_id)


def answered(event: AnswerGiven) -> None:
    """Who asked a producer has an answer."""
    if event.asker_id is not None:
        offer("answered", event.asker_id, event.producer_id)


def rated(event: RatingGiven) -> None:
    """Somebody said for the first time whether they would buy it again."""
    if event.person_id is not None and event.before is None:
        offer("rated", event.person_id, event.producer_id)


def disappointed(event: SurveyAnswered) -> None:
    """Who was disappointed is heard by the house it is about, as a case with a due time."""
    if event.level == "disappointing" and event.producer_id is not None:
        open_case("survey", event.ask_id, event.producer_id)


def survey_rests(event: SurveyPaused) -> None:
    """Those who run the market hear that a survey asks nobody any more."""
    for person in operators():
        tell(person, "account", f"survey rests {event.survey_id}", "survey_rests",
             f"/operator/surveys/{event.survey_id}", asks=event.asks, declines=event.declines)


def panel_moved(event: PanelAsked | PanelDecided) -> None:
    """Members of the panel who want it hear of a question, who voted on it what came of it."""
    tell_panel(event.panel_id, decided=isinstance(event, PanelDecided))


def panel_left(event: ConsentChanged) -> None:
    """Who takes the yes to the panel back is of it no more; votes stay without their name."""
    if event.purpose == PANEL and not event.given:
        leave_panel(event.person_id, with_votes=False)

"""What follows baskets, orders, money and answers."""

from __future__ import annotations

from collections.abc import Mapping

from marketplace.checkout import events as checkout
from marketplace.foundation.events import Event, later
from marketplace.handlers import (
    accounts,
    answers,
    asking,
    counts,
    ending,
    found,
    lists,
    opening,
    records,
)
from marketplace.notify.actions import (
    houses,
    inviting,
    repaying,
    rights,
    sending,
    watching,
)
from marketplace.notify.actions import money as purse
from marketplace.notify.actions import ordering as confirmed
from marketplace.notify.actions import reacting as notify
from marketplace.orders import events as orders
from marketplace.orders.actions import documents, sets
from marketplace.payments import actions as money
from marketplace.payments import events as payments
from marketplace.reactions.kinds import Handlers
from marketplace.reviews import events as reviews

TRADE: Mapping[type[Event], Handlers] = {
    checkout.BasketLineAdded: (records.note_basket_added, found.basket_filled),
    checkout.OrderedAgain: (records.note_reordered,),
    checkout.BasketLineRemoved: (records.note_basket_removed,),
    checkout.CheckoutStepSeen: (records.note_step,),
    checkout.CheckoutFailed: (records.note_failed,),
    checkout.DemandSignal: (records.note_demand,),
    orders.RatesChanged: (opening.rates_known, lists.producer_changed),
    payments.AccountKept: (opening.account_known,),
    payments.PaymentNeedsPerson: (purse.needs_person,),
    payments.RefundAdvanced: (purse.advanced,),
    payments.BankAccountChanged: (purse.account_changed,),
    payments.FeeAnnounced: (houses.fee_announced,),
    payments.DisputeOpened: (purse.disputed,),
    payments.DisputeClosed: (purse.dispute_closed,),
    orders.OrderPlaced: later(money.first_attempt, records.note_order_placed, accounts.ordered,
                              counts.way_ended, counts.goods_used, confirmed.order_placed,
                              asking.ordered),
    orders.EmailCorrected: (confirmed.order_again,),
    orders.MoneyArrived: (money.book_arrival,),
    orders.BuyerForgotten: (money.forget_buyer,),
    orders.RefundDue: (documents.correct_refunded, money.start_refund, repaying.refund_due),
    orders.RefundDone: (records.note_refund, money.book_refund, repaying.refund_done),
    orders.LinesCancelled: (repaying.shortened, sets.ask_about_sets),
    orders.SetAsked: (sending.set_asked,),
    orders.DayPromised: (sending.day_promised,),
    orders.PromiseNear: (sending.promise_near,),
    orders.PromiseBroken: (records.note_delayed, sending.promise_broken),
    orders.SellerVanished: (sending.vanished,),
    orders.ParcelSilent: (sending.silent,),
    orders.SellerOrderPaid: (records.note_order_paid, counts.taste_of_reorder,
                             counts.coupon_counts, notify.part_paid),
    orders.ParcelHandedOver: (documents.invoice_sent, records.note_dispatched, notify.dispatched),
    orders.LineDelivered: (records.note_delivered, answers.plan_invitation, accounts.delivered,
                           lists.buyer_counts, notify.delivered, ending.order_finished,
                           asking.received),
    orders.SellerOrderCancelled: (records.note_cancelled, counts.coupon_free, notify.cancelled,
                                  sets.ask_about_sets, ending.order_finished),
    orders.SellerOrderExpired: (counts.coupon_free, notify.expired, ending.order_finished),
    orders.WithdrawalDeclared: (records.note_withdrawal, rights.withdrawn),
    orders.ComplaintOpened: (records.note_complaint, answers.case_of_complaint, rights.complained),
    orders.ComplaintMoved: (answers.complaint_heard, rights.complaint_moved),
    orders.ComplaintClosed: (records.note_complaint_closed, answers.complaint_heard,
                             rights.complaint_closed, asking.complaint_closed),
    orders.SignalGiven: (records.note_signal, answers.case_of_signal, rights.signalled),
    orders.SignalsAnswered: (answers.signals_heard, rights.signals_answered),
    reviews.TasteShown: (counts.taste_of_answer, lists.refresh_list),
    reviews.RatingGiven: (records.note_rated, accounts.rated, answers.case_of_rating,
                          counts.goods_rated, lists.product_changed, notify.rated,
                          watching.review_said, asking.rated),
    reviews.ReplyPublished: (records.note_replied, answers.case_answered, lists.drop_pages,
                             notify.replied),
    reviews.ChangeTold: (notify.changed_something,),
    reviews.RatingWithdrawn: (answers.case_withdrawn, counts.taste_withdrawn,
                              lists.product_changed),
    reviews.StandingChanged: (answers.state_standing, lists.product_changed),
    reviews.RatingFlagged: (answers.look_at_flags,),
    reviews.LinkFound: (answers.look_at_link,),
    reviews.HelpedMilestone: (notify.helped,),
    reviews.LotDrift: (lists.product_changed, notify.drifted),
    reviews.TapGiven: (records.note_tap,),
    reviews.HelpfulVoted: (records.note_helpful, accounts.voted),
    **dict.fromkeys((reviews.WordsStandingChanged, reviews.ImportedWordsChanged),
                    (lists.words_hidden,)),
    reviews.RatingsImported: (lists.ties_changed, lists.drop_pages),
    reviews.InvitationDue: (records.note_invited, inviting.invited),
}

"""What follows what: the one table through which later rooms react to earlier ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from marketplace.bundles import events as bundles
from marketplace.catalog import events as catalog
from marketplace.checkout import events as checkout
from marketplace.dialogue import events as dialogue
from marketplace.foundation.events import Event, OperatorActed
from marketplace.groups import events as groups
from marketplace.handlers import answers, counts, ending, lists, opening, records, waiting
from marketplace.moderation import events as moderation
from marketplace.moderation.actions import audit
from marketplace.notify.actions import advice, goods, houses, repaying
from marketplace.notify.actions import reacting as notify
from marketplace.orders import events as orders
from marketplace.orders.actions import documents
from marketplace.payments import actions as money
from marketplace.payments import events as payments
from marketplace.people import events as people
from marketplace.producers import events as producers
from marketplace.recommend import events as recommend
from marketplace.reviews import events as reviews

Handlers = tuple[Callable[..., None], ...]

REACTIONS: Mapping[type[Event], Handlers] = {
    OperatorActed: (audit,),
    people.PersonJoined: (records.note_joined, notify.joined),
    people.JoinedTwice: (notify.joined_twice,),
    people.ResetAsked: (notify.reset_asked,),
    people.SignedIn: (counts.merge_basket,),
    people.PersonChanged: (lists.drop_pages, lists.willing_changed),
    people.Followed: (records.note_followed, lists.follows_changed, notify.followed),
    people.Unfollowed: (records.note_unfollowed, lists.follows_changed),
    people.TrustGiven: (lists.trusts_changed,),
    people.TrustWithdrawn: (lists.trusts_changed,),
    people.Blocked: (lists.ties_ended,),
    people.ConsentChanged: (lists.consent_changed,),
    producers.ProducerOpened: (lists.producer_changed,),
    producers.ProducerChanged: (lists.producer_changed,),
    producers.ProducerFollowed: (lists.drop_pages,),
    producers.SellingBegan: (opening.goods_on_sale, houses.selling),
    producers.TraderHandedIn: (houses.handed_in,),
    producers.TraderChecked: (lists.producer_changed, houses.checked),
    producers.TraderSentBack: (houses.sent_back,),
    producers.TraderStopped: (lists.producer_changed, houses.stopped),
    producers.TaxAsked: (houses.tax_asked,),
    producers.StaffJoined: (lists.drop_pages,),
    producers.StaffLeft: (lists.drop_pages,),
    producers.RegistrationMissing: (houses.registration_missing,),
    producers.PromiseChanged: (lists.drop_pages,),
    producers.ProducerPaused: (ending.due_moves,),
    producers.ProducerEnded: (ending.goods_off_sale, ending.people_leave),
    producers.EvidenceHandedIn: (houses.evidence_waits,),
    producers.EvidenceChecked: (lists.producer_changed, houses.evidence_checked),
    producers.EvidenceSentBack: (houses.evidence_back,),
    producers.EvidenceEnding: (houses.evidence_ending,),
    producers.EvidenceExpired: (opening.proofs_over, lists.producer_changed,
                                houses.evidence_over),
    producers.TermsAnnounced: (houses.terms_announced,),
    catalog.ProductWaits: (opening.product_ready,),
    catalog.ProductPublished: (counts.score_row, lists.product_changed),
    catalog.ProductChanged: (lists.product_changed,),
    catalog.ProductWithdrawn: (lists.product_changed,),
    catalog.ProductStopped: (lists.product_stopped,),
    catalog.ProductPaused: (lists.product_changed, goods.paused),
    catalog.ParticularsMissing: (goods.particulars_missing,),
    catalog.CreditAsked: (goods.credit_asked,),
    catalog.LotStarted: (lists.product_changed, waiting.next_lot),
    catalog.PriceChanged: (lists.product_changed, waiting.price_fell),
    catalog.ReductionStarted: (lists.product_changed,),
    catalog.StockChanged: (lists.product_changed, waiting.back_in_stock),
    catalog.ProductsImported: (lists.rebuild_all,),
    catalog.WatchDue: (goods.watched,),
    catalog.StockLow: (goods.stock_low,),
    groups.GroupFounded: (counts.group_grows, lists.drop_pages),
    groups.MemberJoined: (records.note_group_joined, counts.group_grows, lists.drop_pages),
    groups.MemberLeft: (records.note_group_left, counts.group_shrinks, lists.drop_pages),
    groups.JoinAsked: (notify.join_asked,),
    groups.JoinDecided: (notify.join_decided,),
    groups.ListItemAdded: (lists.drop_pages,),
    checkout.BasketLineAdded: (records.note_basket_added,),
    checkout.BasketLineRemoved: (records.note_basket_removed,),
    orders.RatesChanged: (opening.rates_known,),
    payments.AccountKept: (opening.account_known,),
    orders.OrderPlaced: (records.note_order_placed, counts.goods_used, notify.order_placed),
    orders.MoneyArrived: (money.book_arrival,),
    orders.RefundDue: (documents.correct_refunded, money.start_refund, repaying.refund_due),
    orders.RefundDone: (money.book_refund, repaying.refund_done),
    orders.LinesCancelled: (repaying.shortened,),
    orders.SellerOrderPaid: (records.note_order_paid, counts.taste_of_reorder,
                             notify.part_paid),
    orders.ParcelHandedOver: (documents.invoice_sent, records.note_dispatched,
                              notify.dispatched),
    orders.DocumentIssued: (),
    orders.LineDelivered: (records.note_delivered, answers.plan_invitation, counts.trust_grows,
                           lists.buyer_counts, notify.delivered, ending.order_finished),
    orders.SellerOrderCancelled: (records.note_cancelled, notify.cancelled,
                                  ending.order_finished),
    orders.SellerOrderExpired: (notify.expired, ending.order_finished),
    orders.WithdrawalDeclared: (records.note_withdrawal, notify.withdrawn),
    reviews.TasteShown: (counts.taste_of_answer, lists.refresh_list),
    reviews.RatingGiven: (records.note_rated, answers.case_of_rating, counts.goods_rated,
                          lists.product_changed, notify.rated),
    reviews.ReplyPublished: (records.note_replied, answers.case_answered, lists.drop_pages,
                             notify.replied),
    reviews.ChangeTold: (notify.changed_something,),
    reviews.RatingWithdrawn: (answers.case_withdrawn, counts.taste_withdrawn,
                              lists.product_changed),
    reviews.StandingChanged: (answers.state_standing, lists.product_changed),
    reviews.RatingFlagged: (answers.look_at_flags,),
    reviews.OccasionsChanged: (lists.product_changed,),
    reviews.LinkFound: (answers.look_at_link,),
    reviews.HelpedMilestone: (notify.helped,),
    reviews.LotDrift: (lists.product_changed, notify.drifted),
    reviews.TapGiven: (records.note_tap,),
    reviews.HelpfulVoted: (records.note_helpful,),
    reviews.WordsStandingChanged: (lists.words_hidden,),
    reviews.ImportedWordsChanged: (lists.words_hidden,),
    reviews.RatingsImported: (lists.ties_changed, lists.drop_pages),
    reviews.InvitationDue: (records.note_invited, notify.invited),
    bundles.BundlePublished: (records.note_bundle, lists.drop_pages),
    bundles.BundleVoted: (lists.drop_pages,),
    bundles.BundleAdded: (records.note_bundle_added,),
    recommend.Recommended: (records.note_recommended, counts.taste_of_recommendation,
                            lists.drop_pages, notify.recommended),
    recommend.RecommendationWithdrawn: (lists.drop_pages,),
    recommend.RecommendationChanged: (lists.drop_pages,),
    recommend.Thanked: (notify.thanked,),
    recommend.PurchaseTold: (notify.purchase_told,),
    recommend.AskOpened: (records.note_ask, lists.drop_pages),
    recommend.AskRouted: (advice.asked,),
    recommend.AskAnswered: (lists.drop_pages, advice.answered),
    recommend.AnswerHelped: (lists.drop_pages, advice.helped),
    recommend.AskUnanswered: (answers.to_request_board, lists.drop_pages),
    recommend.AskTurned: (answers.ask_turned, lists.drop_pages),
    recommend.FeedbackGiven: (lists.refresh_list,),
    recommend.SuggestionsFresh: (),
    recommend.PairingVoted: (lists.pairing_changed,),
    dialogue.ThreadOpened: (records.note_thread, counts.group_topic, lists.drop_pages,
                            notify.thread_opened),
    dialogue.PostPublished: (records.note_post, counts.group_talk, counts.bundle_talk,
                             lists.drop_pages, notify.posted),
    dialogue.OutcomeSet: (lists.drop_pages,),
    dialogue.NewsTold: (houses.news_told,),
    dialogue.VoicesWait: (houses.voices_wait,),
    moderation.ReportFiled: (records.note_report,),
    moderation.AuthorAsked: (answers.ask_author,),
    moderation.DecisionTaken: (records.note_decision, lists.words_hidden, answers.decide_on_flags,
                               answers.ask_decided, answers.state_reasons),
}

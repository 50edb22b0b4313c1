"""What follows what becomes of producers and goods."""

from __future__ import annotations

from collections.abc import Mapping

from marketplace.catalog import events as catalog
from marketplace.foundation.events import Event
from marketplace.handlers import (
    accounts,
    counts,
    ending,
    found,
    lists,
    opening,
    waiting,
)
from marketplace.notify.actions import (
    goods,
    houses,
    watching,
)
from marketplace.producers import events as producers
from marketplace.reactions.kinds import Handlers
from marketplace.reviews import events as reviews

GOODS: Mapping[type[Event], Handlers] = {
    producers.ProducerOpened: (lists.producer_changed, accounts.owners_need_factor,
                               found.producer_moved, watching.house_named),
    producers.ProducerChanged: (lists.producer_changed, found.producer_moved, watching.house_named),
    producers.SellingBegan: (opening.goods_on_sale, houses.selling, found.producer_moved,
                              watching.house_named),
    producers.TraderHandedIn: (houses.handed_in,),
    producers.TraderChecked: (lists.producer_changed, houses.checked, found.producer_moved),
    producers.TraderSentBack: (houses.sent_back,),
    producers.TraderStopped: (lists.producer_changed, houses.stopped, found.producer_moved),
    producers.TaxAsked: (houses.tax_asked,),
    producers.StepsOpen: (houses.steps_open,),
    producers.OwnerNamed: (houses.owner_named, accounts.owners_need_factor),
    producers.StaffJoined: (lists.drop_pages, accounts.owners_need_factor),
    producers.RegistrationMissing: (houses.registration_missing,),
    producers.ProducerPaused: (ending.due_moves, found.producer_moved),
    producers.ProducerEnded: (ending.goods_off_sale, ending.people_leave, found.producer_moved),
    producers.EvidenceHandedIn: (houses.evidence_waits,),
    producers.EvidenceChecked: (lists.producer_changed, houses.evidence_checked),
    producers.EvidenceSentBack: (houses.evidence_back,),
    producers.EvidenceEnding: (houses.evidence_ending,),
    producers.EvidenceExpired: (opening.proofs_over, lists.producer_changed, houses.evidence_over),
    producers.TermsAnnounced: (houses.terms_announced,),
    catalog.ProductWaits: (opening.product_ready,),
    catalog.ProductPublished: (counts.score_row, lists.product_changed, found.goods_came,
                               watching.house_named),
    catalog.ProductChanged: (lists.product_changed, counts.collages_drawn, watching.goods_named),
    catalog.ProductWithdrawn: (lists.product_changed, counts.collages_drawn, watching.goods_named),
    catalog.ProductStopped: (lists.product_stopped, counts.collages_drawn, goods.stopped),
    catalog.StopLifted: (lists.product_stopped, goods.stop_lifted),
    catalog.ProductPaused: (lists.product_changed, goods.paused),
    catalog.ParticularsMissing: (goods.particulars_missing,),
    catalog.CreditAsked: (goods.credit_asked,),
    catalog.LotStarted: (lists.product_changed, waiting.next_lot),
    catalog.PriceChanged: (lists.product_changed, waiting.price_fell),
    **dict.fromkeys((catalog.ReductionStarted, reviews.OccasionsChanged), (lists.product_changed,)),
    catalog.StockChanged: (lists.product_changed, waiting.back_in_stock, found.goods_came),
    catalog.ProductsImported: (lists.rebuild_all,),
    catalog.WatchDue: (goods.watched,),
    catalog.StockLow: (goods.stock_low,),
}

"""Changes of `payments`."""

from marketplace.payments.actions.accounts import begin_account, keep_account, keep_standing
from marketplace.payments.actions.attempts import (
    begin,
    begin_again,
    begin_page,
    book_arrival,
    end_unpaid,
    fee_known,
    keep_charge,
    keep_look,
    keep_page,
    money_is_there,
    stands,
)
from marketplace.payments.actions.disputing import (
    assign_dispute,
    dispute_answered,
    keep_disputes,
    tell_facts,
)
from marketplace.payments.actions.handing import handed_over, refused_for_now, unclear_transfer
from marketplace.payments.actions.inbox import apply_notice, take_notice
from marketplace.payments.actions.ledger import open_books, post
from marketplace.payments.actions.recovering import recovered, returned
from marketplace.payments.actions.refunding import (
    begin_run,
    book_refund,
    refund_given,
    run_failed,
    start_refund,
    taken_back,
    unclear_refund,
)
from marketplace.payments.actions.statements import (
    TakenEntry,
    TakenFile,
    count_entries,
    take_statement,
)

__all__ = [
    "TakenEntry",
    "TakenFile",
    "apply_notice",
    "assign_dispute",
    "begin",
    "begin_account",
    "begin_again",
    "begin_page",
    "begin_run",
    "book_arrival",
    "book_refund",
    "count_entries",
    "dispute_answered",
    "end_unpaid",
    "fee_known",
    "handed_over",
    "keep_account",
    "keep_charge",
    "keep_disputes",
    "keep_look",
    "keep_page",
    "keep_standing",
    "money_is_there",
    "open_books",
    "post",
    "recovered",
    "refund_given",
    "refused_for_now",
    "returned",
    "run_failed",
    "stands",
    "start_refund",
    "take_notice",
    "take_statement",
    "taken_back",
    "tell_facts",
    "unclear_refund",
    "unclear_transfer",
]

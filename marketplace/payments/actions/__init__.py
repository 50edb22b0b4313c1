"""Changes of `payments`."""

from marketplace.payments.actions.account_changes import (
    apply_changes,
    ask_change,
    check_change,
    drop_change,
)
from marketplace.payments.actions.accounts import (
    begin_account,
    checked_account,
    keep_account,
    keep_standing,
)
from marketplace.payments.actions.advancing import advance
from marketplace.payments.actions.attempts import (
    begin,
    begin_again,
    begin_page,
    book_arrival,
    by_transfer_instead,
    end_unpaid,
    fee_known,
    first_attempt,
    keep_charge,
    keep_look,
    keep_page,
    money_is_there,
    nobody_answers,
    settle,
    stands,
)
from marketplace.payments.actions.disputing import (
    assign_dispute,
    dispute_answered,
    keep_disputes,
    release_words,
    tell_facts,
)
from marketplace.payments.actions.fees import announce_fee
from marketplace.payments.actions.forgetting import forget_buyer
from marketplace.payments.actions.handing import handed_over, refused_for_now, unclear_transfer
from marketplace.payments.actions.inbox import apply_notice, take_notice
from marketplace.payments.actions.ledger import open_books, post
from marketplace.payments.actions.matters import (
    advance_repaid,
    assign_refund,
    decide_correction,
    decide_review,
    keep_refunds,
    propose_correction,
    settle_notice,
    try_again,
)
from marketplace.payments.actions.reconciling import (
    compare_lines,
    compare_moves,
    day_compared,
    look_again,
    settle_difference,
)
from marketplace.payments.actions.recovering import recovered, returned
from marketplace.payments.actions.refunding import (
    begin_run,
    book_refund,
    refund_given,
    refund_sent,
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
    "TakenEntry", "TakenFile", "advance", "advance_repaid", "announce_fee", "apply_changes",
    "apply_notice", "ask_change", "assign_dispute", "assign_refund", "begin", "begin_account",
    "begin_again", "begin_page", "begin_run", "book_arrival", "book_refund",
    "by_transfer_instead", "check_change", "checked_account", "compare_lines", "compare_moves",
    "count_entries", "day_compared", "decide_correction", "decide_review", "dispute_answered",
    "drop_change", "end_unpaid", "fee_known", "first_attempt", "forget_buyer", "handed_over",
    "keep_account", "keep_charge", "keep_disputes", "keep_look", "keep_page", "keep_refunds",
    "keep_standing", "look_again", "money_is_there", "nobody_answers", "open_books", "post",
    "propose_correction", "recovered", "refund_given", "refund_sent", "refused_for_now",
    "release_words", "returned", "run_failed", "settle", "settle_difference", "settle_notice",
    "stands", "start_refund", "take_notice", "take_statement", "taken_back", "tell_facts",
    "try_again", "unclear_refund", "unclear_transfer",
]

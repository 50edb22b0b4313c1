"""What a notice says, by its title."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.bundles.queries.offer_words import rest_words
from marketplace.recommend.queries.words import relation_words
from marketplace.web.formats import country_name, day, money
from marketplace.web.languages import current_lang


def labelled(args: dict[str, Any]) -> str:
    """A name with what the person has to do with the matter and has from it, as beside it on
    pages.
    """
    kind, benefit = args.get("relation"), args.get("benefit")
    words = [_("speaks for the group") if kind == "of_group" else relation_words(kind)
             ] if kind else []
    words += [_("got for it: %(what)s", what=benefit)] if benefit else []
    return f"{args['name']} ({', '.join(words)})" if words else str(args["name"])


Said = Callable[[dict[str, Any], int], str]
TITLES: dict[str, Said] = {
    "welcome": lambda a, n: _("Welcome. Your account is open."),
    "mail_late": lambda a, n: ngettext("%(num)s required letter waits for more than a day.",
                                       "%(num)s required letters wait for more than a day.",
                                       a["letters"]),
    "mail_words": lambda a, n: _("The letter “%(template)s” has a fault in its words (%(lang)s).",
                                 **a),
    "index_faulty": lambda a, n: {
        "missing": _("The index of search was missing and is made anew."),
        "damaged": _("The index of search was damaged and is made anew."),
        "older": _("The index of search was older than the database and is made anew."),
    }[a["cause"]],
    "class_rests": lambda a, n: _("Letters of the class “%(name)s” rest: too many people stop "
                                  "them or complain.", **a),
    "address_fails": lambda a, n: _("Mail to your address comes back. Letters you chose rest; "
                                    "please check the address."),
    "complaint_kept": lambda a, n: _("You marked a letter as a nuisance. What you chose by mail "
                                     "rests; what contract and law ask for still arrives."),
    "yearly": lambda a, n: _("A year has passed: does what you told still fit?"),
    "survey": lambda a, n: _("A short question to you: %(question)s",
                             question=a[current_lang()]),
    "panel_asked": lambda a, n: _("A question to the panel: %(title)s", title=a[current_lang()]),
    "panel_decided": lambda a, n: _("Decided after your vote: %(title)s",
                                    title=a[current_lang()]),
    "survey_rests": lambda a, n: _("A survey asks nobody any more: %(declines)s of %(asks)s "
                                   "declined.", **a),
    "market_closes": lambda a, n: _("This market closes on %(day)s. Please take your data with "
                                    "you.", day=day(date.fromisoformat(a["until"]))),
    "order_placed": lambda a, n: _("Your order %(number)s is placed.", **a),
    "order_in": lambda a, n: _("A new order came in: %(number)s.", **a),
    "part_paid": lambda a, n: _("%(producer)s has your payment.", **a),
    "dispatched": lambda a, n: _("%(producer)s sent your parcel.", **a),
    "delivered": lambda a, n: _("Your parcel of %(producer)s arrived.", **a),
    "cancelled": lambda a, n: _("A part of order %(number)s was cancelled.", **a),
    "refund_due": lambda a, n: _("%(sum)s from %(producer)s come back to you.",
                                 sum=money(int(a["minor"])), producer=a["producer"]),
    "refunded": lambda a, n: _("%(producer)s sent %(sum)s back to you.",
                               sum=money(int(a["minor"])), producer=a["producer"]),
    "shortened": lambda a, n: _("%(producer)s cannot send everything of your order.", **a),
    "repay": lambda a, n: _("Money of order %(number)s has to go back.", **a),
    "advanced": lambda a, n: _("The market advanced %(sum)s for order %(number)s; your account "
                               "did not cover it.", sum=money(int(a["minor"])),
                               number=a["number"]),
    "complained": lambda a, n: _("A complaint about order %(number)s waits for you.", **a),
    "complaint_answered": lambda a, n: _("The buyer of %(number)s answered your offer or words.",
                                         **a),
    "complaint_closed": lambda a, n: _("The buyer of %(number)s said how the complaint ended.",
                                       **a),
    "complaint_sent": lambda a, n: _("%(producer)s has your complaint.", **a),
    "complaint_moved": lambda a, n: _("%(producer)s answered your complaint.", **a),
    "disputed": lambda a, n: _("Buyer and seller of %(number)s do not agree.", **a),
    "signalled": lambda a, n: ngettext("A buyer says that something is wrong with %(number)s.",
                                       "A buyer says %(num)s times that something is wrong with "
                                       "%(number)s.", n, **a),
    "signal_answered": lambda a, n: _("%(producer)s answered: something was wrong.", **a),
    "new_day": lambda a, n: _("%(producer)s named a new day for your parcel.", **a),
    "late": lambda a, n: _("%(producer)s did not send on the promised day.", **a),
    "vanished": lambda a, n: _("%(producer)s does not answer. You can cancel.", **a),
    "silent": lambda a, n: _("Has your parcel of %(producer)s arrived?", **a),
    "set_asked": lambda a, n: _("A part of your set cannot come: keep or cancel the others?"),
    "promise_near": lambda a, n: _("%(number)s is promised for the next working day.", **a),
    "promise_late": lambda a, n: _("%(number)s did not leave on its day; the buyer was told.",
                                   **a),
    "seller_vanished": lambda a, n: _("Nobody acts for %(number)s since a week.", **a),
    "withdrawn": lambda a, n: _("A withdrawal came in: %(number)s.", **a),
    "unassigned": lambda a, n: _("A withdrawal waits for its order: %(code)s.", **a),
    "money_waits": lambda a, n: _("The payment of order %(number)s needs you.",
                                  number=a["number"]),
    "charge_disputed": lambda a, n: _("The payment of order %(number)s is disputed.", **a),
    "dispute_won": lambda a, n: _("The dispute of order %(number)s is won.", **a),
    "dispute_lost": lambda a, n: _("The dispute of order %(number)s is lost.", **a),
    "expired": lambda a, n: _("A part of order %(number)s was not paid in time.", **a),
    "rated": lambda a, n: ngettext("A new answer to %(title)s.", "%(num)s new answers to "
                                   "%(title)s.", n, **a),
    "critic": lambda a, n: ngettext("A critical voice on %(title)s waits for you.",
                                    "%(num)s critical voices on %(title)s wait for you.", n, **a),
    "reply": lambda a, n: _("The producer replied to your words on %(title)s.", **a),
    "changed": lambda a, n: _("Your words on %(title)s changed something.", **a),
    "recommended": lambda a, n: _("%(name)s recommends %(title)s to you.", name=labelled(a),
                                  title=a["title"]),
    "asked": lambda a, n: ngettext(
        "%(name)s asks for advice. You have rated %(num)s thing in %(subject)s.",
        "%(name)s asks for advice. You have rated %(num)s things in %(subject)s.", a["rated"],
        name=a["name"], subject=a[current_lang()]),
    "ask_put": lambda a, n: _("Somebody wishes for what %(name)s has: “%(wish)s”", **a),
    "ask_answered": lambda a, n: ngettext("%(name)s answered your wish with %(title)s.",
                                          "%(num)s answers to your wish, the last: %(title)s.",
                                          n, name=labelled(a), title=a["title"]),
    "answer_helped": lambda a, n: _("%(name)s says that your answer helped.", **a),
    "remixed": lambda a, n: ngettext(
        "%(name)s made a variant of your bundle “%(title)s”.",
        "%(num)s variants of your bundle “%(title)s” were made, the last by %(name)s.", n, **a),
    "poll_opened": lambda a, n: _("%(name)s asks you: “%(question)s”", **a),
    "poll_ended": lambda a, n: ngettext(
        "“%(question)s” has ended: %(num)s voice.", "“%(question)s” has ended: %(num)s voices.",
        a["voices"], question=a["question"]),
    "challenge_ended": lambda a, n: _("“%(theme)s” is decided: place %(rank)s for “%(title)s”.",
                                      **a),
    "offer_asked": lambda a, n: _("%(name)s would like to offer the bundle “%(title)s” as a set.",
                                  **a),
    "offer_runs": lambda a, n: _("“%(title)s” is offered as a set.", **a),
    "offer_rests": lambda a, n: _("“%(title)s” as a set %(why)s.", title=a["title"],
                                  why=rest_words(a["reason"])),
    "offer_declined": lambda a, n: _("“%(title)s” will not be a set: somebody declined.", **a),
    "offer_lapsed": lambda a, n: _("“%(title)s” will not be a set: not everybody answered.", **a),
    "offer_ended": lambda a, n: _("“%(title)s” is no set any more.", **a),
    "set_price_ended": lambda a, n: _("The price of the set “%(title)s” in your basket has "
                                      "ended.", **a),
    "told_bought": lambda a, n: _("%(name)s bought what you recommended.", **a),
    "thanked": lambda a, n: _("%(name)s thanks you for a recommendation.", **a),
    "ambassador_offered": lambda a, n: _("You are asked to speak for %(title)s.", **a),
    "ambassador_asked": lambda a, n: _("%(name)s would like to speak for %(title)s.", **a),
    "ambassador_agreed": lambda a, n: _("Agreed: %(title)s has an ambassador.", **a),
    "followed": lambda a, n: ngettext("%(name)s follows you.", "%(num)s people follow you now.",
                                      n, **a),
    "rush_reads": lambda a, n: _("“%(title)s” is read far more than usual: %(seen)s times in an "
                                 "hour.", **a),
    "rush_reactions": lambda a, n: _("Far more is said in “%(title)s” than usual: %(seen)s posts "
                                     "and votes in an hour.", **a),
    "words_found": lambda a, n: ngettext(
        "“%(word)s” is mentioned, and %(name)s watches for it.",
        "%(num)s mentions of what %(name)s watches for, the last of “%(word)s”.", n, **a),
    "question": lambda a, n: _("A question waits for you: %(title)s", **a),
    "answer": lambda a, n: ngettext("A new answer in %(title)s", "%(num)s new answers in "
                                    "%(title)s", n, **a),
    "mentioned": lambda a, n: ngettext("%(name)s names you in %(title)s",
                                       "You are named %(num)s times in %(title)s", n, **a),
    "join_asked": lambda a, n: ngettext("%(name)s would like to join %(group)s.",
                                        "%(num)s people would like to join %(group)s.", n, **a),
    "role_given": lambda a, n: _("You look after %(group)s now.", **a),
    "handing_over": lambda a, n: _("You are asked to take %(group)s over.", **a),
    "group_invite": lambda a, n: _("%(name)s invites you to %(group)s.", name=labelled(a),
                                   group=a["group"]),
    "excluded": lambda a, n: _("You were excluded from %(group)s: “%(why)s” Here you can appeal.",
                               **a),
    "let_in_again": lambda a, n: _("You may come into %(group)s again.", **a),
    "exclusion_appealed": lambda a, n: _("%(name)s appeals against the exclusion from %(group)s. "
                                         "The moderation of the marketplace decides.", **a),
    "exclusion_judged": lambda a, n: _("The exclusion of %(name)s from %(group)s was looked at.",
                                       **a),
    "request_waits": lambda a, n: _("Somebody waits for an answer of %(group)s.", **a),
    "election_opened": lambda a, n: _("%(group)s looks for people who look after it.", **a),
    "group_news": lambda a, n: ngettext("Something new in %(group)s.",
                                        "%(num)s new things in %(group)s.", n, group=a["group"]),
    "vote_opened": lambda a, n: _("%(group)s votes: %(title)s", **a),
    "decided_rule": lambda a, n: _("%(group)s has other rules.", **a),
    "decided_kind": lambda a, n: _("%(group)s decided who reads and who joins.", **a),
    "decided_dissolve": lambda a, n: _("%(group)s decided to end.", **a),
    "decided_election": lambda a, n: _("%(group)s elected who looks after it.", **a),
    "decided_passed": lambda a, n: _("Passed in %(group)s: %(title)s", **a),
    "decided_failed": lambda a, n: _("Not passed in %(group)s: %(title)s", **a),
    "decided_overtaken": lambda a, n: _("Overtaken in %(group)s: %(title)s", **a),
    "vetoed": lambda a, n: _("The operator stopped a decision of %(group)s: “%(why)s”", **a),
    "group_rests": lambda a, n: _("%(group)s rests: nobody stood for election.", **a),
    "group_ends": lambda a, n: _("%(group)s ends on %(day)s.", group=a["group"],
                                 day=day(date.fromisoformat(a["day"]))),
    "date_moved": lambda a, n: _("Time or place changed: %(title)s", title=a["title"]),
    "date_cancelled": lambda a, n: _("Cancelled: %(title)s", title=a["title"]),
    "date_tomorrow": lambda a, n: _("Tomorrow: %(title)s", **a),
    "seat_freed": lambda a, n: _("A seat is free for you for 48 hours: %(title)s",
                                 title=a["title"]),
    "join_decided": lambda a, n: _("Your request to %(group)s was answered.", **a),
    "invited": lambda a, n: _("Would you buy %(title)s again?", **a),
    "statement": lambda a, n: _("A decision was taken about your words.", **a),
    "decided": lambda a, n: _("A decision was taken that concerns you."),
    "appeal_filed": lambda a, n: _("Your appeal %(number)s is there.", **a),
    "appeal_due": lambda a, n: _("An appeal waits for a decision."),
    "appeal_overdue": lambda a, n: _("Appeal %(number)s is overdue since %(day)s.",
                                     number=a["number"], day=day(date.fromisoformat(a["day"]))),
    "appeal_decided": lambda a, n: _("An appeal was decided."),
    "care_pin": lambda a, n: _("Your topic “%(title)s” is pinned now.", **a),
    "care_label": lambda a, n: _("Your topic “%(title)s” has another label.", **a),
    "care_slow": lambda a, n: _("In your topic “%(title)s” people post at another pace.", **a),
    "care_lock": lambda a, n: _("Your topic “%(title)s” is locked: %(why)s", **a),
    "care_fold": lambda a, n: _("Words of yours in “%(title)s” are folded: %(why)s", **a),
    "care_away": lambda a, n: _("“%(title)s” is not in the group any more: %(why)s", **a),
    "care_ended": lambda a, n: _("In “%(title)s” the moderators took something back.", **a),
    "author_asked": lambda a, n: _("There is a complaint about words of yours. Please answer."),
    "aside": lambda a, n: _("Your answer is being checked and waits, for 7 days at most.", **a),
    "counts_again": lambda a, n: _("Your answer was checked and counts again.", **a),
    "helped": lambda a, n: ngettext("Your words on %(title)s helped somebody.",
                                    "Your words on %(title)s helped %(num)s people.",
                                    a["people"], title=a["title"]),
    "trader_waits": lambda a, n: _("Trader data of %(name)s wait for a check.", **a),
    "trader_checked": lambda a, n: _("The trader data of %(name)s were checked.", **a),
    "trader_back": lambda a, n: _("Something in the trader data of %(name)s does not fit.", **a),
    "trader_stopped": lambda a, n: _("%(name)s sells nothing until the changed trader data are "
                                     "checked.", **a),
    "selling_began": lambda a, n: _("%(name)s is on sale now.", **a),
    "steps_open": lambda a, n: ngettext(
        "%(name)s: %(num)s step is left before you can sell.",
        "%(name)s: %(num)s steps are left before you can sell.", a["left"], name=a["name"]),
    "owner_named": lambda a, n: _("%(who)s is an owner of %(name)s now.", who=a["who"],
                                  name=a["name"]),
    "tax_asked": lambda a, n: _("%(name)s: tax facts are still missing.", **a),
    "evidence_waits": lambda a, n: _("Evidence of %(name)s waits for a check.", **a),
    "evidence_checked": lambda a, n: _("Evidence of %(name)s was checked and shows now.", **a),
    "evidence_back": lambda a, n: _("Something in the evidence of %(name)s does not fit.", **a),
    "evidence_ending": lambda a, n: _("Evidence of %(name)s ends soon.", **a),
    "evidence_over": lambda a, n: _("Evidence of %(name)s ended and is shown no more.", **a),
    "registration_missing": lambda a, n: _(
        "%(name)s cannot send to %(place)s: its packaging number is missing.", name=a["name"],
        place=country_name(a["country"])),
    "terms": lambda a, n: _("New terms of the marketplace for %(name)s.", **a),
    "account_waits": lambda a, n: _("%(name)s asks for another account; it waits for a check.",
                                    **a),
    "account_changed": lambda a, n: {
        "asked": _("%(name)s: another account was asked for.", name=a["name"]),
        "in_force": _("%(name)s: another account is in force.", name=a["name"]),
        "dropped": _("%(name)s: the account stays as it is.", name=a["name"])}[a["state"]],
    "fee": lambda a, n: _("The marketplace announced another commission for %(name)s.", **a),
    "house_news": lambda a, n: _("News of %(name)s: %(title)s", **a),
    "recalled": lambda a, n: _("Important about %(title)s: %(name)s warns.", **a),
    "product_paused": lambda a, n: _("%(name)s pauses: something has to be seen to.", **a),
    "product_stopped": lambda a, n: _("%(name)s was stopped for safety.", **a),
    "stop_lifted": lambda a, n: _("The stop of %(name)s was lifted.", **a),
    "particulars_missing": lambda a, n: _("%(name)s: some goods need further particulars within "
                                          "60 days.", **a),
    "credit_asked": lambda a, n: _("%(name)s would like to name you on a product.", **a),
    "search_answered": lambda a, n: _("There is something for your search “%(title)s”.", **a),
    "watch_back": lambda a, n: _("%(title)s can be had again.", title=a["title"]),
    "watch_price": lambda a, n: _("%(title)s costs less now.", title=a["title"]),
    "watch_next_lot": lambda a, n: _("The next vintage of %(title)s is there.",
                                     title=a["title"]),
    "stock_low": lambda a, n: ngettext("Only %(num)s left of %(title)s.",
                                       "Only %(num)s left of %(title)s.", a["left"],
                                       title=a["title"]),
    "drift_worse": lambda a, n: _("A new lot of %(title)s is liked less than the one before.",
                                  **a),
    "drift_better": lambda a, n: _("A new lot of %(title)s is liked more than the one before.",
                                   **a),
}

"""Notices, what reaches me, and stopping with one click."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.foundation.database import committing
from marketplace.foundation.errors import NotFound
from marketplace.notify import actions
from marketplace.notify.models import Notice
from marketplace.notify.queries import choices_of, notices_of, unread_count
from marketplace.notify.rules import CLASSES, is_on
from marketplace.web.access import person_id, signed_in
from marketplace.web.answers import answer, machine, see_other
from marketplace.web.formats import country_name, moment, money
from marketplace.web.languages import current_lang
from marketplace.web.paging import Pages, asked_page
from marketplace.web.shapes import PagerView, pager
from marketplace.web.tokens import unsign

pages = Blueprint("notify", __name__)
A_PAGE = 20


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice of the list."""

    id: str
    words: str
    url: str
    when: str
    unread: bool
    icon: str
    read_url: str


@dataclass(frozen=True, slots=True)
class NoticesPage:
    """What is new for me."""

    notices: Sequence[NoticeRow]
    unread: int
    pager: PagerView
    all_read_url: str
    settings_url: str
    feed_url: str


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """What reaches me, class by class: (name, words, app on, mail on, fixed)."""

    rows: Sequence[tuple[str, str, bool, bool, bool]]
    url: str


@dataclass(frozen=True, slots=True)
class StopPage:
    """Stopping a class of letters, signed out too."""

    done: bool
    class_words: str
    url: str


Said = Callable[[dict[str, Any], int], str]
TITLES: dict[str, Said] = {
    "welcome": lambda a, n: _("Welcome. Your account is open."),
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
    "recommended": lambda a, n: _("%(name)s recommends %(title)s to you.", **a),
    "asked": lambda a, n: ngettext(
        "%(name)s asks for advice. You have rated %(num)s thing in %(subject)s.",
        "%(name)s asks for advice. You have rated %(num)s things in %(subject)s.", a["rated"],
        name=a["name"], subject=a[current_lang()]),
    "ask_answered": lambda a, n: ngettext("%(name)s answered your wish with %(title)s.",
                                          "%(num)s answers to your wish, the last: %(title)s.",
                                          n, **a),
    "answer_helped": lambda a, n: _("%(name)s says that your answer helped.", **a),
    "told_bought": lambda a, n: _("%(name)s bought what you recommended.", **a),
    "thanked": lambda a, n: _("%(name)s thanks you for a recommendation.", **a),
    "followed": lambda a, n: ngettext("%(name)s follows you.", "%(num)s people follow you now.",
                                      n, **a),
    "question": lambda a, n: _("A question waits for you: %(title)s", **a),
    "answer": lambda a, n: ngettext("A new answer in %(title)s", "%(num)s new answers in "
                                    "%(title)s", n, **a),
    "join_asked": lambda a, n: ngettext("%(name)s would like to join %(group)s.",
                                        "%(num)s people would like to join %(group)s.", n, **a),
    "join_decided": lambda a, n: _("Your request to %(group)s was answered.", **a),
    "invited": lambda a, n: _("Would you buy %(title)s again?", **a),
    "statement": lambda a, n: _("A decision was taken about your words.", **a),
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
ICONS = {"must": "document", "answers": "talk", "thanks": "heart", "news": "people",
         "advertising": "again"}


@pages.get("/account/notices")
@signed_in
def notices() -> Response:
    """What is new, unread first."""
    me, number = person_id(), asked_page(500)
    rows, total = notices_of(me, (number - 1) * A_PAGE, A_PAGE)
    page = NoticesPage(
        [_row(row) for row in rows], unread_count(me), pager(Pages(rows, number, A_PAGE, total)),
        url_for("notify.all_read"), url_for("notify.settings"), url_for("storefront.feed"))
    return answer("notify/notices.html", page)


def _row(row: Notice) -> NoticeRow:
    return NoticeRow(
        str(row.id), TITLES[row.title](row.args, row.count), row.url, moment(row.last_at),
        row.read_at is None, ICONS[CLASSES[row.class_].group],
        url_for("notify.read", notice_id=row.id))


@pages.post("/account/notices/read")
@signed_in
def all_read() -> Response:
    """All notices were read."""
    with committing():
        actions.mark_read(person_id())
    return see_other(url_for("notify.notices"))


@pages.post("/account/notices/<int:notice_id>/read")
@signed_in
def read(notice_id: int) -> Response:
    """One notice was read."""
    with committing():
        actions.mark_read(person_id(), notice_id)
    return see_other(url_for("notify.notices"))


def class_words(name: str) -> str:
    """A class of messages in words."""
    return {
        "account": _("Account and security"), "order": _("Your orders"),
        "payment": _("Payments"), "dispatch": _("Parcels on their way"),
        "delivery": _("Parcels that arrived"), "cancellation": _("Cancellations"),
        "withdrawal": _("Receipts of withdrawal"), "statement": _("Decisions about your words"),
        "order_in": _("Orders that come in"), "answer": _("Answers in your threads"),
        "reply": _("Replies of producers to your words"),
        "changed": _("Your words changed something"), "question": _("Questions to you"),
        "recommendation": _("Recommendations to you"),
        "asked": _("Wishes of others that you could answer"), "join": _("Requests to join"),
        "criticism": _("Critical voices on your goods"), "thanks": _("Thanks"),
        "helpful": _("New answers to your goods"),
        "helped": _("Your words helped somebody"), "follow": _("New followers"),
        "group_news": _("News of your groups"), "watch": _("What you asked to be told of"),
        "stock": _("Your stock runs low"),
        "review_invite": _("The question whether you would buy it again"),
    }[name]


@pages.get("/account/notices/settings")
@signed_in
def settings() -> Response:
    """What reaches me, and how."""
    chosen = choices_of(person_id())
    rows = [(name, class_words(name), is_on(name, "app", chosen), is_on(name, "mail", chosen),
             known.group == "must") for name, known in CLASSES.items()]
    return answer("notify/settings.html", SettingsPage(rows, url_for("notify.settings_post")))


@pages.post("/account/notices/settings", endpoint="settings_post")
@signed_in
def settings_post() -> Response:
    """Keep what reaches me."""
    me = person_id()
    with committing():
        for name, known in CLASSES.items():
            if known.group != "must":
                for channel in ("app", "mail"):
                    actions.choose(me, name, channel, f"{name}-{channel}" in request.form)
    flash(_("Kept: this is what reaches you."), "good")
    return see_other(url_for("notify.settings"))


def _stopped(token: str) -> tuple[str, str]:
    """Address and class of a stop link. Raises NotFound."""
    value = unsign("stop", token)
    if not isinstance(value, list) or len(value) != 2 or value[1] not in CLASSES:
        raise NotFound(_("This link is not ours."))
    return str(value[0]), str(value[1])


@pages.get("/unsubscribe/<token>")
def unsubscribe(token: str) -> Response:
    """One page with one button, because mail programs open links by themselves."""
    _email, class_ = _stopped(token)
    return answer("notify/stop.html", StopPage(
        False, class_words(class_), url_for("notify.unsubscribe_post", token=token)))


@pages.post("/unsubscribe/<token>", endpoint="unsubscribe_post")
@machine
def unsubscribe_post(token: str) -> Response:
    """Stop this class of letters at once, without sign-in (RFC 8058)."""
    email, class_ = _stopped(token)
    with committing():
        actions.stop(email, class_, "click")
    return answer("notify/stop.html", StopPage(True, class_words(class_), ""))

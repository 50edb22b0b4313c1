"""Complaints in words, drawn for both sides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from marketplace.orders.models import ComplaintStep, Signal
from marketplace.orders.queries.complaints import ComplaintView, kind_words
from marketplace.orders.views.matters import Matter
from marketplace.orders.views.photos import photo_urls
from marketplace.orders.views.shapes import part_words
from marketplace.web.drawn_forms import Field, PlainForm, Section
from marketplace.web.formats import moment, money

LABELS = ("replacement", "part_refund", "full_refund", "repair")
STATE_KIND = {"open": "open", "answered": "now", "offered": "open", "waiting": "open",
              "accepted": "now", "declined": "open", "disputed": "bad", "closed": "done"}


def wish_words(wish: str) -> str:
    """What would help."""
    return {"replacement": _("New goods"), "money": _("Money back"), "repair": _("A repair"),
            "other": _("Something else, see my words")}[wish]


def offer_words(offer: str | None, minor: int | None) -> str:
    """What a seller offers."""
    if offer is None:
        return ""
    return {"replacement": _("New goods"), "repair": _("A repair"),
            "part_refund": _("%(sum)s back, and the goods are kept", sum=money(minor or 0)),
            "full_refund": _("All the money for it: %(sum)s", sum=money(minor or 0))}[offer]


def complaint_state(one: ComplaintView, seller: bool) -> str:
    """How a complaint stands, for one of both sides."""
    row = one.row
    if row.state == "closed":
        return {"solved": _("solved"), "partly": _("partly solved"),
                "unsolved": _("not solved")}[row.outcome or "unsolved"]
    yours, theirs = _("waits for your answer"), _("waits for the seller's answer")
    if seller:
        yours, theirs = _("waits for the buyer's answer"), _("waits for your answer")
    return {"open": theirs, "answered": _("answered"), "offered": yours, "waiting": yours,
            "accepted": _("offer taken"), "declined": theirs,
            "disputed": _("you do not agree; the marketplace sees it")}[row.state]


def outcome_words(outcome: str) -> str:
    """How a buyer says that it ended."""
    return {"solved": _("It is solved"), "partly": _("Solved in part"),
            "unsolved": _("Not solved")}[outcome]


def _said(step: ComplaintStep, buyer: str, seller: str) -> tuple[str, str, str, str]:
    who = {"buyer": buyer, "staff": f"{step.name}, {seller}", "operator": step.name or "",
           "system": _("Marketplace")}[step.actor]
    told = {"offered": offer_words(step.offer, step.minor),
            "accepted": _("Takes it: %(what)s", what=offer_words(step.offer, step.minor)),
            "declined": _("Does not take it: %(what)s", what=offer_words(step.offer, step.minor)),
            "waiting": _("Fourteen days without an answer. The offer stays."),
            "disputed": _("Twice no agreement. The marketplace looks at it.")}.get(step.kind, "")
    if step.kind == "closed":
        return who, moment(step.at), "", outcome_words(step.words)
    return who, moment(step.at), step.words, told


def bought_complaint(one: ComplaintView, number: str, seller: str) -> Matter:
    """A complaint on the buyer's page: all that was said, and what can be answered."""
    row, url = one.row, url_for("orders.complaint_act", number=number, code=one.row.code)
    posts: list[tuple[str, str, str, str]] = []
    forms: list[tuple[str, PlainForm]] = []
    if row.state in ("offered", "waiting"):
        posts.append((_("I take it"), url, "act", "accept"))
        forms.append((_("I do not take it"), _words_form(
            url, "decline", _("What is missing"), _("No, thank you"))))
    if row.state != "closed":
        forms.append((_("Say something"), _words_form(url, "say", _("Your words"), _("Send"))))
        posts += [(outcome_words(key), url, "act", f"close:{key}")
                  for key in ("solved", "partly", "unsolved")]
    return Matter(
        f"c-{row.code}", "warn", f"{kind_words(row.kind)[0]} · {row.code}",
        complaint_state(one, False), STATE_KIND[row.state],
        [(_("What would help"), wish_words(row.wish))],
        said=[_said(step, _("You"), seller) for step in one.steps],
        photos=photo_urls(number, row.photos), posts=posts, forms=forms)


def _words_form(url: str, act: str, label: str, button: str) -> PlainForm:
    return PlainForm(url, [Section("", "", [
        Field("words", label, kind="area", optional=act == "decline", length=4000)])], {}, button,
        [("act", act)])


def sold_complaint(one: ComplaintView, pieces: Sequence[tuple[int, str]], number: str, seller: str,
                   may: bool) -> Matter:
    """A complaint in the studio: what was said, and what can be offered."""
    row = one.row
    url = url_for("orders.complaint_answer", number=number, code=row.code)
    forms: list[tuple[str, PlainForm]] = []
    if may and row.state != "closed":
        forms.append((_("Answer"), _words_form(url, "say", _("Your words"), _("Send"))))
        if row.state != "accepted":
            forms.append((_("Offer something"), _offer_form(url)))
    return Matter(
        f"c-{row.code}", "warn", f"{kind_words(row.kind)[0]} · {row.code}",
        complaint_state(one, True), STATE_KIND[row.state],
        [(_("What would help"), wish_words(row.wish))],
        lines=[(f"{qty} × {title}", "") for qty, title in pieces],
        said=[_said(step, _("Buyer"), seller) for step in one.steps],
        photos=photo_urls(number, row.photos), forms=forms)


def _offer_form(url: str) -> PlainForm:
    labels = {"replacement": _("New goods"), "repair": _("A repair"),
              "part_refund": _("A part of the money"), "full_refund": _("All the money for it")}
    return PlainForm(url, [Section("", _("The buyer takes it or not. Money that is taken is owed "
                                         "at once; your name stands beside it."), [
        Field("offer", _("What you offer"), kind="select",
              choices=[(key, labels[key]) for key in LABELS]),
        Field("sum", _("Sum, for a part of the money"), after="€", length=12),
        Field("words", _("Your words"), kind="area", length=4000)])], {}, _("Offer it"),
        [("act", "offer")])


def sold_signals(found: Sequence[tuple[Signal, str]], number: str, may: bool) -> Matter | None:
    """All signals of one buyer that wait, together, with one answer for them."""
    if not found:
        return None
    here: dict[str, Any] = {"number": number}
    form = PlainForm(url_for("orders.signals", **here), [Section("", "", [
        Field("words", _("Your answer"), kind="area", optional=False, length=500)])], {},
        _("Answer"))
    return Matter("signals", "bell", _("Something is wrong"), _("waits for your answer"), "open",
                  said=[(_("Buyer"), moment(row.at), row.words or "",
                         _("%(number)s, while: %(step)s", number=part, step=part_words(row.step)))
                        for row, part in found], forms=[(_("Answer"), form)] if may else [])


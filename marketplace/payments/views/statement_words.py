"""What a bank statement did, and why a file cannot be used, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.adapters.statements import Statement
from marketplace.payments.queries.statements import FileView
from marketplace.payments.rules.statements import Meaning
from marketplace.web.formats import day, number

MB = 1024 * 1024
SHOWN_ROWS = 8


def sentence(code: str, args: Mapping[str, Any]) -> str:
    """Why a file cannot be used. Nothing of it was kept."""
    if code == "rows":
        rows = list(args["rows"])
        named = ", ".join(str(one) for one in rows[:SHOWN_ROWS])
        return _("These rows have no date or amount that can be read: %(rows)s. Nothing was "
                 "kept.", rows=named + (" …" if len(rows) > SHOWN_ROWS else ""))
    if code == "kind" and args["kind"]:
        return _("This is a %(kind)s message. Please download the booked statement, camt.053, or "
                 "a CSV.", kind=args["kind"])
    return {
        "empty": _("Please choose a file that holds something."),
        "bytes": _("A statement may have up to %(mb)s MB. Please choose fewer days.",
                   mb=number(args.get("most", 0) // MB)),
        "unpacked": _("Unpacked, a ZIP may have up to %(mb)s MB in %(files)s files. Please choose "
                      "fewer days.", mb=number(args.get("most", 0) // MB),
                      files=number(args.get("files", 0))),
        "entries": _("A file may hold up to %(most)s entries, this one has %(count)s. Please "
                     "choose fewer days.", most=number(args.get("most", 0)),
                     count=number(args.get("count", 0))),
        "entities": _("This file brings definitions of its own, which a bank statement never "
                      "does. It was not read."),
        "broken_xml": _("This file breaks off or is damaged near row %(row)s. Please download it "
                        "once more.", row=args.get("row", 0)),
        "broken_zip": _("This ZIP cannot be opened. Please download it once more."),
        "kind": _("This is no bank statement. Please download camt.053 or a CSV from your bank."),
        "no_statement": _("This is no bank statement. Please download camt.053 or a CSV from your "
                          "bank."),
        "columns": _("The columns of this bank are not known here. Please say what they mean and "
                     "choose the file once more; it is remembered."),
        "accounts": _("This file holds several accounts. Please download one at a time."),
        "account": _("This is the statement of %(account)s, which is not your account here. "
                     "Please look at where the money goes.", account=args.get("account", "")),
    }[code]


def outcome_words(outcome: str) -> str:
    """What an entry did to its order."""
    return {"matched": _("paid in full"), "part": _("a part; the buyer sees what is missing"),
            "over": _("more than was open"), "late": _("came after the end: it goes back"),
            "revived": _("came after the end: the order goes on"),
            "by_hand": _("counted already: a person had marked it as paid"),
            "returned": _("the bank took it back: please look at the order"),
            "refunded": _("your refund was sent")}[outcome]


def would_words(outcome: str) -> str:
    """What an entry will do to its order."""
    if outcome == "late":
        return _("came after the end: the order goes on if the goods are still there, else it "
                 "goes back")
    return outcome_words(outcome)


def lead(read: Statement, found: Sequence[Meaning]) -> str:
    """What stands in a file, in one or two sentences."""
    counts = Counter(one.outcome for one in found)
    words = [ngettext("%(num)s entry", "%(num)s entries", len(found))]
    if found:
        days = sorted(one.line.booked_on for one in found)
        words.append(_("from %(begin)s to %(end)s", begin=day(days[0]), end=day(days[-1])))
    line = " ".join(words) + ". "
    line += ngettext("%(num)s is not about your orders: nothing is kept of it.",
                     "%(num)s are not about your orders: nothing is kept of them.", counts[""])
    if counts["known"]:
        line += " " + ngettext("%(num)s was counted before.", "%(num)s were counted before.",
                               counts["known"])
    if read.pending or read.foreign:
        line += " " + ngettext("%(num)s is not booked yet or in another currency.",
                               "%(num)s are not booked yet or in another currency.",
                               read.pending + read.foreign)
    return line


def counts_line(file: FileView) -> str:
    """Which days, how much was taken, and by whom."""
    taken = ngettext("%(num)s entry taken", "%(num)s entries taken",
                     int(file.counts.get("taken", 0)))
    days = (_("%(begin)s to %(end)s", begin=day(file.from_on), end=day(file.to_on))
            if file.from_on and file.to_on else "")
    return " · ".join(one for one in (days, taken, file.by_name) if one)

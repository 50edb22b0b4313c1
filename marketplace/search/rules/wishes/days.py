"""Days in wishes: by when something is needed, read by patterns of folded words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from marketplace.search.rules.analysis import fold
from marketplace.search.rules.wishes.chips import Chip

DAYS = {
    "montag": 0, "dienstag": 1, "mittwoch": 2, "donnerstag": 3, "freitag": 4, "samstag": 5,
    "sonnabend": 5, "sonntag": 6, "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3,
    "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
SHORT_DAYS = {
    "mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "sa": 5, "mon": 0, "tue": 1, "tues": 1,
    "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
DAYS |= {fold(name): day for name, day in DAYS.items()}
SOON = {
    "heute": 0, "morgen": 1, "ubermorgen": 2, "today": 0, "tonight": 0, "tomorrow": 1,
}  # fmt: skip
MONTHS = {
    "januar": 1, "februar": 2, "marz": 3, "april": 4, "mai": 5, "juni": 6, "juli": 7,
    "august": 8, "september": 9, "oktober": 10, "november": 11, "dezember": 12, "january": 1,
    "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "october": 10, "december": 12,
    "jan": 1, "feb": 2, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10,
    "okt": 10, "nov": 11, "dec": 12, "dez": 12,
}  # fmt: skip
FEASTS = {
    "ostersonntag": "easter", "easter sunday": "easter", "ostern": "easter", "easter": "easter",
    "valentinstag": "02-14", "valentines day": "02-14", "valentine's day": "02-14",
    "halloween": "10-31",
}  # fmt: skip
"""Feasts that are a day and no occasion of goods: month and day, or Easter."""

Reader = Callable[["re.Match[str]", date], Chip | None]


def _weekday(m: re.Match[str], today: date) -> Chip:
    ahead = ((DAYS | SHORT_DAYS)[m[1]] - today.weekday()) % 7 or 7
    return Chip("date", (today + timedelta(days=ahead)).isoformat(), m[0].strip())


def _soon(m: re.Match[str], today: date) -> Chip:
    return Chip("date", (today + timedelta(days=SOON[m[1]])).isoformat(), m[0].strip())


def _calendar(day: str, month: int, typed: str, today: date) -> Chip | None:
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, int(day))
        except ValueError:
            return None
        if found >= today:
            return Chip("date", found.isoformat(), typed)
    return None


def _day_month(m: re.Match[str], today: date) -> Chip | None:
    return _calendar(m[1], MONTHS[m[2]], m[0].strip(), today)


def _month_day(m: re.Match[str], today: date) -> Chip | None:
    return _calendar(m[2], MONTHS[m[1]], m[0].strip(), today)


def _day_number(m: re.Match[str], today: date) -> Chip | None:
    month = int(m[2])
    return _calendar(m[1], month, m[0].strip(), today) if 1 <= month <= 12 else None


def _feast(m: re.Match[str], today: date) -> Chip | None:
    name = next(one for one in sorted(FEASTS, key=len, reverse=True) if one in m[0])
    if FEASTS[name] == "easter":
        day = next(d for year in (today.year, today.year + 1) if (d := _easter(year)) >= today)
        return Chip("date", day.isoformat(), m[0].strip())
    month, day_of = FEASTS[name].split("-")
    return _calendar(day_of, int(month), m[0].strip(), today)


def _easter(year: int) -> date:
    """The day of Easter, by the public holidays of a state that has it."""
    import holidays

    return min(holidays.country_holidays("DE", subdiv="BB", years=year, language="de")
               .get_named("Ostersonntag"))


def _weekend(m: re.Match[str], today: date) -> Chip:
    """The next Saturday, today's if it is one."""
    ahead = (DAYS["samstag"] - today.weekday()) % 7
    return Chip("date", (today + timedelta(days=ahead)).isoformat(), m[0].strip())


def _next_week(m: re.Match[str], today: date) -> Chip:
    """Its Monday: what is wanted for it has to be there when it begins."""
    return Chip("date", (today + timedelta(days=7 - today.weekday())).isoformat(), m[0].strip())


def _end_of_week(m: re.Match[str], today: date) -> Chip:
    """Its Friday, or Sunday once that has passed."""
    ahead = DAYS["freitag"] - today.weekday()
    ahead = ahead if ahead >= 0 else DAYS["sonntag"] - today.weekday()
    return Chip("date", (today + timedelta(days=ahead)).isoformat(), m[0].strip())


def _in_days(m: re.Match[str], today: date) -> Chip:
    days = int(m[1]) * (7 if m[2] in ("woche", "week") else 1)
    return Chip("date", (today + timedelta(days=days)).isoformat(), m[0].strip())


_BY = "(?:bis zum|bis|spatestens|am|by|until|before|vor|on|fur den|fur|for)"
_TILL = (
    r"(?:bis zum|bis|spatestens|am|by|until|before|vor|on|fur den|fur|for)? ?(?:nachsten |next )?"
)
_WHICH = "(?:next |this |nachsten |kommenden |diesen )?"
_HOUR = "(?: ?(?:abend|mittag|morgen|nachmittag|afternoon|evening|morning|night))?"
_TILL_SHORT = "(?:bis zum|bis|spatestens|am|by|until|before|vor|on|next|nachsten)"
_NOT_HOUR = (
    "(?<!am )(?<!jeden )(?<!guten )(?<!gute )(?<!every )(?<!von )(?<!heute )(?<!from )(?<!fruh )"
)
PATTERNS: tuple[tuple[str, Reader], ...] = (
    (rf"(?:{_BY} )?(?:{'|'.join(FEASTS)})", _feast),
    (rf"{_TILL}(\d\d?)\.(\d\d?)(?= ?\.)", _day_number),
    (rf"{_TILL}(?:the )?(\d\d?) ?(?:\.|st|nd|rd|th)? (?:of )?({'|'.join(MONTHS)})", _day_month),
    (rf"{_TILL}({'|'.join(MONTHS)}) (\d\d?)(?:th|st|nd|rd)?", _month_day),
    (rf"{_BY} {_WHICH}({'|'.join(DAYS)}){_HOUR}(?! roast)", _weekday),
    (rf"(?<!jeden )(?<!every ){_WHICH}({'|'.join(DAYS)}){_HOUR}(?! roast)", _weekday),
    (rf"{_TILL_SHORT} ({'|'.join(SHORT_DAYS)})", _weekday),
    (rf"(?:{_BY} )?(?:nachste|nachster|kommende|next) (?:woche|week)", _next_week),
    (rf"(?:{_BY} |zum |the )*(?:ende der woche|end of (?:the|this) week)",
     _end_of_week),
    (r"in (\d\d?) (tag|day|woche|week)(?:en?|n|s)?", _in_days),
    (r"(?:(?:furs|ubers|am|for the|this|next|on the|over the|at the|bis zum|by the|dieses|"
     r"nachstes|kommendes) )?(?:wochenende|weekend)", _weekend),
    (rf"(?:(?:bis|fur|by|until|for|spatestens) )?{_NOT_HOUR}({'|'.join(SOON)}){_HOUR}", _soon),
)  # fmt: skip

"""Money, dates and numbers as people of each language write them; kept, because Babel is slow."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal, format_percent
from flask import Flask

from marketplace.foundation import clock
from marketplace.web.languages import current_lang


@lru_cache(20_000)
def _money(minor: int, currency: str, lang: str) -> str:
    return format_currency(minor / 100, currency, locale=lang)


@lru_cache(5_000)
def _number(value: float, lang: str) -> str:
    return format_decimal(value, locale=lang)


@lru_cache(1_000)
def _percent(value: float, lang: str) -> str:
    return format_percent(value, locale=lang)


@lru_cache(5_000)
def _day(value: date, pattern: str, lang: str) -> str:
    return format_date(value, pattern, locale=lang)


@lru_cache(5_000)
def _moment(value: datetime, lang: str) -> str:
    return format_datetime(value, "d. MMM y, HH:mm" if lang == "de" else "d MMM y, HH:mm",
                           locale=lang)


def money(minor: int, currency: str = "EUR") -> str:
    """An amount in minor units: 11,40 € or €11.40."""
    return _money(int(minor), currency, current_lang())


def plain_money(minor: int) -> str:
    """An amount as it is typed, without sign: 11,40 or 11.40."""
    mark = "," if current_lang() == "de" else "."
    return f"{minor // 100}{mark}{minor % 100:02d}"


def size_words(size_bytes: int) -> str:
    """The size of a file: 840 kB or 3,2 MB."""
    if size_bytes < 1_000_000:
        return f"{max(1, round(size_bytes / 1000))} kB"
    return f"{_number(round(size_bytes / 1_000_000, 1), current_lang())} MB"


def number(value: float) -> str:
    """1.234 or 1,234."""
    return _number(value, current_lang())


def exact(figure: float) -> str:
    """A figure with three digits behind the point at most."""
    return number(round(figure, 3))


def percent(share: float) -> str:
    """A share 0..1 as whole percent."""
    return _percent(round(share, 2), current_lang())


def _local(value: date | datetime) -> date:
    return clock.in_zone(value).date() if isinstance(value, datetime) else value


def day(value: date | datetime) -> str:
    """2. November 2026 or 2 November 2026."""
    lang = current_lang()
    return _day(_local(value), "d. MMMM y" if lang == "de" else "d MMMM y", lang)


def short_day(value: date | datetime) -> str:
    """Mo., 2. Nov."""
    lang = current_lang()
    return _day(_local(value), "EEE, d. MMM" if lang == "de" else "EEE, d MMM", lang)


def month(value: date | datetime) -> str:
    """November 2026."""
    return _day(_local(value), "LLLL y", current_lang())


def moment(value: datetime) -> str:
    """2. Nov. 2026, 14:05 in Berlin time."""
    return _moment(clock.in_zone(value).replace(tzinfo=None, second=0, microsecond=0),
                   current_lang())


@lru_cache(500)
def _country(code: str, lang: str) -> str:
    return str(Locale.parse(lang).territories.get(code.upper(), code))


def country_name(code: str) -> str:
    """Deutschland or Germany for DE; what is no known code stays as it is."""
    return _country(code, current_lang()) if code else ""


def init_app(app: Flask) -> None:
    """Offer the formats to templates, as filters and as functions."""
    for give in (money, number, percent, day, short_day, month, moment):
        app.jinja_env.filters[give.__name__] = give
        app.jinja_env.globals[give.__name__] = give

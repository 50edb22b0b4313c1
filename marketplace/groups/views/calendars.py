"""Dates as a calendar file (RFC 5545)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Response, request
from icalendar import Calendar, Event

from marketplace.groups.models import Date


def as_file(rows: Sequence[Date], whose: Mapping[int, tuple[str, str]], name: str) -> Response:
    """A calendar of these dates, times in the zone of their place."""
    made = Calendar()
    made.add("prodid", "-//Zuruf//Dates//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    for row in rows:
        made.add_component(_event(row, whose.get(row.id, ("", ""))[0]))
    made.add_missing_timezones()
    return Response(made.to_ical(), mimetype="text/calendar",
                    headers={"Content-Disposition": 'inline; filename="dates.ics"'})


def _event(row: Date, whose: str) -> Event:
    zone, entry = ZoneInfo(row.time_zone), Event()
    entry.add("uid", f"date-{row.id}@{request.host}")
    entry.add("sequence", row.version)
    entry.add("dtstamp", row.made_at)
    entry.add("dtstart", _local(row.starts_at, zone))
    entry.add("dtend", _local(row.ends_at, zone))
    entry.add("summary", f"{row.title} ({whose})" if whose else row.title)
    entry.add("url", f"{request.host_url}dates/{row.id}")
    entry.add("status", "CANCELLED" if row.state == "cancelled" else "CONFIRMED")
    if row.place:
        entry.add("location", row.place)
    if row.words:
        entry.add("description", row.words)
    return entry


def _local(value: datetime, zone: ZoneInfo) -> datetime:
    return value.astimezone(zone)

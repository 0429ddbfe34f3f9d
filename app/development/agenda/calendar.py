"""Days of a plan in a calendar (RFC 5545). PURE. An alarm is left to whoever's calendar it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Event

from app.conversations.calendar import Meeting, event_of, written


@dataclass(frozen=True, slots=True)
class Day:
    """Something on a day, and where to read on. `key` stays the same when it is moved, so that a calendar moves it."""

    key: str
    title: str
    on: dt.date
    address: str
    written_at: dt.datetime
    text: str = ""


def day_file(day: Day) -> bytes:
    """One day, to put in a calendar."""
    return written([_event(day)], method="PUBLISH")


def subscription(name: str, days: Iterable[Day], meetings: Iterable[Meeting]) -> bytes:
    """Everything that is to come, for a calendar that asks for it again and again."""
    return written([*map(_event, days), *map(event_of, meetings)], name=name)


def _event(day: Day) -> Event:
    event = Event()
    event.add("uid", day.key)
    event.add("summary", day.title)
    event.add("dtstamp", day.written_at)
    event.add("last-modified", day.written_at)
    event.add("dtstart", day.on)
    event.add("dtend", day.on + dt.timedelta(days=1))
    event.add("url", day.address)
    event.add("description", f"{day.text}\n\n{day.address}" if day.text else day.address)    # not all show a url
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event

"""A conversation as a file that every calendar reads (RFC 5545). PURE."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from icalendar import Calendar, Event, vCalAddress

LASTS: Final = dt.timedelta(hours=1)
"""What a nabespreking takes (ours)."""


@dataclass(frozen=True, slots=True)
class Somebody:
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """`key` stays the same when the conversation is moved, so that a calendar moves it too; `revision` grows then."""

    key: str
    title: str
    at: dt.datetime
    place: str
    revision: int
    written_at: dt.datetime
    people: tuple[Somebody, ...]


def calendar_file(meeting: Meeting) -> bytes:
    """One appointment. Nothing of what the conversation is about stands in it."""
    event = Event()
    event.add("uid", meeting.key)
    event.add("summary", meeting.title)
    event.add("dtstamp", meeting.written_at)
    event.add("dtstart", meeting.at)
    event.add("dtend", meeting.at + LASTS)
    event.add("sequence", meeting.revision)
    event.add("class", "PRIVATE")
    if meeting.place:
        event.add("location", meeting.place)
    for one in meeting.people:
        attendee = vCalAddress(f"mailto:{one.email}")
        attendee.params["CN"] = one.name
        event.add("attendee", attendee, encode=False)
    calendar = Calendar()
    calendar.add("prodid", "-//Groeispiegel//nl")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written

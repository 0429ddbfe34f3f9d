"""A conversation as a file that every calendar reads (RFC 5545, and RFC 5546 for what its method asks). PURE."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from icalendar import Calendar, Event, vCalAddress, vDuration

LASTS: Final = dt.timedelta(hours=1)
"""What a nabespreking takes (ours)."""

AGAIN: Final = dt.timedelta(hours=6)
"""How often a calendar that is subscribed to is to be asked for (ours)."""


@dataclass(frozen=True, slots=True)
class Somebody:
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """`key` stays the same when the conversation is moved, so that a calendar moves it too; `revision` grows then.

    `called_off`: a calendar that knows it by its key takes it out. `lasts`: how long it takes. Without somebody who
    planned it, no organiser stands in it.
    """

    key: str
    title: str
    at: dt.datetime
    place: str
    revision: int
    written_at: dt.datetime
    planned_by: Somebody | None
    called_off: bool = False
    lasts: dt.timedelta = LASTS


def calendar_file(*meetings: Meeting) -> bytes:
    """Appointments that are all called off, or none is. Nothing of what a conversation is about stands in it."""
    off = any(meeting.called_off for meeting in meetings)
    return written(map(event_of, meetings), method="CANCEL" if off else "PUBLISH")


def event_of(meeting: Meeting) -> Event:
    event = Event()
    event.add("uid", meeting.key)
    event.add("summary", meeting.title)
    event.add("dtstamp", meeting.written_at)
    event.add("dtstart", meeting.at)
    event.add("dtend", meeting.at + meeting.lasts)
    event.add("sequence", meeting.revision)
    event.add("class", "PRIVATE")
    if meeting.place:
        event.add("location", meeting.place)
    if meeting.planned_by:
        organizer = vCalAddress(f"mailto:{meeting.planned_by.email}")
        organizer.params["CN"] = meeting.planned_by.name
        event.add("organizer", organizer, encode=False)
    if meeting.called_off:
        event.add("status", "CANCELLED")
    return event


def written(events: Iterable[Event], *, method: str | None = None, name: str = "") -> bytes:
    """A calendar as a file. `method`: what a calendar is to do with it; none for one that is subscribed to, which has
    a name and is looked at again every few hours.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Groeispiegel//nl")
    calendar.add("version", "2.0")
    if method:
        calendar.add("method", method)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(AGAIN))
    for event in events:
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made

"""What rooms above this one hand in: days for a calendar, the tussenstanden beside a plan, and where trainings are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flask import Flask, current_app

from app.conversations.calendar import Meeting
from app.development.agenda.calendar import Day
from app.development.models import Plan

DaysOf = Callable[[int, int, str], Sequence[Day]]
"""Of a person, at her organisation: what is to come. The host stands at the end of every key."""

MeetingsOf = Callable[[int, int, str], Sequence[Meeting]]
"""Likewise, with a begin and an end."""

BESIDE = "tussenstanden beside a plan"
OFFER = "trainings for a goal"

OfferFor: TypeAlias = Callable[[str, int | None], str]
"""The address of the trainings about a competency that take somebody further from this niveau, where it is known."""


@dataclass(frozen=True, slots=True)
class CheckInBeside:
    """One tussenstand. `stands`: how it stands, in a word; `waits`: for who reads this."""

    name: str
    on: dt.date
    address: str
    stands: str
    waits: bool


@dataclass(frozen=True, slots=True)
class CheckInsBeside:
    """Those of a plan, the newest first. `told`: when the next one is; `begin`: where she makes one now, if she can;
    `due`: it is time.
    """

    told: str
    begin: str
    due: bool
    rows: Sequence[CheckInBeside]


CheckInsOf: TypeAlias = Callable[[Plan, bool], CheckInsBeside | None]
"""Of a plan, to she whose plan it is (True) or to whoever accompanies her; None when there is nothing to tell."""


def hand_in_days(app: Flask, days_of: DaysOf) -> None:
    """Called by each room that has days, while the application is being made."""
    app.extensions.setdefault("days of a plan", []).append(days_of)


def days_of_others(person_id: int, organisation_id: int, host: str) -> list[Day]:
    """What the rooms above have for her calendar."""
    found: list[DaysOf] = current_app.extensions.get("days of a plan", [])
    return [day for days_of in found for day in days_of(person_id, organisation_id, host)]


def hand_in_meetings(app: Flask, meetings_of: MeetingsOf) -> None:
    """Called by each room that has meetings, while the application is being made."""
    app.extensions.setdefault("meetings of others", []).append(meetings_of)


def meetings_of_others(person_id: int, organisation_id: int, host: str) -> list[Meeting]:
    """What the rooms above have for her calendar."""
    found: list[MeetingsOf] = current_app.extensions.get("meetings of others", [])
    return [meeting for meetings_of in found for meeting in meetings_of(person_id, organisation_id, host)]


def hand_in_check_ins(app: Flask, check_ins_of: CheckInsOf) -> None:
    """Called by the room that has tussenstanden, while the application is being made."""
    app.extensions[BESIDE] = check_ins_of


def check_ins_beside(plan: Plan, *, own: bool) -> CheckInsBeside | None:
    found: CheckInsOf | None = current_app.extensions.get(BESIDE)
    return found(plan, own) if found else None


def hand_in_offer(app: Flask, offer_for: OfferFor) -> None:
    """Called by the room that has trainings, while the application is being made."""
    app.extensions[OFFER] = offer_for


def offer_for(competency_code: str, level: int | None) -> str:
    """Empty where no room has trainings."""
    found: OfferFor | None = current_app.extensions.get(OFFER)
    return found(competency_code, level) if found else ""

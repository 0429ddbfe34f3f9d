"""What a session, who goes, and what they thought of it are called on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.trainings.lifecycle import EnrolmentState, SessionState
from app.trainings.models import Meeting, TrainingSession
from app.web.formats import clock, date

STATEMENTS: Final = (
    _l("Wat ik leerde, kan ik gebruiken in mijn werk."),
    _l("De opleiding sloot aan bij wat ik al kon."),
    _l("Ik kon oefenen met situaties die ik zelf meemaak."),
    _l("Wie de opleiding gaf, hielp mij verder."),
    _l("Ik raad deze opleiding een collega aan."),
)
OPEN: Final = _l("Wat moet blijven, en wat kan beter?")
SCALE: Final = (
    (1, _l("Helemaal niet mee eens")), (2, _l("Niet mee eens")), (3, _l("Ertussenin")), (4, _l("Mee eens")),
    (5, _l("Helemaal mee eens")),
)  # fmt: skip
STANDS: Final[Mapping[EnrolmentState, object]] = {
    EnrolmentState.PROPOSED: _l("voorgesteld"),
    EnrolmentState.DECLINED: _l("gaat liever niet"),
    EnrolmentState.WAITING: _l("op de wachtlijst"),
    EnrolmentState.ENROLLED: _l("ingeschreven"),
    EnrolmentState.WITHDRAWN: _l("weer afgemeld"),
    EnrolmentState.ATTENDED: _l("was erbij"),
    EnrolmentState.ABSENT: _l("was er niet"),
}
STATES: Final[Mapping[SessionState, object]] = {
    SessionState.PLANNED: _l("gepland"),
    SessionState.HELD: _l("geweest"),
    SessionState.CALLED_OFF: _l("gaat niet door"),
}


def stands(state: str) -> str:
    return str(STANDS[EnrolmentState(state)])


def state(session: TrainingSession) -> str:
    return str(STATES[SessionState(session.state)])


def day(meeting: Meeting) -> str:
    """Dinsdag 12 januari 2027, 9.30–16.30 uur."""
    return _("%(day)s, %(begin)s–%(end)s\u00a0uur", day=date(meeting.begins_at, "EEEE d MMMM y"),
             begin=clock(meeting.begins_at), end=clock(meeting.ends_at))


def days(session: TrainingSession) -> str:
    """Its days in one line."""
    if not session.meetings:
        return _("de dagen volgen nog")
    found = [date(one.begins_at) for one in session.meetings]
    if len(found) == 1:
        return found[0]
    if len(found) == 2:
        first, second = (one.begins_at for one in session.meetings)
        begin = date(first, "d MMMM") if first.year == second.year else found[0]
        return _("%(first)s en %(second)s", first=begin, second=found[1])
    return _("%(count)s dagen, van %(first)s tot en met %(last)s", count=len(found), first=found[0], last=found[-1])


def room(free: int, *, own: bool) -> str:
    """How many places are free. `own`: for somebody who can sign up herself."""
    if free == 0:
        return _("vol: je komt op de wachtlijst") if own else _("vol")
    return _("nog 1 plaats vrij") if free == 1 else _("nog %(free)s plaatsen vrij", free=free)

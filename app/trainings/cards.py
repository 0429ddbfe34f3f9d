"""What other pages show of somebody's trainings: her own list, her calendar, her dossier, the start page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from app.access import Actor
from app.conversations.calendar import Meeting as InCalendar
from app.dossier.neighbours import FollowedTraining
from app.trainings.coming import Ahead, ForStart, Waiting
from app.trainings.enrolment_queries import asking, enrolments_of
from app.trainings.evaluating import can_evaluate
from app.trainings.lifecycle import EnrolmentState, SessionState
from app.trainings.models import Enrolment, TrainingSession
from app.trainings.session_queries import Taken, begun, ended_on, filling, is_open, over
from app.web.formats import now

KEPT = dt.timedelta(days=30)        # so long what was held, or does not go on, stays where somebody looks ahead


@dataclass(frozen=True, slots=True)
class Followed:
    """A session that somebody was at. `cost`: what it cost, shared by who was there; in whole euros."""

    enrolment: Enrolment
    on: dt.date
    hours: int
    cost: int

    @property
    def session(self) -> TrainingSession:
        return self.enrolment.session


@dataclass(frozen=True, slots=True)
class Mine:
    """Where somebody stands. `been`: what is over, of which nobody said yet who was there; `off`: what she had signed
    up for and does not go on; `followed`: the latest first.
    """

    proposed: Sequence[Enrolment]
    coming: Sequence[Enrolment]
    been: Sequence[Enrolment]
    waiting: Sequence[Enrolment]
    off: Sequence[Enrolment]
    followed: Sequence[Followed]
    to_evaluate: Sequence[Enrolment]

    @property
    def anything(self) -> bool:
        return bool(self.proposed or self.coming or self.been or self.waiting or self.off or self.followed)

    @property
    def session_ids(self) -> frozenset[int]:
        """Those ahead that stand in her own list."""
        return frozenset(one.session_id for one in (*self.proposed, *self.coming, *self.waiting))

    @property
    def hours(self) -> int:
        return sum(one.hours for one in self.followed)

    @property
    def cost(self) -> int:
        return sum(one.cost for one in self.followed)


def mine(person_id: int, organisation_id: int) -> Mine:
    every = enrolments_of(person_id, organisation_id)
    planned = [one for one in every if one.session.state == SessionState.PLANNED]
    ahead = [one for one in planned if not begun(one.session)]
    stay = now() - KEPT
    return Mine(
        proposed=[one for one in ahead if one.state == EnrolmentState.PROPOSED],
        coming=[one for one in planned if one.state == EnrolmentState.ENROLLED and not over(one.session)],
        been=[one for one in planned if one.state == EnrolmentState.ENROLLED and over(one.session)],
        waiting=[one for one in ahead if one.state == EnrolmentState.WAITING],
        off=[one for one in every if one.session.state == SessionState.CALLED_OFF
             and one.state in (EnrolmentState.ENROLLED, EnrolmentState.WAITING)
             and (not one.session.meetings or one.session.meetings[-1].ends_at > stay)],
        followed=_followed(every),
        to_evaluate=[one for one in every if can_evaluate(one.session, one)],
    )


def in_calendar(session: TrainingSession, host: str) -> list[InCalendar]:
    """Its days, which keep their keys when they are moved."""
    count = len(session.meetings)
    return [
        InCalendar(
            key=f"opleiding-{session.id}-{number}@{host}",
            title=session.training.title if count == 1 else _(
                "%(title)s (dag %(number)s van %(count)s)", title=session.training.title, number=number, count=count),
            at=meeting.begins_at, place=session.place, revision=session.revision, written_at=now(), planned_by=None,
            called_off=session.state == SessionState.CALLED_OFF, lasts=meeting.ends_at - meeting.begins_at,
        )
        for number, meeting in enumerate(session.meetings, 1)
    ]  # fmt: skip


def meetings_of(person_id: int, organisation_id: int, host: str) -> list[InCalendar]:
    """The days of the sessions that somebody goes to or was at a while ago, for her calendar."""
    after = now() - KEPT
    found = []
    for one in enrolments_of(person_id, organisation_id):
        goes = one.state == EnrolmentState.ENROLLED and one.session.state == SessionState.PLANNED
        if goes or one.state == EnrolmentState.ATTENDED:
            found += [day for day in in_calendar(one.session, host) if day.at > after]
    return found


def for_dossier(person_id: int, organisation_id: int) -> tuple[FollowedTraining, ...]:
    """What somebody followed, the latest first."""
    return tuple(
        FollowedTraining(one.session.given["title"], one.session.given["provider"], one.on, one.hours)
        for one in _followed(enrolments_of(person_id, organisation_id))
    )


def for_start(actor: Actor) -> ForStart:
    rows = asking(actor.person_id, actor.organisation_id)
    proposal = next(((one, by) for one, by in rows
                     if one.state == EnrolmentState.PROPOSED and is_open(one.session)), None)
    evaluation = next((one for one, _by in rows if can_evaluate(one.session, one)), None)
    ahead = [found for one, _by in rows if (found := _ahead(one))]
    return ForStart(
        Waiting(proposal[0].session_id, proposal[0].session.training.title, proposal[1]) if proposal else None,
        Waiting(evaluation.session_id, evaluation.session.given["title"], until=evaluation.session.evaluate_until)
        if evaluation else None,
        tuple(sorted(ahead, key=lambda one: (one.at is None, one.at, one.session_id))),
    )


def _ahead(enrolment: Enrolment) -> Ahead | None:
    session = enrolment.session
    if enrolment.state != EnrolmentState.ENROLLED or session.state != SessionState.PLANNED:
        return None
    to_come = [one.begins_at for one in session.meetings if one.ends_at > now()]
    if session.meetings and not to_come:
        return None
    return Ahead(session.id, session.training.title, to_come[0] if to_come else None, session.place)


def _followed(enrolments: Sequence[Enrolment]) -> list[Followed]:
    there = [one for one in enrolments if one.state == EnrolmentState.ATTENDED]
    taken = filling([one.session for one in there])
    found = []
    for one in there:
        on = ended_on(one.session)
        assert on is not None
        share = one.session.cost / max(1, taken.get(one.session_id, Taken()).there)
        found.append(Followed(one, on, one.session.given["hours"], round(share)))
    return sorted(found, key=lambda one: (one.on, one.enrolment.id), reverse=True)

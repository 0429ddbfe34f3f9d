"""Planning a conversation, moving it and calling it off; whoever did not do it is mailed. Flushes only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from flask_babel import gettext as _
from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from app.access import can_talk_with
from app.competencies.services import pin
from app.conversations import letters
from app.conversations.agreeing import AlreadyFixed, changed, something_written
from app.conversations.calendar import Meeting, Somebody
from app.conversations.letters import Moment
from app.conversations.models import Conversation
from app.db import db
from app.people.models import Person
from app.rounds.models import RoundSubject
from app.web.formats import now

FORGOTTEN_AFTER = dt.timedelta(days=30)
"""So long a calendar can still take out a conversation that was called off (ours)."""


class TakenOn(Exception):
    """Somebody else holds the conversation about this part."""


class Held(Exception):
    """Something shows that the conversation was held, or is being held."""


def plan(
    person: Person, partner_id: int, framework_version_id: int, planned_at: dt.datetime | None, place: str,
    part: RoundSubject | None = None, *, by: int, told: Collection[int] = (),
) -> Conversation:
    """A conversation with this person, who is held and has her teams. The same twice is one; about a part there is one.

    `by`: who plans it; the others of the two are mailed, but for those who are `told` of its day otherwise.

    About a part that has one with the same partner: that one gets this day and place. When its partner works with her
    no longer, it stays with her alone, and a new one is made. Raises TakenOn, or AlreadyFixed.
    """
    present = _present(person, partner_id, planned_at, place, part)
    if present is not None and part is not None and present.partner_id != partner_id:
        if present.fixed:
            raise AlreadyFixed
        if can_talk_with(present.partner.actor, person) and present.partner.active:
            raise TakenOn
        present.round_subject_id = None
        db.session.flush()
        present = None
    if present is not None:
        move(present, planned_at, place, by)
        return present
    conversation = Conversation(
        organisation_id=person.organisation_id,
        round_subject_id=part.id if part else None,
        person_id=person.id,
        partner_id=partner_id,
        framework_version_id=framework_version_id,
        planned_at=planned_at,
        place=place,
    )
    db.session.add(conversation)
    db.session.flush()
    pin(framework_version_id)
    letters.planned(conversation, {person.id, partner_id} - {by, *told})
    return conversation


def move(conversation: Conversation, planned_at: dt.datetime | None, place: str, by: int) -> None:
    """Another day or place. Raises AlreadyFixed."""
    before = Moment.of(conversation)
    if before == Moment(planned_at, place):
        return
    if conversation.fixed:
        raise AlreadyFixed
    conversation.planned_at, conversation.place = planned_at, place
    changed(conversation)
    letters.moved(conversation, before, by)


def meeting_of(conversation: Conversation, host: str) -> Meeting:
    """The conversation as it stands in a calendar. It has a day, and its partner comes with her account."""
    assert conversation.planned_at is not None
    about_round = conversation.round_subject_id is not None
    title = _("Nabespreking %(one)s en %(other)s") if about_round else _("Gesprek %(one)s en %(other)s")
    return Meeting(
        key=f"gesprek-{conversation.id}@{host}",
        title=title % {"one": conversation.person.name, "other": conversation.partner.name},
        at=conversation.planned_at, place=conversation.place, revision=conversation.revision, written_at=now(),
        planned_by=Somebody(conversation.partner.name, conversation.partner.account.email),
        called_off=conversation.called_off,
    )


def is_to_come(conversation: Conversation) -> bool:
    """Whether nothing shows that it was held: nobody confirmed, and its day has not come; or it has none, and nobody
    wrote for both.
    """
    at = conversation.planned_at
    held = something_written(conversation) if at is None else at <= now()
    confirmed = conversation.person_confirmed_at or conversation.partner_confirmed_at
    return not (held or confirmed or conversation.fixed)


def call_off(conversation: Conversation, by: int) -> None:
    """It does not take place: what each prepared and what was written is destroyed, and about the part there can be a
    new one. Twice is once. Raises Held.
    """
    if conversation.called_off:
        return
    if not is_to_come(conversation):
        raise Held
    letters.called_off(conversation, by)
    conversation.called_off_at = now()
    conversation.round_subject_id = None
    conversation.preparations.clear()
    conversation.levels.clear()
    conversation.notes = conversation.appointments = ""
    conversation.revision += 1
    db.session.flush()


def forget_called_off() -> None:
    """Every night: conversations that were called off a while ago leave no trace."""
    db.session.execute(delete(Conversation).where(Conversation.called_off_at < now() - FORGOTTEN_AFTER))


def _present(
    person: Person, partner_id: int, planned_at: dt.datetime | None, place: str, part: RoundSubject | None
) -> Conversation | None:
    """The one about this part; about none, the one that a double click would make again."""
    found = select(Conversation).where(
        Conversation.organisation_id == person.organisation_id, Conversation.person_id == person.id
    )
    if part is not None:
        found = found.where(Conversation.round_subject_id == part.id)
    else:
        found = found.where(
            Conversation.round_subject_id.is_(None), Conversation.partner_id == partner_id,
            Conversation.planned_at == planned_at, Conversation.place == place, Conversation.fixed_at.is_(None),
            Conversation.called_off_at.is_(None), Conversation.revision == 0,
        )
    return db.session.scalars(
        found.options(joinedload(Conversation.partner).selectinload(Person.memberships)).limit(1)
    ).first()

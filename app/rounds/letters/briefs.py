"""Whom the letters of a round are about, for the outbox of the demo: two statements for any number of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from app.db import db
from app.messages.letters import Brief
from app.messages.models import Message
from app.people.models import Person
from app.rounds.invitations import State
from app.rounds.lifecycle import State as RoundState
from app.rounds.models import Invitation, Round, RoundSubject
from app.web.formats import today

ASKS = ("ask", "remind", "longer")
RUNNING = (RoundState.CHOOSING, RoundState.OPEN)


def briefs(messages: Sequence[Message]) -> Mapping[int, Brief]:
    """By message, for those about an invitation or somebody's part of a round."""
    return {**_of_invitations(messages), **_of_parts(messages)}


def _of_invitations(messages: Sequence[Message]) -> Mapping[int, Brief]:
    wanted = {message.arguments["invitation"] for message in messages if "invitation" in message.arguments}
    rows = db.session.execute(
        select(Invitation, Round.state, Round.closes_on, Person.name)
        .join(RoundSubject, RoundSubject.id == Invitation.round_subject_id)
        .join(Round, Round.id == RoundSubject.round_id)
        .join(Person, Person.id == RoundSubject.person_id)
        .where(Invitation.id.in_(wanted))
    )
    known = {invitation.id: (invitation, state, closes_on, name) for invitation, state, closes_on, name in rows}
    found: dict[int, Brief] = {}
    for message in messages:
        row = known.get(int(message.arguments.get("invitation", 0)))
        if row is None:
            continue
        invitation, state, closes_on, name = row
        asks = message.template.split("_")[0] in ASKS
        found[message.id] = Brief(name, invitation.rater_group, not asks or (
            invitation.state == State.APPROVED and invitation.answered is False
            and (invitation.renewal, invitation.email) == (message.arguments["renewal"], message.recipient)
            and state == RoundState.OPEN and closes_on >= today()
        ))
    return found


def _of_parts(messages: Sequence[Message]) -> Mapping[int, Brief]:
    wanted = {message.arguments["part"] for message in messages if "part" in message.arguments}
    rows = db.session.execute(
        select(RoundSubject.id, RoundSubject.choice_sent_at, Round.state, Person.name)
        .join(Round, Round.id == RoundSubject.round_id)
        .join(Person, Person.id == RoundSubject.person_id)
        .where(RoundSubject.id.in_(wanted))
    )
    known = {row.id: row for row in rows}
    found: dict[int, Brief] = {}
    for message in messages:
        row = known.get(int(message.arguments.get("part", 0)))
        if row is not None:
            chooses = row.state == RoundState.CHOOSING and row.choice_sent_at is None
            of_use = {"choose": chooses, "choice": row.state in RUNNING, "longer": row.state == RoundState.OPEN}
            found[message.id] = Brief(row.name, wanted=of_use.get(message.template.split("_")[0], True))
    return found

"""Putting the mails of a round in the outbox.

Letters to those who are asked hold an invitation's id and nothing else: what they say is found out when they are
written, and once they are delivered the outbox forgets them.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from sqlalchemy import select

from app.accounts.models import Account
from app.competencies.catalog import pulse_competency
from app.db import db
from app.measurement.scale import Group
from app.messages import services as messages
from app.messages.letters import teach, teach_briefs
from app.messages.models import Message
from app.people import queries as people
from app.people.models import Membership, Person
from app.rounds.letters import asking, choosing, longer, refused, stopped
from app.rounds.letters.briefs import briefs
from app.rounds.letters.whom import contact_of
from app.rounds.models import Invitation, Round, RoundSubject

ASKED: Final = (Group.TEAM_LEAD, Group.COLLEAGUE, Group.SCHOOL, Group.CLIENT, Group.PARENT, Group.PUPIL)

PULSE: Final = "pulse"
"""In place of the group, in the names of the letters of a korte vraag."""

TOGETHER: Final = dt.timedelta(minutes=15)
"""So long more refused addresses are waited for."""


def concerns(round_id: int) -> str:
    """Under what the outbox keeps everything about a round."""
    return f"round {round_id}"


def ask(invitation: Invitation, round_id: int, *, had_one: bool = False) -> None:
    """The personal link. Nothing for who is asked on paper. `had_one`: an earlier link reached her."""
    if invitation.email is not None:
        messages.put(invitation.organisation_id, f"ask_{_kind(invitation)}", invitation.email,
                     concerns=concerns(round_id), invitation=invitation.id, renewal=invitation.renewal,
                     had_one=had_one)


def remind(invitation: Invitation, round_id: int, *, last: bool) -> None:
    """The same link once more; `last`: no other reminder follows."""
    messages.put(invitation.organisation_id, f"remind_{_kind(invitation)}", str(invitation.email),
                 concerns=concerns(round_id), invitation=invitation.id, renewal=invitation.renewal, last=last)


def more_time(invitation: Invitation, round_id: int, *, last: bool) -> None:
    """That she can answer through a later day."""
    messages.put(invitation.organisation_id, "longer_rater", str(invitation.email), concerns=concerns(round_id),
                 invitation=invitation.id, renewal=invitation.renewal, kind=_kind(invitation), last=last)


def being_told(planned: Round) -> frozenset[int]:
    """The invitations about which a letter is still to be written: it will say what is so by then."""
    untried = db.session.scalars(
        select(Message.arguments).where(
            Message.organisation_id == planned.organisation_id, Message.concerns == concerns(planned.id),
            Message.attempts == 0,
        )
    )
    return frozenset(int(arguments["invitation"]) for arguments in untried if "invitation" in arguments)


def runs_longer(planned: Round, *, by: int) -> None:
    """To the subjects: through which day it can be answered now. Nothing to who made it so."""
    longer.put(planned, concerns(planned.id), by)


def choose_people(part: RoundSubject) -> None:
    """To the subject: the round is planned, choose whom you ask."""
    _put_about(part, "choose_people", [part.person_id])


def choice_waits(part: RoundSubject) -> None:
    """To whoever may approve: her teamleiders, else her gesprekspartner, else the beheerders."""
    _put_about(part, "choice_waits", _approvers(part))


def choice_approved(part: RoundSubject) -> None:
    """To the subject: whom she asks now, and what was changed."""
    _put_about(part, "choice_approved", [part.person_id])


def addresses_refused(round_id: int, organisation_id: int) -> None:
    """To whoever planned the round: who cannot be reached. It waits a while, so that many are told in one letter."""
    planned = db.session.get_one(Round, round_id)
    email = db.session.scalar(
        select(Account.email)
        .join(Person, Person.account_id == Account.id)
        .where(Person.id == planned.created_by_id, Person.active)
    )
    if email is not None and not _is_put(organisation_id, round_id, "addresses_refused", email, round_id):
        messages.put(organisation_id, "addresses_refused", email, concerns=concerns(round_id), wait=TOGETHER,
                     round=round_id)


def round_stopped(planned: Round) -> None:
    """Nothing comes of it: to everybody who was invited, the same whether or not they answered, and to the subjects."""
    stopped.put(planned, concerns(planned.id))


def _kind(invitation: Invitation) -> str:
    return PULSE if pulse_competency(invitation.question_set) is not None else invitation.rater_group


def _put_about(part: RoundSubject, template: str, to: list[int]) -> None:
    rows = db.session.execute(
        select(Person.name, Account.email)
        .join(Account, Account.id == Person.account_id)
        .where(Person.id.in_(to), Person.active)
        .order_by(Person.id)
    )
    for name, email in rows.all():
        if not _is_put(part.organisation_id, part.round_id, template, email, part.id):
            messages.put(part.organisation_id, template, email, concerns=concerns(part.round_id), part=part.id,
                         name=name.split()[0])


def _is_put(organisation_id: int, round_id: int, template: str, recipient: str, about: int) -> bool:
    """Whether the same letter is still to be written: it will say what is so by then."""
    untried = db.session.scalars(
        select(Message.arguments).where(
            Message.organisation_id == organisation_id,
            Message.concerns == concerns(round_id),
            Message.template == template,
            Message.recipient == recipient,
            Message.attempts == 0,
        )
    )
    return any(about in arguments.values() for arguments in untried)


def _approvers(part: RoundSubject) -> list[int]:
    hers = select(Membership.team_id).where(Membership.person_id == part.person_id, Membership.leads.is_(False))
    leads = db.session.scalars(
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.team_id.in_(hers), Membership.leads, Person.active, Person.id != part.person_id)
        .distinct()
    ).all()
    partner = db.session.scalar(
        select(Person.id).where(
            Person.id == select(Person.discussion_partner_id).where(Person.id == part.person_id).scalar_subquery(),
            Person.active,
        )
    )
    if leads or partner is not None:
        return list(leads) or [int(partner or 0)]
    return [one.id for one in people.active_beheerders(part.organisation_id) if one.id != part.person_id]


def teach_all() -> None:
    """How the letters of a round are written. None of them stays in the outbox once it was delivered."""
    for group in (*ASKED, PULSE):
        teach(f"ask_{group}", asking.asking, fleeting=True)
        teach(f"remind_{group}", asking.asking, fleeting=True)
    teach("choose_people", choosing.choose_people, fleeting=True)
    teach("choice_waits", choosing.choice_waits, fleeting=True)
    teach("choice_approved", choosing.choice_approved, fleeting=True)
    teach("addresses_refused", refused.addresses_refused, fleeting=True)
    teach("longer_rater", asking.asking, fleeting=True)
    teach(longer.SUBJECT, longer.to_subject, fleeting=True)
    teach(stopped.RATER, stopped.to_rater, fleeting=True)
    teach(stopped.SUBJECT, stopped.to_subject, fleeting=True)
    teach_briefs(briefs)


__all__ = ["addresses_refused", "ask", "being_told", "choice_approved", "choice_waits", "choose_people", "concerns",
           "contact_of", "more_time", "remind", "round_stopped", "runs_longer", "teach_all"]

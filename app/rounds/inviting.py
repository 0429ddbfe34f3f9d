"""Giving out the personal links of those who were approved, giving out newer ones, and taking a no for an answer."""

from __future__ import annotations

from sqlalchemy import select, update

from app.db import db
from app.messages.models import Message
from app.rounds import letters
from app.rounds.invitations import Decline, State
from app.rounds.models import Invitation, RoundSubject
from app.web.formats import today


class NotAsked(Exception):
    """This person is not asked (any more): she sent her answers, declined before, or was removed."""


def invite_approved(part: RoundSubject) -> int:
    """Invites everybody of this part who was approved and has no link yet; says how many.

    Who is asked on paper counts as invited from today on too. For a round that is open, or opens in this transaction.
    """
    waiting = db.session.scalars(
        select(Invitation)
        .where(
            Invitation.round_subject_id == part.id,
            Invitation.state == State.APPROVED,
            Invitation.invited_on.is_(None),
        )
        .order_by(Invitation.id)
    ).all()
    for invitation in waiting:
        invite(invitation, part.round_id)
    return len(waiting)


def invite(invitation: Invitation, round_id: int) -> None:
    """Her first link."""
    invitation.invited_on = today()
    db.session.flush()
    letters.ask(invitation, round_id)


def renew(invitation: Invitation) -> None:
    """Another link, by mail where there is an address: older ones stop working, what was answered stays.

    The same for somebody who sent her answers: whoever asks for this must not learn that. She gets no mail.
    """
    had_one = invitation.bounced is None
    invitation.renewal += 1
    invitation.bounced = None
    invitation.invited_on = invitation.invited_on or today()
    db.session.flush()
    round_id = db.session.scalar(
        select(RoundSubject.round_id).where(RoundSubject.id == invitation.round_subject_id)
    )
    letters.ask(invitation, int(round_id or 0), had_one=had_one)


def decline(invitation: Invitation, reason: Decline) -> None:
    """She would rather not: nobody asks her again in this round. Raises NotAsked."""
    declined = db.session.execute(
        update(Invitation)
        .where(
            Invitation.id == invitation.id,
            Invitation.state == State.APPROVED,
            Invitation.answered.is_(False),
        )
        .values(state=State.DECLINED, decline_reason=reason)
        .returning(Invitation.id)
    ).first()
    if declined is None:
        raise NotAsked
    db.session.refresh(invitation)


def come_back(message: Message) -> None:
    """An invitation was refused for good: whoever planned the round is told, and sees it there.

    Not so a reminder, nor a newer link for who had one: that would tell who had not answered.
    """
    if not message.template.startswith("ask_") or message.arguments.get("had_one"):
        return
    part_id = db.session.scalar(
        update(Invitation)
        .where(
            Invitation.organisation_id == message.organisation_id,
            Invitation.id == message.arguments["invitation"],
            Invitation.email == message.recipient,
        )
        .values(bounced=message.refused)
        .returning(Invitation.round_subject_id)
    )
    if part_id is not None:
        letters.addresses_refused(db.session.get_one(RoundSubject, part_id).round_id, message.organisation_id)

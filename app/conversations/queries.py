"""Reading conversations, always as one of the two who hold them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.access import Actor, can_read_conversation
from app.conversations.models import AgreedLevel, Conversation
from app.db import db
from app.people.models import Membership, Person
from app.people.queries import plain
from app.profiles import AgreedNiveau, Talk
from app.rounds.models import Round, RoundSubject
from app.web.formats import day_of


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody to talk with, and her latest released part when no conversation is about it; none: about her work."""

    person_id: int
    name: str
    part_id: int | None = None
    round_name: str = ""

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"{self.person_id}-{self.part_id or ''}"


def heading_of(actor: Actor, conversation_id: int) -> Conversation | None:
    """A conversation of this actor: who hold it, when and about what."""
    return db.session.scalar(_with_both(actor).where(Conversation.id == conversation_id))


def conversation_of(actor: Actor, conversation_id: int) -> Conversation | None:
    """A conversation of this actor, with all that its page shows."""
    return db.session.scalar(
        _with_both(actor)
        .where(Conversation.id == conversation_id)
        .options(
            selectinload(Conversation.preparations),
            selectinload(Conversation.levels),
            selectinload(Conversation.additions),
        )
    )


def conversation_to_change(actor: Actor, conversation_id: int) -> Conversation | None:
    """The same, as nobody else can change it until this transaction ends. (SQLite lets one request write anyway.)"""
    db.session.execute(
        select(Conversation.id)
        .where(Conversation.id == conversation_id, Conversation.organisation_id == actor.organisation_id)
        .with_for_update()
    )
    return conversation_of(actor, conversation_id)


def conversations_of(actor: Actor) -> list[Conversation]:
    """All that she may see: what is to come first, then the latest."""
    found = db.session.scalars(_with_both(actor)).all()
    readable = [one for one in found if can_read_conversation(actor, one, one.person)]
    return sorted(readable, key=_place)


def planned_for(actor: Actor, since: dt.datetime) -> list[Conversation]:
    """Her conversations that have a day from then on and are not called off, with the account of who planned each."""
    found = db.session.scalars(
        _with_both(actor)
        .where(Conversation.planned_at >= since, Conversation.called_off_at.is_(None))
        .order_by(Conversation.planned_at, Conversation.id)
        .options(joinedload(Conversation.partner).joinedload(Person.account))
    )
    return [one for one in found if can_read_conversation(actor, one, one.person)]


def partners_for(actor: Actor) -> list[Partner]:
    """With whom she may plan a conversation: whoever works in the teams she leads or has her as gesprekspartner."""
    theirs = select(Membership.person_id).where(Membership.team_id.in_(actor.leads), Membership.leads.is_(False))
    any_part = aliased(RoundSubject)
    latest = select(func.max(any_part.released_at)).where(any_part.person_id == Person.id).scalar_subquery()
    rows = db.session.execute(
        select(Person.id, Person.name, RoundSubject.id, Round.name)
        .select_from(Person)
        .outerjoin(
            RoundSubject,
            and_(
                RoundSubject.person_id == Person.id,
                RoundSubject.released_at == latest,
                ~exists().where(Conversation.round_subject_id == RoundSubject.id),
            ),
        )
        .outerjoin(Round, Round.id == RoundSubject.round_id)
        .where(
            Person.organisation_id == actor.organisation_id,
            Person.id != actor.person_id,
            Person.active,
            or_(Person.id.in_(theirs), Person.discussion_partner_id == actor.person_id),
        )
        .order_by(RoundSubject.released_at.desc())
    ).all()
    names = sorted({(plain(name), person_id, name) for person_id, name, _part, _round in rows})
    found = []
    for _plain, person_id, name in names:
        hers = [(part_id, title) for one, _name, part_id, title in rows if one == person_id and part_id]
        found += [Partner(person_id, name, part_id, title) for part_id, title in hers]
        found.append(Partner(person_id, name))
    return found


def part_to_talk_about(actor: Actor, part_id: int) -> RoundSubject | None:
    """A released part of a round, with its round."""
    return db.session.scalar(
        select(RoundSubject)
        .where(
            RoundSubject.id == part_id,
            RoundSubject.organisation_id == actor.organisation_id,
            RoundSubject.released_at.is_not(None),
        )
        .options(joinedload(RoundSubject.round))
    )


def person_to_talk_with(actor: Actor, person_id: int) -> Person | None:
    """Somebody with her teams, held until this transaction ends: two plans about one person come after each other."""
    return db.session.scalar(
        select(Person)
        .where(Person.id == person_id, Person.organisation_id == actor.organisation_id)
        .options(selectinload(Person.memberships))
        .with_for_update()
    )


def agreed_levels_of(
    person_id: int, organisation_id: int, *, besides: Conversation | None = None
) -> Sequence[AgreedNiveau]:
    """Every niveau that was agreed with somebody and fixed, the newest first. `besides`: only what came before it."""
    before: tuple[ColumnElement[bool], ...] = ()
    if besides is not None:
        before = (Conversation.id != besides.id,)
        if besides.fixed_at is not None:
            before += (Conversation.fixed_at <= besides.fixed_at,)
    rows = db.session.execute(
        select(AgreedLevel.kind, AgreedLevel.code, AgreedLevel.level, Conversation.fixed_at, Person.name)
        .join(Conversation, Conversation.id == AgreedLevel.conversation_id)
        .join(Person, Person.id == Conversation.partner_id)
        .where(
            Conversation.person_id == person_id,
            Conversation.organisation_id == organisation_id,
            Conversation.fixed_at.is_not(None),
            *before,
        )
        .order_by(Conversation.fixed_at.desc(), Conversation.id.desc(), AgreedLevel.kind, AgreedLevel.code)
    )
    return tuple(
        AgreedNiveau(kind, code, level, day_of(fixed_at), name)
        for kind, code, level, fixed_at, name in rows
        if fixed_at is not None
    )


def talk_about(actor: Actor, part_id: int) -> Talk | None:
    """The conversation about this part of a round, for one of the two who hold it; none when it was called off."""
    found = db.session.scalar(
        _held(actor)
        .where(Conversation.round_subject_id == part_id, Conversation.called_off_at.is_(None))
        .options(joinedload(Conversation.person).selectinload(Person.memberships), joinedload(Conversation.partner))
    )
    if found is None or not can_read_conversation(actor, found, found.person):
        return None
    return Talk(found.id, found.other(actor.person_id).name, found.planned_at, found.fixed)


def talks(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether somebody holds a conversation or is another's gesprekspartner, as part of another statement."""
    held = exists().where(or_(Conversation.person_id == person_id, Conversation.partner_id == person_id))
    theirs = Person.__table__.alias("talks_with")
    return or_(held, exists().where(theirs.c.discussion_partner_id == person_id))


def _held(actor: Actor) -> Select[Conversation]:
    return select(Conversation).where(
        Conversation.organisation_id == actor.organisation_id,
        or_(Conversation.person_id == actor.person_id, Conversation.partner_id == actor.person_id),
    )


def _with_both(actor: Actor) -> Select[Conversation]:
    return (
        _held(actor)
        .options(
            joinedload(Conversation.person).selectinload(Person.memberships),
            joinedload(Conversation.partner).selectinload(Person.memberships),
            joinedload(Conversation.part).joinedload(RoundSubject.round),
        )
        .execution_options(populate_existing=True)
    )


def _place(conversation: Conversation) -> tuple[bool, bool, float, int]:
    """Those that are not fixed by their day, a day that is not known last; then the fixed ones, the newest first."""
    moment: dt.datetime | None = conversation.fixed_at or conversation.planned_at
    ordered = moment.timestamp() if moment else 0.0
    return conversation.fixed, moment is None, -ordered if conversation.fixed else ordered, -conversation.id

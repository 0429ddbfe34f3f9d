"""Sheets of paper with a personal link, for parents and pupils without an address. Whoever approves adds them."""

from __future__ import annotations

from app.db import db
from app.measurement.scale import Group
from app.rounds.choosing import NotNow, runs
from app.rounds.invitations import State, relation, relations_of, set_for
from app.rounds.models import Invitation, RoundSubject

ON_PAPER = (Group.PARENT, Group.PUPIL)
MOST = 60       # of one kind at once: two classes

RELATIONS = tuple(known for group in ON_PAPER for known in relations_of(group))


def add(part: RoundSubject, relation_code: str, count: int) -> None:
    """So many sheets of one kind, waiting for approval like everybody. Raises NotNow, and KeyError for a group that
    this round does not ask.
    """
    if not runs(part):
        raise NotNow
    kind = relation(relation_code)
    question_set = {group.rater_group: group.question_set for group in part.round.groups}[kind.group]
    part.invitations.extend(
        Invitation(
            organisation_id=part.organisation_id, rater_group=kind.group, relation=kind.code,
            question_set=set_for(kind, question_set), name="", added_by_approver=True, state=State.PROPOSED,
        )
        for _ in range(count)
    )
    db.session.flush()


def take_away(part: RoundSubject, relation_code: str) -> None:
    """Sheets of one kind that were not approved yet. Raises NotNow."""
    if not runs(part):
        raise NotNow
    for sheet in [one for one in part.invitations
                  if one.email is None and one.relation == relation_code and one.state == State.PROPOSED]:
        part.invitations.remove(sheet)
    db.session.flush()


def approved(part: RoundSubject) -> list[Invitation]:
    """The sheets to print, by kind."""
    order = [known.code for known in RELATIONS]
    found = [one for one in part.invitations if one.email is None and one.state == State.APPROVED]
    return sorted(found, key=lambda one: (order.index(one.relation), one.id))

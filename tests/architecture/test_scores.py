"""Who plans trainings reads nothing that depends on what one person scored: whatever of anybody she asks for, page,
file or refusal, stays the same when all of that person's scores and niveaus become others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select, update
from time_machine import travel
from werkzeug.routing import Rule

from app.assessments.models import Measurement, SelfAnswer, SelfAssessment, StoredCell
from app.conversations.models import AgreedLevel, Conversation
from app.db import db
from app.development.models import Goal
from app.web.formats import now
from tests.architecture.world import World
from tests.support.builders import Persona, make_person, make_team
from tests.support.needs import measured, settle, take_snapshot

CODES = ("VM1", "VM2", "VM3", "AC1")
CHANGES = re.compile(rb'name="csrf_token"[^>]*>|^\{"token":"[^"]*"\}')      # that, and nothing else, is new each time


def counted(world: World) -> tuple[int, int]:
    """A momentopname in which jet counts beside others, with her last measurement and the one before it; and that last
    one.
    """
    jet = world.people["begeleider"]
    assert jet is not None
    here = jet.organisation_id
    settle(world.app, here, ["opleiding"])
    team_id = make_team(world.app, here, "Team Oost")
    people = [make_person(world.app, here, works_in=[team_id]).id for _ in range(9)]
    for days_ago, score in ((200, 2.0), (20, 3.0)):
        found = measured(world.app, here, {one: dict.fromkeys(CODES, score) for one in (jet.id, *people)},
                         days_ago=days_ago)
    taken = take_snapshot(world.app, here)
    assert taken is not None
    return taken, found[jet.id]


def score_otherwise(app: Flask, person: Persona) -> None:
    of_hers = select(Measurement.id).where(Measurement.subject_id == person.id)
    begun = select(SelfAssessment.id).where(SelfAssessment.person_id == person.id)
    held = select(Conversation.id).where(Conversation.person_id == person.id)
    with app.app_context():
        changed = [
            db.session.execute(update(StoredCell).where(StoredCell.measurement_id.in_(of_hers))
                               .values(mean=1.7, spread=0.1)).rowcount,
            db.session.execute(update(SelfAnswer).where(SelfAnswer.assessment_id.in_(begun)).values(score=1)).rowcount,
            db.session.execute(update(AgreedLevel).where(AgreedLevel.conversation_id.in_(held))
                               .values(level=5)).rowcount,
            db.session.execute(update(Goal).where(Goal.person_id == person.id).values(level_now=1)).rowcount,
        ]
        db.session.commit()
    assert changed[0] >= 2 * len(CODES) and changed[3]


def answers(world: World, rules: list[Rule], who: str, snapshot_id: int, last: int) -> Iterator[tuple[str, bytes]]:
    """To everything that can be asked without changing anything, about the things of whoever works there."""
    client = world.client(who)
    for rule in rules:
        if "GET" not in (rule.methods or ()):
            continue
        for things in (world.own, {**world.own, "measurement_id": last}, world.colleague):
            for turn in world.turns(rule, {**things, "snapshot_id": snapshot_id}):
                answer = client.get(address := world.address(rule, turn))
                yield f"{address}: {answer.status_code}", CHANGES.sub(b"", answer.data)


@pytest.mark.parametrize("who", ["hr", "beheerder"])
def test_nothing_depends_on_what_one_person_scored(world: World, rules: list[Rule], who: str) -> None:
    jet = world.people["begeleider"]
    assert jet is not None
    snapshot_id, last = counted(world)
    with travel(at := now(), tick=False):       # files carry the moment at which they were made
        before = dict(answers(world, rules, who, snapshot_id, last))
    behoefte = f"/opleidingen/behoefte/{snapshot_id}/tabel.csv: {200 if who == 'hr' else 403}"
    assert (b"Verwachtingen en wensen ophalen" in before[behoefte]) == (who == "hr")
    score_otherwise(world.app, jet)
    with travel(at, tick=False):
        after = dict(answers(world, rules, who, snapshot_id, last))
    assert before.keys() == after.keys()
    assert not [address for address in before if before[address] != after[address]]

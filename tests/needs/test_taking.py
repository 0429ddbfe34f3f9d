"""What a momentopname counts, against tables worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask
from sqlalchemy import select

from app.competencies.models import FunctionProfile, ProfileTarget
from app.competencies.services import assign_profile, copy_profile
from app.db import db
from app.needs.models import Snapshot, SnapshotFigure
from app.people.models import Person
from app.web.formats import now
from tests.support.builders import make_person, make_team
from tests.support.needs import measured, settle, take_snapshot
from tests.support.records import make_measurement

BORICH = (3.0, 3.0, 4.0, 4.0, 2.0)


def values(app: Flask, snapshot_id: int, kind: str, cell: str, item: str) -> Mapping[str, Any] | None:
    with app.app_context():
        return db.session.scalar(select(SnapshotFigure.values).where(
            SnapshotFigure.snapshot_id == snapshot_id, SnapshotFigure.kind == kind, SnapshotFigure.cell == cell,
            SnapshotFigure.item_code == item))


def target(app: Flask, organisation_id: int, code: str, score: float, importance: int) -> None:
    with app.app_context():
        default = db.session.scalars(select(FunctionProfile.id).where(
            FunctionProfile.organisation_id == organisation_id, FunctionProfile.is_default)).one()
        row = db.session.get_one(ProfileTarget, (default, code))
        row.target_score, row.importance = score, importance
        db.session.commit()


def test_a_team_of_five_as_worked_by_hand(app: Flask, organisation_id: int, team_id: int) -> None:
    target(app, organisation_id, "VM1", 4.0, 5)
    people = [make_person(app, organisation_id, works_in=[team_id]).id for _ in BORICH]
    measured(app, organisation_id, {person: {"VM1": score} for person, score in zip(people, BORICH, strict=True)})
    taken = take_snapshot(app, organisation_id)
    assert taken
    # 4.0 − 16 / 5 = 0.8; three lack 1, 1 and 2 to it; three below, nobody above
    worked = {"people": 5, "importance": 5.0, "target": 4.0, "score": 3.2, "gap": 0.8, "with_gap": 3, "below": 3,
              "above": 0, "by_self": 0, "rough": False, "rough_self": False}
    assert values(app, taken, "behoefte", f"team={team_id}", "VM1") == worked
    together = values(app, taken, "behoefte-samen", "", "VM1")
    assert together and {key: together[key] for key in worked} == worked
    assert values(app, taken, "behoefte", f"team={team_id}", "VM2") is None


def test_four_people_have_no_figure_but_are_counted_as_left_out(app: Flask, organisation_id: int, team_id: int) -> None:
    people = [make_person(app, organisation_id, works_in=[team_id]).id for _ in range(4)]
    measured(app, organisation_id, {key: {"VM1": 2.0} for key in people})
    assert take_snapshot(app, organisation_id) is None
    other = make_team(app, organisation_id)
    more = [make_person(app, organisation_id, works_in=[other]).id for _ in range(6)]
    measured(app, organisation_id, {key: {"VM1": 2.0} for key in more})
    make_person(app, organisation_id, works_in=[other])
    make_person(app, organisation_id, works_in=[other])
    taken = take_snapshot(app, organisation_id)
    assert taken
    assert values(app, taken, "behoefte", f"team={team_id}", "VM1") is None
    assert values(app, taken, "behoefte", f"team={other}", "VM1")["people"] == 6       # type: ignore[index]
    with app.app_context():
        snapshot = db.session.get_one(Snapshot, taken)
        assert (snapshot.people, snapshot.left_out["te-weinig"], snapshot.left_out["niet-gemeten"]) == (12, 4, 2)


def test_small_teams_count_together(app: Flask, organisation_id: int) -> None:
    for size in (3, 4):
        team = make_team(app, organisation_id)
        people = [make_person(app, organisation_id, works_in=[team]).id for _ in range(size)]
        measured(app, organisation_id, {key: {"VM1": 2.0} for key in people})
    taken = take_snapshot(app, organisation_id)
    assert taken
    assert values(app, taken, "behoefte", "team=kleine-teams", "VM1")["people"] == 7   # type: ignore[index]
    assert values(app, taken, "behoefte-samen", "", "VM1")["people"] == 7              # type: ignore[index]


def test_one_who_joins_or_changes_does_not_change_the_figure(app: Flask, organisation_id: int, team_id: int) -> None:
    people = [make_person(app, organisation_id, works_in=[team_id]).id for _ in range(8)]
    measured(app, organisation_id, {key: {"VM1": 2.0} for key in people}, days_ago=90)
    first = take_snapshot(app, organisation_id, days_ago=60)
    assert first
    joined = make_person(app, organisation_id, works_in=[team_id]).id
    measured(app, organisation_id, {joined: {"VM1": 5.0}, people[0]: {"VM1": 4.0}})
    assert take_snapshot(app, organisation_id) is None
    measured(app, organisation_id, {person: {"VM1": 4.0} for person in people[1:5]})
    second = take_snapshot(app, organisation_id)
    assert second
    found = values(app, second, "behoefte", f"team={team_id}", "VM1")
    assert found and (found["people"], found["score"]) == (9, 3.4)      # 5, five times 4, three times 2


def test_what_somebody_brings_stays_as_it_was_counted_first(app: Flask, organisation_id: int, team_id: int) -> None:
    """Another belang or doelscore counts for measurements that were not counted yet."""
    people = [make_person(app, organisation_id, works_in=[team_id]).id for _ in range(10)]
    target(app, organisation_id, "VM1", 3.0, 4)
    measured(app, organisation_id, {person: {"VM1": 3.0} for person in people[:5]}, days_ago=90)
    assert take_snapshot(app, organisation_id, days_ago=60)
    target(app, organisation_id, "VM1", 4.0, 1)
    assert take_snapshot(app, organisation_id, days_ago=59) is None         # a function profile is no new figure
    target(app, organisation_id, "VM1", 4.0, 5)
    measured(app, organisation_id, {person: {"VM1": 3.0} for person in people[5:]})
    second = take_snapshot(app, organisation_id)
    assert second
    found = values(app, second, "behoefte", f"team={team_id}", "VM1")
    assert found and (found["target"], found["importance"], found["with_gap"]) == (3.5, 4.5, 10)


def test_what_is_not_released_or_not_at_issue_does_not_count(app: Flask, organisation_id: int, team_id: int) -> None:
    people = [make_person(app, organisation_id, works_in=[team_id]).id for _ in range(6)]
    measured(app, organisation_id, {key: {"VM1": 2.0, "VM2": 2.0} for key in people}, days_ago=9)
    measured(app, organisation_id, {key: {"VM1": 5.0} for key in people}, released=False)
    target(app, organisation_id, "VM2", 4.0, 1)
    taken = take_snapshot(app, organisation_id)
    assert taken
    assert values(app, taken, "behoefte", f"team={team_id}", "VM1")["score"] == 2.0    # type: ignore[index]
    assert values(app, taken, "behoefte", f"team={team_id}", "VM2") is None


def test_a_zelfbeeld_counts_where_that_was_told(app: Flask, organisation_id: int, team_id: int) -> None:
    people = [make_person(app, organisation_id, works_in=[team_id]) for _ in range(6)]
    for person in people[:3]:
        make_measurement(app, person, "volledig")
    settle(app, organisation_id, since=now())
    for person in people[1:]:
        make_measurement(app, person, "volledig")
    measured(app, organisation_id, {people[5].id: {"VM1": 2.0}})
    taken = take_snapshot(app, organisation_id)
    assert taken
    found = values(app, taken, "behoefte", f"team={team_id}", "VM1")
    assert found and (found["people"], found["by_self"]) == (5, 5)      # four of five by self alone: nearly all
    settle(app, organisation_id)
    assert take_snapshot(app, organisation_id) is None


def test_cuts_by_function_profile_and_sector(app: Flask, organisation_id: int, team_id: int) -> None:
    people = [make_person(app, organisation_id, works_in=[team_id]).id for _ in range(11)]
    with app.app_context():
        default = db.session.scalars(select(FunctionProfile).where(FunctionProfile.is_default)).first()
        assert default
        db.session.refresh(default, ["targets"])
        other = copy_profile(default, "Kopie van {name}").id
        for person in people[:5]:
            assign_profile(organisation_id, person, other)
            db.session.get_one(Person, person).sectors = frozenset({"vo", "po"})
        db.session.commit()
        default_id = default.id
    measured(app, organisation_id, {key: {"VM1": 2.0} for key in people})
    settle(app, organisation_id, ["functieprofiel", "sector"])
    taken = take_snapshot(app, organisation_id)
    assert taken
    cell = f"functieprofiel={other}&sector=po+vo&team={team_id}"
    assert values(app, taken, "behoefte", cell, "VM1")["people"] == 5                           # type: ignore[index]
    assert values(app, taken, "behoefte-samen", f"functieprofiel={default_id}", "VM1")["people"] == 6   # type: ignore[index]
    assert values(app, taken, "behoefte-samen", "sector=po+vo", "VM1")["people"] == 5           # type: ignore[index]
    assert values(app, taken, "behoefte-samen", f"team={team_id}", "VM1")["people"] == 11       # type: ignore[index]

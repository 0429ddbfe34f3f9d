"""What a page about a round is made from: of everything else that the subject keeps, only for whom she is."""

from __future__ import annotations

from flask import Flask

from app.access import Actor
from app.measurement.scale import Group
from app.profiles import queries
from app.profiles.round_reading import RoundBasis, read_round
from tests.profiles.released import Released, release, share, thin
from tests.support.builders import Persona, make_person, make_team
from tests.support.records import make_goal, make_measurement

CELLS = (thin(Group.SCHOOL, "VM1", 7, 3.4),)


def basis(app: Flask, reader: Persona, leads: frozenset[int], released: Released) -> RoundBasis:
    with app.test_request_context():
        who = Actor(reader.id, reader.organisation_id, reader.roles, leads)
        heading = queries.readable(who, released.measurement_id)
        assert heading
        return read_round(heading, who)


def test_others_measurements_and_goals_are_read_for_nobody_but_her(app: Flask, organisation_id: int) -> None:
    team_id = make_team(app, organisation_id)
    jet = make_person(app, organisation_id, works_in=[team_id])
    tom = make_person(app, organisation_id, roles=["teamleider"], leads=[team_id])
    ans = make_person(app, organisation_id)
    before = release(app, tom, jet, CELLS, days_ago=300)
    newest = release(app, tom, jet, CELLS, own_view=False)
    own = make_measurement(app, jet, "focus")
    make_goal(app, jet)
    make_goal(app, ans, "luisteren")
    share(app, newest, ans, with_comments=True)

    hers, lead, shared = (
        basis(app, reader, leads, newest)
        for reader, leads in ((jet, frozenset()), (tom, frozenset({team_id})), (ans, frozenset()))
    )

    rounds = {newest.measurement_id, before.measurement_id}
    assert rounds | {own} < {one.id for one in hers.measurements}
    assert hers.goals
    assert {one.id for one in lead.measurements} == rounds
    assert [one.id for one in shared.measurements] == [newest.measurement_id]
    assert [len(one.earlier) for one in (hers, lead, shared)] == [1, 1, 0]
    assert (lead.goals, shared.goals) == (frozenset(), frozenset())

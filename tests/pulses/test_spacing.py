"""A korte vraag and what was asked about the same behaviour before: the same people, or at least k others."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import update

from app.db import db
from app.measurement.scale import Group
from app.rounds import choosing
from app.rounds.approving import Spaced
from app.rounds.models import Round, RoundGroup
from app.rounds.queries import asked as queries
from app.rounds.queries.course import spacing_of
from app.rounds.raters import one
from tests.rating.behind import words
from tests.support.builders import Persona
from tests.support.pages import CheckedClient
from tests.support.pulses import SCHOOL, MadePulse, approve, begin_pulse, choose, closed_pulse, open_pulse
from tests.support.records import make_goal
from tests.support.rounds import make_round

OTHERS = [("Jan", "jan@elders.example"), ("Mia", "mia@elders.example"), ("Ko", "ko@elders.example"),
          ("Fee", "fee@elders.example")]


def people_of_round(subject: Persona, count: int) -> list[tuple[str, str]]:
    """As make_round calls whom it asks of a school."""
    return [(f"School {number}", f"school.{number}.van.{subject.id}@school.example") for number in range(1, count + 1)]


def asked(app: Flask, jet: Persona, tom: Persona, goal_id: int, people: list[tuple[str, str]]) -> MadePulse:
    made = begin_pulse(app, jet, goal_id)
    choose(app, jet, made, people)
    return approve(app, tom, made)


def test_after_another_korte_vraag(app: Flask, begeleider: Persona, teamleider: Persona, goal_id: int) -> None:
    closed_pulse(app, begeleider, teamleider, goal_id, (4, 4, 4))
    with pytest.raises(Spaced):
        asked(app, begeleider, teamleider, goal_id, [*SCHOOL[:3], OTHERS[0]])


@pytest.mark.parametrize("people", [SCHOOL, OTHERS, [*SCHOOL, *OTHERS[:3]]])
def test_the_same_people_or_enough_others(app: Flask, begeleider: Persona, teamleider: Persona, goal_id: int,
                                          people: list[tuple[str, str]]) -> None:
    closed_pulse(app, begeleider, teamleider, goal_id, (4, 4, 4))
    assert len(asked(app, begeleider, teamleider, goal_id, people).tokens) == len(people)


def test_about_other_behaviour_anybody(app: Flask, begeleider: Persona, teamleider: Persona, goal_id: int) -> None:
    closed_pulse(app, begeleider, teamleider, goal_id, (4, 4, 4))
    other = make_goal(app, begeleider, "luisteren").goal_id
    assert asked(app, begeleider, teamleider, other, [*SCHOOL[:3], OTHERS[0]]).tokens


def test_after_a_feedbackronde_that_asked_the_same(app: Flask, begeleider: Persona, teamleider: Persona,
                                                   goal_id: int) -> None:
    make_round(app, teamleider, [begeleider], {Group.SCHOOL: 8}, state="closed", opened_days_ago=60)
    with pytest.raises(Spaced):
        asked(app, begeleider, teamleider, goal_id, [*people_of_round(begeleider, 3), OTHERS[0]])


def test_half_a_year_after_it_anybody(app: Flask, begeleider: Persona, teamleider: Persona, goal_id: int) -> None:
    made = make_round(app, teamleider, [begeleider], {Group.SCHOOL: 8}, state="closed", opened_days_ago=60)
    with app.app_context():
        long_ago = dt.timedelta(days=200)
        found = db.session.get_one(Round, made.round_id)
        found.opens_on, found.closes_on = found.opens_on - long_ago, found.closes_on - long_ago
        db.session.commit()
    assert asked(app, begeleider, teamleider, goal_id, [*people_of_round(begeleider, 3), OTHERS[0]]).tokens


def test_nor_may_a_round_come_too_close_to_it(app: Flask, begeleider: Persona, teamleider: Persona,
                                              goal_id: int) -> None:
    open_pulse(app, begeleider, teamleider, goal_id, [*people_of_round(begeleider, 3), OTHERS[0]])
    made = make_round(app, teamleider, [begeleider], {Group.SCHOOL: 8}, state="choosing", opened_days_ago=-14)
    with app.app_context():
        opens_on = db.session.get_one(Round, made.round_id).opens_on
        assert spacing_of(made.round_id, begeleider.organisation_id, opens_on)[made.part_ids[0]]
        db.session.execute(update(RoundGroup).where(RoundGroup.round_id == made.round_id,
                                                    RoundGroup.question_set == "kern").values(question_set="beleving"))
        db.session.commit()
        assert not spacing_of(made.round_id, begeleider.organisation_id, opens_on)[made.part_ids[0]]


def test_it_is_told_while_she_chooses_and_to_whoever_approves(
    app: Flask, begeleider: Persona, teamleider: Persona, goal_id: int, jet: CheckedClient, tom: CheckedClient
) -> None:
    """Whom to add and whom to take off, by name; and not that this can."""
    closed_pulse(app, begeleider, teamleider, goal_id, (4, 4, 4))
    made = begin_pulse(app, begeleider, goal_id)
    with app.app_context():
        part = queries.part_to_change(begeleider.organisation_id, made.part_id)
        assert part is not None
        people = [one(name, email, "intern-begeleider", "") for name, email in (*SCHOOL[:3], OTHERS[0])]
        choosing.propose(part, Group.SCHOOL, people)
        db.session.commit()
    said = "Vraag precies dezelfde mensen: voeg Eva toe en haal Jan weg."
    page = jet.get(f"/feedback/{made.part_id}/mensen")
    assert said in words(page) and "Dit kan." not in words(page)
    assert said in jet.get(f"/feedback/{made.part_id}/vooruitblik?groep=school&erbij=0").text
    refused = jet.send(f"/feedback/{made.part_id}/mensen/stuur")
    assert refused.status_code == 422 and said in words(refused)
    with app.app_context():
        part = queries.part_to_change(begeleider.organisation_id, made.part_id)
        assert part is not None
        choosing.send_choice(part)
        db.session.commit()
    assert said in words(tom.get(f"/rondes/mensen/{made.part_id}"))
    assert "Dit kan." not in words(tom.get(f"/rondes/mensen/{made.part_id}"))


def test_with_the_same_people_it_can(app: Flask, begeleider: Persona, teamleider: Persona, goal_id: int,
                                     tom: CheckedClient) -> None:
    closed_pulse(app, begeleider, teamleider, goal_id, (4, 4, 4))
    made = begin_pulse(app, begeleider, goal_id)
    choose(app, begeleider, made)
    assert "Dit kan." in words(tom.get(f"/rondes/mensen/{made.part_id}"))

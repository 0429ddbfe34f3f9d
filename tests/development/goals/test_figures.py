"""What a goal begins with, what it asks, and what became of it since."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from app.db import db
from app.development.models import Goal, Plan
from app.measurement.scale import Group
from app.measurement.scoring import Cell
from app.web.formats import now
from tests.development.support import (
    MEANS,
    NEW,
    PLAN,
    VM1,
    form_data,
    goal_in,
    goals_in,
    make_goal,
    measure,
    read,
    send_new,
)
from tests.profiles.released import release, rich
from tests.support.builders import Persona
from tests.support.conversations import make_conversation
from tests.support.pages import CheckedClient, told
from tests.support.records import make_evidence
from tests.support.statements import statements


def test_a_goal_starts_from_what_others_saw(
    app: Flask, jet: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    made = release(app, teamleider, begeleider, [rich(Group.SCHOOL, "VM1", 6, 2.8, MEANS)])
    measure(app, begeleider, {"VM1": 4.4, "VM2": 3.1}, closed_at=now())
    page = jet.get(f"{NEW}?competentie={VM1}")
    assert "Score bij de start 2,8" in told(page.data) and "feedbackronde van" in told(page.data)
    assert jet.submit(page, form_data()).status_code == 303
    [goal] = goals_in(app, begeleider)
    assert (goal.start_score, goal.start_score_from, goal.measurement_id) == (2.8, "anderen", made.measurement_id)
    assert goal.start_people == 6
    assert "6 mensen over ‘verwachtingen en wensen ophalen’, feedbackronde van" in read(jet)
    read_topics = read(jet, NEW)
    assert "Anderen 2,8, doel van je functie 3,5." in read_topics and "Jij 3,1, doel" in read_topics


def test_the_people_of_all_shown_groups_are_counted(
    app: Flask, jet: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    release(app, teamleider, begeleider, [
        rich(Group.SCHOOL, "VM1", 6, 2.8, MEANS), rich(Group.COLLEAGUE, "VM1", 5, 3.4, MEANS),
        Cell(Group.TEAM_LEAD, "VM1", 1, 4.0), Cell(Group.PARENT, "VM1", 4, 3.9),
    ], own_view=False)
    form = told(jet.get(f"{NEW}?competentie={VM1}").data)
    assert "11 mensen over" in form
    assert goal_in(app, make_goal(app, begeleider)).start_people == 11


def test_of_an_older_goal_nobody_knows_how_many_there_were(
    app: Flask, jet: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    release(app, teamleider, begeleider, [rich(Group.SCHOOL, "VM1", 6, 2.8, MEANS)], own_view=False)
    goal_id = make_goal(app, begeleider)
    with app.app_context():
        db.session.get_one(Goal, goal_id).start_people = None
        db.session.commit()
    assert "anderen over ‘verwachtingen en wensen ophalen’" in read(jet) and "mensen over" not in read(jet)


def test_her_own_score_has_nobody_behind_it(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    measure(app, begeleider, {"VM1": 2.9})
    assert goal_in(app, make_goal(app, begeleider)).start_people is None
    assert "mens over" not in read(jet)


WRONG = [
    ({"hours": "veel"}, "Schrijf een getal, bijvoorbeeld 12 of 2,5."),
    ({"hours": "-3"}, "Kies een aantal uren van 0 tot en met 1000."),
    ({"hours": "1001"}, "Kies een aantal uren van 0 tot en met 1000."),
    ({"hours": "nan"}, "Schrijf een getal"),
    ({"hours": "1e3"}, "Schrijf een getal"),
    ({"budget": "-1"}, "Kies een bedrag van 0 tot en met 25000 euro."),
    ({"budget": "999999999"}, "Kies een bedrag van 0 tot en met 25000 euro."),
    ({"budget": "12,50"}, "Schrijf een bedrag in hele euro's"),
    ({"budget": "٣"}, "Schrijf een bedrag in hele euro's"),
    ({"budget": "9" * 40}, "Schrijf een bedrag in hele euro's"),
    ({"support": "w" * 2001}, "er passen 2000 tekens in"),
    ({"training_wish": "w" * 301}, "er passen 300 tekens in"),
]


@pytest.mark.parametrize(("wrong", "message"), WRONG)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_absurd_amounts_are_told_and_stay(
    app: Flask, jet: CheckedClient, begeleider: Persona, wrong: dict[str, str], message: str
) -> None:
    answer = jet.send(f"{NEW}?competentie={VM1}", form_data(**wrong))
    assert answer.status_code == 422 and message in told(answer.data).replace("’", "'")
    [typed] = wrong.values()
    assert typed in answer.text
    assert goals_in(app, begeleider) == []


@pytest.mark.parametrize(("hours", "budget", "kept"), [
    ("2,5", "250", (2.5, 250)), ("2.5", "€ 1.250", (2.5, 1250)), ("0", "0", (0, 0)), ("1.000", "1250,-", (1000, 1250)),
    ("", "", (None, None)), ("12", "250 euro", (12, 250)), ("3", "250,00", (3, 250)),
])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_amounts_are_written_the_dutch_way(
    app: Flask, jet: CheckedClient, begeleider: Persona, hours: str, budget: str, kept: tuple[float, int]
) -> None:
    assert send_new(jet, hours=hours, budget=budget).status_code == 303
    [goal] = goals_in(app, begeleider)
    assert (goal.hours, goal.budget) == kept
    assert f"{PLAN}/doelen/{goal.id}" in jet.get(PLAN).text


# --- effect ----------------------------------------------------------------------------------------------------------


def test_a_goal_says_that_nothing_was_measured_since(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    goal_id = make_goal(app, begeleider)
    assert "Er is nog geen nieuwe meting van dit onderwerp." in read(jet, f"{PLAN}/doelen/{goal_id}")
    jet.send(f"{PLAN}/doelen/{goal_id}/rond-af")
    assert "Afgerond zonder nieuwe meting." in read(jet, f"{PLAN}/doelen/{goal_id}")
    assert read(jet).count("Afgerond zonder nieuwe meting.") == 1, "also where her closed goals are listed"
    measure(app, begeleider, {"RM1": 4.4}, closed_at=now() + dt.timedelta(minutes=1))
    assert read(jet).count("Afgerond zonder nieuwe meting.") == 1
    measure(app, begeleider, {"VM1": 4.4}, closed_at=now() + dt.timedelta(minutes=2))
    assert "zonder nieuwe meting" not in read(jet) + read(jet, f"{PLAN}/doelen/{goal_id}")


def test_her_own_view_is_not_set_beside_that_of_others(
    app: Flask, jet: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    release(app, teamleider, begeleider, [rich(Group.SCHOOL, "VM1", 6, 2.8, MEANS)], own_view=False, days_ago=60)
    measure(app, begeleider, {"VM1": 4.2}, closed_at=now() - dt.timedelta(days=3))      # before the goal was made
    goal_id = make_goal(app, begeleider)
    page = read(jet, f"{PLAN}/doelen/{goal_id}")
    assert "Er is nog geen nieuwe meting van dit onderwerp." in page and "4,2" not in page
    measure(app, begeleider, {"VM1": 4.4}, closed_at=now() + dt.timedelta(minutes=1))
    page = read(jet, f"{PLAN}/doelen/{goal_id}")
    assert "Anderen keken er nog niet opnieuw naar." in page and "Zelfbeeld: 4,4" in page and "Nu4,4" not in page


def test_a_goal_shows_what_others_see_now(
    app: Flask, jet: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    release(app, teamleider, begeleider, [rich(Group.SCHOOL, "VM1", 6, 2.8, MEANS)], own_view=False, days_ago=60)
    goal_id = make_goal(app, begeleider)
    release(app, teamleider, begeleider, [rich(Group.SCHOOL, "VM1", 6, 3.9, MEANS)], own_view=False, days_ago=0)
    make_conversation(app, begeleider, teamleider, fixed_at=now(), levels={"verwachtingsmanagement": 3})
    page = jet.get(f"{PLAN}/doelen/{goal_id}")
    words = told(page.data)
    for expected in ("Zichtbare groei", "Bij de start", "2,8", "3,9", "Niveau bij de start: 2 ontwikkelend.",
                     "Nu zelfstandig. Dat was het doel.", "Bij de start: 2 ontwikkelend.",
                     "Nu: 3 zelfstandig, afgesproken met Tom Bakker", "Feedbackronde: 3,9", "Doel gemaakt"):
        assert expected in words, expected
    assert 'class="chart timeline"' in page.text and 'class="chart timeline wide"' in page.text


@pytest.mark.parametrize("evidence", [1, 4])
def test_all_that_happened_keeps_the_page_cheap(
    app: Flask, jet: CheckedClient, begeleider: Persona, teamleider: Persona, evidence: int
) -> None:
    release(app, teamleider, begeleider, [rich(Group.SCHOOL, "VM1", 6, 2.8, MEANS)], own_view=False, days_ago=60)
    goal_id = make_goal(app, begeleider)
    release(app, teamleider, begeleider, [rich(Group.SCHOOL, "VM1", 6, 3.9, MEANS)], own_view=False, days_ago=0)
    make_conversation(app, begeleider, teamleider, fixed_at=now(), levels={"verwachtingsmanagement": 3})
    for number in range(evidence):
        make_evidence(app, begeleider, goal_id=goal_id, title=f"Een gesprek {number}")
    jet.get(f"{PLAN}/doelen/{goal_id}")
    with statements(app) as seen:
        page = read(jet, f"{PLAN}/doelen/{goal_id}")
    assert "Feedbackronde: 3,9" in page and page.count("Een gesprek 0") == 2
    assert len(seen) <= 12, "\n".join(seen)


def test_a_second_self_view_is_a_plain_difference(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    measure(app, begeleider, {"VM1": 2.9})
    goal_id = make_goal(app, begeleider)
    measure(app, begeleider, {"VM1": 3.4}, closed_at=now() + dt.timedelta(minutes=1))
    assert "Verschil in je zelfbeeld: +0,5." in read(jet, f"{PLAN}/doelen/{goal_id}")


def test_a_goal_without_a_plan_is_still_read(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    """As goals were before there were plans; the next one that is begun takes it along."""
    goal_id = make_goal(app, begeleider)
    with app.app_context():
        goal = db.session.get_one(Goal, goal_id)
        plan = db.session.get_one(Plan, goal.plan_id)
        goal.plan_id = None
        db.session.flush()
        db.session.delete(plan)
        db.session.commit()
    assert "Ik spreek bij elke start" in read(jet)
    second = make_goal(app, begeleider, behaviour="Een tweede")
    assert goal_in(app, goal_id).plan_id == goal_in(app, second).plan_id is not None

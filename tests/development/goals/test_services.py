"""Making and changing goals: what is kept, what is refused, and what happens at the same moment."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.competencies.models import FrameworkVersion
from app.db import db
from app.development.goals import queries, services
from app.development.goals.lifecycle import GoalState, Step, StepRefused
from app.development.goals.services import ChosenActions, LastAction, NoPlaceLeft
from app.development.library import queries as library
from app.development.models import Goal, LibraryAction
from tests.development.support import (
    MEASURED_AT,
    VM1,
    actor_of,
    fill_places,
    goal_in,
    goals_in,
    make_goal,
    measure,
    words,
)
from tests.support.at_once import at_once, together
from tests.support.builders import Persona, make_person
from tests.support.clock import stopped

MOMENT = dt.datetime(2026, 5, 4, 10, tzinfo=dt.UTC)
clock = stopped(MOMENT)


def change(app: Flask, person: Persona, goal_id: int) -> Goal:
    """Inside a context: the goal as a request would load it."""
    goal = queries.goal_to_change(actor_of(person), goal_id)
    assert goal is not None
    return goal


# --- what a goal starts from -----------------------------------------------------------------------------------------


def test_the_start_score_is_copied_and_stays_when_the_measurement_goes(app: Flask, begeleider: Persona) -> None:
    measurement_id = measure(app, begeleider, {"VM1": 2.9, "VM2": 4.0})
    goal = goal_in(app, make_goal(app, begeleider))
    assert (goal.start_score, goal.start_score_from, goal.start_measured_at) == (2.9, "zelf", MEASURED_AT)
    assert goal.measurement_id == measurement_id
    measure(app, begeleider, {"VM1": 4.5}, closed_at=MEASURED_AT + dt.timedelta(days=200))
    assert goal_in(app, goal.id).start_score == 2.9


def test_a_named_measurement_goes_before_a_later_one(app: Flask, begeleider: Persona) -> None:
    first = measure(app, begeleider, {"VM1": 2.9})
    last = measure(app, begeleider, {"VM1": 3.6}, closed_at=MEASURED_AT + dt.timedelta(days=200))
    with app.app_context():
        for named, score in ((first, 2.9), (last, 3.6), (None, 3.6)):
            found = queries.beginning(actor_of(begeleider), VM1, named)
            assert found is not None and found.start is not None
            assert found.start.score == score


def test_what_was_not_measured_has_no_start_score(app: Flask, begeleider: Persona) -> None:
    measurement_id = measure(app, begeleider, {"VM2": 4.0})
    with app.app_context():
        found = queries.beginning(actor_of(begeleider), VM1, measurement_id)
        assert found is not None and found.start is None
    goal = goal_in(app, make_goal(app, begeleider))
    assert (goal.start_score, goal.start_score_from, goal.start_measured_at, goal.measurement_id) == (None,) * 4


def test_somebody_elses_measurement_is_no_beginning(app: Flask, begeleider: Persona, team_id: int) -> None:
    colleague = make_person(app, begeleider.organisation_id, works_in=[team_id])
    theirs = measure(app, colleague, {"VM1": 1.0})
    with app.app_context():
        assert queries.beginning(actor_of(begeleider), VM1, theirs) is None
        unnamed = queries.beginning(actor_of(begeleider), VM1, None)
        assert unnamed is not None and unnamed.start is None
        assert queries.beginning(actor_of(begeleider), "bestaat-niet", None) is None


def test_a_goal_pins_the_framework_it_was_made_from(app: Flask, begeleider: Persona) -> None:
    make_goal(app, begeleider)
    with app.app_context():
        assert db.session.scalars(select(FrameworkVersion.pinned_at)).one() is not None


def test_actions_come_with_what_they_cost_and_in_order(app: Flask, begeleider: Persona) -> None:
    goal = goal_in(app, make_goal(app, begeleider, codes=("vm-meekijken", "vm-startgesprek-canvas"), titles=("Oefen",)))
    assert [(a.library_code, a.learning_form, a.hours) for a in goal.actions] == [
        ("vm-startgesprek-canvas", "70", 3.0), ("vm-meekijken", "20", 3.0), (None, None, None),
    ]
    assert goal.actions[2].title == "Oefen"
    assert {a.organisation_id for a in goal.actions} == {begeleider.organisation_id}


# --- three places ----------------------------------------------------------------------------------------------------


def test_a_fourth_goal_is_an_idea_with_everything_in_it(app: Flask, begeleider: Persona) -> None:
    assert [goal_in(app, id_).place for id_ in fill_places(app, begeleider)] == [1, 2, 3]
    idea = goal_in(app, make_goal(app, begeleider, behaviour="Doel 4", titles=("Oefen",)))
    assert (idea.state, idea.place, len(idea.actions)) == (GoalState.IDEA, None, 2)


def test_the_same_words_twice_are_one_goal_and_new_actions_are_added(app: Flask, begeleider: Persona) -> None:
    first = make_goal(app, begeleider)
    assert make_goal(app, begeleider) == first
    assert make_goal(app, begeleider, titles=("Oefen",)) == first
    assert [a.title for a in goal_in(app, first).actions][1:] == ["Oefen"]
    assert make_goal(app, begeleider, behaviour="Iets anders") != first


def test_an_idea_sent_again_becomes_a_goal_when_there_is_a_place(app: Flask, begeleider: Persona) -> None:
    first, *_ = fill_places(app, begeleider)
    idea = make_goal(app, begeleider, behaviour="Doel 4")
    with app.app_context():
        services.take_step(change(app, begeleider, first), Step.PAUSE)
        db.session.commit()
    assert make_goal(app, begeleider, behaviour="Doel 4") == idea
    assert goal_in(app, idea).place == 1


@pytest.mark.parametrize(("steps", "last"), [
    ((), Step.BEGIN), ((Step.PAUSE,), Step.RESUME), ((Step.FINISH,), Step.REOPEN),
])
def test_no_step_opens_a_fourth_goal(app: Flask, begeleider: Persona, steps: tuple[Step, ...], last: Step) -> None:
    if steps:
        waiting = make_goal(app, begeleider, behaviour="Wacht", steps=steps)
        fill_places(app, begeleider)
    else:
        fill_places(app, begeleider)
        waiting = make_goal(app, begeleider, behaviour="Wacht")
    before = goal_in(app, waiting)
    with app.app_context(), pytest.raises(NoPlaceLeft):
        services.take_step(change(app, begeleider, waiting), last)
    after = goal_in(app, waiting)
    assert (after.state, after.place, after.changed_at) == (before.state, None, before.changed_at)


def test_the_database_itself_knows_no_fourth_place(app: Flask, begeleider: Persona) -> None:
    first, second, _ = fill_places(app, begeleider)
    with app.app_context():
        for place in (4, 2):
            goal = db.session.get_one(Goal, first)
            goal.place = place
            with pytest.raises(IntegrityError):
                db.session.flush()
            db.session.rollback()
        goal = db.session.get_one(Goal, second)
        goal.place = None
        with pytest.raises(IntegrityError):
            db.session.flush()


def test_two_at_the_same_moment_get_one_place(app: Flask, begeleider: Persona) -> None:
    """Six requests for the last place: one goal is open, five are ideas, and nothing fails."""
    make_goal(app, begeleider, behaviour="Doel 1")
    make_goal(app, begeleider, behaviour="Doel 2")
    together(*(partial(make_goal, app, begeleider, behaviour=f"Samen {number}") for number in range(6)))
    goals = goals_in(app, begeleider)
    assert sorted(goal.place for goal in goals if goal.place) == [1, 2, 3]
    assert sum(goal.state == GoalState.IDEA for goal in goals) == 5


def test_two_resumed_at_the_same_moment_get_one_place(app: Flask, begeleider: Persona) -> None:
    waiting = [make_goal(app, begeleider, behaviour=f"Wacht {n}", steps=(Step.PAUSE,)) for n in range(4)]
    make_goal(app, begeleider, behaviour="Doel 1")
    make_goal(app, begeleider, behaviour="Doel 2")

    def resume(goal_id: int) -> None:
        services.take_step(change(app, begeleider, goal_id), Step.RESUME)

    outcomes = at_once(app, *(partial(resume, goal_id) for goal_id in waiting), refusals=(NoPlaceLeft,))
    assert sorted(outcomes) == ["NoPlaceLeft"] * 3 + ["done"]


# --- the steps -------------------------------------------------------------------------------------------------------


def test_finishing_and_reopening_keep_the_books(app: Flask, begeleider: Persona, clock: time_machine.Traveller) -> None:
    goal_id = make_goal(app, begeleider)
    clock.shift(dt.timedelta(days=1))
    with app.app_context():
        services.take_step(change(app, begeleider, goal_id), Step.FINISH)
        db.session.commit()
    done = goal_in(app, goal_id)
    assert (done.state, done.place, done.closed_at) == (GoalState.DONE, None, MOMENT + dt.timedelta(days=1))
    clock.shift(dt.timedelta(days=1))
    with app.app_context():
        services.take_step(change(app, begeleider, goal_id), Step.REOPEN)
        db.session.commit()
    again = goal_in(app, goal_id)
    assert (again.state, again.place, again.closed_at) == (GoalState.OPEN, 1, None)
    assert again.changed_at == MOMENT + dt.timedelta(days=2)
    assert again.created_at == MOMENT


def test_a_step_that_does_not_exist_changes_nothing(app: Flask, begeleider: Persona) -> None:
    goal_id = make_goal(app, begeleider)
    for step in (Step.BEGIN, Step.RESUME, Step.REOPEN, Step.DROP):
        with app.app_context(), pytest.raises(StepRefused):
            services.take_step(change(app, begeleider, goal_id), step)
    assert goal_in(app, goal_id).state == GoalState.OPEN


def test_an_idea_can_be_thrown_away_with_its_actions(app: Flask, begeleider: Persona) -> None:
    fill_places(app, begeleider)
    idea = make_goal(app, begeleider, behaviour="Doel 4")
    with app.app_context():
        services.take_step(change(app, begeleider, idea), Step.DROP)
        db.session.commit()
    assert idea not in [goal.id for goal in goals_in(app, begeleider)]


def test_a_finished_goal_cannot_be_changed(app: Flask, begeleider: Persona) -> None:
    goal_id = make_goal(app, begeleider, titles=("Oefen",), steps=(Step.FINISH,))
    with app.app_context():
        goal = change(app, begeleider, goal_id)
        for work in (
            lambda: services.change_goal(goal, words(behaviour="Anders")),
            lambda: services.add_actions(goal, ChosenActions(titles=("Nog iets",))),
            lambda: services.mark_action(goal, goal.actions[0], done=True),
            lambda: services.remove_action(goal, goal.actions[0]),
        ):
            with pytest.raises(StepRefused):
                work()
        assert not db.session.dirty


# --- actions ---------------------------------------------------------------------------------------------------------


def test_done_keeps_its_first_date(app: Flask, begeleider: Persona, clock: time_machine.Traveller) -> None:
    goal_id = make_goal(app, begeleider)
    with app.app_context():
        goal = change(app, begeleider, goal_id)
        services.mark_action(goal, goal.actions[0], done=True)
        clock.shift(dt.timedelta(days=3))
        services.mark_action(goal, goal.actions[0], done=True)
        assert goal.actions[0].done_at == MOMENT
        services.mark_action(goal, goal.actions[0], done=False)
        assert goal.actions[0].done_at is None
        db.session.commit()


def test_what_is_there_is_not_added_again(app: Flask, begeleider: Persona) -> None:
    goal_id = make_goal(app, begeleider, titles=("Oefen",))
    with app.app_context():
        goal = change(app, begeleider, goal_id)
        services.add_actions(goal, ChosenActions(("vm-startgesprek-canvas", "vm-meekijken"), ("Oefen", "Lees")))
        db.session.commit()
    goal = goal_in(app, goal_id)
    assert [a.library_code or a.title for a in goal.actions] == ["vm-startgesprek-canvas", "Oefen", "vm-meekijken",
                                                                 "Lees"]
    assert [a.position for a in goal.actions] == [0, 1, 2, 3]


def test_the_last_action_stays(app: Flask, begeleider: Persona) -> None:
    goal_id = make_goal(app, begeleider, titles=("Oefen",))
    with app.app_context():
        goal = change(app, begeleider, goal_id)
        services.remove_action(goal, goal.actions[0])
        with pytest.raises(LastAction):
            services.remove_action(goal, goal.actions[0])
        db.session.commit()
    assert [a.title for a in goal_in(app, goal_id).actions] == ["Oefen"]


def test_an_action_that_left_the_library_stays_in_the_goal(app: Flask, begeleider: Persona) -> None:
    goal_id = make_goal(app, begeleider)
    with app.app_context():
        db.session.get_one(LibraryAction, "vm-startgesprek-canvas").retired_at = MOMENT
        db.session.commit()
        assert "vm-startgesprek-canvas" not in [a.code for a in library.to_choose()]
        kept = library.named(begeleider.organisation_id, ["vm-startgesprek-canvas"])
        assert [a.code for a in kept] == ["vm-startgesprek-canvas"]
    assert goal_in(app, goal_id).actions[0].title == "Voer een startgesprek met het verwachtingencanvas"


def test_open_goals_are_known_to_the_rooms_below(app: Flask, begeleider: Persona) -> None:
    make_goal(app, begeleider)
    make_goal(app, begeleider, "netwerken", steps=(Step.PAUSE,))
    with app.app_context():
        assert queries.open_goals_for(begeleider.id) == {"VM1"}
        neighbours = app.extensions["profiles"]
        assert neighbours.open_goals_for(begeleider.id) == {"VM1"}
    with app.test_request_context():
        named = neighbours.suggest_actions("VM1", 3)
        assert 1 <= len(named) <= 3
        assert named[0].title == "Leg twee botsende verwachtingen op tafel"
        assert named[0].note.startswith("in het werk · ongeveer ")

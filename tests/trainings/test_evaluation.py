"""What people thought of a session: apart from who they are, in no order, and never of fewer than five."""

from __future__ import annotations

import datetime as dt
import random
from functools import partial

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from app.db import db
from app.trainings import evaluating
from app.trainings.evaluating import NotNow
from app.trainings.evaluation import LEAST, Answer, Outcome, over_sessions, together
from app.trainings.queries import training_of
from app.trainings.session_queries import session_of, session_to_change
from app.web.formats import as_if, now
from tests.support.at_once import at_once
from tests.support.builders import Persona, make_person
from tests.support.pages import CheckedClient, browser_of
from tests.support.sessions import answers, held, standing
from tests.support.trainings import make_training

ANSWERS = [Answer((1 + number % 5, 4, 5, 2, 3), f"Woorden {number}" if number % 3 else "") for number in range(8)]
SCORES = st.tuples(*[st.integers(1, 5)] * 5)
SOME = st.lists(st.builds(Answer, SCORES, st.text(max_size=8)), max_size=12)


@given(SOME, st.randoms())
def test_an_outcome_knows_no_order_and_no_few(found: list[Answer], chance: random.Random) -> None:
    shown = together(found)
    assert (shown is None) == (len(found) < LEAST)
    mixed = list(found)
    chance.shuffle(mixed)
    assert together(mixed) == shown
    if shown:
        assert all(1 <= mean <= 5 and mean == round(mean, 1) for mean in shown.means)
        assert sorted(shown.words) == sorted(one.words for one in found if one.words)


@given(st.lists(SOME, max_size=4))
def test_over_sessions_counts_only_those_that_are_shown(sessions: list[list[Answer]]) -> None:
    counted = [answer for answers in sessions if len(answers) >= LEAST for answer in answers]
    assert over_sessions(sessions) == together(counted)


def test_by_hand() -> None:
    five = [Answer((5, 4, 3, 2, 1)), Answer((5, 4, 3, 2, 1), "b"), Answer((5, 4, 3, 2, 2), "A"),
            Answer((5, 4, 3, 1, 2)), Answer((4, 4, 3, 1, 2))]
    assert together(five) == Outcome(5, (4.8, 4.0, 3.0, 1.6, 1.6), ("A", "b"))


@pytest.fixture
def people(app: Flask, organisation_id: int) -> list[Persona]:
    return [make_person(app, organisation_id) for _ in range(8)]


def say(app: Flask, organisation_id: int, session_id: int, person: Persona, answer: Answer) -> None:
    with app.app_context():
        session = session_to_change(organisation_id, session_id)
        assert session is not None
        evaluating.evaluate(session, person.id, answer)
        db.session.commit()


def test_every_answer_is_written_anew_with_each_one(app: Flask, organisation_id: int, people: list[Persona]) -> None:
    """So that no row is the latest, or was stored together with the mark of whoever sent it."""
    one = held(app, organisation_id, people)
    keys: set[bytes] = set()
    for person, answer in zip(people, ANSWERS, strict=True):
        changed = standing(app, one)[person.id]
        say(app, organisation_id, one, person, answer)
        stored = answers(app, one)
        assert not keys & {key for key, _scores, _words in stored}
        keys |= {key for key, _scores, _words in stored}
        assert standing(app, one)[person.id].state == changed.state
    assert sorted((tuple(scores), words) for _key, scores, words in stored) == sorted(
        (answer.scores, answer.words) for answer in ANSWERS)
    if db_is_postgres(app):
        with app.app_context():
            rows = db.session.execute(text("select distinct xmin::text from training_evaluation")).all()
        assert len(rows) == 1, "written in one go"


def db_is_postgres(app: Flask) -> bool:
    with app.app_context():
        return db.engine.dialect.name == "postgresql"


def test_two_stories_leave_the_same(app: Flask, organisation_id: int, people: list[Persona]) -> None:
    """The same answers by others and in another order: nothing stored or shown tells the two apart."""
    told = []
    for seed in (1, 2):
        one = held(app, organisation_id, people)
        chance = random.Random(seed)
        for person, answer in zip(chance.sample(people, 8), chance.sample(ANSWERS, 8), strict=True):
            say(app, organisation_id, one, person, answer)
        with app.app_context(), as_if(now() + dt.timedelta(days=30)):
            session = session_of(organisation_id, one)
            assert session is not None
            outcome = evaluating.outcome_of(session)
        told.append((outcome, sorted((s, w) for _k, s, w in answers(app, one)), standing(app, one)))
    assert told[0] == told[1]


def test_when_who_and_how_often(app: Flask, organisation_id: int, people: list[Persona]) -> None:
    one = held(app, organisation_id, people[:6], absent=people[6:7])
    say(app, organisation_id, one, people[0], ANSWERS[0])
    for person in (people[0], people[6], people[7]):       # said it already, was not there, has nothing to do with it
        with pytest.raises(NotNow):
            say(app, organisation_id, one, person, ANSWERS[1])
    with as_if(now() + dt.timedelta(days=5)), pytest.raises(NotNow):
        say(app, organisation_id, one, people[1], ANSWERS[1])
    assert len(answers(app, one)) == 1


def test_one_person_at_once_says_it_once(app: Flask, organisation_id: int, people: list[Persona]) -> None:
    one = held(app, organisation_id, people)

    def act(person: Persona, answer: Answer) -> None:
        session = session_to_change(organisation_id, one)
        assert session is not None
        evaluating.evaluate(session, person.id, answer)

    done = at_once(app, *(partial(act, people[0], ANSWERS[0]) for _ in range(3)),
                   *(partial(act, person, ANSWERS[1]) for person in people[1:4]), refusals=(NotNow,))
    assert done[:3].count("done") == 1 and done[3:] == ["done"] * 3
    assert len(answers(app, one)) == 4


def test_nothing_is_shown_before_the_last_day_nor_of_four(
    app: Flask, organisation_id: int, people: list[Persona], hilde: CheckedClient
) -> None:
    training_id = make_training(app, organisation_id)
    five, four = (held(app, organisation_id, people, training_id=training_id) for _ in range(2))
    for session_id, count in ((five, 5), (four, 4)):
        for person, answer in zip(people[:count], ANSWERS, strict=False):
            say(app, organisation_id, session_id, person, answer)
    address = "/opleidingen/bijeenkomst/{}".format
    assert "Woorden" not in hilde.get(address(five)).text and "Gemiddelde" not in hilde.get(address(five)).text
    with as_if(now() + dt.timedelta(days=5)):
        with app.app_context():
            training = training_of(organisation_id, training_id)
            assert training is not None
            assert evaluating.outcome_over(training) == together(ANSWERS[:5])
        shown = hilde.get(address(five)).text
        assert "Gemiddelde van 5 antwoorden" in shown and "Woorden 4" in shown and "Woorden 5" not in shown
        assert "Minder dan vijf mensen antwoordden" in hilde.get(address(four)).text
        of_training = hilde.get(f"/opleidingen/aanbod/{training_id}").text
        assert "Gemiddelde van 5 antwoorden" in of_training and "Woorden" not in of_training
        hers = browser_of(app, people[0]).get(address(five)).text
        assert "Gemiddelde van 5 antwoorden" in hers and "Woorden" not in hers, "words are for HR"


def test_the_page(app: Flask, organisation_id: int, people: list[Persona]) -> None:
    one = held(app, organisation_id, people)
    address = f"/opleidingen/bijeenkomst/{one}/evaluatie"
    browser = browser_of(app, people[0])
    page = browser.get(address)
    refused = browser.submit(page, {"score_0": "5", "words": "Meer oefenen."}, to=None)
    assert refused.status_code == 422 and "Kies een van de vijf." in refused.text and "Meer oefenen." in refused.text
    assert browser.submit(page, {"score_0": "6", **{f"score_{n}": "3" for n in range(1, 5)}}).status_code == 422
    full = {f"score_{number}": str(number + 1) for number in range(5)}
    assert browser.submit(page, {**full, "words": "x" * 1001}).status_code == 422
    assert browser.submit(page, {**full, "words": "Meer oefenen."}).status_code == 303
    assert [(scores, words) for _key, scores, words in answers(app, one)] == [([1, 2, 3, 4, 5], "Meer oefenen.")]
    assert standing(app, one)[people[0].id].evaluated
    assert browser.get(address).status_code == 303
    assert "al gezegd" in browser.get(f"/opleidingen/bijeenkomst/{one}").text

"""What people thought of a session: who says it and when, what is made of it, and never of fewer than five."""

from __future__ import annotations

import datetime as dt
import random
from functools import partial

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.trainings import evaluating
from app.trainings.evaluating import Heard, NotNow
from app.trainings.evaluation import LEAST, Answer, Outcome, over_sessions, together
from app.trainings.queries import training_of
from app.trainings.session_queries import session_to_change
from app.web.formats import as_if, now
from tests.support.at_once import at_once
from tests.support.builders import Persona, make_person
from tests.support.pages import CheckedClient, browser_of
from tests.support.sessions import envelopes, evaluation_closes, heard, held, say, standing
from tests.support.trainings import make_training

ANSWERS = [Answer((1 + number % 5, 4, 5, 2, 3), f"Woorden {number}" if number % 3 else "") for number in range(8)]
SCORES = st.tuples(*[st.integers(1, 5)] * 5)
Scores = tuple[int, ...]
SOME = st.lists(SCORES, max_size=12)
TEXTS = st.lists(st.text(min_size=1, max_size=8), max_size=12)


def outcome_of(answers: list[Answer]) -> Outcome | None:
    """As it is stored, with the words in the order of the answers."""
    return together([one.scores for one in answers], [one.words for one in answers if one.words])


@given(SOME, TEXTS, st.randoms())
def test_an_outcome_knows_no_order_and_no_few(found: list[Scores], words: list[str],
                                              chance: random.Random) -> None:
    shown = together(found, words)
    assert (shown is None) == (len(found) < LEAST)
    mixed = list(found)
    chance.shuffle(mixed)
    assert together(mixed, words) == shown
    if shown:
        assert all(1 <= mean <= 5 and mean == round(mean, 1) for mean in shown.means)
        assert list(shown.words) == (words if len(words) >= LEAST else [])


@given(st.lists(st.tuples(SOME, TEXTS), max_size=4))
def test_over_sessions_counts_only_those_that_are_shown(sessions: list[tuple[list[Scores], list[str]]]) -> None:
    """As if everybody had been in one session, but for the words."""
    counted = [scores for found, _ in sessions if len(found) >= LEAST for scores in found]
    outcomes = [one for found, words in sessions if (one := together(found, words)) is not None]
    assert over_sessions(outcomes) == together(counted, ())


def test_a_mean_is_rounded_as_every_figure_is() -> None:
    """3,25 is 3,3, and 2,25 is 2,3: half upward, whatever a float would do."""
    assert Outcome(8, (26, 26, 27, 20, 40)).means == (3.3, 3.3, 3.4, 2.5, 5.0)
    assert Outcome(20, (45, 67, 69, 45, 85)).means == (2.3, 3.4, 3.5, 2.3, 4.3)


def test_by_hand() -> None:
    five = [(5, 4, 3, 2, 1), (5, 4, 3, 2, 1), (5, 4, 3, 2, 2), (5, 4, 3, 1, 2), (4, 4, 3, 1, 2)]
    outcome = together(five, ("b", "A", "c", "d", "e"))
    assert outcome == Outcome(5, (24, 20, 15, 8, 8), ("b", "A", "c", "d", "e"))
    assert outcome.means == (4.8, 4.0, 3.0, 1.6, 1.6)
    four_wrote = together(five, ("b", "A", "c", "d"))
    assert four_wrote is not None and four_wrote.words == ()


@pytest.fixture
def people(app: Flask, organisation_id: int) -> list[Persona]:
    return [make_person(app, organisation_id) for _ in range(8)]


def test_when_who_and_how_often(app: Flask, organisation_id: int, people: list[Persona]) -> None:
    one = held(app, organisation_id, people[:6], absent=people[6:7])
    say(app, organisation_id, one, people[0], ANSWERS[0])
    for person in (people[0], people[6], people[7]):       # said it already, was not there, has nothing to do with it
        with pytest.raises(NotNow):
            say(app, organisation_id, one, person, ANSWERS[1])
    with as_if(now() + dt.timedelta(days=5)), pytest.raises(NotNow):
        say(app, organisation_id, one, people[1], ANSWERS[1])
    assert len(envelopes(app, one)) == 2
    evaluation_closes(app)
    for person in people[:2]:
        with as_if(now() + dt.timedelta(days=5)), pytest.raises(NotNow):
            say(app, organisation_id, one, person, ANSWERS[1])


def test_one_person_at_once_says_it_once(app: Flask, organisation_id: int, people: list[Persona]) -> None:
    one = held(app, organisation_id, people)

    def act(person: Persona, answer: Answer) -> None:
        session = session_to_change(organisation_id, one)
        assert session is not None
        evaluating.evaluate(session, person.id, answer)

    done = at_once(app, *(partial(act, people[0], ANSWERS[0]) for _ in range(3)),
                   *(partial(act, person, ANSWERS[1]) for person in people[1:5]), refusals=(NotNow,))
    assert done[:3].count("done") == 1 and done[3:] == ["done"] * 4
    assert len(envelopes(app, one)) == 10
    evaluation_closes(app)
    assert heard(app, organisation_id, one).outcome == together([ANSWERS[0].scores] + [ANSWERS[1].scores] * 4, ())


def test_it_closes_once_the_last_day_is_over(app: Flask, organisation_id: int, people: list[Persona]) -> None:
    one = held(app, organisation_id, people, until=4)
    for person, answer in zip(people, ANSWERS, strict=True):
        say(app, organisation_id, one, person, answer)
    evaluation_closes(app, in_days=4)
    assert heard(app, organisation_id, one) == Heard(False, None) and len(envelopes(app, one)) == 16
    for _again in range(2):
        evaluation_closes(app, in_days=5)
        found = heard(app, organisation_id, one)
        assert found.counted and found.outcome is not None and found.outcome.answers == 8
        assert found.outcome.sums == tuple(sum(one.scores[n] for one in ANSWERS) for n in range(5))
        assert sorted(found.outcome.words) == [f"Woorden {number}" for number in (1, 2, 4, 5, 7)]
        assert envelopes(app, one) == {}
        assert not any(stood.evaluated for stood in standing(app, one).values())


def test_words_that_say_nothing_are_none(app: Flask, organisation_id: int, people: list[Persona]) -> None:
    """Or four who wrote something stood there with one whose words say that she wrote nothing."""
    one = held(app, organisation_id, people)
    for number, person in enumerate(people):
        say(app, organisation_id, one, person, Answer((3,) * 5, f"Woorden {number}" if number < 4 else "n.v.t."))
    evaluation_closes(app)
    found = heard(app, organisation_id, one).outcome
    assert found is not None and found.answers == 8 and found.words == ()


def test_nothing_is_shown_before_the_last_day_nor_of_four(
    app: Flask, organisation_id: int, people: list[Persona], hilde: CheckedClient
) -> None:
    training_id = make_training(app, organisation_id)
    eight, four = (held(app, organisation_id, people, training_id=training_id) for _ in range(2))
    address = "/opleidingen/bijeenkomst/{}".format
    before = {one: hilde.get(address(one)).text for one in (eight, four)}
    for session_id, count in ((eight, 8), (four, 4)):
        for person, answer in zip(people[:count], ANSWERS, strict=False):
            say(app, organisation_id, session_id, person, answer)
            assert hilde.get(address(session_id)).text == before[session_id], "no answer changes anything"
    assert "Woorden" not in before[eight] and "Gemiddelde" not in before[eight]
    with as_if(now() + dt.timedelta(days=5)):
        waits = hilde.get(address(eight)).text
        assert "bij elkaar opgeteld" in waits and "Gemiddelde" not in waits
        evaluation_closes(app)
        with app.app_context():
            training = training_of(organisation_id, training_id)
            assert training is not None
            whole = outcome_of(ANSWERS)
            assert whole is not None
            assert evaluating.outcome_over(training) == Outcome(8, whole.sums)
        shown = hilde.get(address(eight)).text
        assert "Gemiddelde van 8 antwoorden" in shown and "Woorden 4" in shown
        assert "Minder dan vijf mensen antwoordden" in hilde.get(address(four)).text
        of_training = hilde.get(f"/opleidingen/aanbod/{training_id}").text
        assert "Gemiddelde van 8 antwoorden" in of_training and "Woorden" not in of_training
        hers = browser_of(app, people[0]).get(address(eight)).text
        assert "Gemiddelde van 8 antwoorden" in hers and "Woorden" not in hers, "words are for HR"


def test_the_page(app: Flask, organisation_id: int, people: list[Persona]) -> None:
    one = held(app, organisation_id, people)
    address = f"/opleidingen/bijeenkomst/{one}/evaluatie"
    browser = browser_of(app, people[0])
    page = browser.get(address)
    assert "Je antwoord blijft dicht tot en met" in page.text and "Antwoordden minder dan vijf mensen?" in page.text
    refused = browser.submit(page, {"score_0": "5", "words": "Meer oefenen."}, to=None)
    assert refused.status_code == 422 and "Kies een van de vijf." in refused.text and "Meer oefenen." in refused.text
    assert browser.submit(page, {"score_0": "6", **{f"score_{n}": "3" for n in range(1, 5)}}).status_code == 422
    full = {f"score_{number}": str(number + 1) for number in range(5)}
    assert browser.submit(page, {**full, "words": "x" * 1001}).status_code == 422
    assert browser.submit(page, {**full, "words": "𐍈" * 1000}).status_code == 303, "the longest there is"
    assert len(envelopes(app, one)) == 2 and standing(app, one)[people[0].id].evaluated
    assert browser.get(address).status_code == 303
    assert "al gezegd" in browser.get(f"/opleidingen/bijeenkomst/{one}").text
    for person in people[1:5]:
        say(app, organisation_id, one, person, Answer((1,) * 5, "Meer oefenen."))
    evaluation_closes(app)
    found = heard(app, organisation_id, one).outcome
    assert found is not None and found.sums == (5, 6, 7, 8, 9)
    assert sorted(found.words) == ["Meer oefenen."] * 4 + ["𐍈" * 1000]

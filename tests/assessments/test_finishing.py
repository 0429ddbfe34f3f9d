"""Finishing: once, whole, and with the figures that one can work out by hand."""

from __future__ import annotations

import itertools
import threading
from functools import partial

import pytest
import time_machine
from flask import Flask

from app.assessments.models import Measurement
from app.assessments.questionnaire import NO_REASON
from tests.assessments import acts
from tests.support.at_once import LONG, together
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient, browser_of


@pytest.fixture
def running(client: CheckedClient, begeleider: Persona) -> int:
    log_in(client, begeleider)
    return acts.begin(client)


def test_the_cells_are_those_worked_out_by_hand(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    with time_machine.travel("2026-03-12 13:02:00+00:00", tick=False):
        log_in(client, begeleider)
        running = acts.begin(client)
        for competency, answers in {
            "VM1": [4, 3, 5, 4],                        # 16/4
            "VM2": [4, "nvt", "niet-gezien", 3],        # half of what was asked is enough: 7/2
            "VM3": [5, None, None, "nvt"],              # less than half: no figure
            "AC1": [4, 3, 3, 3],                        # 13/4 = 3,25, half up
            "SI1": [3, 4, 4],                           # 11/3
            "SI2": ["nvt", "nvt", 2],                   # one of three
            "RM1": [1, 1, 1, 1],
            "RM2": [5, 5, 5, 5],                        # her own answers have no caps
        }.items():
            named = {f"{competency}.{n}": answer for n, answer in enumerate(answers, 1)}
            assert acts.save(client, running, competency, answers=named).status_code == 200
        acts.save(client, running, "VM1", remark="blijft")
        given = acts.stored(app, running).answers
        response = acts.finish(client, running)
    assert response.location == "/profiel"
    now = acts.stored(app, running)
    assert {code: cell[:3] for code, cell in now.cells.items()} == {
        "VM1": ("zelf", 1, 4.0), "VM2": ("zelf", 1, 3.5), "AC1": ("zelf", 1, 3.3), "SI1": ("zelf", 1, 3.7),
        "RM1": ("zelf", 1, 1.0), "RM2": ("zelf", 1, 5.0)}
    assert now.cells["VM2"][3] == {"VM2.1": 4.0, "VM2.4": 3.0}
    assert now.packed == given and now.answers == {} and now.measurements == 1
    assert now.notes["VM1"][0] == "blijft" and now.finished_at == now.saved_at is not None


def test_the_answers_can_be_read_afterwards(client: CheckedClient, begeleider: Persona) -> None:
    log_in(client, begeleider)
    running = acts.begin(client, "focus")
    acts.kept(client, running, _1=4, _2=3, _3="nvt", _4=NO_REASON)
    acts.save(client, running, remark="<i>Zo</i> ging het")
    acts.finish(client, running)
    page = client.get(f"/zelfbeeld/{running}").text
    assert "ligt vast" in page and "Kan ik niet zeggen (dit hoort niet bij mijn werk)" in page
    assert "<b>Kan ik niet zeggen</b>" in page, "without a reason that she did not choose"
    assert "&lt;i&gt;Zo" in page and "Overgeslagen" in page and "Bijna altijd" in page


@pytest.mark.parametrize("answers", [{}, {"_1": 3}, {"_1": "nvt", "_2": "nvt", "_3": "nvt", "_4": NO_REASON}])
def test_too_little_to_show(app: Flask, client: CheckedClient, running: int, answers: dict[str, int | str]) -> None:
    acts.kept(client, running, **answers)
    before = acts.stored(app, running)
    response = acts.finish(client, running)
    assert response.status_code == 422 and "nog te weinig ingevuld om af te ronden" in response.text
    assert acts.stored(app, running) == before
    acts.kept(client, running, _1=3, _2=3)
    assert acts.finish(client, running).status_code == 302


def test_again_changes_nothing(app: Flask, client: CheckedClient, running: int) -> None:
    acts.kept(client, running, _1=4, _2=3)
    assert acts.finish(client, running).location == "/profiel"
    before = acts.stored(app, running)
    assert acts.finish(client, running).location == "/profiel"
    assert acts.stored(app, running) == before


def test_it_is_warned_of_and_asked_on_the_overview(client: CheckedClient, running: int) -> None:
    acts.kept(client, running, _1=4, _2=3)
    overview = client.get(f"/zelfbeeld/{running}/overzicht")
    assert "Daarna kun je je antwoorden niet meer veranderen" in overview.text
    assert client.submit(overview, press="Rond mijn zelfbeeld af").location == "/profiel"
    assert client.get(f"/zelfbeeld/{running}/afronden").status_code in (404, 405)


def test_a_new_one_can_start_right_after(client: CheckedClient, running: int) -> None:
    acts.kept(client, running, _1=4, _2=3)
    acts.finish(client, running)
    assert acts.begin(client) != running


def test_two_tabs_at_the_same_moment_make_one_measurement(app: Flask, client: CheckedClient, running: int,
                                                          begeleider: Persona) -> None:
    acts.kept(client, running, _1=4, _2=3, _3=5, _4=4)
    tabs = [browser_of(app, begeleider) for _ in range(6)]
    answers = together(*(partial(acts.finish, tab, running) for tab in tabs))
    assert [answer.location for answer in answers] == ["/profiel"] * 6
    now = acts.stored(app, running)
    assert now.measurements == 1 == acts.how_many(app, Measurement) and set(now.cells) == {"VM1"}


def test_what_was_said_to_be_kept_is_in_what_was_finished(app: Flask, client: CheckedClient, running: int,
                                                          begeleider: Persona) -> None:
    """One tab answers at full speed while another finishes: every answer is either refused or packed."""
    acts.kept(client, running, _1=1, _2=1)
    answering, finishing = browser_of(app, begeleider), browser_of(app, begeleider)
    under_way, finished = threading.Event(), threading.Event()
    last: list[int] = []

    def answer() -> None:
        for n in itertools.count():
            too_late = finished.is_set()
            status = acts.save(answering, running, answers={"VM1.1": n % 5 + 1}).status_code
            if status != 200:
                under_way.set()
                assert status == 409
                return
            assert not too_late
            last.append(n % 5 + 1)
            if len(last) == 5:
                under_way.set()

    def end() -> None:
        assert under_way.wait(LONG)
        acts.finish(finishing, running)
        finished.set()

    together(answer, end)
    now = acts.stored(app, running)
    assert now.packed is not None and now.packed["VM1.1"] == last[-1]
    assert now.answers == {}


def test_thrown_away_in_another_tab(client: CheckedClient, running: int) -> None:
    acts.kept(client, running, _1=4, _2=3)
    client.send(f"/zelfbeeld/{running}/opnieuw")
    assert acts.finish(client, running).status_code == 404

"""Keeping one answer the moment it is given."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
import time_machine
from flask import Flask

from app.assessments.questionnaire import NO_REASON
from tests.assessments import acts
from tests.support.at_once import together
from tests.support.builders import Persona, log_in, log_out
from tests.support.pages import CheckedClient, browser_of
from tests.support.statements import statements


@pytest.fixture
def running(client: CheckedClient, begeleider: Persona) -> int:
    log_in(client, begeleider)
    return acts.begin(client)


def test_it_is_kept_and_said_at_what_time(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    with time_machine.travel("2026-03-12 13:02:00+00:00", tick=False):
        log_in(client, begeleider)
        running = acts.begin(client)
        response = acts.save(client, running, answers={"VM1.1": 4}, revision=0)
    assert response.json == {"saved": "14.02", "revision": 1}
    assert acts.stored(app, running).answers == {"VM1.1": 4}
    with time_machine.travel("2026-03-13 13:02:00+00:00", tick=False):
        log_in(client, begeleider)
        assert "Bewaard op 12 maart 2026 om 14.02" in client.get(f"/zelfbeeld/{running}/{acts.VM1_PAGE}").text


def test_an_answer_can_be_changed_and_cleared(app: Flask, client: CheckedClient, running: int) -> None:
    for answer, now in ((4, {"VM1.1": 4}), (NO_REASON, {"VM1.1": NO_REASON}), ("nvt", {"VM1.1": "nvt"}),
                        (2, {"VM1.1": 2}), (None, {}), (None, {})):
        acts.kept(client, running, _1=answer)
        assert acts.stored(app, running).answers == now
    assert acts.stored(app, running).notes["VM1"] == ("", None, 6)


def test_a_remark_is_kept_as_it_was_typed(app: Flask, client: CheckedClient, running: int) -> None:
    typed = "<b>“Zo”</b> & 'zo' 🌱 omgekeerd\nnieuwe regel"
    unseen = typed.replace("omgekeerd", "\u202eomgekeerd")      # what nobody sees is left out
    assert acts.save(client, running, remark=f"  {unseen}\r\n\x00 ").status_code == 200
    assert acts.stored(app, running).notes["VM1"][0] == typed
    page = client.get(f"/zelfbeeld/{running}/{acts.VM1_PAGE}").text
    assert "&lt;b&gt;" in page and "<b>“" not in page
    assert acts.save(client, running, remark="").status_code == 200
    assert acts.stored(app, running).notes["VM1"][0] == ""


def test_several_at_once(app: Flask, client: CheckedClient, running: int) -> None:
    assert acts.save(client, running, answers={"VM1.1": 1, "VM1.2": "nvt", "VM1.3": None}, remark="x").json is not None
    now = acts.stored(app, running)
    assert now.answers == {"VM1.1": 1, "VM1.2": "nvt"} and now.notes == {"VM1": ("x", None, 1)}


def test_it_costs_one_write_and_few_statements(app: Flask, client: CheckedClient, running: int) -> None:
    acts.kept(client, running, _1=3)
    with statements(app) as seen:
        acts.kept(client, running, _1=4)
    assert len(seen) <= 6, "\n".join(seen)


@pytest.mark.parametrize("change", [
    {"answers": {"VM1.1": 0}}, {"answers": {"VM1.1": 6}}, {"answers": {"VM1.1": -1}}, {"answers": {"VM1.1": 3.5}},
    {"answers": {"VM1.1": 3.0}}, {"answers": {"VM1.1": True}}, {"answers": {"VM1.1": "3"}}, {"answers": {"VM1.1": "x"}},
    {"answers": {"VM1.1": "geen-zin"}}, {"answers": {"VM1.1": []}}, {"answers": {"VM1.1": 10**40}},
    {"answers": {"VM2.1": 3}}, {"answers": {"V1.1": 3}}, {"answers": {"": 3}}, {"answers": {"VM1.1": 3, "VM9.9": 3}},
    {"answers": [3]}, {"answers": None}, {"remark": None}, {"remark": 3}, {"remark": "a" * 4001}, {"revision": "1"},
    {"look_back": 0}, {"look_back": 6}, {"look_back": "nvt"}, {"look_back": 3}, {"more": 1},
    {"page": "V1", "answers": {"V1.1": 3}}, {"page": None}, {"page": "ZZ9"},
])
def test_what_cannot_be_kept_changes_nothing(app: Flask, client: CheckedClient, running: int,
                                             change: dict[str, Any]) -> None:
    acts.kept(client, running, _1=2)
    before = acts.stored(app, running)
    response = client.send(f"/zelfbeeld/{running}/antwoord", json={"page": "VM1"} | change)
    assert response.status_code == 422 and response.json is not None and response.json["message"]
    assert acts.stored(app, running) == before


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"[]", b"3", b"\xff\xfe", b'{"page":"VM1"}}', b"[" * 90_000,
                                  b'{"page":"VM1","remark":"\\ud800"}', b'{"page":"VM1","answers":NaN}'])
def test_what_cannot_be_read_changes_nothing(app: Flask, client: CheckedClient, running: int, body: bytes) -> None:
    before = acts.stored(app, running)
    assert client.send(f"/zelfbeeld/{running}/antwoord", body).status_code == 422
    assert acts.stored(app, running) == before


def test_too_long_says_how_long(client: CheckedClient, running: int) -> None:
    response = acts.save(client, running, remark="a" * 4001)
    assert response.json is not None and "4001 tekens, er passen er 4000" in response.json["message"]
    assert acts.save(client, running, remark="é" * 4000).status_code == 200


def test_a_body_without_end(app: Flask, client: CheckedClient, running: int) -> None:
    response = acts.save(client, running, remark="a" * 2_100_000)
    assert response.status_code == 413 and acts.stored(app, running).notes == {}


def test_without_a_token_nothing_is_kept(app: Flask, client: CheckedClient, running: int) -> None:
    response = client.post(f"/zelfbeeld/{running}/antwoord", json={"page": "VM1", "answers": {"VM1.1": 3}},
                           headers={"Accept": "application/json"})
    assert (response.status_code, response.json) == (400, {"error": "stale"})
    assert acts.stored(app, running).answers == {}


def test_after_signing_in_again_the_page_gets_a_new_token(app: Flask, client: CheckedClient, running: int,
                                                          begeleider: Persona) -> None:
    wanted = {"page": "VM1", "answers": {"VM1.1": 3}}
    log_out(client)
    signed_out = client.post(f"/zelfbeeld/{running}/antwoord", json=wanted, headers={"Accept": "application/json"})
    assert signed_out.status_code == 401 and signed_out.json is not None and signed_out.json["error"] == "signed_out"
    log_in(client, begeleider)
    token = client.get("/zelfbeeld/formulier", headers={"Accept": "application/json"}).json
    assert token is not None
    response = client.post(f"/zelfbeeld/{running}/antwoord", json=wanted,
                           headers={"Accept": "application/json", "X-CSRFToken": token["token"]})
    assert response.status_code == 200 and acts.stored(app, running).answers == {"VM1.1": 3}


def test_another_device_is_told_apart(app: Flask, client: CheckedClient, running: int) -> None:
    """Per answer the last one counts; the page hears what was saved in between."""
    acts.save(client, running, answers={"VM1.1": 1}, revision=0)
    other = acts.save(client, running, answers={"VM1.2": 2}, remark="elders", revision=1)
    assert other.json == {"saved": other.json["saved"], "revision": 2} if other.json else False
    behind = acts.save(client, running, answers={"VM1.1": 5}, revision=1)
    assert behind.json is not None and behind.json["page"] == {
        "answers": {"VM1.1": 5, "VM1.2": 2}, "remark": "elders", "look_back": None}
    assert acts.stored(app, running).answers == {"VM1.1": 5, "VM1.2": 2}


def test_answers_that_waited_for_the_line_say_no_revision(client: CheckedClient, running: int) -> None:
    acts.kept(client, running, _1=1)
    response = acts.save(client, running, answers={"VM1.2": 5})
    assert response.json is not None and "page" not in response.json


def test_what_is_finished_is_fixed(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    log_in(client, begeleider)
    assessment_id = acts.finished_one(client)
    before = acts.stored(app, assessment_id)
    response = acts.save(client, assessment_id, answers={"VM1.1": 1})
    assert response.status_code == 409 and response.json is not None and response.json["error"] == "finished"
    assert acts.stored(app, assessment_id) == before


def test_many_at_the_same_moment_are_all_kept(app: Flask, client: CheckedClient, running: int,
                                              begeleider: Persona) -> None:
    """Four tabs, each on its own statement, while the page's revision counts them all."""

    def tab(browser: CheckedClient, code: str) -> list[int]:
        return [acts.save(browser, running, answers={code: score}).status_code for score in (1, 2, 3, 4, 5)]

    answered = together(*(partial(tab, browser_of(app, begeleider), code) for code in acts.VM1))
    now = acts.stored(app, running)
    assert answered == [[200] * 5] * 4
    assert now.answers == dict.fromkeys(acts.VM1, 5) and now.notes["VM1"][2] == 20

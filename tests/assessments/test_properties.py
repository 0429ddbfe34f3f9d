"""Whatever is sent: never an answer of 500, and a refusal changes nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.assessments import acts
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)
CODES = st.sampled_from([*acts.VM1, "VM2.1", "V1.1", "VM1", ""]) | st.text(max_size=6)
ANSWERS = st.sampled_from([1, 3, 5, 0, 6, "nvt", "niet-gezien", "geen-reden", None, True, 2.0]) | ANY_JSON
NEARLY = st.fixed_dictionaries(
    {"page": st.sampled_from(["VM1", "VM2", "V1", "ZZ"]) | ANY_JSON},
    optional={
        "answers": st.dictionaries(CODES, ANSWERS, max_size=4) | ANY_JSON,
        "remark": st.text(max_size=30) | ANY_JSON,
        "look_back": ANSWERS,
        "revision": st.integers() | ANY_JSON,
        "x": ANY_JSON,
    },
)
FIELDS = st.dictionaries(
    st.builds(lambda start, code: start + code, st.sampled_from(["a-", "r-", "", "wis"]), CODES)
    | st.sampled_from(["remark", "revision", "look_back", "naar", "wis"]),
    st.sampled_from(["1", "5", "x", "nvt", "6", "VM1.1", "look_back", "terug"]) | st.text(max_size=12),
    max_size=6,
)
QUIETLY = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def running(client: CheckedClient, begeleider: Persona) -> int:
    log_in(client, begeleider)
    return acts.begin(client)


def check(app: Flask, assessment_id: int, before: acts.Stored, status: int) -> None:
    assert status < 500
    now = acts.stored(app, assessment_id)
    if status >= 400:
        assert now == before
    for answer in now.answers.values():
        assert answer in (1, 2, 3, 4, 5, "nvt", "niet-gezien", "geen-reden")


@QUIETLY
@given(body=ANY_JSON | NEARLY)
def test_any_json(app: Flask, client: CheckedClient, running: int, body: Any) -> None:
    before = acts.stored(app, running)
    response = client.send(f"/zelfbeeld/{running}/antwoord", json.dumps(body))
    check(app, running, before, response.status_code)


@QUIETLY
@given(body=st.binary(max_size=200))
def test_any_bytes(app: Flask, client: CheckedClient, running: int, body: bytes) -> None:
    before = acts.stored(app, running)
    response = client.send(f"/zelfbeeld/{running}/antwoord", body)
    check(app, running, before, response.status_code)
    assert response.status_code >= 400


@QUIETLY
@given(fields=FIELDS)
def test_any_form(app: Flask, client: CheckedClient, running: int, fields: dict[str, str]) -> None:
    before = acts.stored(app, running)
    response = client.send(f"/zelfbeeld/{running}/{acts.VM1_PAGE}", fields)
    check(app, running, before, response.status_code)


@QUIETLY
@given(chosen=st.text(max_size=20), slug=st.text(min_size=1, max_size=20))
def test_any_choice_and_any_address(app: Flask, client: CheckedClient, running: int, chosen: str, slug: str) -> None:
    before = acts.stored(app, running)
    check(app, running, before, client.send("/zelfbeeld", {"lijst": chosen}).status_code)
    from urllib.parse import quote

    check(app, running, before, client.get(f"/zelfbeeld/{running}/{quote(slug, safe='')}").status_code)

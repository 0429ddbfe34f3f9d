"""Whatever reads one thing of her work to change another waits for who does so already: no two wait for each other."""

from __future__ import annotations

import threading

import pytest
from flask import Flask

from app.db import db
from app.practice import queries
from tests.support.at_once import LONG
from tests.support.builders import Persona
from tests.support.pages import CheckedClient, browser_of
from tests.support.practice import CANVAS, at, make_sheet
from tests.support.records import actor_of

A_MOMENT = 0.5      # seconds: who does not wait is done in a tenth of it


@pytest.mark.parametrize("act", ["finish", "put in a traject", "begin"])
def test_it_waits(app: Flask, begeleider: Persona, act: str) -> None:
    made = make_sheet(app, begeleider, filled=True)
    jet, done = browser_of(app, begeleider), threading.Event()
    answers: list[int] = []

    def run() -> None:
        answers.append(send(jet, made.sheet_id, made.traject_id, act))
        done.set()

    jet.csrf_token()
    with app.app_context():
        queries.hold_work_of(actor_of(begeleider))
        other = threading.Thread(target=run, daemon=True)
        other.start()
        assert not done.wait(A_MOMENT)
        db.session.commit()
    assert done.wait(LONG)
    assert answers == [303]


def send(jet: CheckedClient, sheet_id: int, traject_id: int, act: str) -> int:
    if act == "finish":
        return jet.send(at(sheet_id, "/afronden")).status_code
    if act == "begin":
        return jet.send(f"/praktijk/hulpmiddel/{CANVAS}", {"traject": "", "follows": ""}).status_code
    return jet.send(at(sheet_id, "/traject"), {"traject": str(traject_id)}).status_code

"""Two hundred people answer about somebody at once, by link; web and worker are killed in the middle, twice.

Every acknowledged answer is there, once: as a draft, in an envelope, and after the closing on a sheet.
"""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.measurement.scale import Group
from app.rating import drafts, packing, queries
from app.rating.models import Draft, Envelope, Sheet
from app.rating.packing import Value
from app.rating.page import form_of
from tests.rating.acts import asked_of, close
from tests.server.conftest import Served, Start
from tests.server.test_killing import kill
from tests.support.builders import make_organisation, make_person
from tests.support.databases import SECRET, let_go_of, make_app
from tests.support.rounds import MadeRound, make_round

PEOPLE = {Group.COLLEAGUE: 100, Group.SCHOOL: 100}
ANSWERS_EACH = 5


@dataclass
class Rater:
    """Answers one statement after the other, then sends, as long as the line is there; what is acknowledged counts.

    `under_way` was asked and not acknowledged: it may have arrived.
    """

    token: str
    pages: dict[str, int]       # on which page a statement stands
    codes: tuple[str, ...]
    plan: list[tuple[str, Value]]
    acknowledged: dict[str, Value] = field(default_factory=dict)
    sent: bool = False
    under_way: tuple[str, Value] | str | None = None
    count: int = 0

    def run(self, port: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=180)
        try:
            while self.plan:
                self.under_way = code, value = self.plan[0]
                self._post(connection, "antwoord", {"page": str(self.pages[code]), "answers": {code: value}})
                self.acknowledged[code], self.under_way = value, None
                self.plan.pop(0)
            if not self.sent:
                self.under_way = "verstuur"
                self._post(connection, "verstuur", {})
                self.sent, self.under_way = True, None
        except (OSError, http.client.HTTPException):
            pass            # killed
        finally:
            connection.close()

    def _post(self, connection: http.client.HTTPConnection, act: str, body: dict[str, object]) -> None:
        connection.request("POST", f"/b/{self.token}/{act}", json.dumps(body) if body else "",
                           {"Content-Type": "application/json", "Accept": "application/json"})
        answer = connection.getresponse()
        text = answer.read()
        assert answer.status == 200, (answer.status, text[-500:])
        self.count += 1


@pytest.fixture
def beside(empty_database: str, tmp_path: Path) -> Iterator[Flask]:
    """An application of the test itself, on the database and with the secret of the one that is killed."""
    app = make_app(tmp_path / "beside", empty_database)
    yield app
    let_go_of(app)


def test_every_acknowledged_answer_is_there_once(start: Start, empty_database: str, beside: Flask) -> None:
    served = begin(start, empty_database)
    made = a_round(beside)
    raters = [a_rater(beside, token, number) for number, token in enumerate(made.tokens)]
    for enough in (100, 300):
        all_at_once(raters, served, killed_after=enough)
        compare(beside, raters)
        served = begin(start, empty_database, served)
    assert not all(rater.sent for rater in raters), "nobody was disturbed"
    all_at_once(raters, served)
    compare(beside, raters)
    assert all(rater.sent for rater in raters)
    close(beside, made.round_id)
    with beside.app_context():
        sheets = Counter(db.session.scalars(select(Sheet.answers)))
    assert sheets == Counter(packing.pack(rater.codes, rater.acknowledged) for rater in raters)


def begin(start: Start, database: str, before: Served | None = None) -> Served:
    kept = {"INSTANCE_DIR": str(before.instance)} if before else {}
    served = start("--empty", DATABASE_URL=database, SECRET=SECRET.hex(), **kept)
    served.wait_until_ready()
    return served


def a_round(app: Flask) -> MadeRound:
    organisation_id = make_organisation(app)
    subject, organiser = (make_person(app, organisation_id) for _ in range(2))
    return make_round(app, organiser, [subject], PEOPLE)


def a_rater(app: Flask, token: str, number: int) -> Rater:
    asked = asked_of(app, token)
    pages = {code: page for page, shown in enumerate(form_of(asked).pages, 1) for code in shown.codes}
    codes = packing.codes(asked.catalog, asked.group, asked.question_set)
    chance = random.Random(number)
    plan = [(code, chance.choice([1, 2, 3, 4, 5, "nvt"])) for code in chance.sample(codes, ANSWERS_EACH)]
    return Rater(token, pages, codes, plan)


def all_at_once(raters: list[Rater], served: Served, killed_after: int | None = None) -> None:
    """`killed_after`: so many acts in all, of this time and before."""
    threads = [threading.Thread(target=rater.run, args=(served.port,)) for rater in raters if not rater.sent]
    for thread in threads:
        thread.start()
    if killed_after is not None:
        while sum(rater.count for rater in raters) < killed_after and any(thread.is_alive() for thread in threads):
            time.sleep(0.02)
        kill(served)
    for thread in threads:
        thread.join()


def compare(app: Flask, raters: list[Rater]) -> None:
    """What is stored against what was acknowledged; what was under way and arrived counts from here on."""
    for rater in raters:
        with app.app_context():
            try:
                asked = queries.find(rater.token)
            except queries.AlreadySent:
                assert rater.sent or rater.under_way == "verstuur"
                rater.sent, rater.under_way = True, None
                continue
            assert not rater.sent
            stored = drafts.kept(asked)
        if isinstance(rater.under_way, tuple) and stored != rater.acknowledged:
            code, value = rater.under_way
            assert stored == {**rater.acknowledged, code: value}
            rater.acknowledged[code] = value
            rater.plan.pop(0)
        assert stored == rater.acknowledged
        rater.under_way = None
    with app.app_context():
        assert len(db.session.scalars(select(Envelope.id)).all()) == sum(rater.sent for rater in raters)
        assert len(db.session.execute(select(Draft.invitation_id, Draft.item)).all()) == sum(
            len(rater.acknowledged) for rater in raters if not rater.sent
        )

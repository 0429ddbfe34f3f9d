"""No acknowledged answer is lost: the server is killed while somebody answers at full speed, and started again."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import threading
from dataclasses import dataclass, field

from sqlalchemy import create_engine, text

from bench.pages import Begeleider
from tests.server.conftest import Served, Start

ROUNDS = 2
SECONDS = 1.5
INDICATORS = ("VM2.1", "VM2.2", "VM2.3", "VM2.4")


@dataclass
class Driver:
    """Answers one after the other until the line is gone. `under_way` was sent and not acknowledged."""

    port: int
    person: Begeleider
    chance: random.Random
    acknowledged: dict[str, int] = field(default_factory=dict)
    under_way: tuple[str, int] | None = None
    count: int = 0

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookie = "; ".join(f"{name}={value}" for name, value in self.person.cookies.items())
        headers = {"Cookie": cookie, "X-CSRFToken": self.person.token, "Accept": "application/json"}
        try:
            while True:
                indicator, score = self.chance.choice(INDICATORS), self.chance.randint(1, 5)
                self.under_way = indicator, score
                body = json.dumps({"page": "VM2", "answers": {indicator: score}})
                connection.request("POST", f"/zelfbeeld/{self.person.assessment}/antwoord", body, headers)
                answer = connection.getresponse()
                answer.read()
                assert answer.status == 200
                self.acknowledged[indicator], self.under_way = score, None
                self.count += 1
        except (OSError, http.client.HTTPException):
            pass            # killed
        finally:
            connection.close()


def test_no_acknowledged_answer_is_lost(start: Start, empty_database: str) -> None:
    served = start(DATABASE_URL=empty_database)
    served.wait_until_ready()
    person = Begeleider(served.port, "begeleider@dienst.example")
    chance = random.Random(1)
    kept: dict[str, int] = {}
    for _ in range(ROUNDS):
        driver = Driver(served.port, person, chance, dict(kept))
        answering = threading.Thread(target=driver.run)
        answering.start()
        answering.join(SECONDS)
        while answering.is_alive() and driver.count <= 10:
            answering.join(0.1)
        kill(served)
        answering.join()
        assert driver.count > 10
        served = start(DATABASE_URL=empty_database, INSTANCE_DIR=str(served.instance))
        served.wait_until_ready()
        kept = stored(empty_database, person.assessment)
        for indicator, score in driver.acknowledged.items():
            assert kept[indicator] == score or (indicator, kept[indicator]) == driver.under_way


def kill(served: Served) -> None:
    for pid in served.family():
        os.kill(pid, signal.SIGKILL)
    served.ends()


def stored(database: str, assessment: str) -> dict[str, int]:
    engine = create_engine(database)
    with engine.connect() as connection:
        asked = text("select indicator_code, score from self_answer where assessment_id = :of")
        found = {row.indicator_code: row.score for row in connection.execute(asked, {"of": int(assessment)})}
    engine.dispose()
    return found

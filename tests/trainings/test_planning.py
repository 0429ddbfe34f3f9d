"""HR plans sessions: what is refused, what a change does, calling off and closing."""

from __future__ import annotations

import datetime as dt
import re
import threading
import time
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from app.db import db
from app.development.goals.queries import hold_goals_of
from app.trainings import cards, services
from app.trainings.lifecycle import EnrolmentState as S
from app.trainings.planning import Planned, Times, said_of
from app.trainings.queries import training_of
from app.trainings.rows import entry_of
from app.trainings.session_queries import session_of, session_to_change
from app.web.formats import AMSTERDAM, as_if, now, today
from tests.support.at_once import together
from tests.support.builders import Persona, make_person
from tests.support.pages import CheckedClient, told
from tests.support.sessions import held, make_session, put, standing
from tests.support.trainings import make_training

ADDRESS = "/opleidingen/bijeenkomst/{}".format
SOON, LATER = (today() + dt.timedelta(days=days) for days in (30, 37))


def typed(**others: Any) -> dict[str, Any]:
    return {"day_0": LATER.isoformat(), "begin_0": "13:00", "end_0": "17.30", "day_1": f"{SOON:%d-%m-%Y}",
            "begin_1": "9:30", "end_1": "16:30", "day_2": "", "begin_2": "", "end_2": "", "place": "Zaal 1",
            "places": "10", "cost": "€ 1.200", "remark": "Neem een casus mee."} | others


def stored(app: Flask, organisation_id: int, session_id: int) -> Planned:
    with app.app_context():
        session = session_of(organisation_id, session_id)
        assert session is not None
        return said_of(session)


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), AMSTERDAM)


def test_planning_in_dutch_time(app: Flask, organisation_id: int, hilde: CheckedClient) -> None:
    address = f"/opleidingen/aanbod/{make_training(app, organisation_id)}/bijeenkomst"
    page = hilde.get(address)
    assert 'name="places" size="6" type="text" value="12"' in page.text and 'value="2400"' in page.text
    made = {hilde.send(address, typed()).location for _ in range(2)}
    assert len(made) == 1, "a double click is one"
    session_id = int(made.pop().rpartition("/")[2])
    assert stored(app, organisation_id, session_id) == Planned(
        (Times(at(SOON, 9, 30), at(SOON, 16, 30)), Times(at(LATER, 13), at(LATER, 17, 30))), "Zaal 1", 10, 1200,
        "Neem een casus mee.")
    shown = hilde.get(ADDRESS(session_id)).text
    assert "9.30–16.30" in shown.replace("09.30", "9.30") and "Zaal 1" in shown and "€\u00a01.200" in shown


@pytest.mark.parametrize(("typing", "told"), [
    ({"day_1": ""}, "Kies ook een dag."),
    ({"begin_1": ""}, "wanneer het begint"),
    ({"end_1": ""}, "wanneer het eindigt"),
    ({"end_1": "9:30"}, "Het einde is later dan het begin."),
    ({"end_1": "25:00"}, "Schrijf de tijd als 14:30."),
    ({"day_1": "31-2-2027"}, "Schrijf de datum als"),
    ({"day_1": "2001-01-01"}, "binnen twee jaar"),
    ({"day_1": "9999-12-31"}, "binnen twee jaar"),
    ({"day_1": "0001-01-01", "begin_1": "0:05"}, "binnen twee jaar"),
    ({"day_1": LATER.isoformat(), "begin_1": "12:00", "end_1": "13:30"}, "staat al een andere dag"),
    ({"places": "0"}, "van 1 tot en met 500"),
    ({"places": "501"}, "van 1 tot en met 500"),
    ({"places": ""}, "Schrijf een heel getal."),
    ({"cost": "-5"}, "van 0 tot en met 50.000.000"),
    ({"cost": "50000001"}, "van 0 tot en met 50.000.000"),
    ({"cost": "veel"}, "Schrijf een heel getal."),
    ({"place": "x" * 121}, "er passen 120 tekens in"),
    ({"remark": "x" * 501}, "er passen 500 tekens in"),
])  # fmt: skip
def test_each_refusal_stands_beside_its_field(app: Flask, organisation_id: int, hilde: CheckedClient,
                                              typing: dict[str, str], told: str) -> None:
    address = f"/opleidingen/aanbod/{make_training(app, organisation_id)}/bijeenkomst"
    answer = hilde.send(address, typed(**typing))
    assert answer.status_code == 422 and told in answer.text
    assert "Neem een casus mee." in answer.text or "remark" in typing, "nothing typed is lost"


def test_the_night_in_which_the_clock_goes_forward(app: Flask, organisation_id: int, hilde: CheckedClient) -> None:
    address = f"/opleidingen/aanbod/{make_training(app, organisation_id)}/bijeenkomst"
    with as_if(dt.datetime(2027, 1, 11, tzinfo=dt.UTC)):
        answer = hilde.send(address, typed(day_0="2027-03-28", begin_0="2:30", end_0="3:00", day_1="", begin_1="",
                                           end_1=""))
    assert answer.status_code == 422 and "Het einde is later dan het begin." in answer.text


def test_the_days_may_follow_and_there_is_room_for_more(app: Flask, organisation_id: int, hilde: CheckedClient) -> None:
    address = f"/opleidingen/aanbod/{make_training(app, organisation_id)}/bijeenkomst"
    more = hilde.send(address, typed(more="1", places="x"))
    assert more.status_code == 200 and "day_3" in more.text and 'value="x"' in more.text
    none = {name: "" for name in typed() if name[:3] in ("day", "beg", "end")}
    made = hilde.send(address, typed(**none))
    assert made.status_code == 303 and "De dagen volgen nog" in hilde.get(made.location).text


def test_a_bare_form_changes_nothing(app: Flask, organisation_id: int, hilde: CheckedClient) -> None:
    one = make_session(app, organisation_id, 30)
    before = stored(app, organisation_id, one)
    hilde.send(f"{ADDRESS(one)}/bewerken", {})
    assert stored(app, organisation_id, one) == before


def test_what_another_changed_meanwhile_is_not_written_over_unseen(app: Flask, organisation_id: int,
                                                                   hilde: CheckedClient) -> None:
    one = make_session(app, organisation_id, 30)
    address = f"{ADDRESS(one)}/bewerken"
    mine, theirs = hilde.get(address), hilde.get(address)
    assert hilde.submit(theirs, {"place": "Zaal 9"}).status_code == 303
    answer = hilde.submit(mine, {"place": "Online"}, to=None)
    assert answer.status_code == 409 and "Iemand anders veranderde" in answer.text and "Online" in answer.text
    assert stored(app, organisation_id, one).place == "Zaal 9"
    assert hilde.submit(answer).status_code == 303
    assert stored(app, organisation_id, one).place == "Online"


def test_fewer_places_than_people(app: Flask, organisation_id: int, hilde: CheckedClient) -> None:
    one = make_session(app, organisation_id, 30)
    for _ in range(2):
        put(app, one, make_person(app, organisation_id), S.ENROLLED)
    answer = hilde.submit(hilde.get(f"{ADDRESS(one)}/bewerken"), {"places": "1"})
    assert answer.status_code == 422 and "Er zijn al 2 mensen ingeschreven." in answer.text


def test_calling_off(app: Flask, organisation_id: int, hilde: CheckedClient, jet: CheckedClient,
                     begeleider: Persona) -> None:
    one = make_session(app, organisation_id, 30)
    put(app, one, begeleider, S.ENROLLED)
    page = hilde.get(f"{ADDRESS(one)}/afzeggen")
    assert "Eén persoon meldde zich aan" in page.text
    for _ in range(2):
        assert hilde.send(f"{ADDRESS(one)}/afzeggen").status_code == 303
    assert "gaat niet door" in jet.get(ADDRESS(one)).text and "gaat niet door" in jet.get("/opleidingen").text
    assert jet.send(f"{ADDRESS(one)}/aanmelden").status_code == 409
    assert jet.send(f"{ADDRESS(one)}/afmelden").status_code == 409
    for address in ("bewerken", "afsluiten"):
        assert hilde.get(f"{ADDRESS(one)}/{address}").status_code == 303


def test_closing_from_the_last_day_on(app: Flask, organisation_id: int, hilde: CheckedClient) -> None:
    one = make_session(app, organisation_id, 3, 10)
    came, missed = (make_person(app, organisation_id) for _ in range(2))
    waiting = make_person(app, organisation_id)
    for person, state in ((came, S.ENROLLED), (missed, S.ENROLLED), (waiting, S.WAITING)):
        put(app, one, person, state)
    address = f"{ADDRESS(one)}/afsluiten"
    assert hilde.get(address).status_code == 303
    with as_if(now() + dt.timedelta(days=11)):
        page = hilde.get(address)
        assert waiting.name not in page.text
        for until in ("", "2001-01-01", "9999-01-01", today().isoformat()):
            assert hilde.submit(page, {"came": [str(came.id)], "evaluate_until": until}).status_code == 422
        answer = hilde.submit(page, {"came": [str(came.id), str(waiting.id), "77777"]})
        assert answer.status_code == 303
    found = {person: stood.state for person, stood in standing(app, one).items()}
    assert found == {came.id: S.ATTENDED, missed.id: S.ABSENT, waiting.id: S.WAITING}


def test_two_who_close_at_the_same_time_overwrite_nothing(
    app: Flask, organisation_id: int, hilde: CheckedClient
) -> None:
    """The second says again who was there, before what the first said."""
    came, missed, late = (make_person(app, organisation_id) for _ in range(3))
    one = held(app, organisation_id, [came, missed])
    address = f"{ADDRESS(one)}/afsluiten"
    first, second = hilde.get(address), hilde.get(address)
    assert hilde.submit(first, {"came": [str(came.id)]}).status_code == 303
    answer = hilde.submit(second, {"came": [str(came.id), str(missed.id)]})
    assert answer.status_code == 409 and "Klopt het nog?" in answer.text
    assert set(re.findall(r'value="(\d+)" checked', answer.text)) == {str(came.id), str(missed.id)}
    assert standing(app, one)[missed.id].state == S.ABSENT
    put(app, one, late, S.ENROLLED)
    answer = hilde.submit(answer, {"came": [str(came.id), str(missed.id)]})
    assert answer.status_code == 409 and late.name in answer.text
    assert hilde.submit(answer, {"came": [str(late.id)]}).status_code == 303
    found = {person: stood.state for person, stood in standing(app, one).items()}
    assert found == {came.id: S.ABSENT, missed.id: S.ABSENT, late.id: S.ATTENDED}


def test_closed_while_somebody_leaves_who_was_there(app: Flask, organisation_id: int, hilde: CheckedClient) -> None:
    """Whoever leaves is held before her sessions are; who closes one writes in her dossier."""
    came = make_person(app, organisation_id)
    one = make_session(app, organisation_id, -1)
    put(app, one, came, S.ENROLLED)
    page = hilde.get(f"{ADDRESS(one)}/afsluiten")
    begun = threading.Event()

    def leave() -> None:
        with app.app_context():
            hold_goals_of(came.id)
            begun.set()
            time.sleep(0.5)
            assert session_to_change(organisation_id, one) is not None
            db.session.commit()

    def close() -> None:
        assert begun.wait(20)
        assert hilde.submit(page, {"came": [str(came.id)]}).status_code == 303

    together(leave, close)
    assert standing(app, one)[came.id].state == S.ATTENDED


def test_what_was_held_is_not_called_off_or_moved(app: Flask, organisation_id: int, hilde: CheckedClient) -> None:
    one = held(app, organisation_id, [make_person(app, organisation_id)])
    hilde.send(f"{ADDRESS(one)}/afzeggen")
    hilde.send(f"{ADDRESS(one)}/bewerken", typed())
    assert stored(app, organisation_id, one).place == "Zaal 2, Utrecht"
    assert "Vastgelegd" not in hilde.get(ADDRESS(one)).text
    page = hilde.get(f"{ADDRESS(one)}/afsluiten")
    assert "evaluate_until" not in page.text, "the last day to evaluate stays"


def test_what_was_held_stays_what_it_was(app: Flask, organisation_id: int, hilde: CheckedClient, jet: CheckedClient,
                                         begeleider: Persona) -> None:
    training = make_training(app, organisation_id, title="Doorvragen", hours=12, provider="Bureau Noord")
    one = held(app, organisation_id, [begeleider], training_id=training)
    coming = make_session(app, organisation_id, 20, training_id=training)
    with app.app_context():
        found = training_of(organisation_id, training)
        assert found is not None
        services.change(found, replace(entry_of(found), title="Luisteren", hours=20, provider="Bureau Zuid"))
        db.session.commit()
    closing = hilde.get(f"{ADDRESS(one)}/afsluiten")
    hilde.submit(closing, {"came": [str(begeleider.id)]})       # put right once more
    past, ahead = (told(jet.get(ADDRESS(session_id)).data) for session_id in (one, coming))
    assert "Doorvragen" in past and "Je was erbij: 12 uur." in past and "20 uur" not in past
    assert "Luisteren" in ahead and "20 uur" in ahead
    pages = PdfReader(BytesIO(jet.get(f"{ADDRESS(one)}/bewijs.pdf").data)).pages
    paper = " ".join(page.extract_text() for page in pages)
    assert "Doorvragen" in paper and "12 uur" in paper and "Bureau Noord" in paper
    with app.app_context():
        followed, = cards.for_dossier(begeleider.id, organisation_id)
    assert (followed.title, followed.provider, followed.hours) == ("Doorvragen", "Bureau Noord", 12)

"""What whoever leads a team reads of it: no figure that tells of somebody whose profile is closed to her."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence

import pytest
from flask import Flask
from openpyxl import load_workbook

from app.assessments.models import Measurement
from app.db import db
from app.development.models import Plan
from app.measurement.scale import Group
from app.people.models import Membership, Person
from app.profiles.models import Reading, Share
from app.rounds.models import Invitation, RoundSubject
from app.web.formats import now, today
from tests.needs.dienst import CODES
from tests.needs.test_wishes_counted import plan
from tests.support.builders import Persona, log_in, make_person, make_team
from tests.support.needs import measured, settle, take_snapshot
from tests.support.pages import CheckedClient
from tests.support.records import make_measurement
from tests.support.statements import statements

BEHOEFTE = "/opleidingen/behoefte"
CLOSED = "nog niet leesbaar voor jou"
NAME = "Verwachtingen en wensen ophalen"


@pytest.fixture
def people(app: Flask, organisation_id: int, team_id: int) -> list[int]:
    return [make_person(app, organisation_id, works_in=[team_id]).id for _ in range(5)]


def measure(app: Flask, organisation_id: int, scores: Mapping[int, float], days_ago: int = 30) -> Mapping[int, int]:
    """Rounds that whoever leads them reads since today."""
    found = measured(app, organisation_id, {person: dict.fromkeys(CODES, score) for person, score in scores.items()},
                     days_ago=days_ago)
    for measurement in found.values():
        readable_from(app, measurement, today())
    return found


def readable_from(app: Flask, measurement_id: int, day: dt.date | None) -> None:
    with app.app_context():
        db.session.query(RoundSubject).filter_by(measurement_id=measurement_id).one().lead_reads_from = day
        db.session.commit()


def move(app: Flask, person: int, team: int) -> None:
    with app.app_context():
        db.session.query(Membership).filter_by(person_id=person).one().team_id = team
        db.session.commit()


def gap(client: CheckedClient, snapshot: int | None, team: int, **cuts: str) -> str:
    """What the table says of the gap, or that it is closed; the workbook and the page say the same."""
    asked = {"team": str(team), **cuts}
    values = client.get(f"{BEHOEFTE}/{snapshot}/tabel.csv", query_string=asked).data.decode("utf-8-sig")
    line = next((row.split(";") for row in values.splitlines() if NAME in row), None)
    page = client.get(f"{BEHOEFTE}/{snapshot}", query_string=asked).text
    if line is None:
        return ""
    book = load_workbook(io.BytesIO(client.get(f"{BEHOEFTE}/{snapshot}/tabel.xlsx", query_string=asked).data))
    row = next(one for one in book["Behoefte"].iter_rows(values_only=True) if one[1] == NAME)
    if line[2] == CLOSED:
        assert line[3:6] == ["", "", ""]
        assert row[2] == CLOSED
        assert row[3] is None
        assert CLOSED in page
        assert 'class="num third" data-l="Verschil"' not in page
        assert all(one.split(";")[1] for one in values.splitlines()[1:])      # no aspect, which would be the same
        assert not list(book["Verloop van het verschil"].iter_rows(min_row=2, values_only=True))
        return CLOSED
    assert CLOSED not in page
    return line[3]


SCORES = (3.0, 3.2, 2.8, 3.4)


@pytest.mark.parametrize("fifth", [2.0, 4.4])
def test_what_is_not_hers_to_read_yet(
    app: Flask, client: CheckedClient, teamleider: Persona, hr: Persona, people: list[int], team_id: int, fifth: float
) -> None:
    found = measure(app, hr.organisation_id, dict(zip(people, (*SCORES, fifth), strict=True)))
    readable_from(app, found[people[4]], today() + dt.timedelta(days=10))
    taken = take_snapshot(app, hr.organisation_id)
    log_in(client, teamleider)
    assert gap(client, taken, team_id) == CLOSED
    readable_from(app, found[people[4]], today())
    assert gap(client, taken, team_id) not in (CLOSED, "")
    readable_from(app, found[people[4]], today() + dt.timedelta(days=10))
    share(app, found[people[4]], teamleider)
    assert gap(client, taken, team_id) != CLOSED
    with app.app_context():
        db.session.query(Share).one().withdrawn_at = now()
        db.session.commit()
    assert gap(client, taken, team_id) == CLOSED
    with app.app_context():
        db.session.get_one(Person, teamleider.id).roles = frozenset({"hr", "teamleider"})
        db.session.commit()
    assert gap(client, taken, team_id) != CLOSED            # hr reads what hr reads


def share(app: Flask, measurement_id: int, reader: Persona) -> None:
    with app.app_context():
        db.session.add(Share(organisation_id=reader.organisation_id, measurement_id=measurement_id,
                             reader_id=reader.id, until=today() + dt.timedelta(days=9), shared_at=now()))
        db.session.commit()


def test_who_left_the_team(
    app: Flask, client: CheckedClient, teamleider: Persona, people: list[int], team_id: int
) -> None:
    measure(app, teamleider.organisation_id, dict(zip(people, (*SCORES, 2.0), strict=True)))
    taken = take_snapshot(app, teamleider.organisation_id)
    log_in(client, teamleider)
    assert gap(client, taken, team_id) == "0,6"
    move(app, people[4], make_team(app, teamleider.organisation_id, "Team Zuid"))
    assert gap(client, taken, team_id) == CLOSED


def test_a_round_in_which_she_was_asked(
    app: Flask, client: CheckedClient, teamleider: Persona, people: list[int], team_id: int
) -> None:
    found = measure(app, teamleider.organisation_id, dict(zip(people, (*SCORES, 2.0), strict=True)))
    taken = take_snapshot(app, teamleider.organisation_id)
    was_asked(app, teamleider, found[people[4]])
    log_in(client, teamleider)
    assert gap(client, taken, team_id) == CLOSED


def test_whom_she_read_before_they_left_hide_nobody(
    app: Flask, client: CheckedClient, teamleider: Persona, people: list[int], team_id: int
) -> None:
    """Four whom she read and one in whose round she was asked are five who are closed to her, once the four left."""
    found = measure(app, teamleider.organisation_id, dict(zip(people, (*SCORES, 2.0), strict=True)))
    taken = take_snapshot(app, teamleider.organisation_id)
    was_asked(app, teamleider, found[people[4]])
    log_in(client, teamleider)
    away = make_team(app, teamleider.organisation_id, "Team Zuid")
    for person in people[:4]:
        move(app, person, away)
    assert gap(client, taken, team_id) == "0,6"             # she never looked at any of them
    with app.app_context():
        db.session.add_all(
            Reading(organisation_id=teamleider.organisation_id, measurement_id=found[person], reader_id=teamleider.id,
                    day=today() - dt.timedelta(days=5)) for person in people[:4])
        db.session.commit()
    assert gap(client, taken, team_id) == CLOSED


def was_asked(app: Flask, teamleider: Persona, measurement_id: int) -> None:
    """Without her name."""
    with app.app_context():
        part = db.session.query(RoundSubject).filter_by(measurement_id=measurement_id).one()
        db.session.add(Invitation(
            organisation_id=teamleider.organisation_id, round_subject_id=part.id, person_id=teamleider.id,
            rater_group=Group.COLLEAGUE, relation="collega", question_set="kern", name=teamleider.name,
            state="approved", invited_on=today()))
        db.session.commit()


def test_all_are_closed_today_and_one_is_when_the_others_opened(
    app: Flask, client: CheckedClient, teamleider: Persona, people: list[int], team_id: int
) -> None:
    found = measure(app, teamleider.organisation_id, dict(zip(people, (*SCORES, 2.0), strict=True)))
    taken = take_snapshot(app, teamleider.organisation_id)
    log_in(client, teamleider)
    for measurement in found.values():
        readable_from(app, measurement, today() + dt.timedelta(days=7))
    assert gap(client, taken, team_id) == "0,6"             # they open on one day
    readable_from(app, found[people[4]], today() + dt.timedelta(days=8))
    assert gap(client, taken, team_id) == CLOSED            # in a week she would know the fifth by what she read now
    readable_from(app, found[people[4]], today() + dt.timedelta(days=7))
    was_asked(app, teamleider, found[people[4]])
    assert gap(client, taken, team_id) == CLOSED            # hers never opens


@pytest.mark.parametrize("fifth", [2, 5])
def test_a_zelfbeeld_that_she_sees_with_a_round_hides_nobody(
    app: Flask, client: CheckedClient, teamleider: Persona, team_id: int, fifth: int
) -> None:
    """VM1 counts the zelfbeeld of all five: four of these belong to a round that she reads, the fifth is private."""
    here = teamleider.organisation_id
    settle(app, here, since=now() - dt.timedelta(days=1))
    people = [make_person(app, here, works_in=[team_id]) for _ in range(5)]
    own = {person.id: make_measurement(app, person, score=3) for person in people[:4]}
    make_measurement(app, people[4], score=fifth)
    with_a_round(app, own, measured(app, here, {key: {"V1": 3.0} for key in own}, days_ago=0))
    taken = take_snapshot(app, here)
    log_in(client, teamleider)
    assert gap(client, taken, team_id) == CLOSED


def with_a_round(app: Flask, own: Mapping[int, int], of_round: Mapping[int, int]) -> None:
    """The zelfbeeld of each belongs to her round, which whoever leads her reads."""
    with app.app_context():
        for person, measurement in of_round.items():
            part = db.session.query(RoundSubject).filter_by(measurement_id=measurement).one()
            part.lead_reads_from = today()
            part.self_assessment_id = db.session.get_one(Measurement, own[person]).self_assessment_id
        db.session.commit()


def five_and_five(app: Flask, organisation_id: int, team_id: int) -> tuple[list[int], Mapping[int, int]]:
    people = [make_person(app, organisation_id, works_in=[team_id]).id for _ in range(10)]
    return people, measure(app, organisation_id, dict.fromkeys(people, 2.0))


def test_five_who_are_closed_tell_of_nobody_but_four_of_them_beside_five_do(
    app: Flask, client: CheckedClient, teamleider: Persona, team_id: int
) -> None:
    here = teamleider.organisation_id
    people, found = five_and_five(app, here, team_id)
    first = take_snapshot(app, here, days_ago=3)
    for person in people[:6]:
        readable_from(app, found[person], None)
    log_in(client, teamleider)
    assert gap(client, first, team_id) == "1,5"
    away = make_team(app, here, "Team Zuid")
    for person in (people[0], *people[6:]):                 # of the six one leaves, and four whom she knows
        move(app, person, away)
    later = [make_person(app, here, works_in=[team_id]).id for _ in range(5)]
    measure(app, here, dict.fromkeys(later, 2.5), days_ago=2)
    second = take_snapshot(app, here, days_ago=1)
    with app.app_context():                                 # she reads of the four still
        for person in people[6:]:
            db.session.get_one(Person, person).discussion_partner_id = teamleider.id
        db.session.commit()
    assert gap(client, first, team_id) == "1,5"
    assert gap(client, second, team_id) == CLOSED           # beside the first it would tell of who left


def test_an_older_momentopname_in_the_course(
    app: Flask, client: CheckedClient, teamleider: Persona, people: list[int], team_id: int
) -> None:
    here = teamleider.organisation_id
    old = measure(app, here, dict.fromkeys(people, 1.0))
    first = take_snapshot(app, here, days_ago=3)
    measure(app, here, dict.fromkeys(people, 2.0), days_ago=2)
    second = take_snapshot(app, here, days_ago=1)
    readable_from(app, old[people[0]], today() + dt.timedelta(days=10))
    log_in(client, teamleider)
    assert gap(client, second, team_id) == "1,5"
    assert gap(client, first, team_id) == CLOSED
    book = load_workbook(io.BytesIO(client.get(f"{BEHOEFTE}/{second}/tabel.xlsx?team={team_id}").data))
    course = list(book["Verloop van het verschil"].iter_rows(min_row=2, values_only=True))
    assert [row[1:3] for row in course] == [(None, 1.5)]
    page = client.get(f"{BEHOEFTE}/{second}?team={team_id}").text
    assert "2,5" not in page                                # the gap of then


def test_a_total_with_a_closed_part(
    app: Flask, client: CheckedClient, teamleider: Persona, team_id: int
) -> None:
    here = teamleider.organisation_id
    settle(app, here, ["sector"])
    people, found = five_and_five(app, here, team_id)
    with app.app_context():
        for at, person in enumerate(people):
            db.session.get_one(Person, person).sectors = frozenset({"po" if at < 5 else "vo"})
        db.session.commit()
    readable_from(app, found[people[0]], today() + dt.timedelta(days=10))
    taken = take_snapshot(app, here)
    log_in(client, teamleider)
    assert gap(client, taken, team_id, sector="po") == CLOSED
    assert gap(client, taken, team_id, sector="vo") == "1,5"
    assert gap(client, taken, team_id) == CLOSED


def test_wishes_of_who_left_the_team(
    app: Flask, client: CheckedClient, teamleider: Persona, people: list[int], team_id: int
) -> None:
    for person in people:
        plan(app, teamleider.organisation_id, person, hours=40)
    taken = take_snapshot(app, teamleider.organisation_id)
    log_in(client, teamleider)
    address = f"{BEHOEFTE}/{taken}?team={team_id}"
    assert "5 vastgestelde ontwikkelplannen" in client.get(address).text
    move(app, people[0], make_team(app, teamleider.organisation_id, "Team Zuid"))
    page = client.get(address).text
    assert "vastgestelde ontwikkelplannen" not in page
    assert "Wensen uit plannen: nog niet leesbaar voor jou" in page
    assert 'data-l="Wensen"' not in page


def test_plans_that_she_agreed_before_they_left_hide_nobody(
    app: Flask, client: CheckedClient, teamleider: Persona, people: list[int], team_id: int
) -> None:
    plans = [plan(app, teamleider.organisation_id, person, hours=40) for person in people]
    taken = take_snapshot(app, teamleider.organisation_id)
    log_in(client, teamleider)
    away = make_team(app, teamleider.organisation_id, "Team Zuid")
    for person in people:
        move(app, person, away)
    address = f"{BEHOEFTE}/{taken}?team={team_id}"
    assert "5 vastgestelde ontwikkelplannen" in client.get(address).text
    with app.app_context():
        for plan_id in plans[:4]:
            db.session.get_one(Plan, plan_id).partner_id = teamleider.id
        db.session.commit()
    assert "Wensen uit plannen: nog niet leesbaar voor jou" in client.get(address).text


def test_as_many_statements_for_any_number_of_people(
    app: Flask, client: CheckedClient, teamleider: Persona, people: list[int], team_id: int
) -> None:
    def asked(who: Sequence[int], days_ago: int) -> int:
        measure(app, teamleider.organisation_id, dict.fromkeys(who, 2.0), days_ago=days_ago)
        assert take_snapshot(app, teamleider.organisation_id, days_ago=days_ago - 1)
        client.get(f"{BEHOEFTE}?team={team_id}")
        with statements(app) as seen:
            client.get(f"{BEHOEFTE}?team={team_id}")
        return len(seen)

    log_in(client, teamleider)
    few = asked(people, 9)
    more = [make_person(app, teamleider.organisation_id, works_in=[team_id]).id for _ in range(20)]
    assert asked([*people, *more], 5) == few <= 11

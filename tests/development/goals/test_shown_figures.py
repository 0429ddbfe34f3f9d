"""What whoever accompanies her sees of the scores behind a goal: what he may read of the profile, and it is noted."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.measurement.scale import Group
from app.people.models import Person
from app.profiles.models import Reading, Share
from app.rounds.models import Invitation
from app.web.formats import now, today
from tests.development.support import MEANS, at, make_goal, measure, read
from tests.profiles.released import Released, change_part, release, rich, share
from tests.support.builders import Persona, make_person
from tests.support.conversations import make_conversation
from tests.support.pages import CheckedClient, browser_of, told
from tests.support.records import make_plan
from tests.support.statements import statements

HERS = "Wat hierover gemeten is, is van Jet."
NOTHING_LATER = "Er is geen latere meting van dit onderwerp die jij mag lezen."
CLOSED_WITHOUT = "Afgerond zonder nieuwe meting"


def school(app: Flask, teamleider: Persona, begeleider: Persona, score: float, days_ago: int) -> Released:
    return release(app, teamleider, begeleider, [rich(Group.SCHOOL, "VM1", 6, score, MEANS)], own_view=False,
                   days_ago=days_ago)


def readings(app: Flask) -> list[tuple[int, int]]:
    """Which measurement was read, and by whom."""
    with app.app_context():
        rows = db.session.execute(select(Reading.measurement_id, Reading.reader_id).order_by(Reading.id))
        return [(measurement_id, reader_id) for measurement_id, reader_id in rows]


def test_who_may_read_the_profile_sees_start_and_effect(
    app: Flask, jet: CheckedClient, tom: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    before = school(app, teamleider, begeleider, 2.8, 60)
    make_goal(app, begeleider)
    make_conversation(app, begeleider, teamleider, fixed_at=now())
    plan_id = make_plan(app, begeleider, teamleider, running=True)
    page = read(tom, at(plan_id))
    assert "Score bij de start 2,8" in page and NOTHING_LATER in page and HERS not in page
    assert readings(app) == [(before.measurement_id, teamleider.id)]

    after = school(app, teamleider, begeleider, 3.9, 0)
    for _ in range(2):
        page = read(tom, at(plan_id))
    for words in ("Sinds de start", "Zichtbare groei", "Bij de start2,8anderen", "Nu3,9anderen"):
        assert words in page, words
    assert readings(app) == [(one.measurement_id, teamleider.id) for one in (before, after)]
    assert "Tom Bakker" in read(jet, after.at("/delen"))


def test_a_profile_that_is_not_to_be_read_yet_stays_hers(
    app: Flask, tom: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    before = school(app, teamleider, begeleider, 2.8, 60)
    make_goal(app, begeleider)
    plan_id = make_plan(app, begeleider, teamleider)
    change_part(app, before, lead_reads_from=today() + dt.timedelta(days=1))
    page = read(tom, at(plan_id))
    assert HERS in page and "2,8" not in page and "Sinds de start" not in page and "Lees dit profiel" not in page
    change_part(app, before, lead_reads_from=None)
    assert "2,8" not in read(tom, at(plan_id))
    assert readings(app) == []


def test_of_what_came_later_he_sees_what_he_may_read(
    app: Flask, tom: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    before = school(app, teamleider, begeleider, 2.8, 60)
    make_goal(app, begeleider)
    plan_id = make_plan(app, begeleider, teamleider)
    after = school(app, teamleider, begeleider, 3.9, 0)
    change_part(app, after, lead_reads_from=today() + dt.timedelta(days=1))
    measure(app, begeleider, {"VM1": 4.6}, closed_at=now())
    page = read(tom, at(plan_id))
    assert "Score bij de start 2,8" in page and NOTHING_LATER in page
    assert "3,9" not in page and "4,6" not in page and "groei" not in page
    assert readings(app) == [(before.measurement_id, teamleider.id)]


def test_who_was_asked_himself_reads_nothing_of_it(
    app: Flask, tom: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    before = school(app, teamleider, begeleider, 2.8, 60)
    make_goal(app, begeleider)
    plan_id = make_plan(app, begeleider, teamleider)
    with app.app_context():
        asked = db.session.scalars(select(Invitation).where(
            Invitation.round_subject_id == before.part_id, Invitation.rater_group == Group.COLLEAGUE)).first()
        assert asked is not None
        asked.email = teamleider.email.upper()
        db.session.commit()
    page = read(tom, at(plan_id))
    assert HERS in page and "2,8" not in page and readings(app) == []


def test_a_self_assessment_is_read_by_who_she_shares_it_with(
    app: Flask, tom: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    number = measure(app, begeleider, {"VM1": 2.7})
    make_goal(app, begeleider)
    plan_id = make_plan(app, begeleider, teamleider)
    assert HERS in read(tom, at(plan_id))
    share(app, Released(0, 0, number), teamleider, with_comments=False)
    later = measure(app, begeleider, {"VM1": 3.4}, closed_at=now())
    page = read(tom, at(plan_id))
    assert "eigen zelfbeeld van 12 maart 2026" in page and "jouw" not in page and NOTHING_LATER in page
    share(app, Released(0, 0, later), teamleider, with_comments=False)
    assert "Verschil in het zelfbeeld: +0,7. Dat is de eigen blik van Jet" in read(tom, at(plan_id))
    assert readings(app) == [(number, teamleider.id), (later, teamleider.id)]
    with app.app_context():
        for one in db.session.scalars(select(Share)):
            one.withdrawn_at = now()
        db.session.commit()
    assert HERS in read(tom, at(plan_id))


@pytest.mark.parametrize("begun_from", ["a score he may read", "nothing"])
def test_a_goal_closed_without_a_new_measurement_says_so(
    app: Flask, jet: CheckedClient, tom: CheckedClient, begeleider: Persona, teamleider: Persona, begun_from: str
) -> None:
    """What he may not read does not change a word of it: whether there is any is hers."""
    if begun_from != "nothing":
        school(app, teamleider, begeleider, 2.8, 60)
        make_conversation(app, begeleider, teamleider, fixed_at=now())
    goal_id = make_goal(app, begeleider)
    plan_id = make_plan(app, begeleider, teamleider, running=True)
    assert CLOSED_WITHOUT not in read(tom, at(plan_id))
    jet.send(f"/ontwikkelplan/doelen/{goal_id}/rond-af")
    measure(app, begeleider, {"VM1": 4.6}, closed_at=now())
    assert f"{CLOSED_WITHOUT} die jij mag lezen." in read(tom, at(plan_id))
    school(app, teamleider, begeleider, 3.9, 0)
    assert CLOSED_WITHOUT not in read(tom, at(plan_id))


def test_her_own_earlier_plan_says_it_too(
    app: Flask, jet: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    goal_id = make_goal(app, begeleider)
    plan_id = make_plan(app, begeleider, teamleider, running=True)
    jet.send(f"/ontwikkelplan/doelen/{goal_id}/rond-af")
    jet.send(at(plan_id, "rond-af"))
    assert f"{CLOSED_WITHOUT}." in read(jet, at(plan_id))


def test_her_gesprekspartner_reads_as_her_teamleider_does(
    app: Flask, begeleider: Persona, teamleider: Persona
) -> None:
    partner = make_person(app, begeleider.organisation_id, name="Sanne Vos")
    school(app, teamleider, begeleider, 2.8, 60)
    make_goal(app, begeleider)
    plan_id = make_plan(app, begeleider, teamleider)
    client = browser_of(app, partner)
    assert client.get(at(plan_id)).status_code == 404
    with app.app_context():
        db.session.get_one(Person, begeleider.id).discussion_partner_id = partner.id
        db.session.commit()
    assert "Score bij de start 2,8" in read(client, at(plan_id))


def test_what_is_refused_shows_no_score(
    app: Flask, tom: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    """A reading is written down while a page is got; an answer to something sent has none to write down."""
    school(app, teamleider, begeleider, 2.8, 60)
    make_goal(app, begeleider)
    make_conversation(app, begeleider, teamleider, fixed_at=now())
    plan_id = make_plan(app, begeleider, teamleider, agreed=True)
    refused = tom.send(at(plan_id, "heropen"), {"why": ""})
    page = told(refused.data)
    assert refused.status_code == 422 and "2,8" not in page and HERS not in page
    assert readings(app) == []


def test_a_goal_without_a_start_tells_nothing(
    app: Flask, tom: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    make_goal(app, begeleider)
    plan_id = make_plan(app, begeleider, teamleider)
    with statements(app) as seen:
        page = read(tom, at(plan_id))
    assert HERS in page and "nog niet gemeten" not in page
    _signed_in, *rest = seen
    assert not any("stored_cell" in one or "profile_share" in one for one in rest)


@pytest.mark.parametrize("goals", [1, 3])
def test_the_figures_keep_the_page_cheap(
    app: Flask, tom: CheckedClient, begeleider: Persona, teamleider: Persona, goals: int
) -> None:
    for days_ago, score in ((60, 2.8), (0, 3.9)):
        school(app, teamleider, begeleider, score, days_ago)
        if days_ago:
            for number in range(goals):
                make_goal(app, begeleider, behaviour=f"Doel {number}")
    make_conversation(app, begeleider, teamleider, fixed_at=now())
    plan_id = make_plan(app, begeleider, teamleider, running=True)
    assert read(tom, at(plan_id)).count("Zichtbare groei") == goals
    with statements(app) as seen:
        tom.get(at(plan_id))
    assert len(seen) <= 12, "\n".join(seen)

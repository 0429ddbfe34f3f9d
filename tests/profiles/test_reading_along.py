"""Who reads a measurement: its subject, whoever leads her from her day on, and with whom she shares it; and that what
somebody else reads is written down.
"""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.access import can_read_comments
from app.db import db
from app.people.models import Membership
from app.profiles import queries, readings
from app.profiles.models import Reading
from app.rounds.models import Round, RoundSubject
from app.web.formats import as_if, now, today
from tests.profiles.dienst import Dienst, dienst_actor, readers, share, told
from tests.support.at_once import at_once
from tests.support.builders import log_in
from tests.support.pages import CheckedClient
from tests.support.records import make_goal, make_measurement
from tests.support.rounds import give_measurement, make_round


def test_who_reads_what(dienst: Dienst) -> None:
    assert readers(dienst, dienst.own) == {"jet"}
    assert readers(dienst, dienst.round) == {"jet", "partner", "teamleider"}


def test_of_a_round_with_too_few_answers_there_is_a_page_too(dienst: Dienst, client: CheckedClient) -> None:
    made = make_round(dienst.app, dienst.people["teamleider"], [dienst.jet], state="closed", opened_days_ago=20)
    empty = give_measurement(dienst.app, made)
    log_in(client, dienst.jet)
    assert client.get(f"/profiel/{empty}").status_code == 200


def test_before_the_release_nobody_and_before_her_day_the_lead_does_not(dienst: Dienst) -> None:
    with dienst.app.app_context():
        part = db.session.get_one(RoundSubject, dienst.made.part_ids[0])
        part.lead_reads_from = today() + dt.timedelta(days=1)
        db.session.commit()
    assert readers(dienst, dienst.round) == {"jet"}
    with as_if(now() + dt.timedelta(days=1)):
        assert readers(dienst, dienst.round) == {"jet", "partner", "teamleider"}
    with dienst.app.app_context():
        db.session.get_one(RoundSubject, dienst.made.part_ids[0]).released_at = None
        db.session.commit()
    with as_if(now() + dt.timedelta(days=2)):
        assert readers(dienst, dienst.round) == set()
        client = dienst.app.test_client()
        log_in(client, dienst.jet)
        assert client.get(f"/profiel/{dienst.round}/delen").status_code == 404


def test_who_led_her_before_reads_no_more(dienst: Dienst, team_id: int) -> None:
    with dienst.app.app_context():
        lead = dienst.people["teamleider"].id
        db.session.delete(db.session.get_one(Membership, (lead, team_id)))
        db.session.commit()
    assert readers(dienst, dienst.round) == {"jet", "partner"}


def test_a_reader_sees_none_of_the_rest(dienst: Dienst, client: CheckedClient, app: Flask) -> None:
    """No other measurement, no goal, and what Jet wrote only when she wants that."""
    earlier = dienst.own
    newer = make_measurement(app, dienst.jet, "focus", score=4)
    make_goal(app, dienst.jet)
    log_in(client, dienst.jet)
    assert share(client, newer, dienst.ans) == 303
    slug = "verwachtingen-ophalen"
    assert "Een voorbeeld bij" in told(client, f"/profiel/{newer}/{slug}")
    log_in(client, dienst.ans)
    page, close = client.get(f"/profiel/{newer}").text, client.get(f"/profiel/{newer}/{slug}").text
    for text in (page, close):
        assert f"/profiel/{earlier}" not in text and "orige keer" not in text and "Mijn profiel" not in text
        assert "Je leest het zelfbeeld van Jet de Vries" in text
    assert "Een voorbeeld bij" not in close and "een doel van" not in close and "/ontwikkelplan" not in \
        close[close.index("<main"):]
    assert "Gelezen door" not in page
    log_in(client, dienst.jet)
    assert share(client, newer, dienst.ans, with_comments="y") == 303
    log_in(client, dienst.ans)
    assert "Een voorbeeld bij" in told(client, f"/profiel/{newer}/{slug}")


def test_the_subject_keeps_what_people_wrote_until_she_changes_that(dienst: Dienst, client: CheckedClient,
                                                                    team_id: int) -> None:
    lead = dienst_actor(dienst.people["teamleider"], frozenset({team_id}))

    def reads() -> bool:
        with dienst.app.app_context():
            heading = queries.readable(lead, dienst.round)
            assert heading
            return can_read_comments(lead, heading, heading.subject, today())

    assert reads()
    log_in(client, dienst.jet)
    address = f"/profiel/{dienst.round}/delen"
    form = f"{address}/opmerkingen"
    assert client.submit(client.get(address), {"kept": "1"}, to=form).status_code == 303
    assert not reads()
    assert client.submit(client.get(address), {"kept": []}, to=form).status_code == 303
    assert reads()
    assert client.send(f"/profiel/{dienst.own}/delen/opmerkingen").status_code == 404


@pytest.mark.parametrize("open_to_lead", [True, False])
def test_the_form_says_that_the_comments_stay_closed_when_that_was_promised(
    dienst: Dienst, client: CheckedClient, open_to_lead: bool
) -> None:
    with dienst.app.app_context():
        db.session.get_one(Round, dienst.made.round_id).lead_reads_comments = open_to_lead
        db.session.commit()
    log_in(client, dienst.jet)
    form = told(client, f"/profiel/{dienst.round}/delen").partition("Deel met een collega")[2].partition("Deel dit")[0]
    assert "horen wie het schreef" in form
    assert ("lezen de opmerkingen niet, ook niet als je dit aankruist" in form) is not open_to_lead
    if not open_to_lead:
        lead = dienst.people["teamleider"]
        assert share(client, dienst.round, lead, with_comments="y") == 303
        page = told(client, f"/profiel/{dienst.round}/delen")
        assert "zonder de opmerkingen: in deze ronde is afgesproken" in page and "· met de opmerkingen" not in page
        log_in(client, lead)
        assert client.get(f"/profiel/{dienst.round}/opmerkingen").status_code == 404


@pytest.mark.parametrize(("with_comments", "kept", "said"), [
    (True, False, "met de opmerkingen"), (True, True, "met de opmerkingen"), (False, True, "zonder de opmerkingen"),
    (False, False, "leest de opmerkingen mee als leidinggevende of gesprekspartner"),
])
@pytest.mark.parametrize("who", ["teamleider", "partner"])
def test_the_list_says_of_who_leads_her_whether_she_reads_the_comments(
    dienst: Dienst, client: CheckedClient, who: str, with_comments: bool, kept: bool, said: str
) -> None:
    with dienst.app.app_context():
        db.session.get_one(RoundSubject, dienst.made.part_ids[0]).comments_kept = kept
        db.session.commit()
    reader = dienst.people[who]
    log_in(client, dienst.jet)
    assert share(client, dienst.round, reader, **({"with_comments": "y"} if with_comments else {})) == 303
    shares = told(client, f"/profiel/{dienst.round}/delen").partition("Gedeeld met")[2].partition("Deel met")[0]
    assert f"· {said}" in shares
    log_in(client, reader)
    reads = client.get(f"/profiel/{dienst.round}/opmerkingen").status_code == 200
    assert reads is not said.startswith("zonder")


def test_a_reading_by_somebody_else_is_written_down_once_a_day(dienst: Dienst, client: CheckedClient) -> None:
    log_in(client, dienst.people["teamleider"])
    for _ in range(3):
        assert client.get(f"/profiel/{dienst.round}").status_code == 200
    with as_if(now() + dt.timedelta(days=1)):
        assert client.get(f"/profiel/{dienst.round}").status_code == 200
    log_in(client, dienst.ans)
    assert client.get(f"/profiel/{dienst.round}").status_code == 404
    log_in(client, dienst.jet)
    assert client.get(f"/profiel/{dienst.round}").status_code == 200
    with dienst.app.app_context():
        assert [row.reader_id for row in db.session.scalars(select(Reading))] == [dienst.people["teamleider"].id] * 2
    page = told(client, f"/profiel/{dienst.round}/delen")
    assert "op 2 dagen, van" in page and "Ans Bos" not in page.partition("Gelezen door")[2]
    assert "Tom Bakker" in told(client, f"/profiel/{dienst.round}")


def test_a_reading_that_cannot_be_written_down_fails_no_page(dienst: Dienst, client: CheckedClient) -> None:
    with dienst.app.app_context():
        db.session.connection().exec_driver_sql("alter table profile_reading rename to away")
        db.session.commit()
    try:
        log_in(client, dienst.people["teamleider"])
        with dienst.app.test_request_context(f"/profiel/{dienst.round}"):
            heading = queries.readable(dienst_actor(dienst.jet), dienst.round)
            assert heading
            readings.note(dienst_actor(dienst.ans), heading)
            assert queries.readable(dienst_actor(dienst.jet), dienst.round) == heading
    finally:
        with dienst.app.app_context():
            db.session.connection().exec_driver_sql("alter table away rename to profile_reading")
            db.session.commit()


def test_read_by_many_pages_at_once_it_is_written_down_once(dienst: Dienst) -> None:
    with dienst.app.app_context():
        heading = queries.readable(dienst_actor(dienst.jet), dienst.round)
        assert heading
    at_once(dienst.app, *[lambda: readings.note(dienst_actor(dienst.ans), heading)] * 4)
    with dienst.app.app_context():
        assert db.session.scalars(select(func.count(Reading.id))).one() == 1

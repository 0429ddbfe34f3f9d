"""What no page of ours sends about a round: it is told so, and changes nothing."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.measurement.scale import Group
from app.rounds.invitations import State
from app.rounds.models import Invitation
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient
from tests.support.rounds import make_round

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
LONG = "9" * 5000       # more digits than a number is read from


def test_a_number_that_is_no_id_is_nobody(app: Flask, client: CheckedClient, begeleider: Persona,
                                          teamleider: Persona) -> None:
    part_id = make_round(app, teamleider, [begeleider], state="choosing", invitation_state=State.PROPOSED,
                         opened_days_ago=-14).part_ids[0]
    log_in(client, begeleider)
    assert client.send(f"/feedback/{part_id}/mensen/stuur", {"friend": [LONG, "²", "-1"]}).status_code == 422
    assert client.send(f"/feedback/{part_id}/mensen/stuur", {"friend": LONG, "sure": "yes"}).status_code == 303
    log_in(client, teamleider)
    assert client.send(f"/rondes/mensen/{part_id}/goed", {"seen": [LONG, "²", "-1"]}).status_code == 409


@pytest.mark.parametrize("count", ["", "\x01", "1\x85", "0", "61", LONG, "drie"])
def test_a_count_of_sheets_that_is_none_comes_back(app: Flask, client: CheckedClient, begeleider: Persona,
                                                   teamleider: Persona, count: str) -> None:
    part_id = make_round(app, teamleider, [begeleider], state="open").part_ids[0]
    log_in(client, teamleider)
    answer = client.send(f"/rondes/mensen/{part_id}/bladen", {"kind": "leerling", "count": count})
    assert answer.status_code == (303 if count.startswith("1") else 422)


@pytest.mark.parametrize("group", ["ouder", "school"])
def test_a_relation_that_is_none_is_told_beside_its_field(app: Flask, client: CheckedClient, begeleider: Persona,
                                                          teamleider: Persona, group: str) -> None:
    part_id = make_round(app, teamleider, [begeleider], {}, state="choosing", opened_days_ago=-14).part_ids[0]
    log_in(client, begeleider)
    fields = {"name": "An Bos", "email": "an@klimop.nl", "relation": "buurvrouw"}
    assert client.send(f"/feedback/{part_id}/mensen/{group}", fields).status_code == 422


@pytest.mark.parametrize("typed", ["jet@klimop.nl\u200b", "\ufeffjet@klimop.nl", "\u2066jet@klimop.nl\u2069"])
def test_what_nobody_sees_is_not_read(app: Flask, client: CheckedClient, begeleider: Persona, teamleider: Persona,
                                      typed: str) -> None:
    """An address that was copied from a mail or a page often brings such a character along."""
    part_id = make_round(app, teamleider, [begeleider], {}, state="choosing", opened_days_ago=-14).part_ids[0]
    log_in(client, begeleider)
    fields = {"name": "Ton \u202ejkeR", "email": typed, "lines": "An Bos; an." + typed}
    assert client.send(f"/feedback/{part_id}/mensen/school", fields | {"relation": "leraar"}).status_code == 303
    with app.app_context():
        found = {one.email: one.name for one in db.session.scalars(select(Invitation))}
    assert found["jet@klimop.nl"] == "Ton jkeR" and len(found) == 2


@pytest.mark.parametrize("name", ["\u200b", "\u202e \u2060"])
def test_a_name_that_nobody_sees_is_none(app: Flask, client: CheckedClient, begeleider: Persona, teamleider: Persona,
                                         name: str) -> None:
    part_id = make_round(app, teamleider, [begeleider], {}, state="choosing", opened_days_ago=-14).part_ids[0]
    log_in(client, begeleider)
    answer = client.send(f"/feedback/{part_id}/mensen/school",
                         {"name": name, "email": "jet@klimop.nl", "relation": "leraar"})
    assert answer.status_code == 422 and "Vul ook een naam in" in answer.text


def test_the_answers_of_her_teamleider_never_go_to_herself(app: Flask, client: CheckedClient, begeleider: Persona,
                                                           teamleider: Persona, beheerder: Persona) -> None:
    made = make_round(app, teamleider, [begeleider], {Group.TEAM_LEAD: 1}, state="open")
    log_in(client, beheerder)
    answer = client.send(f"/rondes/mensen/{made.part_ids[0]}/{made.invitation_ids[0]}/adres",
                         {"email": begeleider.email})
    assert answer.status_code == 422 and "degene over wie het gaat" in answer.text
    with app.app_context():
        assert db.session.get_one(Invitation, made.invitation_ids[0]).email != begeleider.email

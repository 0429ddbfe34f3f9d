"""The pages of sessions: what each of them sees, and whose names."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from app.db import db
from app.dossier.models import Evidence, EvidenceKind
from app.trainings import planning
from app.trainings.lifecycle import EnrolmentState as S
from app.trainings.models import Training
from app.trainings.session_queries import session_to_change
from app.web.formats import now, today
from tests.support.builders import Persona, make_person, make_team
from tests.support.pages import CheckedClient, browser_of
from tests.support.sessions import held, make_session, put, standing
from tests.support.statements import statements
from tests.support.trainings import ENTRY, make_training

ADDRESS = "/opleidingen/bijeenkomst/{}".format
OTHERS = {S.PROPOSED: "Petra Pool", S.DECLINED: "Dirk Dam", S.WAITING: "Wim Wit", S.ENROLLED: "Els Eik",
          S.WITHDRAWN: "Gijs Gal"}


@pytest.fixture
def tom(app: Flask, teamleider: Persona) -> CheckedClient:
    return browser_of(app, teamleider)


@pytest.fixture
def session_id(app: Flask, organisation_id: int, team_id: int, teamleider: Persona) -> int:
    """In which somebody stands in every way; all but Els work in the team that Tom leads."""
    made = make_session(app, organisation_id, 20, 27, places=6)
    for state, name in OTHERS.items():
        person = make_person(app, organisation_id, name=name, works_in=[] if name == "Els Eik" else [team_id])
        put(app, made, person, state, by=teamleider)
    return made


def test_hr_sees_who_signed_up_and_nobody_else(hilde: CheckedClient, session_id: int) -> None:
    page = hilde.get(ADDRESS(session_id)).text
    assert "Els Eik" in page and "Wim Wit" in page
    for hidden in ("Petra Pool", "Dirk Dam", "Gijs Gal"):
        assert hidden not in page
    assert "5 plaatsen vrij" not in page and ", vol<" in page, "who waits goes first"


def test_a_teamleider_sees_her_own_people_however_they_stand(tom: CheckedClient, session_id: int) -> None:
    page = tom.get(ADDRESS(session_id)).text
    for name, said in (("Petra Pool", "voorgesteld"), ("Dirk Dam", "gaat liever niet"), ("Wim Wit", "op de wachtlijst"),
                       ("Gijs Gal", "weer afgemeld")):
        assert name in page and said in page
    assert "Els Eik" not in page


def test_a_begeleider_sees_nobody(jet: CheckedClient, session_id: int) -> None:
    page = jet.get(ADDRESS(session_id)).text
    assert not [name for name in OTHERS.values() if name in page]
    assert "Zet me op de wachtlijst" in page and "vol: je komt op de wachtlijst" in page


def test_a_session_says_what_it_is_about_and_for_whom(jet: CheckedClient, session_id: int) -> None:
    page = jet.get(ADDRESS(session_id)).text
    facts = page[page.index("<dl"):page.index("</dl>")]
    assert facts.index("Onderwerpen") < facts.index("Voor wie") < facts.index("Wanneer")
    assert facts.count('href="/raamwerk/') == len(ENTRY.competencies) and "Wie van niveau 2" in facts


def test_who_cannot_sign_up_is_not_told_that_she_will_wait(tom: CheckedClient, session_id: int) -> None:
    for address in (ADDRESS(session_id), "/opleidingen"):
        page = tom.get(address).text
        assert "vol" in page and "je komt op de wachtlijst" not in page


def test_a_teamleider_proposes_to_her_own_people_and_takes_it_back(
    app: Flask, organisation_id: int, team_id: int, tom: CheckedClient, hilde: CheckedClient
) -> None:
    one = make_session(app, organisation_id, 20)
    hers = make_person(app, organisation_id, works_in=[team_id], name="Mia Meer")
    other = make_person(app, organisation_id, works_in=[make_team(app, organisation_id)], name="Loes Laan")
    page = tom.get(ADDRESS(one))
    assert "Mia Meer" in page.text and "Loes Laan" not in page.text
    to = f"{ADDRESS(one)}/voorstellen"
    assert tom.submit(page, to=to).status_code == 422
    assert tom.send(to, {"people": [str(other.id), "x", "-1"]}).status_code == 422
    for _ in range(2):
        assert tom.send(to, {"people": [str(hers.id), str(other.id)]}).status_code == 303
    found = standing(app, one)
    assert {person: stood.state for person, stood in found.items()} == {hers.id: S.PROPOSED}
    assert "Mia Meer" not in hilde.get(ADDRESS(one)).text
    taken = tom.get(ADDRESS(one)).text.split("/opleidingen/inschrijving/")[1].split("/")[0]
    stranger = browser_of(app, make_person(app, organisation_id, roles=["teamleider"],
                                           leads=[make_team(app, organisation_id)]))
    assert stranger.send(f"/opleidingen/inschrijving/{taken}/terug").status_code == 404
    assert tom.send(f"/opleidingen/inschrijving/{taken}/terug").status_code == 303
    assert standing(app, one) == {}


def test_a_proposal_that_was_answered_stays(app: Flask, tom: CheckedClient, organisation_id: int, team_id: int,
                                            teamleider: Persona) -> None:
    one = make_session(app, organisation_id, 20)
    hers = make_person(app, organisation_id, works_in=[team_id])
    enrolment_id = put(app, one, hers, S.PROPOSED, by=teamleider)
    assert browser_of(app, hers).send(f"{ADDRESS(one)}/aanmelden").status_code == 303
    answer = tom.send(f"/opleidingen/inschrijving/{enrolment_id}/terug")
    assert answer.status_code == 409 and "al geantwoord" in answer.text
    assert standing(app, one)[hers.id].state == S.ENROLLED


def test_signing_up_waiting_declining_and_withdrawing(app: Flask, organisation_id: int, jet: CheckedClient,
                                                      begeleider: Persona, teamleider: Persona) -> None:
    one = make_session(app, organisation_id, 20, places=1)
    put(app, one, begeleider, S.PROPOSED, by=teamleider)
    assert "Voor jou voorgesteld" in jet.get("/opleidingen").text
    assert "stelt je een opleiding voor" in jet.get("/start").text
    page = jet.get(ADDRESS(one))
    assert jet.submit(page, to=f"{ADDRESS(one)}/liever-niet").status_code == 303
    assert standing(app, one)[begeleider.id].state == S.DECLINED
    page = jet.get(ADDRESS(one))
    assert "alsnog aanmelden" in page.text
    assert jet.submit(page, to=f"{ADDRESS(one)}/aanmelden").status_code == 303
    assert "Je bent ingeschreven" in jet.get(ADDRESS(one)).text
    assert jet.get("/opleidingen").text.count(f'href="{ADDRESS(one)}"') == 1, "it is not offered to her again"
    late = browser_of(app, other := make_person(app, organisation_id))
    assert late.submit(page, to=f"{ADDRESS(one)}/aanmelden").status_code in (303, 400)
    assert late.send(f"{ADDRESS(one)}/aanmelden", {"room": "1"}).status_code == 303
    assert "op de wachtlijst" in late.get(ADDRESS(one)).text
    assert standing(app, one)[other.id].state == S.WAITING
    assert jet.send(f"{ADDRESS(one)}/liever-niet").status_code == 409
    assert jet.submit(jet.get(ADDRESS(one)), to=f"{ADDRESS(one)}/afmelden").status_code == 303
    assert standing(app, one)[other.id].state == S.ENROLLED


def test_without_days_nothing_is_said_of_a_calendar(app: Flask, organisation_id: int, jet: CheckedClient,
                                                    hilde: CheckedClient) -> None:
    one = make_session(app, organisation_id)
    off = hilde.get(f"{ADDRESS(one)}/afzeggen").text
    assert "Nog niemand meldde zich aan." in off and "agenda" not in off and "Kies andere dagen" not in off
    page = jet.get(jet.send(f"{ADDRESS(one)}/aanmelden", {"room": "1"}).location).text
    assert "De dagen volgen nog; je krijgt een mail zodra ze er zijn." in page
    assert "1 mensen" not in hilde.get(f"{ADDRESS(one)}/afzeggen").text
    assert "agenda" not in jet.get(jet.send(f"{ADDRESS(one)}/afmelden").location).text


def test_the_last_place_went_while_the_page_was_open(app: Flask, organisation_id: int, jet: CheckedClient) -> None:
    one = make_session(app, organisation_id, 20, places=1)
    page = jet.get(ADDRESS(one))
    put(app, one, make_person(app, organisation_id), S.ENROLLED)
    jet.submit(page, to=f"{ADDRESS(one)}/aanmelden")
    assert "De laatste plaats is net weg. Je staat op de wachtlijst" in jet.get(ADDRESS(one)).text


def test_what_began_says_so(app: Flask, organisation_id: int, jet: CheckedClient) -> None:
    one = make_session(app, organisation_id, -1)
    answer = jet.send(f"{ADDRESS(one)}/aanmelden")
    assert answer.status_code == 409 and "al begonnen" in answer.text


@pytest.mark.parametrize("state", [S.ENROLLED, S.WAITING])
def test_who_signed_up_before_is_not_told_so_once_it_was_called_off(
    app: Flask, organisation_id: int, jet: CheckedClient, begeleider: Persona, state: S
) -> None:
    """She presses in a page that she left open."""
    one = make_session(app, organisation_id, 5)
    page = jet.get(ADDRESS(one))
    put(app, one, begeleider, state)
    with app.app_context():
        session = session_to_change(organisation_id, one)
        assert session is not None
        planning.call_off(session)
        db.session.commit()
    answer = jet.submit(page, to=f"{ADDRESS(one)}/aanmelden")
    assert answer.status_code == 409 and "gaat niet door" in answer.text
    assert standing(app, one)[begeleider.id].state == state


@pytest.mark.parametrize(("state", "told"), [
    (S.WAITING, "Er kwam geen plaats vrij."), (S.ENROLLED, "De bijeenkomst is begonnen."), (S.PROPOSED, ""),
    (S.WITHDRAWN, ""),
])  # fmt: skip
def test_once_it_began_there_is_nothing_to_press(app: Flask, organisation_id: int, jet: CheckedClient,
                                                 begeleider: Persona, state: S, told: str) -> None:
    one = make_session(app, organisation_id, -1)
    put(app, one, begeleider, state)
    page = jet.get(ADDRESS(one)).text
    assert told in page and f'action="{ADDRESS(one)}' not in page
    assert ('id="jij"' in page) == bool(told)
    assert "Voor jou voorgesteld" not in jet.get("/opleidingen").text


@pytest.mark.parametrize(("days", "goes"), [((-3,), False), ((-3, 4), True), ((5,), True), ((), True)])
def test_what_is_over_is_not_where_she_goes(app: Flask, organisation_id: int, jet: CheckedClient, begeleider: Persona,
                                            days: tuple[int, ...], goes: bool) -> None:
    """Until HR says who was there it is neither what she goes to nor what she followed."""
    put(app, make_session(app, organisation_id, *days), begeleider, S.ENROLLED)
    page = jet.get("/opleidingen").text
    assert ("Waar je naartoe gaat" in page, "Net geweest" in page) == (goes, not goes)
    assert "Wat je volgde" not in page


def test_what_somebody_followed(app: Flask, organisation_id: int, jet: CheckedClient, begeleider: Persona,
                                hilde: CheckedClient) -> None:
    others = [make_person(app, organisation_id) for _ in range(2)]
    one = held(app, organisation_id, [begeleider, *others[:1]], absent=others[1:])
    page = jet.get("/opleidingen").text
    assert "Samen 12 uur." in page and "€\u00a01.200" in page, "2400 over the two who were there"
    assert "zeg wat je ervan vond" in page
    with app.app_context():
        (evidence,) = db.session.scalars(select(Evidence).where(Evidence.person_id == begeleider.id))
        assert evidence.title == f"Gevolgd: {ENTRY.title}" and not evidence.shown and not evidence.reflection
        evidence_id = evidence.id
    shown = jet.get(f"/dossier/bewijs/{evidence_id}").text
    assert "Schrijf erbij wat je leerde" in shown and "12 uur" in shown
    assert jet.get("/dossier").text.count(ENTRY.title) == 1
    paper = jet.get(f"{ADDRESS(one)}/bewijs.pdf")
    leaves = PdfReader(io.BytesIO(paper.data)).pages
    said = " ".join(leaves[0].extract_text().split())
    assert len(leaves) == 1 and begeleider.name in said and ENTRY.title in said and "12 uur" in said
    assert browser_of(app, others[1]).get(f"{ADDRESS(one)}/bewijs.pdf").status_code == 303
    # HR puts right that she was not there, and the other was.
    form = hilde.get(f"{ADDRESS(one)}/afsluiten")
    assert hilde.submit(form, {"came": [str(others[1].id)]}).status_code == 303
    assert standing(app, one)[begeleider.id].state == S.ABSENT
    assert standing(app, one)[others[1].id].state == S.ATTENDED
    assert jet.get(f"/dossier/bewijs/{evidence_id}").status_code == 404
    assert "Samen" not in jet.get("/opleidingen").text


def test_a_certificate_goes_also_when_the_training_is_called_otherwise_by_now(
    app: Flask, organisation_id: int, begeleider: Persona, hilde: CheckedClient
) -> None:
    one = held(app, organisation_id, [begeleider])
    with app.app_context():
        db.session.scalars(select(Training)).one().title = "Anders genoemd"
        own = Evidence(organisation_id=organisation_id, person_id=begeleider.id, kind=EvidenceKind.NOTE, reflection="",
                       title="Van haarzelf", text="Een notitie.", happened_on=today(), created_at=now())
        db.session.add(own)
        db.session.commit()
    address = f"{ADDRESS(one)}/afsluiten"
    kept = ["Gevolgd: Doorvragen zonder verhoor", "Van haarzelf"]
    for came, titles in (([], ["Van haarzelf"]), ([begeleider.id], kept)):
        assert hilde.submit(hilde.get(address), {"came": [str(who) for who in came]}).status_code == 303
        with app.app_context():
            assert sorted(db.session.scalars(select(Evidence.title))) == titles


def test_what_she_wrote_at_it_stays_hers(app: Flask, organisation_id: int, begeleider: Persona,
                                         hilde: CheckedClient) -> None:
    one = held(app, organisation_id, [begeleider])
    with app.app_context():
        (evidence,) = db.session.scalars(select(Evidence).where(Evidence.person_id == begeleider.id))
        evidence.reflection = "Ik vraag nu eerder door."
        db.session.commit()
    form = hilde.get(f"{ADDRESS(one)}/afsluiten")
    assert hilde.submit(form, {"came": []}).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Evidence.reflection)).all() == ["Ik vraag nu eerder door."]


def test_another_dienst_has_none_of_it(app: Flask, stranger: Persona, jet: CheckedClient, hilde: CheckedClient,
                                       tom: CheckedClient) -> None:
    one = make_session(app, stranger.organisation_id, 20)
    for browser in (jet, hilde, tom):
        assert browser.get(ADDRESS(one)).status_code == 404
        assert browser.get(f"{ADDRESS(one)}/agenda.ics").status_code == 404
    assert ENTRY.title not in jet.get("/opleidingen").text


def test_statements_do_not_grow(app: Flask, organisation_id: int, team_id: int, begeleider: Persona,
                                jet: CheckedClient, tom: CheckedClient, hilde: CheckedClient) -> None:
    training_id = make_training(app, organisation_id)
    one = make_session(app, organisation_id, 20, training_id=training_id, places=50)
    put(app, one, begeleider, S.ENROLLED)
    held(app, organisation_id, [begeleider], training_id=training_id)
    pages = ((jet, "/opleidingen"), (jet, f"/opleidingen/{training_id}"), (jet, ADDRESS(one)), (tom, ADDRESS(one)),
             (hilde, ADDRESS(one)), (hilde, f"/opleidingen/aanbod/{training_id}"), (jet, "/start"))

    def asked() -> list[int]:
        found = []
        for browser, address in pages:
            browser.get(address)
            with statements(app) as counted:
                browser.get(address)
            found.append(len(counted))
        return found

    before = asked()
    for number in range(6):
        person = make_person(app, organisation_id, works_in=[team_id])
        put(app, one, person, (S.ENROLLED, S.WAITING, S.PROPOSED)[number % 3])
        put(app, make_session(app, organisation_id, 30 + number, training_id=training_id), begeleider, S.ENROLLED)
        held(app, organisation_id, [begeleider, person], training_id=training_id)
    after = asked()
    assert after == before and max(after) <= 12


def test_her_bekwaamheidsdossier_names_what_she_followed(app: Flask, organisation_id: int, jet: CheckedClient,
                                                         begeleider: Persona) -> None:
    held(app, organisation_id, [begeleider])
    put(app, make_session(app, organisation_id, 20), begeleider, S.ENROLLED)
    paper = jet.get("/dossier/bekwaamheidsdossier.pdf").data
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages).split())
    assert "Gevolgd bij de dienst, de laatste eerst; samen 12 uur" in text and "Bureau Noord" in text
    assert "Wat dit laat zien" not in text, "she wrote nothing at it yet"

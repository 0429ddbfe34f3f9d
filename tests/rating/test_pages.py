"""What happens behind a link, without a browser: promises, saving, sending, and links that lead nowhere."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, update
from werkzeug.test import TestResponse

from app.db import db
from app.measurement.scale import Group
from app.rating import drafts, queries
from app.rating.models import Draft
from app.rating.rater_form import Voice
from app.rating.words import words_of
from app.rounds import links
from app.rounds.invitations import State
from app.rounds.models import Invitation, Round, RoundSettings
from tests.rating import acts
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient, text_of, tree_of
from tests.support.rounds import MadeRound, make_round
from tests.support.statements import statements

ONE_OF_EACH = {Group.TEAM_LEAD: 1, Group.COLLEAGUE: 1, Group.SCHOOL: 1, Group.CLIENT: 1, Group.PARENT: 1,
               Group.PUPIL: 1}
ON = "Bewaar en ga verder"


@pytest.fixture(autouse=True)
def fresh_limits(app: Flask) -> Iterator[None]:
    """As in a process that just began: what other tests guessed does not count here."""
    app.extensions.pop("rater-limits", None)
    yield
    app.extensions.pop("rater-limits", None)


@pytest.fixture
def made(app: Flask, teamleider: Persona, begeleider: Persona) -> MadeRound:
    return make_round(app, teamleider, [begeleider], ONE_OF_EACH)


def token_of(made: MadeRound, group: str) -> str:
    return made.tokens[list(ONE_OF_EACH).index(Group(group))]


def words(page: TestResponse) -> str:
    return " ".join(text_of(main) for main in tree_of(page.data).iter("main"))


def change(app: Flask, made: MadeRound, group: str, **values: Any) -> None:
    with app.app_context():
        invitation_id = made.invitation_ids[list(ONE_OF_EACH).index(Group(group))]
        db.session.execute(update(Invitation).where(Invitation.id == invitation_id).values(**values))
        db.session.commit()


def change_round(app: Flask, made: MadeRound, **values: Any) -> None:
    with app.app_context():
        db.session.execute(update(Round).where(Round.id == made.round_id).values(**values))
        db.session.commit()


# --- what is promised ------------------------------------------------------------------------------------------------

PROMISES = {
    "teamleider": ["Dit is niet anoniem.", "Jet ziet jouw antwoorden apart", "ongeveer 9 minuten"],
    "collega": ["samen met die van minstens 2 andere collega’s", "Niemand ziet of je hebt geantwoord",
                "komt er precies zo in te staan", "ongeveer 6 minuten"],
    "school": ["samen met die van minstens 2 anderen van scholen", "niet van wie of van welke school ze komen"],
    "opdrachtgever": ["minstens 2 anderen", "voegen we jullie bij de groep van de scholen",
                      "Zijn het er dan nog te weinig, dan laten we niets zien"],
    "ouder": ["Jet ziet niet wat ú hebt ingevuld", "Bij minder dan 3 ouders laten wij niets zien",
              "Niemand ziet of u hebt geantwoord",
              "Ook de leraar ziet uw antwoorden niet", "12 korte vragen", "ongeveer 4 minuten", "U hoeft niet mee te"],
    "leerling": ["Jet ziet niet wat jij kiest", "Pas vanaf 5 leerlingen", "Er is geen goed of fout", "8 korte zinnen",
                 "Niemand ziet of je antwoordt", "Dan leest Jet dat. De teamleider leest het ook",
                 "in een groep van minstens 5 leerlingen"],
}


@pytest.mark.parametrize("group", PROMISES)
def test_the_first_page_says_who_sees_what(client: CheckedClient, made: MadeRound, group: str) -> None:
    page = client.get(f"/b/{token_of(made, group)}")
    told = words(page)
    for promise in PROMISES[group]:
        assert promise in told
    assert "Leren van wat anderen zien" in told, "the purpose, in the words of whoever planned it"
    assert group == "teamleider" or "niet anoniem" not in told


def test_a_small_circle_is_told_so(app: Flask, client: CheckedClient, teamleider: Persona,
                                   begeleider: Persona) -> None:
    made = make_round(app, teamleider, [begeleider], ONE_OF_EACH, small_circle=True, lead_reads_comments=False)
    for group in ("collega", "school", "opdrachtgever"):
        told = words(client.get(f"/b/{token_of(made, group)}"))
        assert "Alle antwoorden komen in één groep van minstens 3 mensen." in told
        assert "maar niet wat mensen in eigen woorden schreven" in told
    assert "niet anoniem" in words(client.get(f"/b/{token_of(made, 'teamleider')}"))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_pupils_are_spoken_to_in_short_sentences(app: Flask, client: CheckedClient, made: MadeRound) -> None:
    with app.test_request_context():
        spoken = list(dataclasses.astuple(words_of(Voice.PUPIL)))
    token = token_of(made, "leerling")
    for rest in ("", "/oefenen", "/1", "/9", "/overzicht", "/liever-niet"):
        tree = tree_of(client.get(f"/b/{token}{rest}").data)
        beside = {id(part) for helper in tree.iter("details") for part in helper.iter()}
        spoken += [text_of(part) for main in tree.iter("main") for part in main.iter()
                   if part.tag in ("p", "h1", "h2", "li", "label") and id(part) not in beside and not list(part)]
    sentences = {sentence for text in spoken for sentence in re.split(r"[.?!:…]", text)}
    assert len(sentences) > 40 and not [each for each in sentences if len(each.split()) >= 10]


@pytest.mark.parametrize("group", PROMISES)
def test_nothing_behind_a_link_is_kept_or_told_on(client: CheckedClient, made: MadeRound, begeleider: Persona,
                                                  group: str) -> None:
    log_in(client, begeleider)
    with client.session_transaction() as cookie:
        cookie.permanent = True         # elsewhere such a session is renewed by every page
    token = token_of(made, group)
    answers = [client.get(f"/b/{token}{rest}") for rest in ("", "/1", "/overzicht", "/liever-niet", "/99")]
    answers += [client.post(f"/b/{token}/antwoord", json={"page": "1"}), client.post(f"/b/{token}/verstuur"),
                client.post(f"/b/{token}/1"), client.get("/b/x"), client.get("/b/"), client.get("/b/klas/x")]
    for response in answers:
        assert "Set-Cookie" not in response.headers, response.request.path
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["Cache-Control"] == "no-store"
        assert begeleider.email not in response.text and "Hoofdmenu" not in response.text


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_page_asks_little(app: Flask, client: CheckedClient, made: MadeRound) -> None:
    token = token_of(made, "collega")
    for rest in ("", "/1", "/overzicht"):
        client.get(f"/b/{token}{rest}")
        with statements(app) as asked:
            client.get(f"/b/{token}{rest}")
        assert len(asked) <= 3, asked


# --- answering -------------------------------------------------------------------------------------------------------


def test_a_form_keeps_what_was_chosen(app: Flask, client: CheckedClient, made: MadeRound) -> None:
    token = token_of(made, "collega")
    page = client.get(f"/b/{token}/1")
    first, second = re.findall(r'data-item="([\w.]+)"', page.text)
    response = client.submit(page, {f"a-{first}": "4", f"a-{second}": "x", f"r-{second}": "nvt"}, press=ON)
    assert response.status_code == 302 and response.location.endswith(f"/b/{token}/2#vraag")
    assert acts.kept(app, token) == {first: 4, second: "nvt"}
    again = client.get(f"/b/{token}/1")
    back = client.submit(again, {f"a-{second}": "x", f"r-{second}": "niet-gezien", "wis": first}, press="terug")
    assert back.location.endswith(f"/b/{token}") and acts.kept(app, token) == {second: "niet-gezien"}
    assert "Ga verder" in client.get(f"/b/{token}").text


def test_open_questions(app: Flask, client: CheckedClient, made: MadeRound) -> None:
    token = token_of(made, "ouder")
    page = client.get(f"/b/{token}/5")
    assert "Schrijf geen namen op. Jet leest precies wat u schrijft." in words(page)
    response = client.submit(page, {"open-1": "Goed <b>& fijn</b>\r\nverder", "open-2": " "}, press=ON)
    assert response.location.endswith("/overzicht")
    assert acts.kept(app, token) == {"open-1": "Goed <b>& fijn</b>\nverder"}
    for long in ("a" * 1001, "€" * 700):
        refused = client.submit(client.get(f"/b/{token}/5"), {"open-1": long}, press=ON)
        assert refused.status_code == 422 and "te lang" in refused.text and long in refused.text
    assert client.submit(client.get(f"/b/{token}/5"), {"open-1": "€" * 600}, press=ON).status_code == 302
    client.submit(client.get(f"/b/{token}/5"), {"open-1": ""}, press=ON)
    assert acts.kept(app, token) == {}


def test_the_script_saves_one_answer(app: Flask, client: CheckedClient, made: MadeRound) -> None:
    token = token_of(made, "leerling")
    saved = client.post(f"/b/{token}/antwoord", json={"page": "1", "answers": {"V4.1": 3}})
    assert saved.status_code == 200 and re.fullmatch(r"\d\d\.\d\d", saved.json["saved"])
    assert acts.kept(app, token) == {"V4.1": 3}
    again = client.post(f"/b/{token}/antwoord",
                        json={"page": "1", "revision": saved.json["revision"], "answers": {"V4.1": "geen-reden"}})
    assert "page" not in again.json and again.json["revision"] != saved.json["revision"]
    behind = client.post(f"/b/{token}/antwoord",
                         json={"page": "1", "revision": saved.json["revision"], "answers": {"V4.1": 2}})
    assert behind.json["page"] == {"answers": {"V4.1": 2}}, "the last one counts, and the page learns what stands"
    same = client.post(f"/b/{token}/antwoord", json={"page": "1", "revision": 1, "answers": {"V4.1": 2}})
    assert "page" not in same.json, "an acknowledgement that got lost is no other device"
    client.post(f"/b/{token}/antwoord", json={"page": "1", "answers": {"V4.1": None}})
    assert acts.kept(app, token) == {}


NO_CHANGES: list[Any] = [
    {}, [], None, 3, {"page": 1}, {"page": "99", "answers": {}}, {"page": str(2**70)}, {"page": "x"}, {"page": "²"},
    {"page": "1", "answers": []}, {"page": "1", "revision": "x"}, {"page": "1", "more": 1},
    *({"page": "1", "answers": {"V4.1": value}} for value in (4, 0, -1, "nvt", "", True, 2.0, [1], 2**70)),
    {"page": "1", "answers": {"V1.1": 2}}, {"page": "2", "answers": {"V4.1": 2}},
    {"page": "1", "answers": {"open-1": "x"}}, {"page": "9", "answers": {"open-1": "a" * 1001}},
    {"page": "9", "answers": {"open-1": "€" * 700}}, {"page": "9", "answers": {"open-1": 3}},
]


@pytest.mark.parametrize("sent", NO_CHANGES)
def test_what_is_no_answer_changes_nothing(app: Flask, client: CheckedClient, made: MadeRound, sent: Any) -> None:
    token = token_of(made, "leerling")
    acts.save(app, token, {"V4.1": 1, "open-1": "staat er"})
    response = client.post(f"/b/{token}/antwoord", json=sent)
    assert response.status_code == 422 and response.json["message"].endswith((".", "korter."))
    assert acts.kept(app, token) == {"V4.1": 1, "open-1": "staat er"}


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"page":"1","answers":{"V4.1":NaN}}', b"[" * 50_000,
                                  b'{"page":"9","answers":{"open-1":"\\ud800"}}'])
def test_what_is_no_json_changes_nothing(app: Flask, client: CheckedClient, made: MadeRound, body: bytes) -> None:
    token = token_of(made, "leerling")
    response = client.post(f"/b/{token}/antwoord", data=body, content_type="application/json")
    assert response.status_code == 422 and acts.kept(app, token) == {}


@pytest.mark.parametrize(("fields", "status"), [
    ({"revision": "0", "a-V4.1": "4"}, 422), ({"revision": "0", "a-V1.1": "2"}, 422),
    ({"revision": "0", "a-V4.1": "x", "r-V4.1": "nvt"}, 422), ({"revision": "0", "wis": "V9.9"}, 422),
    ({"a-V4.1": "2"}, 400), ({}, 400),
])
def test_a_form_that_is_not_ours_changes_nothing(app: Flask, client: CheckedClient, made: MadeRound,
                                                 fields: dict[str, str], status: int) -> None:
    token = token_of(made, "leerling")
    assert client.post(f"/b/{token}/1", data=fields).status_code == status
    assert acts.kept(app, token) == {}


def test_what_is_too_big_or_damaged(app: Flask, client: CheckedClient, made: MadeRound) -> None:
    token = token_of(made, "ouder")
    script = {"Accept": "application/json"}
    big = b'{"page":"1","answers":{"VM1.1":' + b" " * 70_000 + b"3}}"
    response = client.post(f"/b/{token}/antwoord", data=big, content_type="application/json", headers=script)
    assert response.status_code == 413 and response.json["message"]
    huge = client.post(f"/b/{token}/5", data={"revision": "0", "open-1": "a" * 70_000})
    assert huge.status_code == 413 and "te veel" in huge.text
    damaged = client.post(f"/b/{token}/5", data=b"revision=0&open-1=%ff%fe",
                          content_type="application/x-www-form-urlencoded")
    assert damaged.status_code == 400 and "Er is niets veranderd" in damaged.text
    elsewhere = client.post(f"/b/{token}/1", data={"revision": "0", "a-VM1.1": "3"},
                            headers={"Sec-Fetch-Site": "cross-site"})
    assert elsewhere.status_code == 403
    assert acts.kept(app, token) == {}


def test_two_tabs_without_a_script(app: Flask, client: CheckedClient, made: MadeRound) -> None:
    token = token_of(made, "ouder")
    old = client.get(f"/b/{token}/1")
    client.submit(client.get(f"/b/{token}/1"), {"a-VM1.1": "1"}, press=ON)
    behind = client.submit(old, {"a-VM1.1": "5", "a-VM1.2": "x"}, press=ON)
    assert behind.status_code == 409
    assert "Hier koos u net: Ja, helemaal. Bewaard is: Nee, helemaal niet." in words(behind)
    assert acts.kept(app, token) == {"VM1.1": 1}
    assert client.submit(behind, {"a-VM1.1": "5"}, press=ON).status_code == 302
    assert acts.kept(app, token) == {"VM1.1": 5}
    same = client.submit(old, {"a-VM1.1": "5"}, press=ON)
    assert same.status_code == 302, "what was chosen is what stands"
    written = client.get(f"/b/{token}/5")
    acts.save(app, token, {"open-1": "elders"})
    beside = client.submit(written, {"open-1": "hier <getypt>"}, press=ON)
    assert beside.status_code == 409 and "hier &lt;getypt&gt;" in beside.text and "elders" in beside.text


# --- sending ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", PROMISES)
def test_sending_once(app: Flask, client: CheckedClient, made: MadeRound, group: str) -> None:
    token = token_of(made, group)
    assert client.get(f"/b/{token}/verstuur").location == f"/b/{token}/overzicht"
    empty = client.post(f"/b/{token}/verstuur")
    assert empty.status_code == 422 and "nog niets ingevuld" in empty.text
    codes = acts.codes_of(app, token)
    acts.save(app, token, {codes[0]: 3, codes[1]: "geen-reden", "open-2": "Ga zo door."})
    overview = client.get(f"/b/{token}/overzicht")
    assert ("ziet dat het van jou komt" in overview.text) is (group == "teamleider")
    thanks = client.submit(overview, to=f"/b/{token}/verstuur")
    assert thanks.status_code == 200
    if group == "leerling":
        assert words(thanks).startswith("Klaar! Dank je wel.")
    else:
        assert re.search(r"\b[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}\b", words(thanks))
        assert "één zin met een antwoord" in words(thanks) and "één tekst in eigen woorden" in words(thanks)
    assert "Ga zo door" not in thanks.text
    for again in (client.get(f"/b/{token}"), client.get(f"/b/{token}/1"), client.get(f"/b/{token}/overzicht"),
                  client.post(f"/b/{token}/verstuur"), client.post(f"/b/{token}/1", data={"revision": "0"}),
                  client.post(f"/b/{token}/liever-niet", data={"reden": "geen-tijd"})):
        assert again.status_code == 410 and "al verstuurd" in again.text and "Ga zo door" not in again.text
    reopened = client.get(f"/b/{token}/verstuur")       # a phone that comes back to the page of thanks
    assert reopened.status_code == 410 and "al verstuurd" in reopened.text
    script = client.post(f"/b/{token}/antwoord", json={"page": "1", "answers": {codes[0]: 1}},
                         headers={"Accept": "application/json"})
    assert script.status_code == 410 and script.json["error"] == "sent"


def test_rather_not(app: Flask, client: CheckedClient, made: MadeRound) -> None:
    token = token_of(made, "school")
    acts.save(app, token, {"open-1": "weg ermee"})
    page = client.get(f"/b/{token}/liever-niet")
    assert "Jet ziet dat je liever niet meedoet, en wat je hieronder kiest." in words(page)
    assert client.submit(page, to=f"/b/{token}/liever-niet").status_code == 422
    assert client.post(f"/b/{token}/liever-niet", data={"reden": "zomaar"}).status_code == 400
    thanks = client.submit(page, {"reden": "geen-tijd"}, to=f"/b/{token}/liever-niet")
    assert thanks.status_code == 200 and "We vragen het je in deze ronde niet meer" in thanks.text
    with app.app_context():
        row = db.session.get_one(Invitation, made.invitation_ids[list(ONE_OF_EACH).index(Group.SCHOOL)])
        assert (row.state, row.decline_reason) == (State.DECLINED, "geen-tijd")
    for rest in ("", "/1"):
        assert client.get(f"/b/{token}{rest}").status_code == 410
    assert client.post(f"/b/{token}/liever-niet", data={"reden": "geen-tijd"}).status_code == 410
    parent = client.post(f"/b/{token_of(made, 'ouder')}/liever-niet")
    assert parent.status_code == 200 and "Wij vragen het u" in parent.text


def test_who_declined_by_mistake_comes_back(app: Flask, client: CheckedClient, made: MadeRound) -> None:
    """While the round runs, by her own link; nobody else's no is undone."""
    token, parent = token_of(made, "collega"), token_of(made, "ouder")
    with app.app_context():
        db.session.add(RoundSettings(organisation_id=db.session.get_one(Round, made.round_id).organisation_id,
                                     contact="Bea Jansen, 020 123 45 67"))
        db.session.commit()
    client.post(f"/b/{token}/liever-niet", data={"reden": "geen-tijd"})
    client.post(f"/b/{parent}/liever-niet")
    for rest in ("", "/1", "/overzicht", "/liever-niet"):
        told = client.get(f"/b/{token}{rest}")
        assert told.status_code == 410 and "Met deze link is gezegd: liever niet." in told.text
        assert "Bea Jansen, 020 123 45 67" in told.text and "ingetrokken" not in told.text
    back = client.submit(told, to=f"/b/{token}/toch-wel")
    assert (back.status_code, back.location) == (303, f"/b/{token}")
    assert client.get(f"/b/{token}").status_code == 200 and client.get(f"/b/{parent}").status_code == 410
    with app.app_context():
        row = db.session.get_one(Invitation, made.invitation_ids[list(ONE_OF_EACH).index(Group.COLLEAGUE)])
        assert (row.state, row.decline_reason, row.answered) == (State.APPROVED, None, False)
    assert client.post(f"/b/{token}/toch-wel").status_code == 303, "pressed twice"
    change(app, made, "school", state=State.REMOVED)
    assert client.post(f"/b/{token_of(made, 'school')}/toch-wel").status_code == 410
    change_round(app, made, state="closed")
    told = client.post(f"/b/{parent}/toch-wel")
    assert told.status_code == 410 and "toch-wel" not in told.text
    with app.app_context():
        row = db.session.get_one(Invitation, made.invitation_ids[list(ONE_OF_EACH).index(Group.PARENT)])
        assert row.state == State.DECLINED


def test_who_came_to_lead_her_does_not_come_back(app: Flask, client: CheckedClient, made: MadeRound,
                                                 teamleider: Persona) -> None:
    token = token_of(made, "collega")
    change(app, made, "collega", state=State.DECLINED, email=teamleider.email)
    told = client.post(f"/b/{token}/toch-wel")
    assert told.status_code == 410 and "ingetrokken" in told.text
    assert "liever niet" in client.get(f"/b/{token}").text


def test_what_is_saved_while_somebody_declines_is_thrown_away_too(app: Flask, client: CheckedClient,
                                                                 made: MadeRound) -> None:
    token = token_of(made, "school")
    declined: list[int] = []
    other = threading.Thread(target=lambda: declined.append(
        client.post(f"/b/{token}/liever-niet", data={"reden": "geen-tijd"}).status_code))
    with app.app_context():
        drafts.save(queries.find(token), {"open-1": "weg ermee"})      # on another device; not yet committed
        other.start()
        time.sleep(0.5)
        db.session.commit()
    other.join(timeout=30)
    assert declined == [200]
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Draft)) == 0


# --- links that lead nowhere -----------------------------------------------------------------------------------------


def test_every_bad_link_has_its_own_page(app: Flask, client: CheckedClient, made: MadeRound) -> None:
    token = token_of(made, "collega")
    other = token_of(made, "school")
    mixed = token.split(".")[0] + "." + other.split(".")[1]
    for wrong in ("x", token[:-1], token + "a", token.lower(), mixed, "klas", "%00", "é" * 30, token + "/1/2",
                  "a" * 22 + "." + "b" * 43):
        response = client.get(f"/b/{wrong}")
        assert response.status_code == 404 and "Deze link klopt niet" in response.text, wrong
    assert client.get(f"/b/{token}/99").status_code == client.get(f"/b/{token}/oefenen").status_code == 404

    change(app, made, "collega", renewal=1)
    response = client.get(f"/b/{token}")
    assert response.status_code == 410 and "een nieuwere link" in response.text
    script = client.post(f"/b/{token}/antwoord", json={"page": "1"}, headers={"Accept": "application/json"})
    assert script.status_code == 410 and script.json["error"] == "dead"

    change(app, made, "opdrachtgever", state=State.REMOVED)
    gone = client.get(f"/b/{token_of(made, 'opdrachtgever')}")
    assert gone.status_code == 410 and "ingetrokken" in gone.text
    change_round(app, made, state="closed", closes_on=dt.date(2026, 3, 20))
    closed = client.get(f"/b/{other}")
    assert closed.status_code == 410 and "tot en met 20 maart 2026" in closed.text
    assert client.post(f"/b/{other}/verstuur").status_code == 410
    change_round(app, made, state="aborted")
    assert client.get(f"/b/{other}").status_code == 410


def test_guessing_is_slowed_and_nobody_else_is(client: CheckedClient, made: MadeRound) -> None:
    token = token_of(made, "collega")
    start = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=5)
    with time_machine.travel(start, tick=False) as clock:
        statuses = [client.get(f"/b/{'a' * 22}.{number:043}").status_code for number in range(61)]
        assert statuses == [404] * 60 + [429]
        slowed = client.get("/b/x")
        assert slowed.status_code == 429 and slowed.headers["Retry-After"] == "60" and "Even geduld" in slowed.text
        assert client.get(f"/b/{token}").status_code == 200
        clock.shift(61)
        assert client.get("/b/x").status_code == 404
        clock.shift(300)


def test_a_link_has_a_generous_limit_of_its_own(client: CheckedClient, made: MadeRound) -> None:
    start = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=30)
    with time_machine.travel(start, tick=False):
        for _ in range(240):
            assert client.get(f"/b/{token_of(made, 'leerling')}/oefenen").status_code == 200
        assert client.get(f"/b/{token_of(made, 'leerling')}").status_code == 429
        script = client.post(f"/b/{token_of(made, 'leerling')}/antwoord", json={"page": "1"},
                             headers={"Accept": "application/json"})
        assert script.status_code == 429 and int(script.headers["Retry-After"]) > 0
        assert client.get(f"/b/{token_of(made, 'ouder')}").status_code == 200


# --- the device that pupils pass on ----------------------------------------------------------------------------------


@pytest.fixture
def sheets(app: Flask, teamleider: Persona, begeleider: Persona) -> MadeRound:
    """Three sheets, and one pupil who got a mail."""
    made = make_round(app, teamleider, [begeleider], {Group.PUPIL: 4, Group.PARENT: 1})
    with app.app_context():
        db.session.execute(update(Invitation).where(Invitation.id.in_(made.invitation_ids[:3])).values(email=None))
        db.session.commit()
    return made


def device_of(app: Flask, made: MadeRound) -> str:
    with app.app_context():
        return links.class_token(made.part_ids[0])


def test_one_device_goes_from_child_to_child(app: Flask, client: CheckedClient, sheets: MadeRound) -> None:
    device = f"/b/klas/{device_of(app, sheets)}"
    page = client.get(device)
    assert page.status_code == 200 and "Jet is er zelf niet bij." in words(page)
    said = words(page)
    unconfirmed = client.submit(page, to=device)
    assert unconfirmed.status_code == 422 and "Bevestig eerst dat je niet Jet bent." in words(unconfirmed)
    opened: list[str] = []
    for _ in range(3):
        response = client.post(device, data={"niet_zelf": "ja"})
        assert response.status_code == 302
        token = response.location.removeprefix("/b/").split("?")[0]
        assert token in sheets.tokens[:3] and token not in opened
        opened.append(token)
        first = client.get(response.location)
        assert "klas=" in first.text and "Ga verder" not in first.text
        saved = client.post(f"/b/{token}/antwoord?klas={device[8:]}", json={"page": "1", "answers": {"V4.1": 2}})
        assert saved.status_code == 200
        sent = client.post(f"/b/{token}/verstuur?klas={device[8:]}")
        assert "Geef het apparaat aan het volgende kind." in words(sent)
        assert client.get(f"/b/{token}/overzicht?klas={device[8:]}").status_code == 410
        assert len(opened) == 3 or words(client.get(device)) == said, "how many answered is seen from five on"
    assert "Alle bladen zijn gebruikt" in words(client.get(device))
    none = client.post(device, data={"niet_zelf": "ja"})
    assert none.status_code == 409 and "Alle bladen zijn gebruikt" in words(none)


def test_a_device_of_another_class_is_no_device(app: Flask, client: CheckedClient, sheets: MadeRound) -> None:
    for token, query in ((sheets.tokens[0], "klas=1.x"), (sheets.tokens[4], f"klas={device_of(app, sheets)}")):
        assert "klas=" not in client.get(f"/b/{token}?{query}").text
    assert client.get("/b/klas/1." + "a" * 43).status_code == 404


@pytest.mark.parametrize(("state", "told"), [
    ("closed", "gesloten"), ("released", "gesloten"), ("aborted", "ingetrokken"), ("choosing", "nog niet begonnen"),
])
def test_a_device_needs_a_round_that_is_open(app: Flask, client: CheckedClient, sheets: MadeRound, state: str,
                                             told: str) -> None:
    change_round(app, sheets, state=state)
    device = f"/b/klas/{device_of(app, sheets)}"
    for response in (client.get(device), client.post(device, data={"niet_zelf": "ja"})):
        assert response.status_code == 410 and told in response.text

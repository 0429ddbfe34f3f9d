"""What happens behind a link, without a browser: what is promised, and answering."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest
from flask import Flask

from app.rating.rater_form import Voice
from app.rating.words import words_of
from tests.rating import acts
from tests.rating.behind import ON, ONE_OF_EACH, token_of, words
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient, text_of, tree_of
from tests.support.rounds import MadeRound, make_round
from tests.support.statements import statements


@pytest.fixture
def made(app: Flask, teamleider: Persona, begeleider: Persona) -> MadeRound:
    return make_round(app, teamleider, [begeleider], ONE_OF_EACH)


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

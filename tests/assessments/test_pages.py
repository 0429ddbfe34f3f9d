"""The pages without a script: the same form keeps the page, and tells what it cannot keep with everything in place."""

from __future__ import annotations

import re

import pytest
import time_machine
from flask import Flask

from app.assessments.questionnaire import NO_REASON, Questionnaire
from app.competencies.seeding import SEED, read_framework
from tests.assessments import acts
from tests.support.builders import PASSWORD, Persona, log_in, log_out
from tests.support.pages import CheckedClient
from tests.support.statements import statements

ON = "Bewaar en ga verder"
BACK = "Terug"


@pytest.fixture
def running(client: CheckedClient, begeleider: Persona) -> int:
    log_in(client, begeleider)
    return acts.begin(client)


@pytest.fixture
def path(running: int) -> str:
    return f"/zelfbeeld/{running}/{acts.VM1_PAGE}"


def chosen(page: str) -> dict[str, str]:
    """Which tiles are chosen on a page."""
    inputs = re.findall(r'<input[^>]*name="(a-[^"]+|r-[^"]+|look_back)"[^>]*value="([^"]+)"([^>]*)>', page)
    return {name: value for name, value, rest in inputs if "checked" in rest}


def test_nothing_is_preselected(client: CheckedClient, path: str) -> None:
    page = client.get(path).text
    assert chosen(page) == {} and page.count('class="tile"') == 20
    for word in ("1 van 21", "nog ongeveer 12 minuten", "Verwachtingsmanagement", "Ik vraag bij de start",
                 "Hoe vaak deed je dit in het afgelopen halfjaar", "Een voorbeeld uit mijn werk", "Noem geen namen"):
        assert word in page, word
    main = page[page.index("<main"):]
    assert "Bewaard" not in main and "terugkijkt" not in main and "Wis mijn" not in main


def test_on_keeps_the_page_and_goes_on(app: Flask, client: CheckedClient, running: int, path: str) -> None:
    sent = {"a-VM1.1": "3", "a-VM1.2": "x", "a-VM1.3": "x", "r-VM1.3": "nvt", "remark": "Zo ging het."}
    response = client.submit(client.get(path), sent, press=ON)
    assert response.location == f"/zelfbeeld/{running}/vraag-expliciteren#vraag"
    now = acts.stored(app, running)
    assert now.answers == {"VM1.1": 3, "VM1.2": NO_REASON, "VM1.3": "nvt"}
    assert now.notes == {"VM1": ("Zo ging het.", None, 1)}
    page = client.get(path).text
    assert chosen(page) == {"a-VM1.1": "3", "a-VM1.2": "x", "a-VM1.3": "x", "r-VM1.3": "nvt"}
    assert "Zo ging het." in page and "Bewaard om" in page


def test_back_keeps_the_page_too(app: Flask, client: CheckedClient, running: int, path: str) -> None:
    second = f"/zelfbeeld/{running}/vraag-expliciteren"
    response = client.submit(client.get(second), {"a-VM2.1": "5"}, press=BACK)
    assert response.location == f"{path}#vraag" and acts.stored(app, running).answers == {"VM2.1": 5}
    assert client.submit(client.get(path), {"a-VM1.1": "2"}, press=BACK).location == "/metingen"
    assert acts.stored(app, running).answers == {"VM2.1": 5, "VM1.1": 2}


def test_an_answer_can_be_cleared_without_a_script(app: Flask, client: CheckedClient, running: int, path: str) -> None:
    acts.kept(client, running, _1=3, _2="nvt")
    page = client.get(path)
    assert page.text.count('name="wis"') == 2
    client.submit(page, {"wis": ["VM1.1", "VM1.2"]}, press=ON)
    assert acts.stored(app, running).answers == {}


def test_a_reason_says_enough(app: Flask, client: CheckedClient, running: int, path: str) -> None:
    """Without :has() the reasons stand there from the start; choosing one is choosing 'kan ik niet zeggen'."""
    client.submit(client.get(path), {"r-VM1.1": "nvt"}, press=ON)
    assert acts.stored(app, running).answers == {"VM1.1": "nvt"}
    client.submit(client.get(path), {"a-VM1.1": "4", "r-VM1.1": "nvt"}, press=ON)
    assert acts.stored(app, running).answers == {"VM1.1": 4}


def test_the_last_page_leads_to_the_overview(client: CheckedClient, running: int) -> None:
    page = client.get(f"/zelfbeeld/{running}/medieren")
    assert "van 21" in page.text
    last = client.get(f"/zelfbeeld/{running}/aanbod-ontwikkelen")
    assert "21 van 21" in last.text
    assert client.submit(last, press=ON).location == f"/zelfbeeld/{running}/overzicht"


def test_the_same_page_twice_is_kept_once(app: Flask, client: CheckedClient, running: int, path: str) -> None:
    """Double click, or back and again: the second one says the same, so nothing is behind."""
    page = client.get(path)
    for _ in range(2):
        assert client.submit(page, {"a-VM1.1": "3", "remark": "x"}, press=ON).status_code == 302
    assert acts.stored(app, running).notes["VM1"] == ("x", None, 1)


def test_an_old_page_tells_what_is_stored_and_what_was_chosen(app: Flask, client: CheckedClient, running: int,
                                                              path: str) -> None:
    old = client.get(path)
    acts.save(client, running, answers={"VM1.1": 5, "VM1.2": 2}, remark="elders getypt")
    before = acts.stored(app, running)
    response = client.submit(old, {"a-VM1.1": "1", "a-VM1.3": "x", "remark": "hier <getypt>"}, press=ON)
    assert response.status_code == 409 and acts.stored(app, running) == before
    text = response.text
    assert "staat ook op een ander apparaat open" in text
    assert "Hier koos je net: <b>(Nog) niet</b>. Bewaard is: <b>Altijd</b>." in " ".join(text.split())
    assert "Hier koos je net: <b>Kan ik niet zeggen</b>. Bewaard is: <b>Geen antwoord</b>." in text
    assert text.count("Hier koos je net") == 2, "VM1.2 was not touched here"
    assert "hier &lt;getypt&gt;" in text and "elders getypt" in text
    assert chosen(text) == {"a-VM1.1": "5", "a-VM1.2": "2"}
    again = client.submit(response, {"a-VM1.1": "1"}, press=ON)
    assert again.status_code == 302 and acts.stored(app, running).answers == {"VM1.1": 1, "VM1.2": 2}


def test_an_old_page_that_says_the_same_is_not_behind(app: Flask, client: CheckedClient, running: int,
                                                      path: str) -> None:
    old = client.get(path)
    acts.kept(client, running, _1=3)
    before = acts.stored(app, running).notes
    assert client.submit(old, {"a-VM1.1": "3"}, press=ON).status_code == 302
    assert acts.stored(app, running).notes == before


def test_a_remark_too_long_stays_on_the_page(app: Flask, client: CheckedClient, running: int, path: str) -> None:
    before = acts.stored(app, running)
    long = "woord " * 700 + "einde"
    response = client.submit(client.get(path), {"a-VM1.1": "4", "remark": long}, press=ON)
    assert response.status_code == 422 and acts.stored(app, running) == before
    assert "4205 tekens, er passen er 4000" in response.text and long in response.text
    assert chosen(response.text) == {"a-VM1.1": "4"}
    shorter = client.submit(response, {"remark": "kort"}, press=ON)
    assert shorter.status_code == 302 and acts.stored(app, running).answers == {"VM1.1": 4}


def test_lines_count_as_one_character(client: CheckedClient, path: str) -> None:
    assert client.submit(client.get(path), {"remark": "a\r\n" * 1999 + "ab"}, press=ON).status_code == 302


@pytest.mark.parametrize(("name", "value"), [
    ("a-VM1.1", "6"), ("a-VM1.1", "0"), ("a-VM1.1", "drie"), ("a-VM1.1", ""), ("a-VM1.1", "٣"), ("r-VM1.1", "geen-zin"),
    ("a-VM2.1", "3"), ("a-V1.1", "3"), ("a-", "3"), ("wis", "VM9.9"), ("wis", "VM2.1"), ("look_back", "9"),
    ("look_back", "x"), ("look_back", "9" * 5000),
])
def test_what_does_not_belong_on_the_page(app: Flask, client: CheckedClient, running: int, path: str, name: str,
                                          value: str) -> None:
    acts.kept(client, running, _2=2)
    before = acts.stored(app, running)
    response = client.send(path, {"revision": "1", "remark": "blijft staan", "a-VM1.2": "5", name: value})
    assert response.status_code == 422 and "Er is niets veranderd" in response.text
    assert acts.stored(app, running) == before and "blijft staan" in response.text


@pytest.mark.parametrize("revision", ["", "-1", "x", "1e9", "9" * 400, "²"])
def test_a_page_without_a_readable_revision_counts_as_old(app: Flask, client: CheckedClient, running: int, path: str,
                                                          revision: str) -> None:
    acts.kept(client, running, _1=2)
    assert client.send(path, {"revision": revision, "a-VM1.1": "5"}).status_code == 409
    assert acts.stored(app, running).answers == {"VM1.1": 2}


def test_a_look_back_where_there_is_nothing_to_look_back_on(app: Flask, client: CheckedClient, running: int,
                                                            path: str) -> None:
    before = acts.stored(app, running)
    assert client.send(path, {"revision": "0", "look_back": "3"}).status_code == 400
    assert acts.stored(app, running) == before


def test_a_second_one_may_look_back(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    with time_machine.travel("2025-09-03 10:00:00+00:00", tick=False):
        log_in(client, begeleider)
        acts.finished_one(client)
    log_in(client, begeleider)
    running = acts.begin(client)
    path = f"/zelfbeeld/{running}/{acts.VM1_PAGE}"
    page = client.get(path)
    assert "waar stond je op 3 september 2025?" in page.text
    assert chosen(page.text) == {}, "the old answer would steer"
    assert "terugkijkt" not in client.get(f"/zelfbeeld/{running}/vraag-expliciteren").text, "was not measured then"
    client.submit(page, {"look_back": "2"}, press=ON)
    assert acts.stored(app, running).notes["VM1"] == ("", 2, 1)
    client.submit(client.get(path), {"wis": "look_back"}, press=ON)
    assert acts.stored(app, running).notes["VM1"] == ("", None, 2)
    assert acts.save(client, running, look_back=4).status_code == 200
    assert acts.save(client, running, look_back=None).status_code == 200
    assert acts.stored(app, running).notes["VM1"] == ("", None, 4)


def test_looking_back_in_the_same_month_says_which_day(client: CheckedClient, begeleider: Persona) -> None:
    with time_machine.travel("2026-11-04 10:00:00+00:00", tick=False):
        log_in(client, begeleider)
        acts.finished_one(client)
    with time_machine.travel("2026-11-21 10:00:00+00:00", tick=False):
        log_in(client, begeleider)
        page = client.get(f"/zelfbeeld/{acts.begin(client)}/{acts.VM1_PAGE}").text
    assert "waar stond je op 4 november 2026?" in page


def test_a_session_that_ended_loses_nothing(app: Flask, client: CheckedClient, running: int, path: str,
                                            begeleider: Persona) -> None:
    page = client.get(path)
    log_out(client)
    sign_in = client.submit(page, {"a-VM1.1": "3", "remark": "getypt"}, press=ON)
    assert sign_in.status_code == 401 and acts.stored(app, running).answers == {}
    offered = client.submit(sign_in, {"email": begeleider.email, "password": PASSWORD})
    assert "getypt" in offered.text
    assert client.submit(offered).status_code == 302
    now = acts.stored(app, running)
    assert now.answers == {"VM1.1": 3} and now.notes["VM1"][0] == "getypt"


def test_a_token_of_another_session_loses_nothing(app: Flask, client: CheckedClient, running: int, path: str,
                                                  begeleider: Persona) -> None:
    page = client.get(path)
    log_out(client)
    log_in(client, begeleider)
    offered = client.submit(page, {"a-VM1.1": "3"}, press=ON)
    assert offered.status_code == 400 and acts.stored(app, running).answers == {}
    assert client.submit(offered).status_code == 302 and acts.stored(app, running).answers == {"VM1.1": 3}


def test_what_is_finished_is_not_asked_again(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    log_in(client, begeleider)
    running = acts.begin(client, "focus")
    path = f"/zelfbeeld/{running}/{acts.VM1_PAGE}"
    acts.kept(client, running, _1=4, _2=4)
    page = client.get(path)
    acts.finish(client, running)
    before = acts.stored(app, running)
    response = client.submit(page, {"a-VM1.1": "1"}, press=ON)
    assert response.status_code == 409 and "is al afgerond" in response.text and acts.stored(app, running) == before
    for address in (path, f"/zelfbeeld/{running}/overzicht"):
        assert client.get(address).location == f"/zelfbeeld/{running}"


@pytest.mark.parametrize("slug", ["bestaat-niet", "vakkennis", "VM1", "%F0%9F", "antwoord", "afronden", "formulier"])
def test_a_page_that_is_not_asked(client: CheckedClient, running: int, slug: str) -> None:
    assert client.get(f"/zelfbeeld/{running}/{slug}").status_code == 404


def test_the_overview_says_what_was_skipped(client: CheckedClient, running: int) -> None:
    acts.kept(client, running, _1=3, _2="nvt", _3=3)
    acts.save(client, running, "VM2", answers={f"VM2.{n}": 3 for n in (1, 2, 3, 4)}, remark="x")
    page = client.get(f"/zelfbeeld/{running}/overzicht").text
    assert "Er staan nog 68 zinnen open" in page and "nog niet ingevuld" in page
    lines = [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in page.split("<li>") if 'class="ring"' in line]
    assert "2 zinnen beantwoord · 1 keer 'kan ik niet zeggen' · 1 overgeslagen" in lines[0]
    assert "alles beantwoord · met voorbeeld" in lines[1] and len(lines) == 21


def test_going_over_what_was_skipped(client: CheckedClient, running: int) -> None:
    for page in ("VM1", "VM3"):
        acts.save(client, running, page, answers={f"{page}.{n}": 3 for n in (1, 2, 3, 4)})
    first = client.get(f"/zelfbeeld/{running}/vraag-expliciteren?overgeslagen=")
    response = client.submit(first, press=ON)
    assert response.location == f"/zelfbeeld/{running}/kansen-verbinden?overgeslagen=#vraag"
    last = client.get(f"/zelfbeeld/{running}/aanbod-ontwikkelen?overgeslagen=")
    assert client.submit(last, press=ON).location == f"/zelfbeeld/{running}/overzicht"


def test_nothing_skipped(client: CheckedClient, running: int) -> None:
    for page in Questionnaire.of(read_framework(SEED), "tweede").pages:
        acts.save(client, running, page.competency.code, answers={i.code: 3 for i in page.indicators})
    acts.kept(client, running, _2=None, _3=None)
    overview = client.get(f"/zelfbeeld/{running}/overzicht").text
    assert "Je hebt 2 zinnen overgeslagen. Dat mag." in overview and f"{acts.VM1_PAGE}?overgeslagen=" in overview
    acts.kept(client, running, _2=1, _3=1)
    overview = client.get(f"/zelfbeeld/{running}/overzicht").text
    assert "Je hebt alle zinnen beantwoord" in overview and "overgeslagen" not in overview
    assert client.get(f"/zelfbeeld/{running}").location.endswith("/overzicht")
    assert "alles is beantwoord" in client.get(f"/zelfbeeld/{running}/{acts.VM1_PAGE}").text


def test_finishing_early_is_counted_out_first(client: CheckedClient, running: int) -> None:
    first = client.get(f"/zelfbeeld/{running}/overzicht").text
    assert "bij geen enkel onderwerp komt al een score" in first and "Je sluit af met" not in first
    acts.kept(client, running, _1=3, _2=3, _3="nvt")
    acts.save(client, running, "VM2", answers={"VM2.1": 3})
    early = client.get(f"/zelfbeeld/{running}/overzicht").text
    early = early[early.index("Klaar?"):]
    assert "Je sluit af met 71 open zinnen." in early and "Bij 20 onderwerpen komt dan geen score." in early
    assert early.index("Bekijk wat ik oversloeg") < early.index("Rond mijn zelfbeeld af")
    assert '<button class="btn sec">' in early
    for page in Questionnaire.of(read_framework(SEED), "tweede").pages[:-1]:
        acts.save(client, running, page.competency.code, answers={i.code: 3 for i in page.indicators})
    late = client.get(f"/zelfbeeld/{running}/overzicht").text
    late = late[late.index("Klaar?"):]
    assert "Bij één onderwerp komt dan geen score." in late and "Bekijk wat ik oversloeg" not in late


def test_finishing_with_little_open(client: CheckedClient, running: int) -> None:
    for page in Questionnaire.of(read_framework(SEED), "tweede").pages:
        acts.save(client, running, page.competency.code, answers={i.code: 3 for i in page.indicators})
    acts.kept(client, running, _2=None)
    page = client.get(f"/zelfbeeld/{running}/overzicht").text
    page = page[page.index("Klaar?"):]
    assert "Je sluit af met één open zin." in page and "Bij elk onderwerp komt wel een score." in page
    assert '<button class="btn">' in page
    acts.kept(client, running, _1="nvt", _2="nvt", _3=NO_REASON)
    page = client.get(f"/zelfbeeld/{running}/overzicht").text
    assert "Je sluit af met" not in page and "Bij één onderwerp komt dan geen score." in page


def test_a_page_costs_few_statements_however_much_was_answered(app: Flask, client: CheckedClient, running: int,
                                                               path: str) -> None:
    counted = []
    for _ in range(2):
        for address in (path, f"/zelfbeeld/{running}/overzicht"):
            with statements(app) as seen:
                client.get(address)
            counted.append(len(seen))
        acts.kept(client, running, _1=3, _2=3)
        acts.save(client, running, "VM2", answers={"VM2.1": 3}, remark="x")
    assert counted[:2] == counted[2:] and max(counted) <= 7

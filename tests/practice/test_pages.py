"""The pages of the practice tools without a script: beginning, filling in, finishing, reading, throwing away."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from app.db import db
from app.practice.models import PracticeTool
from app.practice.values import MOST_ROWS
from app.web.formats import now
from tests.support.builders import Persona
from tests.support.pages import CheckedClient, text_of, the_form, tree_of, typed
from tests.support.practice import CANVAS, TOOLS, at, make_sheet, stored_answers


def said(page: TestResponse) -> str:
    return text_of(tree_of(page.data))


def press(client: CheckedClient, sheet_id: int, fields: dict[str, Any], button: str = "bewaar") -> TestResponse:
    return client.submit(client.get(at(sheet_id)), fields, to=at(sheet_id), press=button)


def save(client: CheckedClient, sheet_id: int, answers: Any, **more: Any) -> TestResponse:
    body = {"page": "blad", "answers": answers, **more}
    return client.send(at(sheet_id, "/veld"), json=body, headers={"Accept": "application/json"})


def test_where_it_begins(jet: CheckedClient) -> None:
    page = jet.get("/praktijk")
    assert "Hier staan je hulpmiddelen: het verwachtingencanvas" in said(page)
    assert all(f"Begin met {tool.name}" in said(page) for tool in TOOLS.values())
    made = jet.submit(jet.get(f"/praktijk/hulpmiddel/{CANVAS}"))
    assert made.status_code == 303 and re.fullmatch(r"/praktijk/blad/\d+", made.location)
    assert "Canvas verwachtingengesprek" in said(jet.get(made.location))
    assert "bezig, laatst bewaard op" in said(jet.get("/praktijk")).lower()
    assert jet.get("/praktijk/hulpmiddel/hamer").status_code == 404


def test_the_menu_has_five_entries(jet: CheckedClient) -> None:
    menu = re.search(rb'<nav class="main-nav".*?</nav>', jet.get("/praktijk").data, re.S)
    assert menu and re.findall(rb"<li><a[^>]*>([^<]*)", menu[0]) == [
        b"Start", b"Metingen", b"Profiel", b"Ontwikkelplan", b"Praktijk"]


def test_what_is_filled_in_comes_back(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    sheet_id = make_sheet(app, begeleider).sheet_id
    saved = press(jet, sheet_id, {
        "f-hulpvraag": "Hoe blijft\r\nhet rustig? ", "f-aanleiding": "Regel 1\r\nRegel 2",
        "f-aanwezigen": ["leraar", "ouders"],
        "f-verwachtingen.0.wie": "Leraar", "f-verwachtingen.0.zorg": "Tijd", "f-verwachtingen.1.wie": " ",
        "f-as-focus": "", "f-datum": "2027-01-05",
    })
    assert saved.status_code == 303
    assert stored_answers(app, begeleider, sheet_id) == {
        "casuscode": "B7", "school": "De Regenboog", "aard": "preventief", "as-gerichtheid": 30, "datum": "2027-01-05",
        "startdatum": "2027-01-11", "evaluatiedatum": "2027-04-05", "hulpvraag": "Hoe blijft het rustig?",
        "aanleiding": "Regel 1\nRegel 2", "aanwezigen": ["ouders", "leraar"],
        "verwachtingen": [{"wie": "Leraar", "zorg": "Tijd"}],
    }
    again = typed(the_form(jet.get(saved.location), at(sheet_id)))
    assert again["f-hulpvraag"] == ["Hoe blijft het rustig?"] and again["f-aanwezigen"] == ["", "ouders", "leraar"]
    assert again["f-verwachtingen.0.zorg"] == ["Tijd"] and again["f-as-focus"] == [""]
    assert again["f-as-gerichtheid"] == ["30"]
    assert press(jet, sheet_id, {}).status_code == 303
    assert stored_answers(app, begeleider, sheet_id)["as-gerichtheid"] == 30


def test_rows_come_and_go_without_a_script(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    sheet_id = make_sheet(app, begeleider).sheet_id
    rows = {f"f-rolverdeling.{number}.wie": f"Wie {number}" for number in range(1)}
    page = jet.get(press(jet, sheet_id, rows, "Nog een rij bij ‘Wie doet wat?’").location)
    form = typed(the_form(page, at(sheet_id)))
    assert form["f-rolverdeling.0.wie"] == ["Wie 0"] and form["f-rolverdeling.1.wie"] == [""]
    jet.submit(page, {"f-rolverdeling.1.wie": "Wie 1"}, to=at(sheet_id), press="bewaar")
    page = jet.get(at(sheet_id))
    gone = jet.submit(page, {"f-rolverdeling.1.wat": "Belt"}, to=at(sheet_id), press="rolverdeling.0")
    assert gone.location.endswith("#f-rolverdeling")
    assert stored_answers(app, begeleider, sheet_id)["rolverdeling"] == [{"wie": "Wie 1", "wat": "Belt"}]


def test_an_offerte_asks_for_money_as_one_writes_it(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    sheet_id = make_sheet(app, begeleider, "offerte-opbouw").sheet_id
    press(jet, sheet_id, {"f-kosten.0.onderdeel": "Begeleiding", "f-kosten.0.uren": "12,5", "f-kosten.0.tarief": "€ 95",
                          "f-kosten.0.bedrag": "1.187,50"})
    assert stored_answers(app, begeleider, sheet_id)["kosten"] == [
        {"onderdeel": "Begeleiding", "uren": "12.5", "tarief": "95.00", "bedrag": "1187.50"}]
    form = typed(the_form(jet.get(at(sheet_id)), at(sheet_id)))
    assert (form["f-kosten.0.uren"], form["f-kosten.0.bedrag"]) == (["12,5"], ["1187,50"])
    assert "€ 1.187,50" in said(jet.get(at(sheet_id, "/lezen")))
    wrong = press(jet, sheet_id, {"f-kosten.0.tarief": "1.1.1,50"})
    assert wrong.status_code == 422 and "Rij 1, tarief: Schrijf een bedrag in euro’s" in said(wrong)
    assert typed(the_form(wrong, at(sheet_id)))["f-kosten.0.tarief"] == ["1.1.1,50"]


HOSTILE = "<script>alert(1)</script>\x00{{ 7*7 }}\u202e ' \" & </textarea>"


def test_hostile_text_stays_text(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    made = make_sheet(app, begeleider)
    press(jet, made.sheet_id, {"f-hulpvraag": HOSTILE, "f-casuscode": HOSTILE, "f-school": HOSTILE,
                               "f-verwachtingen.0.wie": HOSTILE})
    kept = stored_answers(app, begeleider, made.sheet_id)["hulpvraag"]
    assert "\x00" not in kept and "\u202e" not in kept and "<script>alert(1)</script>" in kept
    for page in ("", "/lezen", "/afronden", "/weggooien"):
        assert b"<script>alert" not in jet.get(at(made.sheet_id, page)).data
    assert kept in typed(the_form(jet.get(at(made.sheet_id)), at(made.sheet_id)))["f-hulpvraag"]


BAD: list[tuple[dict[str, Any], str]] = [
    ({"f-hulpvraag": "x" * 10_000}, "Dit is te lang: 10000 tekens, er passen er 500."),
    ({"f-verwachtingen.0.wie": "x" * 10_000}, "Rij 1, wie: Dit is te lang: 10000 tekens, er passen er 1000."),
    ({"f-datum": "31-2-2027"}, "Schrijf de datum als 30-9-2027"), ({"f-aard": "allebei"}, "Dit past niet bij dit blad"),
    ({"f-as-focus": "75"}, "Dit past niet bij dit blad"),
    ({"f-aanwezigen": ["minister"]}, "Dit past niet bij dit blad"),
]


@pytest.mark.parametrize(("fields", "message"), BAD)
def test_what_does_not_fit_is_told_and_nothing_typed_is_lost(
    app: Flask, jet: CheckedClient, begeleider: Persona, fields: dict[str, Any], message: str
) -> None:
    sheet_id = make_sheet(app, begeleider).sheet_id
    before = stored_answers(app, begeleider, sheet_id)
    page = press(jet, sheet_id, {"f-merkbaar": "Dit staat er nog", **fields})
    assert page.status_code == 422 and message in said(page)
    assert stored_answers(app, begeleider, sheet_id) == before
    form = typed(the_form(page, at(sheet_id)))
    assert form["f-merkbaar"] == ["Dit staat er nog"]
    (name, value), = fields.items()
    if name not in ("f-aard", "f-as-focus", "f-aanwezigen"):
        assert form[name] == [value]
    mended = jet.submit(page, {name: "2027-02-28" if name == "f-datum" else ""}, to=at(sheet_id), press="bewaar")
    assert mended.status_code == 303
    assert stored_answers(app, begeleider, sheet_id)["merkbaar"] == "Dit staat er nog"


def test_fields_and_rows_that_are_not_there_change_nothing(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    sheet_id = make_sheet(app, begeleider).sheet_id
    before = stored_answers(app, begeleider, sheet_id)
    form = typed(the_form(jet.get(at(sheet_id)), at(sheet_id)))
    for strange in ({"f-prijs": "3"}, {"f-verwachtingen.0.prijs": "3"}, {"f-verwachtingen.x.wie": "3"},
                    {"f-closing-check": "c1"},
                    {f"f-verwachtingen.{row}.wie": "x" for row in range(MOST_ROWS + 1)}):
        answer = jet.send(at(sheet_id), MultiDict({**form, **strange}))
        assert answer.status_code == 422, strange
    assert jet.send(at(sheet_id), {"f-hulpvraag": "los"}).status_code == 400
    assert stored_answers(app, begeleider, sheet_id) == before


def test_two_tabs_of_one_sheet(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    sheet_id = make_sheet(app, begeleider).sheet_id
    first, second = jet.get(at(sheet_id)), jet.get(at(sheet_id))
    jet.submit(first, {"f-hulpvraag": "Uit de ene tab", "f-verwachtingen.0.wie": "Leraar"}, to=at(sheet_id),
               press="bewaar")
    torn = jet.submit(second, {"f-hulpvraag": "Uit de andere tab", "f-merkbaar": "Ook uit de andere"}, to=at(sheet_id),
                      press="bewaar")
    assert torn.status_code == 409 and "Dit blad staat ook op een andere plek open." in said(torn)
    assert "Uit de andere tab" in said(torn)
    answers = stored_answers(app, begeleider, sheet_id)
    assert (answers["hulpvraag"], answers["merkbaar"]) == ("Uit de ene tab", "Ook uit de andere")
    assert answers["verwachtingen"] == [{"wie": "Leraar"}]
    chosen = jet.submit(torn, {"f-hulpvraag": "Uit de andere tab"}, to=at(sheet_id), press="bewaar")
    assert chosen.status_code == 303
    assert stored_answers(app, begeleider, sheet_id)["hulpvraag"] == "Uit de andere tab"


def test_a_tab_of_before_the_finish_is_told_so(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    sheet_id = make_sheet(app, begeleider, filled=True).sheet_id
    old = jet.get(at(sheet_id))
    jet.submit(jet.get(at(sheet_id, "/afronden")))
    late = jet.submit(old, {"f-hulpvraag": "Nog een zin"}, to=at(sheet_id), press="bewaar")
    assert late.status_code == 409
    assert "Dit blad is intussen afgerond." in said(late) and "Nog een zin" in said(late)
    assert stored_answers(app, begeleider, sheet_id)["hulpvraag"] != "Nog een zin"
    answer = save(jet, sheet_id, {"hulpvraag": "Nog een zin"})
    assert answer.status_code == 409 and "al afgerond" in answer.json["message"]


def test_saving_one_field_at_a_time(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    sheet_id = make_sheet(app, begeleider).sheet_id
    told = save(jet, sheet_id, {"hulpvraag": "Hoe dan?", "as-focus": "20", "aanwezigen": ["ouders"]}, revision=0)
    assert told.status_code == 200 and told.json["revision"] == 1 and "page" not in told.json
    behind = save(jet, sheet_id, {"verwachtingen": [{"wie": "Leraar", "zorg": ""}, {}]}, revision=0)
    assert behind.json["page"]["answers"]["hulpvraag"] == "Hoe dan?"
    assert behind.json["page"]["answers"]["verwachtingen"] == [{"wie": "Leraar"}]
    assert stored_answers(app, begeleider, sheet_id)["as-focus"] == 20
    for wrong in ({"prijs": "3"}, {"as-focus": 75}, {"hulpvraag": 3}, {"verwachtingen": [{"prijs": "x"}]},
                  {"verwachtingen": [{"wie": 3}]}, "tekst", {"hulpvraag": "x" * 501}, {"closing-check": ["c1"]}):
        answer = save(jet, sheet_id, wrong)
        assert answer.status_code == 422 and answer.json["message"], wrong
    assert jet.send(at(sheet_id, "/veld"), data=b"\xff{", headers={"Accept": "application/json"}).status_code == 422
    assert stored_answers(app, begeleider, sheet_id)["hulpvraag"] == "Hoe dan?"


def test_a_name_is_warned_of_and_kept(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    sheet_id = make_sheet(app, begeleider).sheet_id
    text = "De moeder van Sanne Visser, geboren op 12-3-2015, bsn 111.222.333, gaat naar De Regenboog."
    told = save(jet, sheet_id, {"aanleiding": text}).json["warnings"]
    for part in ("‘Sanne Visser’ lijkt op een naam.", "‘12-3-2015’ lijkt op een geboortedatum.",
                 "‘111.222.333’ lijkt op een burgerservicenummer.", "Je tekst is bewaard, maar haal dit weg"):
        assert part in told["aanleiding"] and part in said(jet.get(at(sheet_id)))
        assert part in said(jet.get(at(sheet_id, "/afronden")))
    assert "Regenboog" not in told["aanleiding"]
    assert stored_answers(app, begeleider, sheet_id)["aanleiding"] == text
    assert save(jet, sheet_id, {"aanleiding": "De moeder belt."}).json["warnings"] == {"aanleiding": ""}


def test_a_text_that_was_refused_is_not_said_to_be_kept(jet: CheckedClient, app: Flask, begeleider: Persona) -> None:
    sheet_id = make_sheet(app, begeleider).sheet_id
    refused = press(jet, sheet_id, {"f-aanleiding": "Ik sprak Sanne Visser.", "f-hulpvraag": "x" * 501})
    assert refused.status_code == 422
    assert "‘Sanne Visser’ lijkt op een naam." in said(refused) and "Haal dit weg" in said(refused)
    assert "Je tekst is bewaard" not in said(refused)


def test_finishing_lists_what_is_missing_with_its_place(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    sheet_id = make_sheet(app, begeleider).sheet_id
    to = press(jet, sheet_id, {"f-hulpvraag": "Hoe dan?"}, "rond-af").location
    assert to == at(sheet_id, "/afronden")
    page = jet.get(to)
    required = [field for field in TOOLS[CANVAS].fields if field.required]
    missing = {field.code for field in required} - set(stored_answers(app, begeleider, sheet_id))
    assert f"Nog {len(missing)} dingen, dan is je blad compleet" in said(page)
    assert set(re.findall(rf'href="{at(sheet_id)}#f-([\w-]+)"', page.text)) == missing
    assert "ten minste 2 rijen" in said(page) and b"Rond dit blad af" not in page.data
    refused = jet.send(at(sheet_id, "/afronden"), {"check": "c1"})
    assert refused.status_code == 422 and "Nog " in said(refused)
    assert stored_answers(app, begeleider, sheet_id).get("closing-check") is None


def test_the_look_back_is_added_when_the_sheet_is_finished(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    sheet_id = make_sheet(app, begeleider, "onderhandelvoorbereiding", filled=True).sheet_id
    assert re.search(r'<details class="phase">', jet.get(at(sheet_id)).text)        # folded: not yet its time
    done = jet.submit(jet.get(at(sheet_id, "/afronden")), {"check": ["c1", "c2", "c99"]})
    page = jet.get(done.location)
    assert "Je blad is afgerond." in said(page) and "Wat je invulde" in said(page)
    assert re.search(r'<details class="phase" open>', page.text)
    form = typed(the_form(page, at(sheet_id)))
    assert {name for name in form if name.startswith("f-")} == {"f-uitkomst", "f-relatie", "f-geleerd"}
    assert press(jet, sheet_id, {"f-uitkomst": "Zes uur per week", "f-relatie": "4"}).status_code == 303
    answers = stored_answers(app, begeleider, sheet_id)
    assert (answers["uitkomst"], answers["relatie"], answers["closing-check"]) == ("Zes uur per week", 4, ["c1", "c2"])
    assert "4 (van 1, gespannen, tot 5, goed)" in said(jet.get(at(sheet_id, "/lezen")))
    assert jet.get(at(sheet_id, "/afronden")).location == at(sheet_id)


def test_going_on_from_a_finished_sheet(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    made = make_sheet(app, begeleider, finished=True)
    page = jet.get(at(made.sheet_id))
    begin = f"/praktijk/hulpmiddel/offerte-opbouw?blad={made.sheet_id}&amp;traject={made.traject_id}"
    assert begin in page.text
    form = jet.get(begin.replace("&amp;", "&"))
    assert typed(the_form(form))["follows"] == [str(made.sheet_id)]
    assert typed(the_form(jet.get(begin.partition("?")[0])))["follows"] == [""]
    of_traject = jet.get(f"/praktijk/hulpmiddel/offerte-opbouw?traject={made.traject_id}")
    assert typed(the_form(of_traject)) == typed(the_form(form)), "a traject alone leads on from its latest sheet too"
    began = jet.submit(form)
    offerte_id = int(began.location.rsplit("/", 1)[1])
    answers = stored_answers(app, begeleider, offerte_id)
    assert answers["opdrachtgever"] == "De Regenboog" and answers["vraag"] == "Iets over hulpvraag in één zin"
    assert "Offerte-opbouw: B7" in said(jet.get(f"/praktijk/traject/{made.traject_id}"))


def test_a_traject_is_made_of_a_sheet(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    began = jet.submit(jet.get(f"/praktijk/hulpmiddel/{CANVAS}"))
    sheet_id = int(began.location.rsplit("/", 1)[1])
    press(jet, sheet_id, {"f-casuscode": "C12", "f-school": "Het Anker", "f-as-focus": "80", "f-aard": "curatief"})
    form = jet.get(f"/praktijk/traject/nieuw?blad={sheet_id}")
    filled = typed(the_form(form))
    assert (filled["case_code"], filled["school"], filled["resultful"]) == (["C12"], ["Het Anker"], ["80"])
    made = jet.submit(form, {"sector": "vo", "systemic": "20"})
    page = jet.get(made.location)
    for part in ("Traject C12", "Het Anker", "Voortgezet onderwijs", "Curatief", "Canvas verwachtingengesprek: C12",
                 "leerlinggericht 80, systeemgericht 20"):
        assert part in said(page)
    whole = jet.get("/praktijk")
    assert 'role="img" aria-label="Waar ligt mijn accent?' in whole.text
    assert re.search(r"1 · C12</th><td[^>]*>20</td><td[^>]*>80</td>", whole.text)


@pytest.mark.parametrize(("fields", "message"), [
    ({"case_code": ""}, "Schrijf een casuscode op"), ({"case_code": "x" * 61}, "er passen 60 tekens in"),
    ({"school": " "}, "Schrijf op om welke school het gaat."), ({"sector": "hbo"}, "Kies een van de mogelijkheden."),
    ({"kind": "allebei"}, "Kies een van de mogelijkheden."), ({"systemic": "75"}, "Kies een van de mogelijkheden."),
    ({"starts_on": "morgen"}, "Schrijf de datum als 30-9-2027"),
    ({"starts_on": "2027-03-01", "evaluation_on": "2027-02-01"}, "De evaluatie ligt voor de start."),
])
def test_a_traject_that_is_not_right(jet: CheckedClient, fields: dict[str, str], message: str) -> None:
    good = {"case_code": "B7", "school": "De Regenboog"}
    page = jet.submit(jet.get("/praktijk/traject/nieuw"), {**good, **fields})
    assert page.status_code == 422 and message in said(page)


def test_a_traject_is_changed_and_closed_and_opened(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    traject_id = make_sheet(app, begeleider).traject_id
    to = f"/praktijk/traject/{traject_id}"
    changed = jet.submit(jet.get(f"{to}/bewerken"), {"school": "Het Anker", "resultful": ""})
    assert "Het Anker" in said(jet.get(changed.location)) and "nog niet gekozen" in said(jet.get(to))
    closed = jet.get(jet.send(f"{to}/sluiten").location)
    assert "gesloten op" in said(closed) and "Begin een blad" not in said(closed)
    assert f'value="{traject_id}"' not in jet.get(f"/praktijk/hulpmiddel/{CANVAS}").text
    assert "Begin een blad" in said(jet.get(jet.send(f"{to}/heropenen").location))


def test_a_sheet_is_hung_under_another_traject(app: Flask, jet: CheckedClient, begeleider: Persona,
                                               stranger: Persona) -> None:
    first, second = make_sheet(app, begeleider), make_sheet(app, begeleider)
    theirs = make_sheet(app, stranger).traject_id
    to = at(first.sheet_id, "/traject")
    assert jet.send(to, {"traject": str(second.traject_id)}).status_code == 303
    assert f'value="{second.traject_id}" selected' in jet.get(at(first.sheet_id)).text
    assert jet.send(to, {"traject": str(theirs)}).status_code == 404
    assert jet.send(to, {"traject": "x"}).status_code == 404
    assert "bij geen traject" in said(jet.get(jet.send(to, {"traject": ""}).location))


def test_a_sheet_of_somebody_else_cannot_be_gone_on_from(app: Flask, jet: CheckedClient, stranger: Persona) -> None:
    theirs = make_sheet(app, stranger, finished=True)
    for fields in ({"follows": str(theirs.sheet_id)}, {"traject": str(theirs.traject_id)}):
        refused = jet.send("/praktijk/hulpmiddel/offerte-opbouw", fields)
        assert refused.status_code == 422 and "Kies een van de mogelijkheden." in said(refused)
    assert jet.get(f"/praktijk/traject/nieuw?blad={theirs.sheet_id}").status_code == 404
    assert save(jet, theirs.sheet_id, {"hulpvraag": "x"}).status_code == 404


def test_throwing_away_asks_first(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    sheet_id = make_sheet(app, begeleider, answers={"hulpvraag": "Hoe dan?"}).sheet_id
    page = jet.get(at(sheet_id, "/weggooien"))
    assert "Dit blad weggooien?" in said(page)
    assert stored_answers(app, begeleider, sheet_id)["hulpvraag"] == "Hoe dan?"
    gone = jet.submit(page)
    assert "Het blad is weggegooid." in said(jet.get(gone.location))
    assert jet.get(at(sheet_id)).status_code == 404
    assert save(jet, sheet_id, {"hulpvraag": "x"}).status_code == 404


def test_a_sheet_keeps_the_tool_as_it_was(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    sheet_id = make_sheet(app, begeleider, answers={"hulpvraag": "Hoe dan?"}).sheet_id
    with app.app_context():
        old = db.session.scalars(select(PracticeTool).where(PracticeTool.code == CANVAS)).one()
        document = {**old.document, "fields": [one for one in old.document["fields"] if one["code"] != "hulpvraag"]}
        old.retired_at = now()
        db.session.add(PracticeTool(code=CANVAS, fingerprint="new", position=0, document=document))
        db.session.commit()
    assert typed(the_form(jet.get(at(sheet_id)), at(sheet_id)))["f-hulpvraag"] == ["Hoe dan?"]
    began = jet.submit(jet.get(f"/praktijk/hulpmiddel/{CANVAS}"))
    assert "f-hulpvraag" not in typed(the_form(jet.get(began.location), began.location))

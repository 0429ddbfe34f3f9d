"""The practice tools: the real file is whole, each fault is told with its place, loading keeps the old."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from app.cli import SEED
from app.competencies.seeding import FRAMEWORK
from app.db import db
from app.development.library.seeding import LIBRARY
from app.practice import seeding
from app.practice.models import PracticeTool
from app.practice.seeding import TOOLS, fingerprint, read_tools
from app.practice.tools import PHASES, Tool
from tests.support.seeds import Document, Edit, change, faults, seeds
from tests.support.statements import statements


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return seeds(tmp_path, FRAMEWORK, TOOLS)


def told(folder: Path) -> set[str]:
    return faults(seeding.check(folder), TOOLS)


def tool(number: int = 0, **values: object) -> Edit:
    return lambda document: document["tools"][number].update(values)


def field(at: str, number: int = 0, /, *, without: str = "", **values: object) -> Edit:
    def edit(document: Document) -> None:
        found = next(one for one in document["tools"][number]["fields"] if one["code"] == at)
        found.update(values)
        found.pop(without, None)

    return edit


def follows(number: int, taken: int, **values: object) -> Edit:
    return lambda document: document["tools"][number]["follows"][0]["takes"][taken].update(values)


SUMS = {"hours": "uren", "rate": "tarief", "amount": "bedrag", "vat": "btw",
        "planned": {"list": "invulling", "hours": "uren"}}


def sums(**values: object) -> Edit:
    return field("kosten", 1, sums={**SUMS, **values})


def test_the_real_tools_have_no_problem() -> None:
    assert seeding.check(SEED) == []


def test_the_real_tools_are_the_four_that_the_library_names() -> None:
    tools = read_tools(SEED)
    library = yaml.safe_load((SEED / LIBRARY).read_text(encoding="utf-8"))
    assert {one["tool"] for one in library["actions"] if "tool" in one} <= {one.code for one in tools}
    assert [len(one.fields) for one in tools] == [20, 13, 18, 18]
    assert {one.code: one.later_phases for one in tools} == {
        "verwachtingengesprek-canvas": (), "offerte-opbouw": (), "onderhandelvoorbereiding": ("after",),
        "relatieplan": ("evaluation",),
    }
    assert {one.type for tool in tools for one in tool.fields} == {
        "text", "long", "choice", "multiple", "slider", "list", "date", "scale", "relation"}
    assert all(one.phase in PHASES for tool in tools for one in tool.fields)


FIRST, SECOND = "tools verwachtingengesprek-canvas", "tools offerte-opbouw"
FAULTS: list[tuple[Edit, str]] = [
    (tool(name=""), f"{FIRST} › name: lege tekst"),
    (tool(colour="rood"), f"{FIRST} › colour: onbekende sleutel"),
    (tool(focus="vakmanschap"), f"{FIRST} › focus: vakmanschap is geen focusgebied"),
    (tool(checks=[]), f"{FIRST} › checks: mag niet leeg zijn"),
    (tool(code="hamer"), "tools hamer: hoort bij geen enkele soort bewijs in het raamwerk"),
    (tool(code="hamer"), f"{FIRST}: ontbreekt: het raamwerk noemt dit hulpmiddel"),
    (field("casuscode", type="plaatje"), f"{FIRST} › fields casuscode › type: is geen van de bekende waarden"),
    (field("casuscode", phase="ooit"), f"{FIRST} › fields casuscode › phase: is geen van de bekende waarden"),
    (field("casuscode", options=[{"code": "a", "name": "A"}]),
     f"{FIRST} › fields casuscode › options: hoort niet bij text"),
    (field("casuscode", source="999: van horen zeggen"),
     f"{FIRST} › fields casuscode › source: noemt geen bekend document: 999: van horen zeggen"),
    (field("casuscode", code="closing-check"), f"{FIRST} › fields closing-check: is een gereserveerde code"),
    (field("school", code="casuscode"), f"{FIRST} › fields casuscode: code komt vaker voor"),
    (field("aard", without="options"), f"{FIRST} › fields aard › options: ontbreekt: choice heeft dit nodig"),
    (field("aard", options=[{"code": "anders", "name": "Anders"}]),
     f"{FIRST} › fields aard › options anders: bestaat niet in het raamwerk"),
    (field("aard", options=[{"code": "curatief", "name": "A"}, {"code": "curatief", "name": "B"}]),
     f"{FIRST} › fields aard › options curatief: code komt vaker voor"),
    (field("verwachtingen", without="columns"),
     f"{FIRST} › fields verwachtingen › columns: ontbreekt: list heeft dit nodig"),
    (field("verwachtingen", minimum=0), f"{FIRST} › fields verwachtingen › minimum: is te klein"),
    (field("verwachtingen", minimum="twee"), f"{FIRST} › fields verwachtingen › minimum: moet een heel getal zijn"),
    (field("verwachtingen", required=False),
     f"{FIRST} › fields verwachtingen › minimum: telt alleen bij een verplichte lijst"),
    (field("verwachtingen", columns=[{"code": "wie", "name": "Wie", "type": "foto"}]),
     f"{FIRST} › fields verwachtingen › columns wie › type: is geen van de bekende waarden"),
    (field("verwachtingen", columns=[{"code": "wie", "name": "Wie"}, {"code": "wie", "name": "Wie dan"}]),
     f"{FIRST} › fields verwachtingen › columns wie: code komt vaker voor"),
    (field("as-focus", without="right"), f"{FIRST} › fields as-focus › right: ontbreekt: slider heeft dit nodig"),
    (field("as-focus", traject="systemic"), f"{FIRST} › traject systemic: staat bij twee velden"),
    (field("casuscode", traject="systemic"),
     f"{FIRST} › fields casuscode › traject: text kan geen systemic vertellen"),
    (field("startdatum", propose="evaluation"), f"{FIRST} › propose evaluation: staat bij twee velden"),
    (field("relatie", 2, lowest=5), "tools onderhandelvoorbereiding › fields relatie › highest: moet hoger zijn dan "
                                    "lowest (5)"),
    (lambda d: d["tools"].append(d["tools"][0]), f"{FIRST}: code komt vaker voor"),
    (lambda d: d["tools"][1]["follows"][0].update(tool="hamer"), f"{SECOND} › follows hamer: is geen ander hulpmiddel"),
    (follows(1, 0, to="prijs"), f"{SECOND} › follows verwachtingengesprek-canvas › prijs › to: prijs is geen veld van "
                                "dit hulpmiddel"),
    (follows(1, 0, **{"from": "prijs"}), f"{SECOND} › follows verwachtingengesprek-canvas › casuscode › from: prijs is "
                                         "geen veld van het vorige hulpmiddel"),
    (follows(1, 0, **{"from": "aard"}), f"{SECOND} › follows verwachtingengesprek-canvas › casuscode › from: choice "
                                        "past niet in text"),
    (follows(1, 4, columns={"wie": "wie", "prijs": "wat"}),
     f"{SECOND} › follows verwachtingengesprek-canvas › rollen › prijs: is geen kolom van dit veld"),
    (follows(1, 4, columns={"wie": "prijs"}),
     f"{SECOND} › follows verwachtingengesprek-canvas › rollen › wie: prijs is er niet in het vorige hulpmiddel"),
    (follows(1, 5, rows=[{"texts": {"moment": "Start"}, "fields": {"datum": "hulpvraag"}}]),
     f"{SECOND} › follows verwachtingengesprek-canvas › planning › datum: text past niet in date"),
    (field("aard", default="anders"), f"{FIRST} › fields aard › default: anders is geen van de opties"),
    (field("school", default="ja"), f"{FIRST} › fields school › default: hoort niet bij relation"),
    (field("aard", options=[{"code": "curatief", "name": "A", "percent": 9}]),
     f"{FIRST} › fields aard › options: percent hoort alleen bij de keuze van btw"),
    (field("btw", 1, options=[{"code": "hoog", "name": "A", "included": True}]),
     f"{SECOND} › fields btw › options: included hoort bij een percent"),
    (field("btw", 1, options=[{"code": "hoog", "name": "A", "percent": 121}]),
     f"{SECOND} › fields btw › options hoog › percent: is te groot"),
    (sums(hours="tarief"), f"{SECOND} › fields kosten › sums › hours: tarief is geen kolom van het type number"),
    (sums(amount="prijs"), f"{SECOND} › fields kosten › sums › amount: prijs is geen kolom van het type amount"),
    (sums(vat="vraag"), f"{SECOND} › fields kosten › sums › vat: vraag is geen keuze van dit hulpmiddel"),
    (sums(planned={"list": "vraag", "hours": "uren"}),
     f"{SECOND} › fields kosten › sums › planned › list: vraag is geen lijst van dit hulpmiddel"),
    (sums(planned={"list": "invulling", "hours": "doel"}),
     f"{SECOND} › fields kosten › sums › planned › hours: doel is geen kolom van het type number"),
    (sums(extra="x"), f"{SECOND} › fields kosten › sums › extra: onbekende sleutel"),
    (field("invulling", 1, sums=SUMS), f"{SECOND}: telt meer dan één lijst op"),
    (field("vraag", 1, sums=SUMS), f"{SECOND} › fields vraag › sums: hoort niet bij long"),
    (lambda d: d.pop("tools"), "tools: ontbreekt"),
    (lambda d: d.update(tools="geen"), "tools: moet een lijst zijn"),
]


@pytest.mark.parametrize(("edit", "problem"), FAULTS, ids=[problem for _, problem in FAULTS])
def test_each_fault_is_found_with_its_place(folder: Path, edit: Edit, problem: str) -> None:
    change(folder / TOOLS, edit)
    assert problem in told(folder)


def test_seed_check_tells_of_the_tools(app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds(folder, *(file.name for file in SEED.glob("*.yaml")))
    change(folder / TOOLS, field("casuscode", type="plaatje"))
    monkeypatch.setattr("app.cli.SEED", folder)
    result: Result = app.test_cli_runner().invoke(args=["seed", "check"])
    assert result.exit_code == 1
    assert "tools.yaml: tools verwachtingengesprek-canvas › fields casuscode › type" in result.output


def test_a_tool_survives_its_document() -> None:
    for one in read_tools(SEED):
        again = Tool.model_validate(one.model_dump(mode="json", by_alias=True, exclude_defaults=True))
        assert again == one and fingerprint(again) == fingerprint(one)


def test_loading_twice_changes_nothing(app: Flask) -> None:
    with app.app_context(), statements(app) as asked:
        seeding.load(SEED)
    assert not [one for one in asked if one.lower().startswith(("insert", "update", "delete"))]


def test_a_changed_tool_is_a_new_row_and_the_old_one_comes_back(app: Flask, folder: Path) -> None:
    def rows() -> list[tuple[str, bool]]:
        found = db.session.scalars(select(PracticeTool).where(PracticeTool.code == "verwachtingengesprek-canvas")
                                   .order_by(PracticeTool.id))
        return [(row.document["name"], row.retired_at is None) for row in found]

    change(folder / TOOLS, tool(name="Canvas nieuw"))
    with app.app_context():
        seeding.load(folder)
        assert rows() == [("Canvas verwachtingengesprek", False), ("Canvas nieuw", True)]
        seeding.load(SEED)
        assert rows() == [("Canvas verwachtingengesprek", True), ("Canvas nieuw", False)]
        db.session.rollback()

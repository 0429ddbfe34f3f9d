"""The library of actions: the real file is whole, and each fault is told with its place, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from app import cli
from app.competencies.seeding import FRAMEWORK, PROFILE, read_framework
from app.conversations.seeding import GUIDE
from app.db import db
from app.development.library import seeding
from app.development.library.contents import Action, Library
from app.development.library.seeding import LIBRARY
from app.development.models import LibraryAction
from app.practice.seeding import TOOLS
from app.trainings.seeding import TRAININGS
from tests.support.seeds import Document, Edit, change, faults, seeds
from tests.support.statements import statements

SEED = cli.SEED


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return seeds(tmp_path, FRAMEWORK, PROFILE, LIBRARY, GUIDE, TOOLS, TRAININGS)


def told(folder: Path) -> set[str]:
    return faults(seeding.check(folder), LIBRARY)


def first(**values: object) -> Edit:
    """Change the first action of the file."""
    return lambda document: document["actions"][0].update(values)


def without(key: str) -> Edit:
    return lambda document: document["actions"][0].pop(key)


def without_actions_for(competency: str, *, at: int | None = None) -> Edit:
    """Drop the actions of a competency: all, or those that begin at this niveau."""

    def edit(document: Document) -> None:
        for action in document["actions"]:
            if competency in action["competencies"] and at in (None, action["from_level"]):
                action["competencies"] = [c for c in action["competencies"] if c != competency] or ["V1"]

    return edit


def test_the_real_library_has_no_problem() -> None:
    assert seeding.check(SEED) == []


def test_the_real_library_says_what_it_takes_and_where_it_comes_from() -> None:
    library = Library.model_validate(yaml.safe_load((SEED / LIBRARY).read_text(encoding="utf-8")))
    assert len(library.actions) >= 48
    assert {form.code for form in library.learning_forms} == {"70", "20", "10"}
    focus = [competency.code for competency in read_framework().competencies if competency.focus]
    assert len(focus) == 12
    for code in focus:
        assert any(code in action.competencies and action.from_level == 3 for action in library.actions), code


FIRST = "actions vm-startgesprek-canvas"
FAULTS: list[tuple[Edit, str]] = [
    (first(title=""), f"{FIRST} › title: lege tekst"),
    (first(colour="rood"), f"{FIRST} › colour: onbekende sleutel"),
    (without("if_then"), f"{FIRST} › if_then: ontbreekt"),
    (first(hours=0), f"{FIRST} › hours: is te klein"),
    (first(weeks="drie"), f"{FIRST} › weeks: moet een heel getal zijn"),
    (first(from_level=6), f"{FIRST} › from_level: is te groot"),
    (first(from_level=3, to_level=3), f"{FIRST} › to_level: moet hoger zijn dan from_level (3)"),
    (first(competencies=["VM1", "XX9"]), f"{FIRST} › competencies: XX9 bestaat niet in het raamwerk"),
    (first(competencies=["VM1", "VM3", "VM1"]), f"{FIRST} › competencies: VM1 staat er twee keer in"),
    (first(focus="vakmanschap"), f"{FIRST} › focus: vakmanschap is geen focusgebied"),
    (first(learning_form="80"), f"{FIRST} › learning_form: 80 bestaat niet"),
    (first(evidence={"type": "foto", "description": "Iets"}), f"{FIRST} › evidence › type: foto bestaat niet"),
    (first(tool="hamer"), f"{FIRST} › tool: hamer hoort bij geen enkele soort bewijs"),
    (first(source="999: van horen zeggen"), f"{FIRST} › source: noemt geen bekend document: 999: van horen zeggen"),
    (first(steps=[]), f"{FIRST} › steps: mag niet leeg zijn"),
    (lambda d: d["actions"].append(d["actions"][0]), f"{FIRST}: code komt vaker voor"),
    (lambda d: d["learning_forms"].append(d["learning_forms"][0]), "learning_forms 70: code komt vaker voor"),
    (without_actions_for("D1"), "actions bij competentie D1: er is geen enkele actie"),
    (without_actions_for("VM1", at=3), "actions bij competentie VM1: er is geen actie die op niveau 3 begint"),
    (without_actions_for("VM2", at=3), "actions bij competentie VM2: er is geen actie die op niveau 3 begint"),
    (without_actions_for("AC3", at=3), "actions bij competentie AC3: er is geen actie die op niveau 3 begint"),
    (without_actions_for("AC2", at=3), "actions bij competentie AC2: er is geen actie die op niveau 3 begint"),
    (without_actions_for("ON1", at=3), "actions bij competentie ON1: er is geen actie die op niveau 3 begint"),
    (lambda d: d.pop("actions"), "actions: ontbreekt"),
    (lambda d: d.update(actions="geen"), "actions: moet een lijst zijn"),
]


@pytest.mark.parametrize(("edit", "problem"), FAULTS, ids=[problem for _, problem in FAULTS])
def test_each_fault_is_found_with_its_place(folder: Path, edit: Edit, problem: str) -> None:
    change(folder / LIBRARY, edit)
    assert problem in told(folder)


def test_several_faults_are_all_told_at_once(folder: Path) -> None:
    change(folder / LIBRARY, first(title="", from_level=4, to_level=2, tool="hamer"), lambda d: d.update(extra=1))
    found = told(folder)
    assert {f"{FIRST} › title: lege tekst", "extra: onbekende sleutel",
            f"{FIRST} › to_level: moet hoger zijn dan from_level (4)",
            f"{FIRST} › tool: hamer hoort bij geen enkele soort bewijs"} <= found


@pytest.mark.parametrize(("text", "problem"), [
    ("actions: [", "regel 2"),
    ("- een lijst", "bestand"),
    ("learning_forms: []\nlearning_forms: []\n", "regel 2"),
])
def test_a_file_that_cannot_be_read_is_told(folder: Path, text: str, problem: str) -> None:
    (folder / LIBRARY).write_text(text, encoding="utf-8")
    assert [found.place for found in seeding.check(folder)] == [problem]


def test_a_missing_file_is_told(folder: Path) -> None:
    (folder / LIBRARY).unlink()
    assert [(p.place, p.message) for p in seeding.check(folder)] == [("bestand", "ontbreekt")]


def test_a_framework_that_cannot_be_read_hides_nothing_of_the_library(folder: Path) -> None:
    (folder / FRAMEWORK).write_text("[", encoding="utf-8")
    change(folder / LIBRARY, first(title=""))
    assert told(folder) == {f"{FIRST} › title: lege tekst"}


# --- loading ---------------------------------------------------------------------------------------------------------


def rows() -> dict[str, LibraryAction]:
    return {row.code: row for row in db.session.scalars(select(LibraryAction).order_by(LibraryAction.position))}


def test_loading_again_changes_nothing(app: Flask) -> None:
    with app.app_context():
        before = [(row.code, row.position, row.document) for row in rows().values()]
        assert len(before) >= 48
        with statements(app) as seen:
            seeding.load(SEED)
        assert [s for s in seen if not s.startswith("SELECT")] == []
        assert [(row.code, row.position, row.document) for row in rows().values()] == before


def test_what_is_stored_is_what_was_read(app: Flask) -> None:
    with app.app_context():
        stored = [Action.model_validate(row.document) for row in rows().values()]
    document = yaml.safe_load((SEED / LIBRARY).read_text(encoding="utf-8"))
    assert stored == list(Library.model_validate(document).actions)


def test_what_disappeared_is_retired_and_what_returns_is_there_again(app: Flask, folder: Path) -> None:
    change(folder / LIBRARY, lambda d: d.update(actions=d["actions"][1:]))
    with app.app_context():
        seeding.load(folder)
        gone = rows()["vm-startgesprek-canvas"]
        assert gone.retired_at is not None
        first_time = gone.retired_at
        seeding.load(folder)
        assert rows()["vm-startgesprek-canvas"].retired_at == first_time
        assert sum(row.retired_at is not None for row in rows().values()) == 1
        seeding.load(SEED)
        assert all(row.retired_at is None for row in rows().values())


def test_a_changed_text_is_taken_over(app: Flask, folder: Path) -> None:
    change(folder / LIBRARY, first(title="Anders"))
    with app.app_context():
        seeding.load(folder)
        assert rows()["vm-startgesprek-canvas"].document["title"] == "Anders"


# --- the commands ----------------------------------------------------------------------------------------------------


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["seed", *words])


def test_broken_files_are_listed_together_and_nothing_is_loaded(
    app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(folder / LIBRARY, first(title="", tool="hamer"))
    change(folder / FRAMEWORK, lambda d: d["roles"][0].update(name=""))
    monkeypatch.setattr(cli, "SEED", folder)
    with statements(app) as seen:
        for command in ("check", "load"):
            result = run(app, command)
            assert result.exit_code == 1
            assert f"{LIBRARY}: {FIRST} › title: lege tekst" in result.output
            assert f"{LIBRARY}: {FIRST} › tool" in result.output
            assert f"{FRAMEWORK}: roles expert › name: lege tekst" in result.output
            assert "3 problemen" in result.output
    assert seen == []


def test_the_real_files_load(app: Flask) -> None:
    assert run(app, "check").exit_code == 0
    assert run(app, "load").exit_code == 0

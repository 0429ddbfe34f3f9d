"""Evidence in a real browser: kept, shown to her teamleider, downloaded, on paper, and thrown away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.dossier import files
from tests.dossier.acts import SENTENCE
from tests.support.browser import Windows, assert_accessible, follow, sign_in
from tests.support.builders import Persona
from tests.support.practice import make_sheet
from tests.support.records import make_evidence, make_goal

TOO_BIG = ("Dit bestand is groter dan 10 MB. Kies een kleiner bestand. Wat je typte, staat er nog, maar is nog niet "
        "bewaard.")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "flap van het gesprek.jpg"
    path.write_bytes(files.photo_with_secrets())
    return path


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    with path.open("wb") as made:
        made.truncate(25_000_000)
    return path


def fill_in(page: Page, title: str) -> None:
    page.get_by_label("Titel").fill(title)
    page.get_by_label("Wat laat dit zien, of wat leerde je ervan?").fill(SENTENCE)


def store(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar mijn bewijs").click()


def test_a_photo_from_a_goal_to_her_teamleider(
    app: Flask, windows: Windows, page: Page, begeleider: Persona, teamleider: Persona, photo: Path
) -> None:
    goal = make_goal(app, begeleider)
    sign_in(page, begeleider)
    page.goto(f"/ontwikkelplan/doelen/{goal.goal_id}")
    follow(page.get_by_role("link", name="Voeg bewijs toe"))
    assert_accessible(page)
    follow(page.get_by_role("link", name="Een bestand"))
    assert_accessible(page)
    store(page)
    expect(page.get_by_role("alert").first).to_contain_text("dingen voordat we dit kunnen bewaren")
    assert_accessible(page)
    fill_in(page, "Flap van het gesprek")
    expect(page.get_by_role("radio", name="Ik vraag het in het eerste gesprek.")).to_be_checked()
    page.get_by_role("radio", name="Ook mijn teamleider").check()
    page.get_by_label("Bestand").set_input_files(photo)
    store(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Flap van het gesprek")
    assert_accessible(page)
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download het bestand").click()
    assert coming.value.suggested_filename == "flap van het gesprek.jpg"
    assert files.PLACE.encode() not in Path(coming.value.path()).read_bytes()
    address = page.url

    page.goto("/dossier")
    assert_accessible(page)
    follow(page.get_by_role("link", name="Maak mijn bekwaamheidsdossier"))
    assert_accessible(page)
    with page.expect_download() as coming:
        page.get_by_role("button", name="Maak de pdf").click()
    assert re.fullmatch(r"bekwaamheidsdossier-\d{4}-\d\d-\d\d\.pdf", coming.value.suggested_filename)
    page.goto(f"/ontwikkelplan/doelen/{goal.goal_id}")
    expect(page.get_by_role("region", name="Bewijs").get_by_role("link", name="Flap van het gesprek")).to_be_visible()

    leading = windows.open("desktop")
    sign_in(leading, teamleider)
    leading.goto(address)
    expect(leading.get_by_role("heading", level=1)).to_have_text("Flap van het gesprek")
    assert_accessible(leading)
    with leading.expect_download() as coming:
        leading.get_by_role("link", name="Download het bestand").click()
    assert coming.value.suggested_filename == "flap van het gesprek.jpg"
    follow(leading.get_by_role("link", name=f"Bewijs van {begeleider.name}"))
    assert_accessible(leading)

    page.goto(address)
    follow(page.get_by_role("link", name="Gooi weg"))
    assert_accessible(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Ja, gooi weg").click()
    expect(page.get_by_text("Hier komt je bewijs te staan")).to_be_visible()
    leading.goto(address)
    expect(leading.get_by_role("heading", level=1)).to_have_text("Deze pagina is er niet")


def test_a_film_is_told_before_it_is_sent(page: Page, begeleider: Persona, film: Path) -> None:
    sign_in(page, begeleider)
    page.goto("/dossier/nieuw/bestand")
    fill_in(page, "Een film")
    page.get_by_label("Bestand").set_input_files(film)
    expect(page.get_by_text(TOO_BIG)).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Bewaar mijn bewijs").click()
    expect(page.get_by_label("Bestand")).to_be_focused()
    expect(page.get_by_label("Titel")).to_have_value("Een film")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_film_without_scripts_gives_back_what_was_typed(
    windows: Windows, begeleider: Persona, film: Path, size: str
) -> None:
    page = windows.open(size, java_script_enabled=False)
    sign_in(page, begeleider)
    page.goto("/dossier/nieuw/bestand")
    fill_in(page, "Een film")
    page.get_by_label("Bestand").set_input_files(film)
    store(page)
    expect(page.get_by_role("alert").get_by_text(TOO_BIG)).to_be_visible()
    expect(page.get_by_label("Titel")).to_have_value("Een film")
    expect(page.get_by_label("Wat laat dit zien, of wat leerde je ervan?")).to_have_value(SENTENCE)


def test_a_finished_sheet_becomes_evidence(app: Flask, page: Page, begeleider: Persona) -> None:
    sheet = make_sheet(app, begeleider, finished=True)
    make_evidence(app, begeleider)
    sign_in(page, begeleider)
    page.goto(f"/praktijk/blad/{sheet.sheet_id}")
    follow(page.get_by_role("link", name="Bewaar dit blad als bewijs"))
    assert_accessible(page)
    page.get_by_label("Wat laat dit zien, of wat leerde je ervan?").fill(SENTENCE)
    page.get_by_text("Verwachtingsmanagement").click()
    page.get_by_role("checkbox", name="Verwachtingen en wensen ophalen").check()
    store(page)
    expect(page.get_by_text("Hulpvraag in één zin", exact=True)).to_be_visible()
    assert_accessible(page)
    page.goto("/dossier")
    expect(page.get_by_role("link", name=re.compile("B7"))).to_be_visible()
    assert_accessible(page)

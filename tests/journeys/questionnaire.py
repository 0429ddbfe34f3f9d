"""What somebody does who fills in the questionnaire in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page

from app.assessments.questionnaire import Questionnaire
from app.competencies.seeding import SEED, read_framework
from tests.support.browser import sign_in
from tests.support.builders import Persona

FOCUS = Questionnaire.of(read_framework(SEED), "focus")
SAVED = re.compile(r"^Bewaard om \d\d\.\d\d$")
SAVE = "**/antwoord"


def begin(page: Page, person: Persona, chosen: str = "De vier focusgebieden") -> int:
    """Signs in, begins, and stands on the first page."""
    sign_in(page, person)
    page.goto("/zelfbeeld")
    page.get_by_role("radio", name=re.compile(f"^{chosen}")).check()
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url(re.compile(r"/zelfbeeld/\d+/[a-z-]+$"))
    return int(page.url.split("/")[-2])


def tile(page: Page, code: str, value: int | str) -> Locator:
    return page.locator(f'input[name="a-{code}"][value="{value}"]')


def mark(page: Page) -> Locator:
    return page.locator("[data-mark] > span")


def on(page: Page) -> None:
    before = page.url.split("#")[0]
    page.get_by_role("button", name="Bewaar en ga verder").click()
    page.wait_for_url(lambda address: address.split("#")[0] != before)


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text().replace("\n", " ")

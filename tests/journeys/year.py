"""Who lives through the year, in which time, and how they go about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from playwright.sync_api import Locator, Page, expect

from tests.profiles.released import Released
from tests.support.browser import Windows, assert_accessible, follow
from tests.support.builders import Persona
from tests.support.clock import Clock

PLAN = "/ontwikkelplan"


def at(year: int, month: int, day: int) -> dt.datetime:
    """A morning."""
    return dt.datetime(year, month, day, 8, tzinfo=dt.UTC)


@dataclass(slots=True)
class Year:
    """Jet on a phone and Tom at a desk, in one application. `released`: the latest round; `goal_id`: of her goal."""

    app: Flask
    clock: Clock
    windows: Windows
    begeleider: Persona
    teamleider: Persona
    jet: Page
    tom: Page
    goal_id: int = 0
    released: Released = field(init=False)

    @property
    def goal(self) -> str:
        return f"{PLAN}/doelen/{self.goal_id}"


def go(page: Page, address: str) -> None:
    page.goto(address)
    assert_accessible(page)


def click(link: Locator) -> None:
    """A link or button to another page, on which nothing is wrong."""
    follow(link)
    assert_accessible(link.page)


def press(page: Page, name: str, *, where: Locator | None = None) -> None:
    click((where or page).get_by_role("button", name=name, exact=True))


def told(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def downloaded(page: Page, link: str) -> tuple[str, bytes]:
    """The name and the content of what this link gives."""
    with page.expect_download() as coming:
        page.get_by_role("link", name=link, exact=True).click()
    return coming.value.suggested_filename, Path(coming.value.path()).read_bytes()

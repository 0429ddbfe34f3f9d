"""Who leaves a page with words that are not stored is asked first; who saved them, or typed nothing, is not."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Dialog, Page, expect

from tests.support.browser import follow, sign_in
from tests.support.builders import Persona
from tests.support.practice import make_sheet
from tests.support.records import make_goal

Asked = list[str]


def listen(page: Page) -> Asked:
    """What is asked; the answer is each time to stay."""
    asked: Asked = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", answer)
    return asked


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("address", "label", "button"), [
    ("/ontwikkelplan/doelen/{goal}?pas-aan=1", "Waarom dit doel?", "Bewaar mijn doel"),
    ("/ontwikkelplan/acties/{action}", "Eigen notities", "Bewaar deze actie"),
    ("/dossier/nieuw/notitie", "Wat wil je bewaren?", ""),
    ("/praktijk/traject/nieuw", "Casuscode", ""),
    ("/praktijk/traject/{traject}/bewerken", "School", "Bewaar dit traject"),
])
def test_typed_words_are_not_left_without_a_question(
    page: Page, app: Flask, begeleider: Persona, address: str, label: str, button: str
) -> None:
    goal = make_goal(app, begeleider)
    here = address.format(goal=goal.goal_id, action=goal.action_ids[0], traject=make_sheet(app, begeleider).traject_id)
    sign_in(page, begeleider)
    page.goto(here)
    asked = listen(page)
    page.get_by_label(label).first.fill("Nog niet klaar")
    page.get_by_role("link", name="Start", exact=True).click()
    expect(page.get_by_label(label).first).to_have_value("Nog niet klaar")
    assert asked == ["beforeunload"]
    if button:
        with page.expect_navigation():
            page.get_by_role("button", name=button).click()
    else:
        page.get_by_label(label).first.fill("")
    follow(page.get_by_role("link", name="Start", exact=True))
    expect(page.get_by_label(label)).to_have_count(0)
    assert asked == ["beforeunload"]

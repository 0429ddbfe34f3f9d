"""An attack with all that a subject, a teamleider, hr, a beheerder and a reader can get of a released round.

Three steps make it whole. No page reads an answer: with other sheets in the database every page is the same, so all
that is readable (words, drawings, spreadsheets, reports) is made of the stored figures. No combination of the stored
figures rests on fewer than k people. And a group below its minimum leaves nothing at all.
"""

from __future__ import annotations

import random
import re

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.db import db
from app.measurement.scale import Group, rule_of
from app.rating.models import Comment, Response, Sheet
from tests.measurement.attack import isolated, published_rows
from tests.profiles.attack.made import HIDDEN, Attacked, attacked, other_bytes
from tests.profiles.attack.readable import Pages, drawn, everything, words_of
from tests.support.builders import log_in

TWO_DECIMALS = re.compile(r"(?<![\d.,])\d+,\d\d+(?![\d.,])")


ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)      # what is asked here is of the pages


@pytest.fixture
def round_(app: Flask, organisation_id: int, team_id: int) -> Attacked:
    return attacked(app, organisation_id, team_id)


def all_read(round_: Attacked) -> dict[str, Pages]:
    """What each of them gets, after everybody has read once: that is written down and shown."""
    with round_.reading():
        for person in round_.people.values():
            client = round_.app.test_client()
            log_in(client, person)
            for measurement_id in (round_.measurement_id, round_.earlier_id, *round_.own_ids):
                client.get(f"/profiel/{measurement_id}")
        return {
            who: everything(round_.app, person, round_.addresses)
            for who, person in round_.people.items()
        }


def changed(before: dict[str, Pages], after: dict[str, Pages]) -> list[str]:
    return [f"{who} at {address}" for who, pages in before.items()
            for address in pages.keys() | after[who].keys() if pages.get(address) != after[who].get(address)]


@ON_SQLITE
def test_no_page_reads_an_answer_or_how_many_of_a_small_group_there_were(round_: Attacked) -> None:
    before = all_read(round_)
    chance = random.Random(2)
    with round_.app.app_context():
        sheets = db.session.scalars(select(Sheet)).all()
        assert sheets
        for sheet in sheets:
            sheet.answers = other_bytes(sheet.answers, chance)
        few = (Response.round_subject_id == round_.part_id) & Response.rater_group.in_(HIDDEN)
        db.session.execute(update(Response).where(few).values(sent=0))
        db.session.commit()
    assert changed(before, all_read(round_)) == []


@ON_SQLITE
def test_no_page_tells_more_than_one_decimal_nor_a_word_of_a_small_group(round_: Attacked) -> None:
    hidden = [text for one in round_.sent if one.group in HIDDEN for text in one.texts if text]
    shown = [text for one in round_.sent if one.group == Group.COLLEAGUE for text in one.texts if text]
    read = all_read(round_)
    everywhere = {who: "\n".join(pages.values()) for who, pages in read.items()}
    assert hidden
    for who, pages in read.items():
        assert not any(text in everywhere[who] for text in hidden), who
        for address, page in pages.items():
            assert not TWO_DECIMALS.findall(words_of(page)), f"{who} at {address}"
            for number in drawn(page):
                assert number == round(number, 1), f"{who} at {address}"
    for who in ("subject", "lead", "reader"):
        for page in ("", "/luisteren", "/opmerkingen", "/rapport.pdf", "/tabel.xlsx"):
            assert read[who][f"/profiel/{round_.measurement_id}{page}"].startswith("200"), f"{who} at {page}"
        assert any(True for _ in drawn(read[who][f"/profiel/{round_.measurement_id}/tabel.xlsx"])), who
        assert any(text in everywhere[who] for text in shown), who
    for who in ("subject", "lead"):
        assert read[who][f"/gesprekken/{round_.conversation_id}"].startswith("200"), who
    for who in ("hr", "beheerder"):
        assert read[who][f"/profiel/{round_.measurement_id}/rapport.pdf"].startswith("404"), who
        assert not any(text in everywhere[who] for text in shown), who
    assert any(True for page in read["subject"].values() for _ in drawn(page))


def test_no_combination_of_the_figures_rests_on_fewer_than_k(round_: Attacked) -> None:
    anonymous = [cell for cell in round_.cells() if not rule_of(cell.group).named]
    assert {cell.group for cell in anonymous} == {"collega", "school-opdrachtgever"}
    assert any(cell.indicator_means for cell in anonymous)
    assert any(not cell.indicator_means for cell in anonymous)
    assert isolated(published_rows(anonymous, round_.sheets()), 3) is None


def test_every_stored_figure_has_one_decimal(round_: Attacked) -> None:
    for cell in round_.cells():
        for figure in (cell.mean, *cell.indicator_means.values(), *([cell.spread] if cell.spread else [])):
            assert figure == round(figure, 1)


def test_a_group_below_its_minimum_leaves_nothing_to_read(round_: Attacked) -> None:
    with round_.app.app_context():
        written = set(db.session.scalars(select(Comment.rater_group)))
    assert written
    assert not written & set(HIDDEN)
    assert not {cell.group for cell in round_.cells()} & set(HIDDEN)

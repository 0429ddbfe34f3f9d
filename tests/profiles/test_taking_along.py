"""Who may take a profile along, as a report or as a table."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.profiles.released import Released, change_part, share
from tests.profiles.support import (
    PDF,
    XLSX,
    book_of,
    close_up,
    pdf_of,
    seen,
    text_of_pdf,
)
from tests.support.builders import Persona, log_in, make_person
from tests.support.pages import CheckedClient, tree_of
from tests.support.records import make_measurement
from tests.support.statements import statements


def test_who_may_have_them(
    app: Flask, client: CheckedClient, organisation_id: int, jet: Persona, tom: Persona, made: Released
) -> None:
    colleague = make_person(app, organisation_id)
    nobody = [make_person(app, organisation_id, roles=[role]) for role in ("hr", "beheerder", "teamleider")]
    for person in (colleague, *nobody):
        log_in(client, person)
        assert [client.get(made.at(kind)).status_code for kind in (PDF, XLSX)] == [404, 404]
    share(app, made, colleague, with_comments=False)
    for person, comments in ((jet, True), (tom, True), (colleague, False)):
        log_in(client, person)
        there = close_up(text_of_pdf(pdf_of(client, made.at(PDF))))
        assert ("=1+1" in there) is comments
        assert "Scores" in book_of(client, made.at(XLSX)).sheetnames
    log_in(client, jet)
    page = client.get(made.at("/delen")).text
    assert "Tom Vos" in page        # who read it, by a file too
    change_part(app, made, comments_kept=True)
    log_in(client, tom)
    assert "=1+1" not in close_up(text_of_pdf(pdf_of(client, made.at(PDF))))


@pytest.mark.parametrize("values", [{"released_at": None, "lead_reads_from": None}, {"measurement_id": None}])
def test_a_round_that_is_not_released_has_none(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona, made: Released, values: dict[str, None]
) -> None:
    change_part(app, made, **values)
    for person in (jet, tom):
        log_in(client, person)
        assert [client.get(made.at(kind)).status_code for kind in (PDF, XLSX)] == [404, 404]


def test_of_a_self_assessment_too(app: Flask, client: CheckedClient, jet: Persona, tom: Persona) -> None:
    number = make_measurement(app, jet)
    log_in(client, jet)
    pdf = pdf_of(client, f"/profiel/{number}{PDF}")
    rows = [close_up(seen(row)) for row in tree_of(client.get(f"/profiel/{number}").data).iter("tr")]
    there = close_up(text_of_pdf(pdf))
    assert len(rows) > 10
    assert [row for row in rows if row not in there] == []
    assert book_of(client, f"/profiel/{number}{XLSX}").sheetnames == ["Scores", "Rollen", "Zo lees je dit"]
    log_in(client, tom)
    assert client.get(f"/profiel/{number}{PDF}").status_code == 404


def test_they_ask_little_of_the_database(app: Flask, client: CheckedClient, jet: Persona, made: Released) -> None:
    log_in(client, jet)
    for kind in (PDF, XLSX):
        client.get(made.at(kind))
        with statements(app) as asked:
            client.get(made.at(kind))
        assert len(asked) <= 13      # as the page of a round, and what people wrote

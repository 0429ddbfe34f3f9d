"""The report of a self-assessment: each subject from close by as on its page, and what is asked for and not shown."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.db import db
from app.profiles.models import Share
from app.web.formats import now, today
from tests.profiles.made import AUTUMN, Told, measure
from tests.profiles.support import PDF, close_up, page_at, pdf_of, seen, text_of_pdf
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient
from tests.support.statements import statements

REMARK = "Bij B7 vroeg ik eerst <b>wat</b> er al lukt"
NOT_THERE = "Het plaatje dat je vroeg staat er niet"


@pytest.fixture
def number(app: Flask, jet: Persona) -> int:
    """The second of two: one subject was skipped, one has a remark and a look back."""
    measure(app, jet, "tweede", rest=2, at=AUTUMN)
    return measure(app, jet, "tweede", {
        "VM1": Told([4, 4, "nvt", 5], REMARK, 3), "ON1": Told([None, None, None, None]),
    }, rest=4)


def slugs(client: CheckedClient, number: int) -> list[str]:
    """The subjects that the page leads to, each once, in its order."""
    found = [one.get("href", "") for one in page_at(client, f"/profiel/{number}").iter("a")]
    there = [match[1] for one in found if (match := re.fullmatch(rf"/profiel/{number}/([\w-]+)", one))]
    return [slug for slug in dict.fromkeys(there) if slug not in ("delen", "opmerkingen")]


def test_each_subject_from_close_by_is_that_of_its_page(client: CheckedClient, jet: Persona, number: int) -> None:
    log_in(client, jet)
    known = slugs(client, number)
    pdf = pdf_of(client, f"/profiel/{number}{PDF}")
    there = close_up(text_of_pdf(pdf))
    assert len(known) > 15
    for slug in known:
        page = page_at(client, f"/profiel/{number}/{slug}")
        assert close_up(seen(next(page.iter("h1")))) in there
        rows = [row for table in page.iter("table") if "anchors" not in (table.get("class") or "").split()
                for row in table.iter("tr")]
        assert rows
        assert [text for row in rows if (text := close_up(seen(row))) not in there] == [], slug
        told = [one for one in page.iter() if one.tag == "dd" or "say" in (one.get("class") or "").split()]
        assert [text for one in told if (text := close_up(seen(one))) not in there] == [], slug
    for words in (REMARK, "Als je terugkijkt:", "In dit zelfbeeld niet gemeten.", "Overgeslagen"):
        assert close_up(words) in there, words
    assert {f"onderwerp-{slug}" for slug in known} <= {str(name) for name in pdf.named_destinations}
    [_title, chapters] = pdf.outline
    titles = [str(one["/Title"]) for one in chapters if not isinstance(one, list)]
    assert titles[-2:] == ["Per onderwerp", "Zo lees je dit"]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_subject_stays_on_one_page(client: CheckedClient, jet: Persona, number: int) -> None:
    log_in(client, jet)
    pdf = pdf_of(client, f"/profiel/{number}{PDF}")
    pages = [close_up(page.extract_text()) for page in pdf.pages]
    for slug in slugs(client, number):
        begins = pdf.get_destination_page_number(pdf.named_destinations[f"onderwerp-{slug}"])
        assert begins is not None
        [table, *_anchors] = page_at(client, f"/profiel/{number}/{slug}").iter("table")
        assert [text for row in table.iter("tr") if (text := close_up(seen(row))) not in pages[begins]] == [], slug


def test_what_she_wrote_is_for_who_may_read_it(
    app: Flask, client: CheckedClient, jet: Persona, tom: Persona, number: int
) -> None:
    for with_comments in (False, True):
        with app.app_context():
            db.session.add(Share(organisation_id=jet.organisation_id, measurement_id=number, reader_id=tom.id,
                                 with_comments=with_comments, until=today(), shared_at=now()))
            db.session.commit()
        log_in(client, tom)
        there = close_up(text_of_pdf(pdf_of(client, f"/profiel/{number}{PDF}")))
        assert "Peronderwerp" in there
        assert (close_up(REMARK) in there) is with_comments
        assert "jewerkthieraan" not in there


def test_the_chapter_asks_little_of_the_database(
    app: Flask, client: CheckedClient, jet: Persona, number: int
) -> None:
    log_in(client, jet)
    client.get(f"/profiel/{number}{PDF}")
    with statements(app) as asked:
        client.get(f"/profiel/{number}{PDF}")
    assert len(asked) <= 12, "\n".join(asked)


@pytest.mark.parametrize(("query", "missing"), [
    ("", False), ("?erbij=doel", False), ("?erbij=vorige", False), ("?plaatje=focus", False),
    ("?erbij=collega", True), ("?erbij=school&plaatje=aspecten", True), ("?erbij=iets", True),
    ("?plaatje=iets", True), ("?plaatje=%01x&erbij=ouder", True),
])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_asked_for_and_not_shown_is_told(
    client: CheckedClient, jet: Persona, number: int, query: str, missing: bool
) -> None:
    log_in(client, jet)
    page = " ".join(page_at(client, f"/profiel/{number}{query}").itertext())
    assert (NOT_THERE in page) is missing


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_first_time_there_is_no_earlier_one(app: Flask, client: CheckedClient, jet: Persona) -> None:
    number = measure(app, jet, "focus")
    log_in(client, jet)
    assert NOT_THERE in " ".join(page_at(client, f"/profiel/{number}?erbij=vorige").itertext())
    assert close_up(NOT_THERE) in close_up(text_of_pdf(pdf_of(client, f"/profiel/{number}{PDF}?erbij=school")))

"""What looks like a person: tables of cases, and what must always and never be found."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.practice.privacy import Kind, findings, passes_eleven_test

TODAY = dt.date(2026, 11, 22)
KNOWN = ("De Regenboog", "Verwachtingen en wensen ophalen", "Sint Jan")


def found(text: str, kind: Kind) -> list[str]:
    return [one.text for one in findings(text, TODAY, KNOWN) if one.kind == kind]


@pytest.mark.parametrize(("text", "names"), [
    ("De moeder van Sanne Visser belt.", ["Sanne Visser"]),
    ("Ik sprak Jan de Vries over groep 5.", ["Jan de Vries"]),
    ("Casus B7 van Piet van der Berg-Jansen", ["Piet van der Berg-Jansen"]),
    ("Het gaat om Fatima El Amrani in klas 2", ["Fatima El Amrani"]),
    ("Ook José Ünal was erbij", ["José Ünal"]),
    ("Daar was J. de Vries ook.", ["J. de Vries"]),
    ("Met mevrouw Jansen gebeld", ["Jansen"]), ("Meneer Van Dam kwam", ["Van Dam"]), ("dhr. Bakker", ["Bakker"]),
    ("juf Anja zegt dat", ["Anja"]), ("Dat zei mw. El Idrissi toen", ["El Idrissi"]),
    ("Sanne Visser", ["Sanne Visser"]),                             # the whole text is no sentence
    ("Met Sanne Visser en met Ali Kaya", ["Sanne Visser", "Ali Kaya"]),
    # a capital that is no wonder
    ("De Leraar vraagt het.", []), ("Op school. Daarna Thuis.", []), ("Hij zei: Morgen Weer", []),
    ("Leraar en ouders", []), ("leraar groep 7, Jan", []), ("", []), ("Start in Utrecht", []),
    # what we know as a term or a school
    ("Ik kwam bij De Regenboog langs", []), ("naar Basisschool De Regenboog toe", []), ("op Sint Jan begonnen", []),
    ("met Intern Begeleider besproken", []), ("bij Team Oost en in Cluster Vier", []),
    ("het Samenwerkingsverband Noord Holland vraagt", []),
    ("DIT IS EEN KREET OVER DE IB", []), ("de TOS van een leerling", []),
])
def test_names(text: str, names: list[str]) -> None:
    assert found(text, Kind.NAME) == names


@pytest.mark.parametrize(("text", "days"), [
    ("geboren op 12-3-2015", ["12-3-2015"]), ("geb. 3 mei 2024", ["3 mei 2024"]),
    ("geboortedatum: 2024-05-03", ["2024-05-03"]),
    ("leerling (12/03/2015)", ["12/03/2015"]), ("12 maart 2015", ["12 maart 2015"]), ("1 mrt 2014 dus", ["1 mrt 2014"]),
    ("7.6.12", ["7.6.12"]), ("2012-06-07", ["2012-06-07"]),
    ("Start 11-1-2027, evaluatie 5 april 2027", []), ("gesprek van 12-3-2026", []), ("31-2-2015", []),
    ("schooljaar 2015-2016", []), ("paragraaf 1.2.3", []), ("13-13-2010", []), ("geboren in 2015", []),
    ("geboren op 12-3-2031", []), ("uit 3-4-1850", []),
])
def test_birth_dates(text: str, days: list[str]) -> None:
    assert found(text, Kind.BIRTH_DATE) == days


@pytest.mark.parametrize(("text", "numbers"), [
    ("bsn 111222333", ["111222333"]), ("111.222.333", ["111.222.333"]), ("1112 22 333", ["1112 22 333"]),
    ("BSN:123456782.", ["123456782"]), ("1 1 1 2 2 2 3 3 3", ["1 1 1 2 2 2 3 3 3"]), ("nr 5 111222333", ["111222333"]),
    ("111222334", []), ("000000000", []), ("06 12345678", []), ("1112223330", []), ("0111222333", []),
    ("12-03-2026 5", []), ("€ 1.234,50", []),
])
def test_numbers(text: str, numbers: list[str]) -> None:
    assert found(text, Kind.BSN) == numbers


def weighed(digits: str) -> int:
    """The sum of the eleven-test, by hand."""
    return sum((9 - place) * int(digit) for place, digit in enumerate(digits[:8])) - int(digits[8])


@st.composite
def a_bsn(draw: st.DrawFn) -> str:
    first = draw(st.text("0123456789", min_size=8, max_size=8).filter(lambda digits: set(digits) != {"0"}))
    last = weighed(f"{first}0") % 11
    return f"{first}{last}" if last < 10 else "111222333"


@given(a_bsn(), st.lists(st.sampled_from(["", " ", "."]), min_size=8, max_size=8),
       st.sampled_from(["", "leerling ", "BSN: ", "(", "nr 7 en "]),
       st.sampled_from(["", ".", " belt", ")", ", 3 uur"]))
def test_every_number_is_found_however_it_is_grouped(bsn: str, between: list[str], before: str, after: str) -> None:
    grouped = "".join(digit + gap for digit, gap in zip(bsn, [*between, ""], strict=True))
    assert passes_eleven_test(bsn)
    assert grouped in found(f"{before}{grouped}{after}", Kind.BSN)


@given(st.text("0123456789", min_size=9, max_size=9))
def test_a_number_is_told_by_the_eleven_test_alone(digits: str) -> None:
    assert passes_eleven_test(digits) is (weighed(digits) % 11 == 0 and int(digits) > 0)


@given(st.dates(TODAY - dt.timedelta(days=2 * 365), TODAY + dt.timedelta(days=3 * 365)))
def test_no_day_of_a_traject_looks_like_a_birth_date(day: dt.date) -> None:
    for written in (day.isoformat(), f"{day.day}-{day.month}-{day.year}", f"{day:%d/%m/%Y}", f"{day:%d.%m.%y}",
                    in_words(day)):
        assert not found(f"Start op {written} en dan verder", Kind.BIRTH_DATE)


@given(st.dates(TODAY.replace(year=1990), TODAY.replace(year=2022)))
def test_every_day_that_a_pupil_can_be_born_on_does(day: dt.date) -> None:
    for written in (day.isoformat(), f"{day.day}-{day.month}-{day.year}", f"{day:%d/%m/%Y}", in_words(day)):
        assert found(f"leerling {written}.", Kind.BIRTH_DATE) == [written]


def in_words(day: dt.date) -> str:
    months = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
              "november", "december")
    return f"{day.day} {months[day.month - 1]} {day.year}"


@given(st.text(max_size=300))
def test_no_text_breaks_it_and_what_is_found_stands_in_it(text: str) -> None:
    assert all(one.text in text for one in findings(text, TODAY, KNOWN))


@pytest.mark.parametrize("text", ["A. " * 4000, "Jan " * 3000, "1 " * 5000, "van de " * 3000, "Mevrouw " * 2000,
                                  "12-12-" * 2000, "'" * 8000, "Jan van " * 2000])
def test_a_long_text_takes_no_time(text: str) -> None:
    began = dt.datetime.now(dt.UTC)
    findings(text[:10_000], TODAY, KNOWN)
    assert dt.datetime.now(dt.UTC) - began < dt.timedelta(seconds=2)

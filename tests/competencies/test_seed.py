"""The seed files: the real ones are whole, and every way to break them is found, all at once, with its place."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from app.competencies import seeding
from app.competencies.catalog import Catalog
from app.competencies.seeding import FRAMEWORK, PROFILE, SEED
from tests.support.seeds import Document, Edit, change, seeds


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return seeding.read_framework(SEED)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return seeds(tmp_path, FRAMEWORK, PROFILE)


def problems(folder: Path) -> list[str]:
    return [f"{p.file} | {p.place} | {p.message}" for p in seeding.check(folder)]


def test_the_real_files_have_no_problem() -> None:
    assert seeding.check(SEED) == []


def test_the_framework_is_whole(catalog: Catalog) -> None:
    assert len(catalog.professionaliteiten) == 3
    assert Counter(r.professionaliteit for r in catalog.roles) == {"eerste": 6, "tweede": 6, "derde": 6}
    assert len(catalog.aspects) == 9
    assert [a.code for a in catalog.radar_aspects] == [
        "verwachtingsmanagement", "acquisitie", "onderhandelen", "systeeminzicht", "zakelijk-gevoel",
        "relatiemanagement",
    ]  # fmt: skip
    assert len(catalog.competencies) == 36
    indicators = [i for c in catalog.competencies for i in c.indicators]
    assert len(indicators) == 126
    assert sum(i.parent is not None for i in indicators) == 34
    assert sum(i.pupil is not None for i in indicators) == 14
    assert sum(i.inside_only for i in indicators) == 19
    assert len(catalog.focus_competencies) == 12


def test_the_sets_ask_what_the_design_says(catalog: Catalog) -> None:
    def size(question_set: str, group: str) -> tuple[int, int]:
        pages = catalog.asked(question_set, group)
        return len(pages), sum(len(page.indicators) for page in pages)

    assert size("tweede", "zelf") == (21, 75)
    assert size("focus", "zelf") == (12, 48)
    assert size("volledig", "zelf") == (36, 126)
    assert size("volledig", "school") == (0, 0)
    assert size("kern", "school") == (16, 34)
    assert size("kern", "collega") == (13, 34)
    assert size("beleving", "ouder")[1] == 12
    assert size("beleving", "leerling")[1] == 8
    assert size("beleving-kort", "leerling")[1] == 5


def test_who_is_asked_more_is_told_so(catalog: Catalog) -> None:
    assert catalog.minutes("kern", "school") == catalog.minutes("kern", "collega") == 6
    assert catalog.minutes("kern", "teamleider") == 9
    assert [catalog.minutes("beleving", group) for group in ("ouder", "leerling")] == [4, 4]
    assert catalog.minutes("beleving-kort", "leerling") == 3


def test_pupils_read_short_sentences(catalog: Catalog) -> None:
    for page in catalog.asked("beleving", "leerling"):
        for indicator in page.indicators:
            assert indicator.pupil and len(indicator.pupil.split()) < 10


def test_nobody_is_asked_what_she_cannot_see(catalog: Catalog) -> None:
    for question_set in catalog.question_sets:
        for group in catalog.rater_groups:
            for page in catalog.asked(question_set.code, group.code):
                for indicator in page.indicators:
                    assert group.code == "zelf" or group.code in indicator.groups


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("000: 'Luisteren is essentieel'; KENTALIS: goed kunnen luisteren",
         [("000", ("‘Luisteren is essentieel’",), ()), ("KENTALIS", (), ("goed kunnen luisteren",))]),
        ("000: 'een'; zwak punt: intake; 'twee'", [("000", ("‘een’", "‘twee’"), ("zwak punt: intake",))]),
        ("000: klantgerichtheid = 'service'", [("000", (), ("klantgerichtheid = ‘service’",))]),
        ("LBBO; 003 bijlage 1: toestemming", [("LBBO", (), ()), ("003", (), ("bijlage 1: toestemming",))]),
        ("000: 'een'; redactioneel", [("000", ("‘een’",), ()), (None, (), ("redactioneel",))]),
        ("redactioneel (Peter Block)", [(None, (), ("redactioneel (Peter Block)",))]),
    ],
)
def test_only_what_is_quoted_reads_as_a_quotation(catalog: Catalog, tag: str, expected: list[object]) -> None:
    found = catalog.quotations(tag)
    assert [(part.document.code if part.document else None, part.quotes, part.notes) for part in found] == expected


def test_every_quotation_of_the_core_article_is_attributed_to_it(catalog: Catalog) -> None:
    tags = [c.source for c in catalog.competencies] + [p.source for p in catalog.professionaliteiten]
    parts = [part for tag in tags for part in catalog.quotations(tag)]
    assert len([part for part in parts if part.quotes]) >= 20
    assert all(part.document is not None for part in parts if part.quotes)


def competency(document: Document, code: str) -> Document:
    return next(c for c in document["competencies"] if c["code"] == code)


def indicator(document: Document, code: str) -> Document:
    return next(i for c in document["competencies"] for i in c["indicators"] if i["code"] == code)


BROKEN: dict[str, tuple[Edit, str]] = {
    "unknown key": (lambda d: competency(d, "VM1").update(colour="red"), "competencies VM1 › colour | onbekende"),
    "missing key": (lambda d: competency(d, "VM1").pop("name"), "competencies VM1 › name | ontbreekt"),
    "empty text": (lambda d: indicator(d, "VM1.2").update(self=" "), "indicators VM1.2 › self | lege tekst"),
    "double competency": (lambda d: competency(d, "VM2").update(code="VM1"), "competencies VM1 | code komt vaker"),
    "double slug": (lambda d: competency(d, "VM2").update(slug="luisteren"), "slug luisteren | komt vaker"),
    "double indicator": (lambda d: indicator(d, "VM1.2").update(code="VM1.1"), "indicators VM1.1 | code komt vaker"),
    "foreign indicator": (lambda d: indicator(d, "VM1.2").update(code="AC9.1"), "AC9.1 | code hoort te beginnen"),
    "unknown aspect": (lambda d: competency(d, "VM1").update(aspect="nergens"), "VM1 | aspect nergens bestaat niet"),
    "aspect of another": (lambda d: competency(d, "VM1").update(aspect="gegevens"), "VM1 | hoort bij een andere prof"),
    "unknown role": (lambda d: competency(d, "VM1").update(main_role="baas"), "VM1 | rol baas bestaat niet"),
    "role twice": (lambda d: competency(d, "VM1")["also_roles"].append("relatiemanager"), "VM1 | hoofdrol staat ook"),
    "role unserved": (lambda d: competency(d, "D1").update(main_role="controller"), "roles administrateur | geen"),
    "unknown focus": (lambda d: competency(d, "VM1").update(focus="houding"), "VM1 | focusgebied houding bestaat"),
    "too few indicators": (lambda d: competency(d, "V2")["indicators"].pop(0), "V2 | heeft 2 indicatoren"),
    "too many": (lambda d: competency(d, "V1")["indicators"].append(indicator(d, "V2.1")), "V1 | heeft 5 indicatoren"),
    "no parent text": (lambda d: indicator(d, "VM1.1").pop("parent"), "VM1.1 › parent | groep ouder kan dit zien"),
    "text unseen": (lambda d: indicator(d, "VM1.3").update(parent="Hoi."), "VM1.3 › parent | er is een tekst, maar"),
    "nobody sees it": (lambda d: indicator(d, "VM1.3").update(groups=[]), "VM1.3 | geen enkele groep"),
    "capital": (lambda d: indicator(d, "VM1.3").update(other="Doet iets."), "VM1.3 › other | begint klein"),
    "no sentence": (lambda d: indicator(d, "VM1.3").update(self="Ik doe iets"), "VM1.3 › self | is geen hele zin"),
    "anchors missing": (lambda d: d["aspect_anchors"].pop(0), "aspect_anchors verwachtingsmanagement | ankers ont"),
    "anchor missing": (lambda d: d["role_anchors"][0]["anchors"].pop(3), "administrateur | heeft niet precies"),
    "scale broken": (lambda d: d["scales"]["adult"]["points"].pop(), "scales › adult › points | moeten op volgorde"),
    "levels broken": (lambda d: d["levels"]["items"].reverse(), "levels › items | moeten op volgorde"),
    "set unknown": (lambda d: d["question_sets"][1]["select"]["indicators"].append("X1.1"), "X1.1 bestaat niet"),
    "set unseen": (
        lambda d: d["question_sets"][-2]["per_group"]["ouder"]["indicators"].append("D1.1"),
        "question_sets beleving | groep ouder kan indicator D1.1 niet zien",
    ),
    "set too long": (
        lambda d: d["question_sets"][-2]["per_group"]["leerling"]["indicators"].append("V1.1"),
        "question_sets beleving | groep leerling krijgt 9 vragen; hooguit 8",
    ),
    "set without a theme": (
        lambda d: d["themes"][0]["indicators"].remove("VM1.1"),
        "question_sets beleving | indicator VM1.1 staat in geen thema van groep ouder",
    ),
    "theme unseen": (lambda d: d["themes"][0]["indicators"].append("D1.1"), "vooraf-duidelijk | groep ouder kan ind"),
    "no source": (lambda d: competency(d, "VM1").update(source="ergens"), "VM1 › source | noemt geen bekend doc"),
    "unknown group": (lambda d: indicator(d, "VM1.3")["groups"].append("buren"), "beoordelaarsgroep buren bestaat"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_every_fault_is_found_with_its_place(folder: Path, fault: str) -> None:
    edit, expected = BROKEN[fault]
    change(folder / FRAMEWORK, edit)
    found = problems(folder)
    assert any(expected in problem for problem in found), found


def test_all_faults_are_reported_at_once(folder: Path) -> None:
    faults = ("unknown key", "no parent text", "role unserved", "scale broken", "theme unseen")
    change(folder / FRAMEWORK, *(BROKEN[fault][0] for fault in faults))
    found = "\n".join(problems(folder))
    for fault in faults:
        assert BROKEN[fault][1] in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("version: [", "framework.yaml | regel"),
        ("version: a\nversion: b\n", "framework.yaml | regel 2 | dubbele sleutel 'version'"),
        ("- een lijst", "framework.yaml | bestand | moet bovenaan"),
    ],
)
def test_a_file_that_is_no_document(folder: Path, text: str, expected: str) -> None:
    (folder / FRAMEWORK).write_text(text)
    assert any(problem.startswith(expected) for problem in problems(folder))


def test_a_file_that_is_not_there_or_not_text(folder: Path) -> None:
    (folder / FRAMEWORK).unlink()
    (folder / PROFILE).write_bytes(b"\xff\xfe\x00")
    assert problems(folder) == [
        "framework.yaml | bestand | ontbreekt",
        "function_profile.yaml | bestand | is geen UTF-8",
    ]


def test_the_function_profile_refers_to_the_framework(folder: Path) -> None:
    change(folder / PROFILE, lambda d: d["competencies"].extend([{"code": "X9", "importance": 3}, {"code": "V1"}]))
    found = "\n".join(problems(folder))
    assert "competencies X9 | bestaat niet in het raamwerk" in found
    assert "competencies V1 | code komt vaker voor" in found
    assert "competencies V1 | zegt niets" in found

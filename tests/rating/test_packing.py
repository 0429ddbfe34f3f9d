"""Answers as bytes, and back; what may be an answer; what remains of texts."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.competencies.catalog import Catalog
from app.competencies.seeding import read_framework
from app.measurement.disclosure import STANDARD_MINIMUMS, published_groups
from app.measurement.scale import Group, rule_of
from app.rating import packing
from app.rating.packing import OPEN_QUESTIONS, Value
from app.rating.remains import Opened, Written, remarks_kept, says_nothing, sheets_kept

CODES = tuple(f"VM1.{number}" for number in range(1, 13))
values = st.one_of(st.integers(1, 5), st.sampled_from(["geen-reden", "niet-gezien", "nvt"]))
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=packing.MOST_CHARACTERS).filter(
    lambda text: len(text.encode()) <= packing.MOST_BYTES
)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return read_framework()


@given(st.dictionaries(st.sampled_from(CODES), values))
def test_every_statement_has_its_byte(answers: dict[str, Value]) -> None:
    """The score itself, so that closing can count; the others where no score can be."""
    other = {"geen-reden": 100, "niet-gezien": 101, "nvt": 102}
    packed = packing.pack(CODES, answers)
    assert len(packed) == len(CODES)
    for code, byte in zip(CODES, packed, strict=True):
        value = answers.get(code)
        assert byte == (0 if value is None else other[value] if isinstance(value, str) else value)


@given(st.lists(texts, min_size=2, max_size=2))
def test_texts_come_back_and_fit(written: list[str]) -> None:
    packed = packing.pack_texts(written)
    assert packing.unpack_texts(packed) == tuple(written)
    assert len(packed) <= packing.COMMENTS_LENGTH
    assert all(len(text.encode()) <= packing.length_of("open-1") for text in written)


@given(values | texts.filter(bool))
def test_a_single_answer_comes_back(value: Value) -> None:
    item = "VM1.1" if isinstance(value, int) or value in ("geen-reden", "niet-gezien", "nvt") else "open-1"
    packed = packing.pack_item(item, value)
    assert packing.unpack_item(item, packed) == value
    assert len(packed) <= packing.length_of(item)
    assert packing.unpack_item(item, packing.pack_item(item, None)) is None


def test_every_questionnaire_fits_its_envelope(catalog: Catalog) -> None:
    groups = [group for group in Group if group != Group.SELF]
    asked = {
        (question_set.code, group): packing.codes(catalog, group, question_set.code)
        for question_set in catalog.question_sets
        for group in groups
    }
    assert max(map(len, asked.values())) <= packing.SCORES_LENGTH
    assert asked["beleving", Group.PUPIL]
    assert asked["beleving-kort", Group.PUPIL]
    assert not asked["beleving", Group.COLLEAGUE]


def test_every_reason_of_the_framework_can_be_stored(catalog: Catalog) -> None:
    for reason in catalog.scales.adult.cannot_say.reasons:
        assert packing.allows(CODES, Group.SCHOOL, "VM1.1", reason.code)


@pytest.mark.parametrize(
    ("group", "item", "value"),
    [
        (Group.SCHOOL, "VM1.1", 0), (Group.SCHOOL, "VM1.1", 6), (Group.SCHOOL, "VM1.1", True),
        (Group.SCHOOL, "VM1.1", 3.0), (Group.SCHOOL, "VM1.1", "3"), (Group.SCHOOL, "VM1.1", None),
        (Group.SCHOOL, "VM1.1", [3]), (Group.SCHOOL, "XX1.1", 3), (Group.SCHOOL, "open-3", "iets"),
        (Group.SCHOOL, "open-1", 3), (Group.PUPIL, "VM1.1", 4), (Group.SCHOOL, "open-1", "a" * 1001),
        (Group.SCHOOL, "open-1", "€" * 700), (Group.SCHOOL, "open-1", "\ud83d"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused(group: str, item: str, value: object) -> None:
    assert not packing.allows(CODES, group, item, value)


@pytest.mark.parametrize("group", [group for group in Group if group != Group.SELF])
def test_every_point_of_a_scale_is_an_answer(group: str) -> None:
    assert all(packing.allows(CODES, group, "VM1.1", score) for score in range(1, rule_of(group).scale.top + 1))
    assert all(packing.allows(CODES, group, item, "Iets") for item in OPEN_QUESTIONS)


@pytest.mark.parametrize("text", ["", " ", "-", "geen", "Geen.", "n.v.t.", "NVT", "Geen opmerkingen!", "...", "x", "—"])
def test_who_writes_this_wrote_nothing(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["Geen idee hoe zij het doet", "ja", "5", "Niets dan lof"])
def test_who_writes_this_wrote_something(text: str) -> None:
    assert not says_nothing(text)


kinds = st.tuples(
    st.sampled_from([Group.COLLEAGUE, Group.SCHOOL, Group.CLIENT]), st.sampled_from(["kern", "kern-leraar"])
)


@given(st.lists(kinds, max_size=16), st.booleans())
def test_of_every_kind_of_sheet_at_least_k_are_kept(kinds: Sequence[tuple[Group, str]], circle: bool) -> None:
    """And of a published group all or none, or the cells less what is kept would tell the rest."""
    opened = [Opened(group, question_set, bytes([n])) for n, (group, question_set) in enumerate(kinds)]
    sheets = {group: sum(sheet.group == group for sheet in opened) for group in {sheet.group for sheet in opened}}
    published = published_groups(sheets, STANDARD_MINIMUMS, small_circle=circle)
    kept = sheets_kept(opened, published, STANDARD_MINIMUMS)
    for sheet in kept:
        assert sum((s.group, s.question_set) == (sheet.group, sheet.question_set) for s in kept) >= 3
        whole = [s for s in opened if published[s.group] == published[sheet.group]]
        assert all(s in kept for s in whole)


@given(st.lists(st.tuples(st.sampled_from(["collega", "ouder"]), st.sampled_from(["", "geen", "Iets", "Meer"]),
                          st.sampled_from(["-", "Tekst"])), max_size=12))  # fmt: skip
def test_remarks_come_from_at_least_k_people(rows: list[tuple[str, str, str]]) -> None:
    written = [Written(group, (first, second)) for group, first, second in rows]
    kept = remarks_kept(written, {"collega": "collega", "ouder": "ouder"}, STANDARD_MINIMUMS)
    for group in ("collega", "ouder"):
        for question in (1, 2):
            real = [w.texts[question - 1] for w in written if w.group == group]
            real = sorted(text for text in real if not says_nothing(text))
            found = sorted(r.text for r in kept if (r.group, r.question) == (group, question))
            assert found == (real if len(real) >= 3 else [])

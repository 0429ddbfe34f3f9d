"""Answers in words, and the next step they suggest."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from app.assessments.questionnaire import NO_REASON
from app.profiles.answers import Statement, next_step, statements
from tests.profiles.made import CATALOG, Answers

VM1 = next(page for page in CATALOG.asked("tweede", "zelf") if page.competency.code == "VM1")


def said(given: Answers, earlier: Mapping[str, float] | None = None) -> tuple[Statement, ...]:
    codes = [indicator.code for indicator in VM1.indicators]
    answers = {code: answer for code, answer in zip(codes, given, strict=True) if answer is not None}
    return statements(VM1, CATALOG, answers, earlier or {})


def test_every_answer_reads_as_the_person_gave_it() -> None:
    found = said([1, 5, "nvt", None])
    assert [(one.said, one.reason) for one in found] == [
        ("(Nog) niet", None), ("Altijd", None), ("Kan ik niet zeggen", "Dit hoort niet bij mijn werk"), (None, None)
    ]
    assert [one.text for one in found] == [indicator.self for indicator in VM1.indicators]


def test_a_reason_that_no_longer_exists_is_still_no_answer() -> None:
    first = said(["vroeger", 2, 2, 2])[0]
    assert (first.said, first.reason) == ("Kan ik niet zeggen", None)


def test_without_a_reason_none_is_made_up() -> None:
    first = said([NO_REASON, 2, 2, 2])[0]
    assert (first.said, first.reason) == ("Kan ik niet zeggen", None)


def test_last_times_answer_stands_beside_it() -> None:
    assert [one.earlier for one in said([3, 3, 3, 3], {"VM1.1": 2.0, "VM1.4": 5.0})] == ["Soms", None, None, "Altijd"]


@pytest.mark.parametrize(("given", "named", "all_always"), [
    ([2, 3, 4, 5], ["VM1.1"], False),
    ([4, 2, 2, 5], ["VM1.2", "VM1.3"], False),
    ([2, 2, 2, 5], [], False),
    ([3, 3, 3, 3], [], False),
    ([5, 5, 5, 5], [], True),
    ([5, "nvt", 5, None], [], True),
    ([5, "nvt", 4, None], ["VM1.3"], False),
])
def test_the_next_step_is_what_was_seen_least(given: Answers, named: list[str], all_always: bool) -> None:
    found = next_step(said(given))
    assert found is not None
    assert ([one.code for one in found.to_show_more], found.all_always) == (named, all_always)


def test_without_answers_there_is_no_next_step() -> None:
    assert next_step(said(["nvt", None, "niet-gezien", None])) is None

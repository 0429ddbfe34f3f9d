"""What each group is asked: every group and set, in its own words, each statement once."""

from __future__ import annotations

import pytest

from app.assessments.questionnaire import NO_REASON
from app.competencies.seeding import SEED, read_framework
from app.measurement.scale import Group
from app.rating import packing
from app.rating.rater_form import RaterForm, Voice, too_long, voice_of
from app.rounds.invitations import RELATIONS, relations_of, set_for

CATALOG = read_framework(SEED)
ASKED = [
    (group.code, question_set.code)
    for group in CATALOG.rater_groups if group.code != "zelf"
    for question_set in CATALOG.question_sets
    if CATALOG.asked(question_set.code, group.code)
    and (question_set.code.startswith("beleving") == (group.code in ("ouder", "leerling")))
]


def form_of(group: str, question_set: str, relation: str | None = None) -> RaterForm:
    return RaterForm.of(CATALOG, group, question_set, relation or relations_of(group)[0].code)


@pytest.mark.parametrize(("group", "question_set"), ASKED)
def test_everything_is_asked_once(group: str, question_set: str) -> None:
    form = form_of(group, question_set)
    assert sorted(form.codes) == sorted(packing.codes(CATALOG, group, question_set))
    items = [item for page in form.pages for item in page.items]
    assert len(set(items)) == len(items) == len(form.codes) + 2
    assert items[-2:] == ["open-1", "open-2"]
    assert form.minutes == CATALOG.minutes(question_set, group)


@pytest.mark.parametrize(("group", "question_set"), ASKED)
def test_what_the_form_takes_is_what_is_kept(group: str, question_set: str) -> None:
    form = form_of(group, question_set)
    code = form.codes[0]
    for value in (*range(-1, 8), True, 2.0, None, "", "x", "nvt", "niet-gezien", NO_REASON, "a" * 1001, "€" * 700):
        for item in (code, "open-1"):
            if form.allows(item, value):
                assert packing.allows(form.codes, group, item, value), (item, value)
    scores = [value for value in range(-1, 8) if form.allows(code, value)]
    assert scores == [choice.value for choice in form.choices] == list(range(1, 4 if group == "leerling" else 6))
    assert not form.allows(code, True) and not form.allows(code, 2.0) and not form.allows(code, "x")


@pytest.mark.parametrize(("group", "question_set"), ASKED)
def test_every_text_is_about_her(group: str, question_set: str) -> None:
    form = form_of(group, question_set)
    for page in form.pages:
        for sentence in (*page.statements, *page.questions):
            assert sentence.text[-1] in ".?" and not sentence.text.startswith("{naam} {naam}")
        assert not page.definition.startswith(("Je ", "Ik "))
    if voice_of(group) is Voice.ADULT:
        assert "{naam}" in form.question
        assert all(page.title and page.definition for page in form.pages[:-1])
        assert all(statement.text.startswith("{naam} ") for page in form.pages for statement in page.statements)
        assert [reason.value for reason in form.reasons] == ["niet-gezien", "nvt"]
    else:
        assert form.reasons == () and form.cannot_say == "Weet ik niet"
        assert form.allows(form.codes[0], NO_REASON) and not form.allows(form.codes[0], "nvt")


def test_parents_read_themes() -> None:
    form = form_of("ouder", "beleving")
    assert form.voice is Voice.PARENT and form.question == "Klopt dit voor u?"
    themes = [theme.name for theme in CATALOG.themes if theme.group == "ouder"]
    assert [page.title for page in form.pages] == [*themes, ""]


def test_pupils_read_one_sentence_a_page() -> None:
    form = form_of("leerling", "beleving")
    assert form.voice is Voice.PUPIL and len(form.pages) == 10
    assert {len(page.items) for page in form.pages} == {1} and not any(page.title for page in form.pages)
    sentences = [page.statements[0].text for page in form.pages if page.statements]
    assert all(len(text.split()) < 10 for text in sentences), sentences
    assert len(form_of("leerling", "beleving-kort").codes) == 5


def test_from_fourteen_on_words_are_enough() -> None:
    for relation in RELATIONS:
        if relation.group != Group.PUPIL:
            continue
        form = RaterForm.of(CATALOG, Group.PUPIL, set_for(relation, "beleving"), relation.code)
        assert all(bool(choice.picture) is relation.pictures for choice in form.choices), relation.code
        assert [choice.label for choice in form.choices] == ["Nee", "Een beetje", "Ja"]


def test_where_somebody_goes_on() -> None:
    form = form_of("ouder", "beleving")
    first, second = form.pages[:2]
    assert form.where_to_continue(()) is first and form.minutes_left(()) == 4
    some = set(first.codes[1:])
    assert form.where_to_continue(some) is second and form.complete(some) == frozenset()
    most = set(form.codes) - {first.codes[0]}
    assert form.where_to_continue(most) is first and form.first_skipped(most, after=first) is None
    assert form.where_to_continue(form.codes) is None and form.minutes_left(form.codes) == 0
    assert form.complete(form.codes) == {1, 2, 3, 4}, "the open questions can always be left open"
    assert form.before(first) is None and form.after(form.pages[-1]) is None and form.after(first) is second


@pytest.mark.parametrize("number", [0, -1, 6, 10**9])
def test_a_page_that_is_not_there(number: int) -> None:
    with pytest.raises(KeyError):
        form_of("ouder", "beleving").page(number)


def test_how_long_a_text_may_be() -> None:
    assert not too_long("a" * 1000) and too_long("a" * 1001)
    assert not too_long("é" * 1000) and not too_long("€" * 666) and too_long("€" * 667)

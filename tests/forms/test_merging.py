"""What is kept when two people write in one form at the same time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.forms.merging import marks, merge, read_marks

NAMES = ("notes", "appointments", "aspect-acquisitie")
VALUES = st.fixed_dictionaries({name: st.text(max_size=8) for name in NAMES})


def test_each_keeps_what_she_alone_changed() -> None:
    began = {"notes": "a", "appointments": "b", "aspect-acquisitie": ""}
    merged = merge(read_marks(marks(began)), {**began, "notes": "mine"}, {**began, "aspect-acquisitie": "3"})
    assert merged.values == {"notes": "mine", "appointments": "b", "aspect-acquisitie": "3"}
    assert not merged.torn


def test_nobody_chooses_where_both_changed_the_same() -> None:
    began = {"notes": "a"}
    merged = merge(read_marks(marks(began)), {"notes": "mine"}, {"notes": "theirs"})
    assert merged.values == {"notes": "mine"}
    assert merged.torn == {"notes"}


def test_who_emptied_a_field_changed_it() -> None:
    assert merge(read_marks(marks({"notes": "a"})), {"notes": ""}, {"notes": "a"}).values == {"notes": ""}


def test_marks_that_are_none_make_every_difference_torn() -> None:
    for line in ("", "rommel", "notes", "=", "notes=x notes="):
        assert merge(read_marks(line), {"notes": "mine"}, {"notes": "theirs"}).torn == {"notes"}


@given(VALUES, VALUES, VALUES)
def test_nothing_that_anybody_wrote_is_lost(
    began: dict[str, str], mine: dict[str, str], theirs: dict[str, str]
) -> None:
    merged = merge(read_marks(marks(began)), mine, theirs)
    for name in NAMES:
        if mine[name] != began[name]:
            assert merged.values[name] == mine[name]
        if theirs[name] != began[name]:
            assert merged.values[name] == theirs[name] or name in merged.torn

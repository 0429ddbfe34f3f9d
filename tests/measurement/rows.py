"""Short ways to write answers down, and hypothesis strategies that make them up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hypothesis import strategies as st

from app.measurement.answers import Item, Packed
from app.measurement.closing import close
from app.measurement.disclosure import STANDARD_MINIMUMS, Minimums
from app.measurement.scale import RULES, Group, rule_of
from app.measurement.scoring import Cell
from tests.measurement.oracle import GroupSheets, Sheet

ITEMS = (Item("A", ("A1", "A2", "A3")), Item("B", ("B1", "B2")))
INDICATORS = tuple(code for item in ITEMS for code in item.indicators)
VARIANTS = (frozenset(INDICATORS), frozenset({"A1", "A2", "B1"}), frozenset({"A2", "A3", "B1", "B2"}))
ANONYMOUS_ADULTS = (Group.COLLEAGUE, Group.SCHOOL, Group.CLIENT)
ANONYMOUS = (*ANONYMOUS_ADULTS, Group.PARENT, Group.PUPIL)
NAMED = (Group.SELF, Group.TEAM_LEAD)
Measured = tuple[GroupSheets, ...]

_NOT_ASKED, _CANNOT_SAY = "-", "?"


def item_of(width: int, code: str = "A") -> Item:
    """A competency of so many indicators."""
    return Item(code, tuple(f"{code}{number}" for number in range(1, width + 1)))


def sheet(item: Item, marks: str) -> Sheet:
    """One rater's answers, a mark per indicator: a digit, '?' for 'kan ik niet zeggen', '-' for not asked."""
    told = dict(zip(item.indicators, marks, strict=True))
    asked = frozenset(code for code, mark in told.items() if mark != _NOT_ASKED)
    return Sheet(asked, {code: None if told[code] == _CANNOT_SAY else int(told[code]) for code in asked})


def group_of(group: str, *marks: str) -> GroupSheets:
    """A group asked about one competency, a string of marks per rater."""
    item = item_of(len(marks[0]))
    return GroupSheets(group, (item,), tuple(sheet(item, row) for row in marks))


def same_rows(group: str, count: int, marks: str) -> GroupSheets:
    """So many raters who all say the same."""
    return group_of(group, *[marks] * count)


def packed(group: GroupSheets) -> list[Packed]:
    """The sheets as they are kept after a closing: a byte per answer, together where the same was asked."""
    rows: dict[tuple[str, ...], bytes] = {}
    for one in group.sheets:
        asked = tuple(sorted(one.asked))
        if asked:
            rows[asked] = rows.get(asked, b"") + bytes(one.answers.get(code) or 0 for code in asked)
    return [Packed(group.group, asked, together) for asked, together in rows.items()]


def cells_of(
    groups: Iterable[GroupSheets], minimums: Minimums = STANDARD_MINIMUMS, *, small_circle: bool = False
) -> tuple[Cell, ...]:
    """What the closing of a round about one person makes of these sheets."""
    groups = tuple(groups)
    items = {group.group: group.items for group in groups}
    (cells,) = close([[one for group in groups for one in packed(group)]], items, minimums, small_circle=small_circle)
    return cells


def by_place(cells: Iterable[Cell]) -> list[Cell]:
    """In one order; cells of a group in the order of items stay so."""
    return sorted(cells, key=lambda cell: cell.group)


def asked_of(item: Item, sheets: Iterable[Sheet]) -> set[str]:
    """What a group as a whole was asked of an item."""
    return {code for sheet in sheets for code in sheet.asked} & set(item.indicators)


def valid_marks(item: Item, sheet: Sheet) -> dict[str, int]:
    """What a rater said on an item when she is valid there, by another road than the code's; else nothing."""
    said = {code: score for code in item.indicators if (score := sheet.answers.get(code)) is not None}
    return said if said and len(said) * 2 >= len(asked_of(item, [sheet])) else {}


def minimums(codes: tuple[str, ...]) -> st.SearchStrategy[Minimums]:
    """k as the rule has it, or raised for some groups."""
    raised = {code: st.integers(rule_of(code).minimum, 7) for code in codes}
    return st.builds(Minimums, st.just({}) | st.fixed_dictionaries({}, optional=raised))


def sheets(group: str, usual: Sequence[int] = (), variants: Sequence[frozenset[str]] = ()) -> st.SearchStrategy[Sheet]:
    """One sheet: mostly answered with what is usual, now and then 'kan ik niet zeggen'.

    What was asked is one of the variants, or without them anything at all.
    """
    scores = usual or range(1, RULES[Group(group)].scale.top + 1)
    marks = st.sampled_from([*(list(map(str, scores)) * 4), _CANNOT_SAY, *([] if variants else [_NOT_ASKED])])
    told = st.lists(marks, min_size=len(INDICATORS), max_size=len(INDICATORS))
    asked = st.sampled_from(variants or [frozenset(INDICATORS)])
    return st.builds(_sheet_of, asked, told)


def _sheet_of(asked: frozenset[str], told: Sequence[str]) -> Sheet:
    marks = (mark if code in asked else _NOT_ASKED for code, mark in zip(INDICATORS, told, strict=True))
    return sheet(Item("all", INDICATORS), "".join(marks))


@st.composite
def groups(draw: st.DrawFn, codes: tuple[str, ...] = ANONYMOUS, most: int = 8) -> GroupSheets:
    """One group of nobody up to `most` people; sometimes all of one mind, at an end of the scale.

    Asked in one or two variants, as a school is asked *kern* and its teachers *kern-leraar*, or each something else.
    """
    code = draw(st.sampled_from(codes))
    top = RULES[Group(code)].scale.top
    usual = draw(st.sampled_from([(), (), (top,), (1,), (top, top, top, top - 1)]))
    variants = draw(st.sampled_from([(), VARIANTS[:1], VARIANTS[:2], VARIANTS[1:], VARIANTS]))
    one = sheets(code, usual, variants)
    return GroupSheets(code, ITEMS, tuple(draw(st.lists(one, max_size=1 if code in NAMED else most))))


@st.composite
def measurements(
    draw: st.DrawFn, codes: tuple[str, ...] = (*NAMED, *ANONYMOUS), most: int = 7
) -> tuple[GroupSheets, ...]:
    """All groups of one measurement, in any order; named groups are one person."""
    return tuple(draw(groups((code,), most)) for code in draw(st.permutations(codes)))

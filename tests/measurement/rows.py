"""Short ways to write answers down, and hypothesis strategies that make them up."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import strategies as st

from app.measurement.answers import GroupSheets, Item, Sheet
from app.measurement.scale import RULES, Group

ITEMS = (Item("A", ("A1", "A2", "A3")), Item("B", ("B1", "B2")))
INDICATORS = tuple(code for item in ITEMS for code in item.indicators)
ANONYMOUS_ADULTS = (Group.COLLEAGUE, Group.SCHOOL, Group.CLIENT)
ANONYMOUS = (*ANONYMOUS_ADULTS, Group.PARENT, Group.PUPIL)
NAMED = (Group.SELF, Group.TEAM_LEAD)

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


def half_up(value: Fraction) -> float:
    """Rounding as the tests understand it, by another road than the code's."""
    quotient = Decimal(value.numerator) / Decimal(value.denominator)
    return float(quotient.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def tenths(figure: float) -> Fraction:
    return Fraction(Decimal(str(figure)))


@st.composite
def sheets(draw: st.DrawFn, group: str) -> Sheet:
    """One sheet: mostly answered, now and then 'kan ik niet zeggen' or not asked, sometimes always the same answer."""
    top = RULES[Group(group)].scale.top
    scores = [str(score) for score in range(1, top + 1)]
    habit = draw(st.sampled_from([scores, scores, [scores[-1]], [scores[0]]]))
    marks = st.sampled_from([*(habit * 4), _CANNOT_SAY, _NOT_ASKED])
    told = {code: draw(marks) for code in INDICATORS}
    asked = frozenset(code for code, mark in told.items() if mark != _NOT_ASKED)
    return Sheet(asked, {code: None if told[code] == _CANNOT_SAY else int(told[code]) for code in asked})


@st.composite
def groups(draw: st.DrawFn, codes: tuple[str, ...] = ANONYMOUS, most: int = 8) -> GroupSheets:
    """One group of nobody up to `most` people."""
    code = draw(st.sampled_from(codes))
    return GroupSheets(code, ITEMS, tuple(draw(st.lists(sheets(code), max_size=most))))


@st.composite
def measurements(
    draw: st.DrawFn, codes: tuple[str, ...] = (*NAMED, *ANONYMOUS), most: int = 7
) -> tuple[GroupSheets, ...]:
    """All groups of one measurement, in any order; named groups are one person."""
    order = draw(st.permutations(codes))
    return tuple(
        GroupSheets(code, ITEMS, tuple(draw(st.lists(sheets(code), max_size=1 if code in NAMED else most))))
        for code in order
    )

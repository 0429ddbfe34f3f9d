"""What the pages of a rater show: where she is, what is kept of it, and what she skipped."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from app.competencies.catalog import Catalog
from app.rating.packing import Value
from app.rating.queries import Asked
from app.rating.rater_form import RaterForm, RaterPage

_forms: dict[tuple[int, str, str, str], tuple[Catalog, RaterForm]] = {}


def form_of(asked: Asked) -> RaterForm:
    """Her questions; made once for all who get the same."""
    key = (asked.framework_version_id, asked.group, asked.question_set, asked.relation)
    found = _forms.get(key)
    if found is None or found[0] is not asked.catalog:
        found = _forms[key] = (
            asked.catalog, RaterForm.of(asked.catalog, asked.group, asked.question_set, asked.relation)
        )
    return found[1]


@dataclass(frozen=True, slots=True)
class Shown:
    """One page as it stands. `revision` says which answers it shows: other answers, another number."""

    page: RaterPage
    number: int
    total: int
    complete: frozenset[int]
    minutes_left: int
    answers: Mapping[str, Value]
    revision: int

    @classmethod
    def of(cls, form: RaterForm, page: RaterPage, kept: Mapping[str, Value]) -> Shown:
        """`kept`: everything that she answered so far."""
        own = {item: kept[item] for item in page.items if item in kept}
        return cls(
            page, form.number(page), len(form.pages), form.complete(kept.keys()), form.minutes_left(kept.keys()),
            own, revision_of(page, kept),
        )

    def differing(self, changes: Mapping[str, Value | None]) -> Mapping[str, Value | None]:
        """The part of these changes that would really change something."""
        return {item: value for item, value in changes.items() if (self.answers.get(item) or None) != (value or None)}

    def with_changes(self, changes: Mapping[str, Value | None]) -> Mapping[str, Value]:
        """What the page would show with these on it."""
        return {item: value for item, value in {**self.answers, **changes}.items() if value is not None}


def revision_of(page: RaterPage, kept: Mapping[str, Value]) -> int:
    """A number for the answers on a page; nothing of it is stored, so that no order of arrival is."""
    answers = repr([(item, kept.get(item) or None) for item in page.items])
    return int.from_bytes(hashlib.sha256(answers.encode(errors="replace")).digest()[:6])


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the overview."""

    page: RaterPage
    number: int
    answered: int
    cannot_say: int
    skipped: int
    written: int


@dataclass(frozen=True, slots=True)
class Overview:
    """`go_on`: where to go on with what was not touched yet. `first_skipped`: where something was left open."""

    lines: tuple[Line, ...]
    go_on: int | None
    first_skipped: int | None
    minutes_left: int
    skipped: int
    empty: bool

    @classmethod
    def of(cls, form: RaterForm, kept: Mapping[str, Value]) -> Overview:
        untouched, skipped = form.first_untouched(kept.keys()), form.first_skipped(kept.keys())
        return cls(
            lines=tuple(_line(form, number, page, kept) for number, page in enumerate(form.pages, 1)),
            go_on=form.number(untouched) if untouched else None,
            first_skipped=form.number(skipped) if skipped else None,
            minutes_left=form.minutes_left(kept.keys()),
            skipped=sum(code not in kept for code in form.codes),
            empty=not any(kept.values()),
        )

    @property
    def mostly_open(self) -> bool:
        """Whether more than half of the statements has no answer."""
        return 2 * self.skipped > sum(len(line.page.codes) for line in self.lines)


def _line(form: RaterForm, number: int, page: RaterPage, kept: Mapping[str, Value]) -> Line:
    given = [kept[code] for code in page.codes if code in kept]
    return Line(
        page, number,
        answered=sum(isinstance(value, int) for value in given),
        cannot_say=sum(isinstance(value, str) for value in given),
        skipped=form.open_in(page, kept.keys()),
        written=sum(bool(kept.get(question.code)) for question in page.questions),
    )

"""What is asked in one self-assessment, page by page, and how far it is. PURE."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from app.competencies.catalog import Asked, Catalog
from app.competencies.parts import QuestionSet
from app.measurement.answers import Item
from app.measurement.scoring import Cell, self_cells

Answer: TypeAlias = int | str       # a score, or for 'kan ik niet zeggen' the code of a reason or NO_REASON

SELF = "zelf"
NO_REASON = "geen-reden"        # 'kan ik niet zeggen' and nothing more: nobody is given a reason she did not choose
HALF_A_YEAR = dt.timedelta(days=182)    # measurement.md §3: two measurements of the same behaviour lie this far apart
OFFERED = ("tweede", "focus", "volledig")       # which sets somebody may choose for herself; the first is proposed


def offered_sets(catalog: Catalog) -> tuple[QuestionSet, ...]:
    """The question sets that somebody may choose for herself, the proposed one first."""
    known = {question_set.code: question_set for question_set in catalog.question_sets}
    return tuple(known[code] for code in OFFERED if code in known and catalog.asked(code, SELF))


@dataclass(frozen=True)
class Questionnaire:
    """One question set as it is put to somebody about herself: a competency a page."""

    catalog: Catalog
    question_set: QuestionSet
    pages: tuple[Asked, ...]

    @classmethod
    def of(cls, catalog: Catalog, code: str) -> Questionnaire:
        """Raises KeyError for a set that the catalogue does not have."""
        return cls(catalog, catalog.question_set(code), catalog.asked(code, SELF))

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        return tuple(indicator.code for page in self.pages for indicator in page.indicators)

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """Why something cannot be said; to choose one is up to her."""
        return tuple(reason.code for reason in self.catalog.scales.adult.cannot_say.reasons)

    def page(self, slug: str) -> Asked:
        """Raises KeyError for a competency that is not asked."""
        return self._by_slug[slug]

    def page_of(self, competency: str) -> Asked:
        """The same, by the competency's code."""
        return self._by_code[competency]

    def number(self, page: Asked) -> int:
        return self.pages.index(page) + 1

    def allows(self, answer: object) -> bool:
        """Whether this is an answer on the scale of adults."""
        if isinstance(answer, str):
            return answer == NO_REASON or answer in self.reasons
        return type(answer) is int and any(answer == point.score for point in self.catalog.scales.adult.points)

    def cells(self, answers: Mapping[str, Answer]) -> tuple[Cell, ...]:
        """The figures that these answers make; a competency with too few of them has none."""
        asked = [Item(page.competency.code, tuple(i.code for i in page.indicators)) for page in self.pages]
        return self_cells(asked, {code: answer for code, answer in answers.items() if isinstance(answer, int)})

    def open_in(self, page: Asked, answered: Collection[str]) -> int:
        """How many statements of a page have no answer."""
        return sum(indicator.code not in answered for indicator in page.indicators)

    def complete(self, answered: Collection[str]) -> frozenset[int]:
        """The numbers of the pages on which nothing is left open."""
        return frozenset(n for n, page in enumerate(self.pages, 1) if not self.open_in(page, answered))

    def minutes_left(self, answered: Collection[str]) -> int:
        """The set's minutes by the share of statements still open, at least 1 while one is."""
        still_open = sum(code not in answered for code in self.indicators)
        return math.ceil(self.question_set.minutes * still_open / len(self.indicators))

    def where_to_continue(self, answered: Collection[str]) -> Asked | None:
        """The first page that was not touched, else the first with a statement left open, else None."""
        return self.first_untouched(answered) or self.first_skipped(answered)

    def first_untouched(self, answered: Collection[str]) -> Asked | None:
        """The first page on which nothing was answered."""
        return next((page for page in self.pages if self.open_in(page, answered) == len(page.indicators)), None)

    def first_skipped(self, answered: Collection[str], after: Asked | None = None) -> Asked | None:
        """The first page (after this one) with a statement left open."""
        start = self.number(after) if after else 0
        return next((page for page in self.pages[start:] if self.open_in(page, answered)), None)

    def before(self, page: Asked) -> Asked | None:
        number = self.number(page)
        return self.pages[number - 2] if number > 1 else None

    def after(self, page: Asked) -> Asked | None:
        number = self.number(page)
        return self.pages[number] if number < len(self.pages) else None

    @cached_property
    def _by_slug(self) -> dict[str, Asked]:
        return {page.competency.slug: page for page in self.pages}

    @cached_property
    def _by_code(self) -> dict[str, Asked]:
        return {page.competency.code: page for page in self.pages}

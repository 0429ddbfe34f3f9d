"""Questions a page at a time: what comes before and after, what is left open, how long the rest takes. PURE."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Collection
from functools import cached_property
from typing import Generic, Protocol, TypeVar


class PageOfQuestions(Protocol):
    """What is known of every page: the codes of what should be answered there."""

    @property
    def codes(self) -> tuple[str, ...]: ...


P = TypeVar("P", bound=PageOfQuestions)


class Paged(ABC, Generic[P]):
    """Questions in pages; `minutes` for all of them. What is answered is told by its codes.

    A page without codes asks for nothing that can be left open.
    """

    pages: tuple[P, ...]

    @property
    @abstractmethod
    def minutes(self) -> int: ...

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return tuple(code for page in self.pages for code in page.codes)

    def number(self, page: P) -> int:
        return self.pages.index(page) + 1

    def open_in(self, page: P, answered: Collection[str]) -> int:
        """How many questions of a page have no answer."""
        return sum(code not in answered for code in page.codes)

    def complete(self, answered: Collection[str]) -> frozenset[int]:
        """The numbers of the pages on which nothing is left open."""
        return frozenset(n for n, page in enumerate(self.pages, 1) if page.codes and not self.open_in(page, answered))

    def minutes_left(self, answered: Collection[str]) -> int:
        """The minutes by the share of questions still open, at least 1 while one is."""
        still_open = sum(code not in answered for code in self.codes)
        return math.ceil(self.minutes * still_open / len(self.codes))

    def where_to_continue(self, answered: Collection[str]) -> P | None:
        """The first page that was not touched, else the first with a question left open, else None."""
        return self.first_untouched(answered) or self.first_skipped(answered)

    def first_untouched(self, answered: Collection[str]) -> P | None:
        """The first page on which nothing was answered."""
        untouched = (page for page in self.pages if page.codes and self.open_in(page, answered) == len(page.codes))
        return next(untouched, None)

    def first_skipped(self, answered: Collection[str], after: P | None = None) -> P | None:
        """The first page (after this one) with a question left open."""
        start = self.number(after) if after else 0
        return next((page for page in self.pages[start:] if self.open_in(page, answered)), None)

    def before(self, page: P) -> P | None:
        number = self.number(page)
        return self.pages[number - 2] if number > 1 else None

    def after(self, page: P) -> P | None:
        number = self.number(page)
        return self.pages[number] if number < len(self.pages) else None

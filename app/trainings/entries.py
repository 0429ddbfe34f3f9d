"""One training as it is written down: its fields as texts, what they must be, and how they are read. PURE.

A form, a file and the seed are all read here, so that the same is refused of each.
"""

from __future__ import annotations

import enum
import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from app.forms.numbers import whole

CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
LOST: Final = "\N{REPLACEMENT CHARACTER}"      # what a program writes for a letter that it could not read
TEXTS: Final = MappingProxyType({"title": 200, "provider": 200, "description": 2000, "afterwards": 1000})
"""At most so many characters."""
NUMBERS: Final = MappingProxyType({
    "hours": (1, 400), "cost_group": (0, 1_000_000), "cost_person": (0, 100_000), "places_min": (1, 500),
    "places_max": (1, 500), "level_from": (1, 5), "level_to": (1, 5),
})
"""From and through."""
COSTS: Final = ("cost_group", "cost_person")
IN_ORDER: Final = (("places_min", "places_max"), ("level_from", "level_to"))
YES, NO = "ja", "nee"

_BETWEEN: Final = re.compile(r"[\s,;|/]+")
NAMED: Final = 1000         # characters that may name what a training is about


class Wrong(enum.Enum):
    """What can be wrong with a field."""

    EMPTY = enum.auto()
    TOO_LONG = enum.auto()
    NO_NUMBER = enum.auto()
    OUT_OF_RANGE = enum.auto()
    LOWER = enum.auto()         # than the field before it
    NO_PRICE = enum.auto()
    UNKNOWN = enum.auto()
    TWICE = enum.auto()
    NO_CODE = enum.auto()
    NO_ANSWER = enum.auto()     # neither yes nor no
    FORMULA = enum.auto()
    BROKEN = enum.auto()        # letters that were not UTF-8, or an error of the program
    ELSEWHERE = enum.auto()     # the same training stands in another row


@dataclass(frozen=True, slots=True)
class Fault:
    """`text`: what stands there; `least` and `most`: what would be right, or in which row it stands."""

    field: str
    wrong: Wrong
    text: str = ""
    least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """What a training can refer to: names of forms by code, and codes of competencies by what they may be called."""

    forms: Mapping[str, str]
    competencies: Mapping[str, str]

    @classmethod
    def of(cls, forms: Mapping[str, str], competencies: Mapping[str, str], kept: Collection[str] = ()) -> Known:
        """`competencies`: slugs by code. `kept`: codes that trainings have although the framework lost them."""
        names = {code.casefold(): code for code in (*kept, *competencies)}
        return cls(forms, {**names, **{slug.casefold(): code for code, slug in competencies.items()}})


@dataclass(frozen=True, slots=True)
class Entry:
    """A training, checked. An empty code: it has none yet."""

    code: str
    title: str
    form: str
    provider: str
    description: str
    afterwards: str
    hours: int
    cost_group: int | None
    cost_person: int | None
    places_min: int
    places_max: int
    level_from: int
    level_to: int
    competencies: tuple[str, ...]
    retired: bool = False

    @property
    def texts(self) -> Mapping[str, str]:
        """Every field as `read` reads it."""
        other = {"competencies": ", ".join(self.competencies), "offered": NO if self.retired else YES}
        return {name: other[name] if name in other else "" if (value := getattr(self, name)) is None else str(value)
                for name in FIELDS}

    @property
    def mark(self) -> str:
        """The same for the same training."""
        return hashlib.sha256("\0".join(self.texts.values()).encode()).hexdigest()[:32]


FIELDS: Final = ("code", "title", "form", "provider", *NUMBERS, "competencies", "description", "afterwards", "offered")


def read(texts: Mapping[str, str], known: Known) -> tuple[Entry | None, tuple[Fault, ...]]:
    """What the texts per field say, or everything that is wrong with them. A field that is left out is empty."""
    reading = _Reading({name: plain(texts.get(name, "")) for name in FIELDS}, known)
    faults = tuple(reading.faults())
    return (None, faults) if faults else (reading.entry, ())


def free_code(title: str, taken: Collection[str]) -> str:
    """A code made of the title, that no other training has."""
    ascii_only = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    base = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:50].strip("-") or "opleiding"
    if base not in taken:
        return base
    held, free = 1, 2
    while f"{base}-{free}" in taken:
        held, free = free, 2 * free
    while free - held > 1:          # halfway, so that the thousandth of a name costs no thousand looks
        middle = (held + free) // 2
        held, free = (middle, free) if f"{base}-{middle}" in taken else (held, middle)
    return f"{base}-{free}"


def plain(text: str) -> str:
    """With one kind of space and of line end, and without what nobody sees: as a spreadsheet keeps it too."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    spaced = "".join(" " if c == "\t" or unicodedata.category(c) == "Zs" else c for c in lines)
    return "".join(c for c in spaced if c == "\n" or c.isprintable()).strip()


class _Reading:
    def __init__(self, texts: dict[str, str], known: Known) -> None:
        texts["title"], texts["provider"] = (" ".join(texts[name].split()) for name in ("title", "provider"))
        self.texts, self.known = texts, known
        self.form = next((code for code, name in known.forms.items()
                          if texts["form"].casefold() in (code.casefold(), name.casefold())), None)
        self.named = [name for name in _BETWEEN.split(texts["competencies"][:NAMED]) if name]
        self.numbers = {name: whole(texts[name]) for name in NUMBERS}

    def faults(self) -> Iterator[Fault]:
        texts = self.texts
        if texts["code"] and not CODE.fullmatch(texts["code"]):
            yield Fault("code", Wrong.NO_CODE, texts["code"])
        if not texts["title"]:
            yield Fault("title", Wrong.EMPTY)
        for name, most in TEXTS.items():
            if len(texts[name]) > most:
                yield Fault(name, Wrong.TOO_LONG, most=most)
            elif LOST in texts[name]:
                yield Fault(name, Wrong.BROKEN)
        if self.form is None:
            yield Fault("form", Wrong.UNKNOWN if texts["form"] else Wrong.EMPTY, texts["form"])
        yield from self._numbers()
        yield from self._competencies()
        if texts["offered"].casefold() not in (YES, NO, ""):
            yield Fault("offered", Wrong.NO_ANSWER, texts["offered"])

    def _numbers(self) -> Iterator[Fault]:
        right = set()
        for name, (least, most) in NUMBERS.items():
            text, number = self.texts[name], self.numbers[name]
            if not text:
                if name not in COSTS:
                    yield Fault(name, Wrong.EMPTY)
            elif number is None:
                yield Fault(name, Wrong.NO_NUMBER, text)
            elif not least <= number <= most:
                yield Fault(name, Wrong.OUT_OF_RANGE, text, least, most)
            else:
                right.add(name)
        if not any(self.texts[name] for name in COSTS):
            yield Fault(COSTS[0], Wrong.NO_PRICE)
        for lower, higher in IN_ORDER:
            begin, end = self.numbers[lower], self.numbers[higher]
            if {lower, higher} <= right and begin is not None and end is not None and begin > end:
                yield Fault(higher, Wrong.LOWER, self.texts[higher], begin)

    def _competencies(self) -> Iterator[Fault]:
        if len(self.texts["competencies"]) > NAMED:
            yield Fault("competencies", Wrong.TOO_LONG, most=NAMED)
            return
        if not self.named:
            yield Fault("competencies", Wrong.EMPTY)
        seen = set()
        for name in self.named:
            code = self.known.competencies.get(name.casefold())
            if code is None:
                yield Fault("competencies", Wrong.UNKNOWN, name)
            elif code in seen:
                yield Fault("competencies", Wrong.TWICE, name)
            seen.add(code)

    @property
    def entry(self) -> Entry:
        """Only where there are no faults."""
        texts, numbers = self.texts, self.numbers
        needed = {name: number for name, number in numbers.items() if name not in COSTS and number is not None}
        return Entry(
            code=texts["code"], title=texts["title"], form=self.form or "", provider=texts["provider"],
            description=texts["description"], afterwards=texts["afterwards"], cost_group=numbers["cost_group"],
            cost_person=numbers["cost_person"], **needed, retired=texts["offered"].casefold() == NO,
            competencies=tuple(sorted(self.known.competencies[name.casefold()] for name in self.named)),
        )  # fmt: skip

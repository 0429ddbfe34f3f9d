"""The first trainings of an organisation: what their seed file may hold, and what must hold together in it.

PURE. The schema refuses unknown keys and empty texts; `problems` looks at the file as a whole and in the framework.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from app.competencies.checks import doubles
from app.competencies.parts import Code, LevelNumber, Part, Text
from app.competencies.seedfile import Document, Problem, code_of, codes, parts, words
from app.trainings.entries import CODE, NUMBERS, TEXTS, Entry

Found = Iterator[tuple[str, str]]       # (place, message)


def _number(name: str) -> object:
    least, most = NUMBERS[name]
    return Field(ge=least, le=most)


class Form(Part):
    """In what form a training is given."""

    code: Code
    name: Text


class Costs(Part):
    """In whole euros; none where that form makes no sense."""

    per_group: Annotated[int, _number("cost_group")] | None
    per_person: Annotated[int, _number("cost_person")] | None


class Places(Part):
    least: Annotated[int, _number("places_min")]
    most: Annotated[int, _number("places_max")]


class FirstTraining(Part):
    """One of them. `after`: what makes it stay."""

    code: Code
    title: Annotated[Text, Field(max_length=TEXTS["title"])]
    form: Code
    competencies: Annotated[tuple[Code, ...], Field(min_length=1)]
    from_level: LevelNumber
    to_level: LevelNumber
    hours: Annotated[int, _number("hours")]
    costs: Costs
    places: Places
    description: Annotated[Text, Field(max_length=TEXTS["description"])]
    after: Annotated[Text, Field(max_length=TEXTS["afterwards"])]

    @property
    def entry(self) -> Entry:
        return Entry(
            code=self.code, title=self.title, form=self.form, provider="", description=self.description,
            afterwards=self.after, hours=self.hours, cost_group=self.costs.per_group,
            cost_person=self.costs.per_person, places_min=self.places.least, places_max=self.places.most,
            level_from=self.from_level, level_to=self.to_level, competencies=tuple(sorted(self.competencies)),
        )  # fmt: skip


class FirstCatalogue(Part):
    forms: Annotated[tuple[Form, ...], Field(min_length=1)]
    trainings: tuple[FirstTraining, ...]

    @property
    def names(self) -> Mapping[str, str]:
        """What each form is called, by its code."""
        return {form.code: form.name for form in self.forms}


def problems(document: Document, framework: Document | None, file: str) -> list[Problem]:
    """Every problem that spans parts of the file, or the file and the framework where that can be read."""
    found = [*_unique(document), *_forms(document), *_numbers(document)]
    if framework is not None:
        found += _competencies(document, codes(framework, "competencies"))
    return [Problem(file, place, message) for place, message in found]


def _unique(document: Document) -> Found:
    for kind in ("forms", "trainings"):
        for code in doubles(codes(document, kind)):
            yield f"{kind} {code}", "code komt vaker voor"
    for title in doubles(one["title"] for one in parts(document, "trainings") if isinstance(one.get("title"), str)):
        yield "trainings", f"de titel ‘{title}’ komt vaker voor"
    for training in parts(document, "trainings"):
        own = code_of(training)
        if own is not None and not CODE.fullmatch(own):
            yield f"trainings {own} › code", "mag alleen kleine letters, cijfers en streepjes hebben"
        for twice in doubles(words(training, "competencies")):
            yield f"trainings {own} › competencies", f"{twice} staat er twee keer in"


def _forms(document: Document) -> Found:
    known = codes(document, "forms")
    for training in parts(document, "trainings"):
        if isinstance(training.get("form"), str) and training["form"] not in known:
            yield f"trainings {code_of(training)} › form", f"{training['form']} bestaat niet"


def _numbers(document: Document) -> Found:
    for training in parts(document, "trainings"):
        place = f"trainings {code_of(training)}"
        begin, end = training.get("from_level"), training.get("to_level")
        if isinstance(begin, int) and isinstance(end, int) and begin > end:
            yield f"{place} › to_level", f"mag niet lager zijn dan from_level ({begin})"
        places, costs = training.get("places"), training.get("costs")
        if isinstance(places, dict):
            least, most = places.get("least"), places.get("most")
            if isinstance(least, int) and isinstance(most, int) and least > most:
                yield f"{place} › places › most", f"mag niet lager zijn dan least ({least})"
        if isinstance(costs, dict) and {"per_group", "per_person"} <= costs.keys() and not any(
                price is not None for price in costs.values()):
            yield f"{place} › costs", "er is geen enkele prijs"


def _competencies(document: Document, known: list[str]) -> Found:
    for training in parts(document, "trainings"):
        for code in words(training, "competencies"):
            if code not in known:
                yield f"trainings {code_of(training)} › competencies", f"{code} bestaat niet in het raamwerk"

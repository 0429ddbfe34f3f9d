"""What the practice tools must hold together as a whole: codes unique, types complete, takeovers that name fields.

PURE. Works on the raw document, so that one broken part does not hide the problems of another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.competencies.checks import doubles, unknown_source
from app.competencies.seedfile import Document, Problem, code_of, codes, parts, words
from app.practice.tools import CLOSING

Found = Iterator[tuple[str, str]]       # (place, message)
NEEDED: Mapping[str, tuple[str, ...]] = {
    "choice": ("options",), "multiple": ("options",), "list": ("columns",), "slider": ("left", "right"),
    "scale": ("lowest", "highest", "left", "right"),
}
ALLOWED = {"list": ("minimum", "sums"), "date": ("propose",), "choice": ("default",)}
OF_A_TYPE = ("options", "columns", "minimum", "left", "right", "lowest", "highest", "propose", "default", "sums")
ADDED: Mapping[str, str] = {"hours": "number", "rate": "amount", "amount": "amount"}   # columns of sums, by their type
TELLING = {         # which types can tell a fact of a traject
    "case-code": ("text",), "school": ("relation",), "sector": ("choice",), "kind": ("choice",),
    "systemic": ("slider",), "resultful": ("slider",), "starts-on": ("date",), "evaluation-on": ("date",),
}
ONE_KIND = ({"text", "long", "relation"}, {"number", "amount"})     # what can be taken over into one another


def problems(document: Document, framework: Document | None, file: str) -> list[Problem]:
    """Every problem that spans parts of the tools, or the tools and the framework where that can be read."""
    found = [*_unique(document), *_types(document), *_trajects(document), *_sums(document), *_follows(document)]
    if framework is not None:
        found += _references(document, framework)
    return [Problem(file, place, message) for place, message in found]


def _unique(document: Document) -> Found:
    for code in doubles(codes(document, "tools")):
        yield f"tools {code}", "code komt vaker voor"
    for tool in parts(document, "tools"):
        place = f"tools {code_of(tool)}"
        for kind in ("fields", "checks"):
            for code in doubles(codes(tool, kind)):
                yield f"{place} › {kind} {code}", "code komt vaker voor"
        for field in parts(tool, "fields"):
            if code_of(field) == CLOSING:
                yield f"{place} › fields {CLOSING}", "is een gereserveerde code"
            for kind in ("options", "columns"):
                for code in doubles(codes(field, kind)):
                    yield f"{place} › fields {code_of(field)} › {kind} {code}", "code komt vaker voor"


def _types(document: Document) -> Found:
    for tool in parts(document, "tools"):
        for field in parts(tool, "fields"):
            place, kind = f"tools {code_of(tool)} › fields {code_of(field)}", str(field.get("type"))
            needed = NEEDED.get(kind, ())
            for key in needed:
                if field.get(key) in (None, []):
                    yield f"{place} › {key}", f"ontbreekt: {kind} heeft dit nodig"
            for key in OF_A_TYPE:
                if key in field and key not in needed and key not in ALLOWED.get(kind, ()):
                    yield f"{place} › {key}", f"hoort niet bij {kind}"
            low, high = field.get("lowest"), field.get("highest")
            if isinstance(low, int) and isinstance(high, int) and low >= high:
                yield f"{place} › highest", f"moet hoger zijn dan lowest ({low})"
            if "minimum" in field and field.get("required") is not True:
                yield f"{place} › minimum", "telt alleen bij een verplichte lijst"
            if "default" in field and kind == "choice" and field["default"] not in codes(field, "options"):
                yield f"{place} › default", f"{field['default']} is geen van de opties"


def _trajects(document: Document) -> Found:
    for tool in parts(document, "tools"):
        place = f"tools {code_of(tool)}"
        for key in ("traject", "propose"):
            told = [field[key] for field in parts(tool, "fields") if isinstance(field.get(key), str)]
            for fact in doubles(told):
                yield f"{place} › {key} {fact}", "staat bij twee velden"
        for field in parts(tool, "fields"):
            telling = str(field.get("traject"))
            if telling in TELLING and field.get("type") not in TELLING[telling]:
                yield (f"{place} › fields {code_of(field)} › traject",
                       f"{field.get('type')} kan geen {telling} vertellen")


def _sums(document: Document) -> Found:
    for tool in parts(document, "tools"):
        place, fields = f"tools {code_of(tool)}", _fields(tool)
        adding = [field for field in fields.values() if isinstance(field.get("sums"), dict)]
        if len(adding) > 1:
            yield place, "telt meer dan één lijst op"
        chosen = {str(field["sums"].get("vat")) for field in adding}
        for field in adding:
            yield from _summed(f"{place} › fields {code_of(field)} › sums", field, fields)
        for code, field in fields.items():
            options = parts(field, "options")
            if code not in chosen and any("percent" in option for option in options):
                yield f"{place} › fields {code} › options", "percent hoort alleen bij de keuze van btw"
            if any("included" in option and "percent" not in option for option in options):
                yield f"{place} › fields {code} › options", "included hoort bij een percent"


def _summed(place: str, field: Document, fields: Mapping[str, Document]) -> Found:
    sums = field["sums"]
    for key, kind in ADDED.items():
        yield from _column_of(f"{place} › {key}", field, sums.get(key), kind)
    if fields.get(str(sums.get("vat")), {}).get("type") != "choice":
        yield f"{place} › vat", f"{sums.get('vat')} is geen keuze van dit hulpmiddel"
    planned = sums.get("planned")
    if isinstance(planned, dict):
        other = fields.get(str(planned.get("list")), {})
        if other.get("type") != "list":
            yield f"{place} › planned › list", f"{planned.get('list')} is geen lijst van dit hulpmiddel"
        else:
            yield from _column_of(f"{place} › planned › hours", other, planned.get("hours"), "number")


def _column_of(place: str, field: Document, code: Any, kind: str) -> Found:
    """Whether this list has such a column, of this type."""
    types = {code_of(column): column.get("type", "text") for column in parts(field, "columns")}
    if types.get(str(code)) != kind:
        yield place, f"{code} is geen kolom van het type {kind}"


def _follows(document: Document) -> Found:
    tools = {code_of(tool): tool for tool in parts(document, "tools")}
    for code, tool in tools.items():
        own = _fields(tool)
        for following in parts(tool, "follows"):
            place = f"tools {code} › follows {following.get('tool')}"
            if following.get("tool") not in tools or following.get("tool") == code:
                yield place, "is geen ander hulpmiddel"
                continue
            other = _fields(tools[following["tool"]])
            for taken in parts(following, "takes"):
                yield from _taken(f"{place} › {taken.get('to')}", taken, own, other)


def _taken(place: str, taken: Document, own: Mapping[str, Document], other: Mapping[str, Document]) -> Found:
    to = own.get(str(taken.get("to")))
    if to is None:
        yield f"{place} › to", f"{taken.get('to')} is geen veld van dit hulpmiddel"
        return
    if ("from" in taken) is ("rows" in taken):
        yield place, "heeft from nodig, of rows"
        return
    columns = {code_of(column): column.get("type", "text") for column in parts(to, "columns")}
    if "rows" in taken:
        for row in parts(taken, "rows"):
            for column, source in _pairs(row, "fields"):
                yield from _column(place, column, columns, source, _types_of(other))
            for column, _text in _pairs(row, "texts"):
                yield from _column(place, column, columns)
        return
    frm = other.get(str(taken["from"]))
    if frm is None:
        yield f"{place} › from", f"{taken['from']} is geen veld van het vorige hulpmiddel"
    elif to.get("type") == "list" and frm.get("type") == "list":
        theirs = {code_of(column): column.get("type", "text") for column in parts(frm, "columns")}
        if not isinstance(taken.get("columns"), dict):
            yield f"{place} › columns", "ontbreekt: een lijst wordt per kolom overgenomen"
        for column, source in _pairs(taken, "columns"):
            yield from _column(place, column, columns, source, theirs)
    elif not _alike(to.get("type"), frm.get("type")):
        yield f"{place} › from", f"{frm.get('type')} past niet in {to.get('type')}"


def _column(place: str, column: str, columns: Mapping[str | None, Any], source: str | None = None,
            known: Mapping[str | None, Any] | None = None) -> Found:
    """Whether a column exists, and what comes into it exists too and fits."""
    if column not in columns:
        yield f"{place} › {column}", "is geen kolom van dit veld"
    elif known is not None and source not in known:
        yield f"{place} › {column}", f"{source} is er niet in het vorige hulpmiddel"
    elif known is not None and not _alike(columns[column], known[source]):
        yield f"{place} › {column}", f"{known[source]} past niet in {columns[column]}"


def _alike(first: Any, second: Any) -> bool:
    return first == second or any({first, second} <= kind for kind in ONE_KIND)


def _fields(tool: Document) -> Mapping[str, Document]:
    return {str(code_of(field)): field for field in parts(tool, "fields")}


def _types_of(fields: Mapping[str, Document]) -> Mapping[str | None, Any]:
    return {code: field.get("type") for code, field in fields.items()}


def _pairs(part: Document, key: str) -> Iterator[tuple[str, str]]:
    found = part.get(key)
    for name, value in (found.items() if isinstance(found, dict) else ()):
        yield str(name), str(value)


def _references(document: Document, framework: Document) -> Found:
    focus_areas = [code_of(aspect) for aspect in parts(framework, "aspects") if aspect.get("focus") is True]
    shown_by = {str(kind["tool"]) for kind in parts(framework, "evidence_types") if kind.get("tool")}
    sources = codes(framework, "sources")
    known_options = {"sector": codes(framework, "context", "sectors"),
                     "kind": words(framework.get("context"), "question_kinds")}
    for tool in parts(document, "tools"):
        place = f"tools {code_of(tool)}"
        if isinstance(tool.get("focus"), str) and tool["focus"] not in focus_areas:
            yield f"{place} › focus", f"{tool['focus']} is geen focusgebied"
        if code_of(tool) not in shown_by:
            yield place, "hoort bij geen enkele soort bewijs in het raamwerk"
        for field in parts(tool, "fields"):
            at = f"{place} › fields {code_of(field)}"
            if isinstance(field.get("source"), str) and unknown_source(field["source"], sources):
                yield f"{at} › source", f"noemt geen bekend document: {field['source']}"
            known = known_options.get(str(field.get("traject")))
            for option in codes(field, "options"):
                if known is not None and option not in known:
                    yield f"{at} › options {option}", "bestaat niet in het raamwerk"
    for tool_code in sorted(shown_by - set(codes(document, "tools"))):
        yield f"tools {tool_code}", "ontbreekt: het raamwerk noemt dit hulpmiddel"

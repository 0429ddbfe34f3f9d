"""What the framework must hold together as a whole: codes unique, references that resolve, nothing missing.

PURE. Works on the raw document, so that one broken part does not hide the problems of another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from app.competencies.seedfile import Document, Problem, code_of, codes, parts, words

INDICATORS_PER_COMPETENCY = (3, 4)
PLAIN_TEXT = {"ouder": "parent", "leerling": "pupil"}
UNIQUE = (
    ("sources",), ("professionaliteiten",), ("roles",), ("aspects",), ("aspect_anchors",), ("role_anchors",),
    ("rater_groups",), ("competencies",), ("question_sets",), ("evidence_types",), ("context", "clusters"),
    ("context", "sectors"), ("context", "traject_types"),
)  # fmt: skip

Found = Iterator[tuple[str, str]]       # (place, message)


def framework(document: Document, file: str) -> list[Problem]:
    """Every problem that spans parts of the framework document."""
    rules = (_unique, _references, _roles_served, _indicators, _wording, _anchors, _points, _sets, _themes, _sources)
    return [Problem(file, place, message) for rule in rules for place, message in rule(document)]


def doubles(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


def unknown_source(source: Any, known: Iterable[str]) -> bool:
    """True unless the tag starts with a document's code or with 'redactioneel'."""
    first = re.match(r"[A-Za-z0-9]+", source) if isinstance(source, str) else None
    return first is None or first[0] not in {*known, "redactioneel"}


def _unique(document: Document) -> Found:
    for keys in UNIQUE:
        for code in doubles(codes(document, *keys)):
            yield f"{' › '.join(keys)} {code}", "code komt vaker voor"
    slugs = [c["slug"] for c in parts(document, "competencies") if isinstance(c.get("slug"), str)]
    for slug in doubles(slugs):
        yield f"competencies › slug {slug}", "komt vaker voor"
    for code in doubles(code_of(i) or "" for c in parts(document, "competencies") for i in parts(c, "indicators")):
        yield f"indicators {code}", "code komt vaker voor"
    for code in doubles(f"{t.get('group')} {code_of(t)}" for t in parts(document, "themes")):
        yield f"themes {code}", "code komt vaker voor"


def _references(document: Document) -> Found:
    professionaliteiten = set(codes(document, "professionaliteiten"))
    aspects = {code_of(a): a for a in parts(document, "aspects")}
    roles = set(codes(document, "roles"))
    groups = set(codes(document, "rater_groups"))
    for kind in ("roles", "aspects", "competencies"):
        for part in parts(document, kind):
            if part.get("professionaliteit") not in professionaliteiten:
                yield f"{kind} {code_of(part)}", f"professionaliteit {part.get('professionaliteit')} bestaat niet"
    for competency in parts(document, "competencies"):
        place = f"competencies {code_of(competency)}"
        aspect = aspects.get(competency.get("aspect"))
        if aspect is None:
            yield place, f"aspect {competency.get('aspect')} bestaat niet"
        elif aspect.get("professionaliteit") != competency.get("professionaliteit"):
            yield place, f"hoort bij een andere professionaliteit dan aspect {code_of(aspect)}"
        focus = competency.get("focus")
        if focus is not None and not (focus in aspects and aspects[focus].get("focus") is True):
            yield place, f"focusgebied {focus} bestaat niet"
        for role in [competency.get("main_role"), *words(competency, "also_roles")]:
            if role not in roles:
                yield place, f"rol {role} bestaat niet"
        if competency.get("main_role") in words(competency, "also_roles"):
            yield place, "hoofdrol staat ook bij also_roles"
        for indicator in parts(competency, "indicators"):
            for group in words(indicator, "groups"):
                if group not in groups or group == "zelf":
                    yield f"{place} › indicators {code_of(indicator)}", f"beoordelaarsgroep {group} bestaat niet"


def _roles_served(document: Document) -> Found:
    served = {competency.get("main_role") for competency in parts(document, "competencies")}
    for role in codes(document, "roles"):
        if role not in served:
            yield f"roles {role}", "geen enkele competentie heeft deze rol als hoofdrol"


def _indicators(document: Document) -> Found:
    least, most = INDICATORS_PER_COMPETENCY
    for competency in parts(document, "competencies"):
        place = f"competencies {code_of(competency)}"
        indicators = list(parts(competency, "indicators"))
        if not least <= len(indicators) <= most:
            yield place, f"heeft {len(indicators)} indicatoren; het moeten er {least} of {most} zijn"
        for indicator in indicators:
            if not str(code_of(indicator)).startswith(f"{code_of(competency)}."):
                yield f"{place} › indicators {code_of(indicator)}", "code hoort te beginnen met die van de competentie"


def _wording(document: Document) -> Found:
    for competency in parts(document, "competencies"):
        for indicator in parts(competency, "indicators"):
            place = f"competencies {code_of(competency)} › indicators {code_of(indicator)}"
            groups = words(indicator, "groups")
            if not groups:
                yield place, "geen enkele groep kan dit gedrag zien"
            for group, key in PLAIN_TEXT.items():
                if group in groups and not indicator.get(key):
                    yield f"{place} › {key}", f"groep {group} kan dit zien, maar er is geen tekst in gewone woorden"
                if group not in groups and indicator.get(key):
                    yield f"{place} › {key}", f"er is een tekst, maar groep {group} kan dit niet zien"
            other = indicator.get("other")
            if isinstance(other, str) and (other[:1].isupper() or other.endswith(".")):
                yield f"{place} › other", "begint klein en eindigt zonder punt"
            for key in ("self", *PLAIN_TEXT.values()):
                text = indicator.get(key)
                if isinstance(text, str) and text and text[-1] not in ".?!":
                    yield f"{place} › {key}", "is geen hele zin"


def _anchors(document: Document) -> Found:
    wanted = {
        "aspect_anchors": {code_of(a) for a in parts(document, "aspects") if a.get("radar") is True},
        "role_anchors": {
            code_of(r)
            for r in parts(document, "roles")
            if r.get("professionaliteit") in {code_of(p) for p in parts(document, "professionaliteiten")
                                              if p.get("number") == 3}
        },
    }
    for key, expected in wanted.items():
        given = set(codes(document, key))
        for code in sorted(filter(None, expected - given)):
            yield f"{key} {code}", "ankers ontbreken"
        for code in sorted(given - expected):
            yield f"{key} {code}", "hoort hier niet"
        for part in parts(document, key):
            anchors = part.get("anchors")
            if isinstance(anchors, dict) and set(anchors) != {1, 2, 3, 4, 5}:
                yield f"{key} {code_of(part)}", "heeft niet precies de niveaus 1 tot en met 5"


def _points(document: Document) -> Found:
    for scale, most in (("adult", 5), ("parent", 5), ("pupil", 3), ("importance", 5)):
        scores = [point.get("score") for point in parts(document, "scales", scale, "points")]
        if scores != list(range(1, most + 1)):
            yield f"scales › {scale} › points", f"moeten op volgorde 1 tot en met {most} zijn"
    if [level.get("level") for level in parts(document, "levels", "items")] != [1, 2, 3, 4, 5]:
        yield "levels › items", "moeten op volgorde 1 tot en met 5 zijn"


def _sets(document: Document) -> Found:
    known = {code_of(i): i for c in parts(document, "competencies") for i in parts(c, "indicators")}
    groups = set(codes(document, "rater_groups"))
    for chosen in parts(document, "question_sets"):
        place = f"question_sets {code_of(chosen)}"
        only = words(chosen, "only_for")
        per_group = chosen.get("per_group")
        per_group = per_group if isinstance(per_group, dict) else {}
        for group in {*only, *per_group} - groups:
            yield place, f"beoordelaarsgroep {group} bestaat niet"
        for group, selection in [(None, chosen.get("select")), *per_group.items()]:
            indicators = words(selection, "indicators")
            for code in doubles(indicators):
                yield place, f"indicator {code} staat er twee keer in"
            for code in indicators:
                if code not in known:
                    yield place, f"indicator {code} bestaat niet"
                elif group is not None and group not in words(known[code], "groups"):
                    yield place, f"groep {group} kan indicator {code} niet zien"
            maximum = chosen.get("maximum")
            most = maximum.get(group) if isinstance(maximum, dict) else None
            if isinstance(most, int) and len(indicators) > most:
                yield place, f"groep {group} krijgt {len(indicators)} vragen; hooguit {most}"


def _themes(document: Document) -> Found:
    known = {code_of(i): i for c in parts(document, "competencies") for i in parts(c, "indicators")}
    themed = {(theme.get("group"), code) for theme in parts(document, "themes") for code in words(theme, "indicators")}
    for theme in parts(document, "themes"):
        place, group = f"themes {code_of(theme)}", theme.get("group")
        for code in words(theme, "indicators"):
            if code not in known:
                yield place, f"indicator {code} bestaat niet"
            elif group not in words(known[code], "groups"):
                yield place, f"groep {group} kan indicator {code} niet zien"
    for chosen in parts(document, "question_sets"):
        per_group = chosen.get("per_group")
        for group, selection in per_group.items() if isinstance(per_group, dict) else ():
            for code in words(selection, "indicators") if group in PLAIN_TEXT else ():
                if code in known and (group, code) not in themed:
                    yield f"question_sets {code_of(chosen)}", f"indicator {code} staat in geen thema van groep {group}"


def _sources(document: Document) -> Found:
    known = codes(document, "sources")

    def walk(part: Any, place: str) -> Found:
        if isinstance(part, dict):
            if "source" in part and part["source"] is not None and unknown_source(part["source"], known):
                yield f"{place} › source", f"noemt geen bekend document: {part['source']}"
            for key, value in part.items():
                yield from walk(value, key if place == "bestand" else f"{place} › {key}")
        elif isinstance(part, list):
            for number, value in enumerate(part, 1):
                yield from walk(value, f"{place} {code_of(value) or number}")

    yield from walk(document, "bestand")

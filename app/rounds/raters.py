"""PURE: reading lines about people to ask (name, e-mail address, relation, school), and what can be wrong with one.

An address is refused without asking the network: when it cannot be one, when its domain is kept for other uses
(.test, .local), and when it is a well-known domain with a slip of the pen (gmail.con). Whether a mail arrives is only
known when it was sent; those that come back are shown to whoever approved them.
"""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, replace

from email_validator import SPECIAL_USE_DOMAIN_NAMES

from app.people import pasting
from app.rounds.invitations import relation

MOST = pasting.MOST
LONGEST = pasting.LONGEST_NAME

_ENDINGS = {"con": "com", "cmo": "com", "ocm": "com", "comm": "com", "cim": "com", "vom": "com", "xom": "com",
            "nll": "nl", "nk": "nl", "ln": "nl", "neet": "net", "ogr": "org"}
_DOMAINS = {
    "gmail.nl": "gmail.com", "gmial.com": "gmail.com", "gmal.com": "gmail.com", "gamil.com": "gmail.com",
    "gnail.com": "gmail.com", "gmaill.com": "gmail.com", "gmail.co": "gmail.com", "gmai.com": "gmail.com",
    "hotmai.com": "hotmail.com", "hotmial.com": "hotmail.com", "hotnail.com": "hotmail.com",
    "hotmail.co": "hotmail.com", "hormail.com": "hotmail.com", "outlok.com": "outlook.com",
    "outloook.com": "outlook.com", "outlook.co": "outlook.com", "ziggo.com": "ziggo.nl", "zigo.nl": "ziggo.nl",
    "kpnmail.com": "kpnmail.nl", "planet.com": "planet.nl",
}
_WORDS = {
    "begeleider": "begeleider", "ambulant begeleider": "begeleider", "ab": "begeleider",
    "andere collega": "andere-collega", "collega": "andere-collega",
    "intern begeleider": "intern-begeleider", "ib": "intern-begeleider", "ib'er": "intern-begeleider",
    "ib-er": "intern-begeleider", "kwaliteitscoördinator": "intern-begeleider",
    "leraar": "leraar", "leerkracht": "leraar", "docent": "leraar", "mentor": "leraar", "juf": "leraar",
    "meester": "leraar",
    "zorgcoördinator": "zorgcoordinator", "zorgcoordinator": "zorgcoordinator", "zoco": "zorgcoordinator",
    "ondersteuningscoördinator": "zorgcoordinator",
    "directie": "directie", "directeur": "directie", "schoolleider": "directie", "rector": "directie",
    "consulent": "consulent", "samenwerkingsverband": "samenwerkingsverband", "swv": "samenwerkingsverband",
    "bestuur": "bestuur", "schoolbestuur": "bestuur", "bestuurder": "bestuur",
    "jeugdhulp": "jeugdhulp", "gemeente": "jeugdhulp", "zorg": "jeugdhulp",
    "ouder": "ouder", "moeder": "ouder", "vader": "ouder", "verzorger": "ouder",
}
_COLUMNS = {
    "naam": "name", "namen": "name", "voornaam": "name", "roepnaam": "name", "tussenvoegsel": "name",
    "achternaam": "name", "e-mail": "email", "email": "email", "mail": "email", "e-mailadres": "email",
    "emailadres": "email", "mailadres": "email", "adres": "email", "relatie": "relation", "functie": "relation",
    "rol": "relation", "school": "school", "organisatie": "school", "instelling": "school",
}


class Problem(enum.Enum):
    """Why somebody cannot be asked; the rest of a list can."""

    NO_EMAIL = enum.auto()
    NO_NAME = enum.auto()
    BAD_EMAIL = enum.auto()
    TWO_EMAILS = enum.auto()
    TWICE = enum.auto()             # within what was pasted
    UNREACHABLE = enum.auto()       # no mail ever arrives at such a domain
    MISSPELLED = enum.auto()        # `hint`: what was probably meant
    NO_RELATION = enum.auto()       # what she is to the subject decides what she is asked, and is not said
    OTHER_GROUP = enum.auto()       # a relation of another group
    TOO_LONG = enum.auto()
    OWN = enum.auto()
    ALREADY = enum.auto()           # asked already; `hint`: under which name
    DECLINED = enum.auto()
    REMOVED = enum.auto()           # by whoever approves
    READS_ALONG = enum.auto()       # `hint`: who leads her or is her gesprekspartner
    OF_THIS_DIENST = enum.auto()    # somebody of the dienst, named in another group than the colleagues
    GONE = enum.auto()              # works here no longer


_READ = {
    pasting.Problem.NO_EMAIL: Problem.NO_EMAIL, pasting.Problem.NO_NAME: Problem.NO_NAME,
    pasting.Problem.BAD_EMAIL: Problem.BAD_EMAIL, pasting.Problem.TWO_EMAILS: Problem.TWO_EMAILS,
}


@dataclass(frozen=True, slots=True)
class Rater:
    """Somebody to ask, as read from a line or chosen from a list. `number`: the line, counted from one; `text` is it.

    `relation`: a code of invitations.RELATIONS. `person_id`: when picked from the people of the dienst.
    """

    number: int
    text: str
    name: str
    email: str
    relation: str
    school: str = ""
    person_id: int | None = None
    problem: Problem | None = None
    hint: str = ""

    def refused(self, problem: Problem, hint: str = "") -> Rater:
        return replace(self, problem=problem, hint=hint)


def read(text: str, group: str, usual: str) -> list[Rater]:
    """The lines that are not empty, for people of this group; `usual` is the relation of who has none of her own;
    when it is empty she is refused.

    Columns are separated by ; | or tabs, else by commas; 'naam <adres>' is one of them. A first line of headings says
    which column is what; otherwise what stands before the address is the name, and what stands behind it is the
    relation when it is the word for one, and the school when it is not.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    headings = _headings(lines[0][1]) if len(lines) > 1 else ()
    found: list[Rater] = []
    seen: set[str] = set()
    for number, line in lines[1:] if headings else lines:
        rater = _read(number, line, headings, group, usual)
        if rater.problem is None and rater.email in seen:
            rater = rater.refused(Problem.TWICE)
        if rater.email:
            seen.add(rater.email)
        found.append(rater)
    return found


def one(name: str, email: str, relation: str, school: str, person_id: int | None = None) -> Rater:
    """Somebody whose name and address were given apart, with what is wrong with them."""
    if not name:
        return Rater(0, email, "", email, relation, school, person_id, Problem.NO_NAME if email else Problem.NO_EMAIL)
    read_one = _line(0, f"{name} <{email}>" if email else name, name, relation, school)
    return replace(read_one, person_id=person_id, name=name)


def _read(number: int, line: str, headings: tuple[str, ...], group: str, usual: str) -> Rater:
    columns = _columns(line)
    if headings and len(columns) == len(headings):
        named = {kind: " ".join(c for c, k in zip(columns, headings, strict=True) if k == kind and c)
                 for kind in set(headings)}
        name, relation_word, school = named.get("name", ""), named.get("relation", ""), named.get("school", "")
        code = _WORDS.get(relation_word.casefold(), usual)
        rater = _line(number, line, name, code, school)
    else:
        code, name, school = usual, "", ""
        place = next((at for at, column in enumerate(columns) if "@" in column), len(columns))
        names: list[str] = []
        for at, column in enumerate(columns):
            if at == place or not column:
                continue
            if column.casefold() in _WORDS:
                code = _WORDS[column.casefold()]
            elif at < place or (not names and not _named_beside(columns[place])):
                names.append(column)
            else:
                school = f"{school}, {column}" if school else column
        strong = _separator(line) != ","
        rater = _line(number, line, (" " if strong else ", ").join(names), code, school)
    if rater.problem is None and not rater.relation:
        return rater.refused(Problem.NO_RELATION)
    if rater.problem is None and relation(rater.relation).group != group:
        return rater.refused(Problem.OTHER_GROUP)
    return rater


def _line(number: int, text: str, name: str, code: str, school: str) -> Rater:
    """What the list of people makes of the name and the address; `text` holds the address, `name` may be in it."""
    address = pasting.ADDRESS.findall(text)
    beside = next((column for column in _columns(text) if "@" in column), text)
    told = f"{name} <{address[0]}>" if name and address and not _named_beside(beside) else beside
    line = pasting.read(told if address else text)[0]
    rater = Rater(number, text, line.name, line.email, code, school)
    if len(address) > 1:
        return rater.refused(Problem.TWO_EMAILS)
    if line.problem is pasting.Problem.BAD_EMAIL and address and _is_special(address[0]):
        return rater.refused(Problem.UNREACHABLE)
    if line.problem is not None:
        return rater.refused(_READ[line.problem])
    if len(school) > LONGEST:
        return rater.refused(Problem.TOO_LONG)
    meant = _meant(line.email)
    return rater.refused(Problem.MISSPELLED, meant) if meant else rater


def _separator(line: str) -> str:
    return next((mark for mark in (";", "\t", "|") if mark in line), ",")


def _columns(line: str) -> list[str]:
    return [" ".join(column.split()).strip('"') for column in line.split(_separator(line))]


def _headings(line: str) -> tuple[str, ...]:
    """Which column is what, when this line says so."""
    kinds = tuple(_COLUMNS.get(column.casefold(), "") for column in _columns(line))
    return kinds if "email" in kinds and all(kinds) else ()


def _named_beside(column: str) -> bool:
    """True of 'Jet de Vries <jet@school.nl>'."""
    return bool(re.search(r"\w", pasting.ADDRESS.sub("", column)))


def _is_special(address: str) -> bool:
    domain = address.rpartition("@")[2].casefold().strip(".>)")
    return any(domain == name or domain.endswith("." + name) for name in SPECIAL_USE_DOMAIN_NAMES)


def _meant(email: str) -> str:
    """The address that was probably meant; empty when nothing looks wrong with it."""
    local, _, domain = email.rpartition("@")
    if domain in _DOMAINS:
        return f"{local}@{_DOMAINS[domain]}"
    name, _, ending = domain.rpartition(".")
    return f"{local}@{_DOMAINS.get(f'{name}.{_ENDINGS[ending]}', f'{name}.{_ENDINGS[ending]}')}" \
        if ending in _ENDINGS else ""



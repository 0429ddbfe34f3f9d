"""What groups, relations and refusals are called, and what is said about how many are asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from app.measurement.scale import RULES, Group
from app.rounds.forecast import Enough, Forecast, enough, forecast
from app.rounds.invitations import Decline
from app.rounds.minimums import ADULTS, Shortfall
from app.rounds.models import Round, RoundGroup
from app.rounds.queries.asked import Reader
from app.rounds.queries.sufficient import Sufficient
from app.rounds.raters import Problem, Rater


def group_label(group: str) -> str:
    return {
        Group.TEAM_LEAD: _("Teamleider"),
        Group.COLLEAGUE: _("Collega's"),
        Group.SCHOOL: _("School"),
        Group.CLIENT: _("Opdrachtgever"),
        Group.SCHOOL_AND_CLIENT: _("School en opdrachtgever"),
        Group.SMALL_CIRCLE: _("Kleine kring"),
        Group.PARENT: _("Ouders"),
        Group.PUPIL: _("Leerlingen"),
    }[Group(group)]


def add_label(group: str) -> str:
    """On the button that leads to adding people of a group."""
    return {
        Group.COLLEAGUE: _("Voeg collega's toe"),
        Group.SCHOOL: _("Voeg mensen van scholen toe"),
        Group.CLIENT: _("Voeg opdrachtgevers toe"),
        Group.PARENT: _("Voeg ouders toe"),
    }[Group(group)]


def school_label(group: str) -> str:
    return _("Organisatie") if group == Group.CLIENT else _("School")


def relation_label(code: str) -> str:
    return {
        "teamleider": _("Teamleider"),
        "begeleider": _("Ambulant begeleider"),
        "andere-collega": _("Andere collega"),
        "intern-begeleider": _("Intern begeleider"),
        "leraar": _("Leraar"),
        "zorgcoordinator": _("Zorgcoördinator"),
        "directie": _("Directie"),
        "consulent": _("Consulent"),
        "samenwerkingsverband": _("Samenwerkingsverband"),
        "bestuur": _("Schoolbestuur"),
        "jeugdhulp": _("Jeugdhulp of gemeente"),
        "ouder": _("Ouder"),
        "leerling": _("Leerling tot en met 13 jaar"),
        "leerling-14": _("Leerling van 14 jaar of ouder"),
        "leerling-kort": _("Leerling tot en met 13 jaar, korte versie (so of TOS)"),
        "leerling-kort-14": _("Leerling van 14 jaar of ouder, korte versie (so of TOS)"),
    }[code]


def asked_by_itself(leads: Sequence[Reader], *, own: bool) -> str:
    """Who is asked as teamleider without being chosen. `own`: to the subject herself."""
    names = _(" en ").join(lead.name for lead in leads)
    if len(leads) > 1:
        return _("%(names)s krijgen vanzelf een vraag, als teamleiders. Hun antwoorden zijn niet anoniem.", names=names)
    if leads[0].leads:
        known = _("je teamleider") if own else _("teamleider")
    else:
        known = _("je gesprekspartner") if own else _("gesprekspartner")
    return _("%(name)s krijgt vanzelf een vraag, als %(known)s. Dat antwoord is niet anoniem.", name=names, known=known)


def so_far(enough: Iterable[Sufficient]) -> str:
    """Of each group whether enough people answered: Collega's: genoeg antwoorden · School: nog niet genoeg."""
    return " · ".join(
        _("%(group)s: genoeg antwoorden", group=group_label(one.group)) if one.reached
        else _("%(group)s: nog niet genoeg", group=group_label(one.group))
        for one in enough
    )


def decline_label(reason: str | None) -> str:
    """Why somebody would rather not; empty when she gave no reason."""
    return {
        Decline.TOO_LITTLE_KNOWN: _("kent het werk te weinig"),
        Decline.NO_TIME: _("heeft nu geen tijd"),
    }.get(Decline(reason), "") if reason else ""


def problem_of(rater: Rater, *, own: bool) -> str:
    """Why this one is refused, as a sentence. `own`: to the subject herself."""
    return _reason(rater.problem or Problem.BAD_EMAIL, rater.email, rater.hint, own=own)


def _reason(problem: Problem, email: str, hint: str, *, own: bool) -> str:
    return {
        Problem.NO_EMAIL: _("Er staat geen e-mailadres."),
        Problem.NO_NAME: _("Er staat geen naam bij."),
        Problem.BAD_EMAIL: _("Dit is geen e-mailadres."),
        Problem.TWO_EMAILS: _("Er staan twee e-mailadressen. Zet elke persoon op een eigen regel."),
        Problem.TWICE: _("%(email)s staat er twee keer.", email=email),
        Problem.UNREACHABLE: _("Op dit adres kan geen mail aankomen."),
        Problem.MISSPELLED: _("Er zit een tikfout in het adres. Bedoel je %(hint)s?", hint=hint),
        Problem.NO_RELATION: _("Er staat niet bij wat deze persoon is, bijvoorbeeld leraar of intern begeleider."),
        Problem.OTHER_GROUP: _("Deze persoon hoort bij een andere groep."),
        Problem.TOO_LONG: _("De naam of de school is te lang."),
        Problem.OWN: _("Dit is je eigen adres. Je eigen kijk geef je bij Mijn zelfbeeld.") if own
        else _("Dit is het adres van degene over wie het gaat."),
        Problem.ALREADY: _("%(email)s staat er al bij.", email=email),
        Problem.DECLINED: _("Deze persoon liet weten in deze ronde liever niet mee te doen."),
        Problem.REMOVED: _("Deze persoon is weggehaald door wie je keuze nakijkt. Bespreek het samen."),
        Problem.READS_ALONG: _("%(hint)s leest straks mee. Wie meeleest, kan niet anoniem antwoorden.", hint=hint),
        Problem.OF_THIS_DIENST: _("%(hint)s werkt bij de eigen dienst. Kies deze persoon bij de collega's.", hint=hint),
        Problem.GONE: _("Deze collega werkt hier niet meer."),
    }[problem]


def reason_of(problem: Problem, email: str, hint: str) -> str:
    """Why an address is refused, to whoever approves."""
    return _reason(problem, email, hint, own=False)


def shortfall_text(found: Shortfall) -> str:
    return ngettext(
        "%(group)s: vraag er nog %(num)s bij, of niemand. Zo blijft niemand herkenbaar.",
        "%(group)s: vraag er nog %(num)s bij, of niemand. Zo blijft niemand herkenbaar.",
        found.short, group=group_label(found.group))


def standing(group: RoundGroup, count: int) -> str:
    """Whether so many people of a group will probably do."""
    if not count:
        return ""
    found = enough(count, group.minimum, group.advice)
    if found is Enough.TOO_FEW:
        more = group.minimum + 1 - count
        return ngettext(
            "Vraag er nog %(num)s bij, of niemand uit deze groep. Zo blijft niemand herkenbaar.",
            "Vraag er nog %(num)s bij, of niemand uit deze groep. Zo blijft niemand herkenbaar.", more)
    if found is Enough.TIGHT:
        return _("Met %(count)s mensen zie je waarschijnlijk een deel. Vraag er liefst nog %(more)s bij.", count=count,
                 more=group.advice - count)
    return _("Dit is genoeg voor een goed beeld.")


def foreseen(planned: Round, counts: Mapping[str, int], *, own: bool) -> tuple[str, ...]:
    """What will probably be shown with so many people per group, in sentences. `own`: to the subject herself."""
    groups = {group.rater_group: group for group in planned.groups}
    if planned.is_pulse:
        return (_foreseen_of_pulse(groups, counts),)
    said: list[str] = []
    if any(group in groups for group in ADULTS):
        found = forecast(*(counts.get(group, 0) if group in groups else 0 for group in ADULTS),
                         small_circle=planned.small_circle)
        said.append(_shown(found, own=own, kern=all(groups[g].question_set == "kern" for g in ADULTS if g in groups)))
        if found.shown and any(groups[g].minimum > RULES[g].minimum for g in ADULTS if g in groups):
            said.append(_("In deze ronde is het minimum hoger dan gewoonlijk. Reken op iets minder."))
    for code in (Group.PARENT, Group.PUPIL):
        if code in groups and counts.get(code):
            said.append({
                Enough.TOO_FEW: _("%(group)s: waarschijnlijk nog niet genoeg om iets te laten zien.",
                                  group=group_label(code)),
                Enough.TIGHT: _("%(group)s: waarschijnlijk is een deel te zien.", group=group_label(code)),
                Enough.GOOD: _("%(group)s: waarschijnlijk genoeg voor een goed beeld.", group=group_label(code)),
            }[enough(counts[code], groups[code].minimum, groups[code].advice)])
    return tuple(said)


def _foreseen_of_pulse(groups: Mapping[str, RoundGroup], counts: Mapping[str, int]) -> str:
    least = max(group.minimum for group in groups.values())
    more = least + 1 - sum(counts.get(group, 0) for group in groups)
    if more > 0:
        return ngettext("Vraag er nog minstens %(num)s bij.", "Vraag er nog minstens %(num)s bij.", more)
    return _("Dit kan. Vanaf %(least)s antwoorden is er iets te zien, dus iets meer mensen vragen is verstandig.",
             least=least)


def _shown(found: Forecast, *, own: bool, kern: bool) -> str:
    if not found.shown:
        return _("Met deze mensen laten we waarschijnlijk nog niets zien.")
    if kern:
        said = _("Met deze mensen zie je ongeveer %(shown)s van de %(total)s onderwerpen.") if own else \
            _("Met deze mensen zijn straks ongeveer %(shown)s van de %(total)s onderwerpen te zien.")
        return said % {"shown": found.shown, "total": found.total}
    share = max(1, round(10 * found.shown / found.total))
    return _("Met deze mensen zie je ongeveer %(share)s van elke 10 onderwerpen.", share=share) if own else \
        _("Met deze mensen zijn straks ongeveer %(share)s van elke 10 onderwerpen te zien.", share=share)

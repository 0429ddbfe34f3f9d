"""What a round's states, moves and obstacles are called, and what is said about its days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import ngettext

from app.rounds.calendar import InHoliday, Problem, ReminderProblem
from app.rounds.holiday_lines import Problem as LineProblem
from app.rounds.lifecycle import Move, Obstacle, State
from app.rounds.queries.mine import OwnRound
from app.rounds.queries.recent import Recent
from app.web.formats import date


def state_label(state: str) -> str:
    return {
        State.CONCEPT: _("Concept"),
        State.CHOOSING: _("Mensen kiezen"),
        State.OPEN: _("Loopt"),
        State.CLOSED: _("Gesloten"),
        State.RELEASED: _("Vrijgegeven"),
        State.ABORTED: _("Afgebroken"),
    }[State(state)]


def state_said(state: str, choose_until: dt.date, opens_on: dt.date, closes_on: dt.date) -> str:
    """Where a round stands, in a sentence."""
    return {
        State.CONCEPT: _("Deze ronde is nog een concept. Niemand anders weet ervan. Je kunt alles nog veranderen."),
        State.CHOOSING: _("Iedereen over wie deze ronde gaat, kiest nu wie feedback mag geven. Dat kan tot en met "
                          "%(until)s. Op %(opens)s gaan de uitnodigingen weg.",
                          until=date(choose_until), opens=date(opens_on)),
        State.OPEN: _("De mensen die gevraagd zijn, kunnen antwoorden tot en met %(closes)s. Daarna sluit de ronde "
                      "vanzelf.", closes=date(closes_on)),
        State.CLOSED: _("Er kan niemand meer antwoorden. Elk profiel wacht tot het wordt vrijgegeven."),
        State.RELEASED: _("Alle profielen van deze ronde zijn vrijgegeven."),
        State.ABORTED: _("Deze ronde is afgebroken. Er komt geen profiel uit, en wat mensen hadden ingevuld, is "
                         "ongelezen vernietigd."),
    }[State(state)]


def move_label(move: Move) -> str:
    """On the button."""
    return {
        Move.PUBLISH: _("Laat de mensen kiezen"),
        Move.OPEN: _("Open de ronde nu"),
        Move.EXTEND: _("Verleng de ronde"),
        Move.CLOSE: _("Sluit de ronde"),
        Move.RELEASE: _("Geef vrij"),
        Move.ABORT: _("Breek de ronde af"),
        Move.DROP: _("Gooi dit concept weg"),
    }[move]


def move_said(move: Move, opens_on: dt.date) -> str:
    """What it does."""
    return {
        Move.PUBLISH: _("Iedereen over wie deze ronde gaat, krijgt een mail en kiest wie feedback mag geven."),
        Move.OPEN: _("De uitnodigingen gaan meteen weg, in plaats van op %(day)s. Alleen naar mensen die zijn "
                     "goedgekeurd.", day=date(opens_on)),
        Move.EXTEND: _("Wie nog niet heeft geantwoord, krijgt langer de tijd en een mail daarover. Wie dat is, ziet "
                       "niemand. Een vroegere dag kan niet meer."),
        Move.CLOSE: "",
        Move.RELEASE: "",
        Move.ABORT: _("Niemand kan meer antwoorden, en wat mensen hebben ingevuld, wordt ongelezen vernietigd. Dit is "
                      "niet terug te draaien. Iedereen die al van de ronde wist, krijgt bericht."),
        Move.DROP: _("Er is nog niemand gevraagd, dus er blijft niets van over."),
    }[move]


def move_told(move: Move) -> str:
    """After it was done."""
    return {
        Move.PUBLISH: _("Iedereen over wie deze ronde gaat, krijgt nu een mail om mensen te kiezen."),
        Move.OPEN: _("De ronde loopt. De uitnodigingen gaan nu weg."),
        Move.EXTEND: _("De ronde is verlengd. Wie nog niet heeft geantwoord, krijgt een mail."),
        Move.CLOSE: "",
        Move.RELEASE: "",
        Move.ABORT: _("De ronde is afgebroken."),
        Move.DROP: _("Het concept is weg."),
    }[move]


def obstacle_said(obstacle: Obstacle, names: Iterable[str] = ()) -> str:
    """Why a move is not possible now. `names`: of whom it is about, where it is about people."""
    return {
        Obstacle.NOBODY_IN_IT: _("Er doet nog niemand mee. Kies eerst over wie deze ronde gaat."),
        Obstacle.NO_APPROVER: _("Niemand anders kan de keuze goedkeuren van %(names)s. Geef hem of haar eerst een team "
                                "met een teamleider, of een gesprekspartner.",
                                names=", ".join(names) or _("iemand in deze ronde")),
        Obstacle.DATES_PASSED: _("De dag tot wanneer mensen kunnen kiezen, is al voorbij. Kies nieuwe datums."),
        Obstacle.IN_HOLIDAY: _("De ronde zou sluiten in een schoolvakantie. Kies een andere dag."),
        Obstacle.TOO_EARLY: _("De dag is nog niet gekomen."),
        Obstacle.NOBODY_APPROVED: _("Er is nog van niemand de keuze goedgekeurd. Zodra er één is goedgekeurd, kan de "
                                    "ronde open."),
        Obstacle.TOO_CLOSE: _("Deze ronde lijkt te veel op een eerdere. Bij de mensen hieronder staat wat er "
                              "nodig is."),
        Obstacle.CLOSING_PASSED: _("De sluitingsdatum is voorbij."),
        Obstacle.NOT_LATER: _("Kies een dag na de sluitingsdatum die er nu staat."),
        Obstacle.TOO_LONG: _("Een ronde duurt hooguit acht weken."),
        Obstacle.NO_MEASUREMENT: _("Er is geen profiel om vrij te geven."),
        Obstacle.STILL_CLOSING: _("De antwoorden worden nog verwerkt."),
        Obstacle.RELEASED_BEFORE: _("Dit profiel is al vrijgegeven."),
    }[obstacle]


def refused(state: str) -> str:
    """To whoever tried a move that this state does not have (any more)."""
    return _("Dat kan niet (meer). De ronde staat nu op ‘%(state)s’. Er is niets veranderd.", state=state_label(state))


def day_problem(problem: Problem) -> str:
    return {
        Problem.CHOICE_PAST: _("Deze dag is al geweest. Kies vandaag of een dag die nog komt."),
        Problem.OPENING_PAST: _("Deze dag is al geweest. Kies vandaag of een dag die nog komt."),
        Problem.OPENING_FAR: _("Kies een dag binnen een jaar."),
        Problem.CHOICE_AFTER_OPENING: _("Kies een dag vóór de opening. Wie goedkeurt, heeft ook nog even nodig."),
        Problem.CLOSING_BEFORE_OPENING: _("De ronde moet sluiten na de opening."),
        Problem.TOO_SHORT: _("Geef mensen minstens een week om te antwoorden."),
        Problem.TOO_LONG: _("Een ronde duurt hooguit acht weken."),
    }[problem]


def holiday_problem(found: InHoliday) -> str:
    return _("Deze dag valt in de %(holiday)s. Dan is er op school niemand. De dichtstbijzijnde dagen zijn "
             "%(before)s en %(after)s.", holiday=found.holiday.name, before=date(found.before), after=date(found.after))


def reminder_problem(problem: ReminderProblem) -> str:
    return {
        ReminderProblem.TOO_MANY: _("Stuur hooguit twee herinneringen."),
        ReminderProblem.OUTSIDE: _("Een herinnering valt na de opening en vóór de sluiting. Kies minder dagen."),
        ReminderProblem.TWICE: _("De twee herinneringen vallen op dezelfde dag."),
    }[problem]


def line_problem(problem: LineProblem) -> str:
    """Why a line with a holiday was not added."""
    return {
        LineProblem.NO_DAYS: _("er staan geen twee dagen in"),
        LineProblem.NO_SUCH_DAY: _("die dag bestaat niet"),
        LineProblem.WRONG_ORDER: _("de laatste dag ligt vóór de eerste"),
        LineProblem.TOO_LONG: _("dit is langer dan tien weken"),
        LineProblem.NO_NAME: _("er staat geen naam bij"),
    }[problem]


def recent_said(found: Recent, *, with_name: bool = True) -> str:
    """That somebody is in another round, or was not long ago; without her name where that stands beside it."""
    if found.runs:
        if not with_name:
            return _("nu al in een ronde, tot en met %(day)s", day=date(found.closes_on))
        return _("%(name)s is nu al in een ronde, tot en met %(day)s.", name=found.name, day=date(found.closes_on))
    if not with_name:
        return _("was in een ronde tot en met %(day)s", day=date(found.closes_on))
    return _("%(name)s was in een ronde tot en met %(day)s, nog geen halfjaar geleden.", name=found.name,
             day=date(found.closes_on))


def own_stand(own: OwnRound) -> str:
    """How far a round about oneself is."""
    if own.state == State.CHOOSING:
        if own.approved:
            return _("Je keuze is goedgekeurd. De uitnodigingen gaan weg op %(day)s.", day=date(own.opens_on))
        if own.sent:
            return _("Je keuze wordt nagekeken.")
        return _("Kies mensen die je om feedback vraagt, tot en met %(day)s.", day=date(own.choose_until))
    if own.state == State.OPEN:
        return _("Loopt. Antwoorden kan tot en met %(day)s.", day=date(own.closes_on))
    if own.released_measurement_id is not None:
        return _("Je profiel is klaar om te lezen.")
    return state_label(own.state)


def about(first: str, people: int) -> str:
    """Whom a round is about."""
    if people == 0:
        return _("nog niemand")
    return first if people == 1 else ngettext("%(num)s persoon", "%(num)s mensen", people)

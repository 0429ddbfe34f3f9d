"""How it is said that two rounds stand too close to each other."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from app.rounds.queries.ahead import Ahead
from app.rounds.spacing import Reason, TooClose
from app.rounds.words.raters import group_label
from app.web.formats import date


def ahead_text(ahead: Ahead) -> str:
    """The same before a korte vraag goes out: whom to add or take off."""
    found = ahead.found
    if found.reason is Reason.UNKNOWN:
        return too_close_text(found)
    steps = [_("voeg %(names)s toe", names=_listed(ahead.add))] if ahead.add else []
    if ahead.remove:
        steps.append(_("haal %(names)s weg", names=_listed(ahead.remove)))
    return _("Zo kan het nog niet. In ‘%(other)s’ zijn bijna dezelfde mensen gevraagd, en dan zou iemand herkenbaar "
             "kunnen worden. Vraag precies dezelfde mensen: %(steps)s. Of vraag andere mensen: minstens %(least)s "
             "die toen niet zijn gevraagd, en van de mensen van toen allemaal, of minstens %(least)s niet. Vanaf "
             "%(wait)s kun je vragen wie je wilt.",
             other=found.other, steps=_(" en ").join(steps), least=found.minimum, wait=date(found.wait_until))


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else _("%(some)s en %(last)s", some=", ".join(names[:-1]), last=names[-1])


def too_close_text(found: TooClose) -> str:
    """What stands in the way, and what it would take."""
    group = group_label(found.group) if found.group else _("De volwassenen samen")
    wait = date(found.wait_until)
    if found.reason is Reason.UNKNOWN:
        return _("%(group)s: in deze ronde of in de ronde %(other)s zijn er mensen op papier gevraagd. Of het dezelfde "
                 "zijn, weten we niet. Daarom kan deze groep pas vanaf %(wait)s weer.",
                 group=group, other=found.other, wait=wait)
    if found.reason is Reason.TOGETHER:
        return _("%(group)s: de groepen lijken te veel op die van de ronde %(other)s. Iemand zou herkenbaar kunnen "
                 "worden. Vraag precies dezelfde mensen als toen, of wissel er telkens minstens %(least)s. Vanaf "
                 "%(wait)s kun je vragen wie je wilt.",
                 group=group, other=found.other, least=found.minimum, wait=wait)
    return _("%(group)s: vergeleken met de ronde %(other)s komen er %(added)s bij en gaan er %(dropped)s af. Iemand "
             "zou herkenbaar kunnen worden. Vraag precies dezelfde mensen als toen, of wissel er telkens minstens "
             "%(least)s. Vanaf %(wait)s kun je vragen wie je wilt.",
             group=group, other=found.other, added=found.added, dropped=found.dropped, least=found.minimum, wait=wait)

"""How it is said that two rounds stand too close to each other."""

from __future__ import annotations

from flask_babel import gettext as _

from app.rounds.spacing import Reason, TooClose
from app.rounds.words.raters import group_label
from app.web.formats import date


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

"""What is said to whoever is asked, in the voice of her group: je, u or jij."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import get_locale
from flask_babel import gettext as _

from app.rating.packing import MOST_CHARACTERS
from app.rating.rater_form import Voice


@dataclass(frozen=True, slots=True)
class Words:
    """The short texts of every page and of its script; `{t}` stands for a time of day."""

    begin: str
    further: str
    next: str
    back: str
    send: str
    clear: str
    read_aloud: str
    saved: str
    saved_at: str
    busy: str
    offline: str
    online_again: str
    wait: str
    online: str
    failed: str
    gone: str
    other_device: str
    behind: str
    just_chosen: str
    stored: str
    just_typed: str
    not_saved: str
    unfit: str
    too_long: str
    may_stop: str
    open_title: str
    open_warning: str
    may_stay_empty: str


_made: dict[tuple[Voice, str], Words] = {}


def words_of(voice: Voice) -> Words:
    """Made once per voice and language."""
    key = (voice, str(get_locale()))
    if key not in _made:
        _made[key] = {Voice.ADULT: _adult, Voice.PARENT: _parent, Voice.PUPIL: _pupil}[voice]()
    return _made[key]


def _adult() -> Words:
    return Words(
        begin=_("Begin"),
        further=_("Ga verder"),
        next=_("Bewaar en ga verder"),
        back=_("Terug"),
        send=_("Verstuur mijn antwoorden"),
        clear=_("Wis mijn antwoord"),
        read_aloud=_("Lees voor"),
        saved=_("Bewaard"),
        saved_at=_("Bewaard om {t}"),
        busy=_("Bezig met bewaren…"),
        offline=_("Geen verbinding. Je antwoorden staan op dit apparaat. We versturen ze zodra er weer verbinding is; "
                  "laat deze pagina open."),
        online_again=_("Weer verbinding. Alles is bewaard om {t}."),
        wait=_("Geen verbinding. Wat je invulde, is al bewaard. Ga verder zodra er weer verbinding is."),
        online=_("Weer verbinding. Je kunt verder."),
        failed=_("Je laatste antwoord is nog niet bewaard, maar staat op dit apparaat. We proberen het zo weer. Wat je "
                 "eerder invulde, staat er nog."),
        gone=_("Er is een nieuwe link naar je verstuurd. Je laatste antwoorden staan op dit apparaat: open de nieuwe "
               "link hier, dan bewaren we ze."),
        other_device=_("Deze vragenlijst staat ook op een ander apparaat open. Hier zie je de laatste antwoorden. Er "
                       "is niets kwijt."),
        behind=_("Hier zie je de laatste antwoorden. Er is niets kwijt: wat je net op dit apparaat koos, staat erbij. "
                 "Kies wat klopt en bewaar opnieuw."),
        just_chosen=_("Hier koos je net:"),
        stored=_("Bewaard is:"),
        just_typed=_("Dit typte je net op dit apparaat. Het is nog niet bewaard:"),
        not_saved=_("Dit is nog niet bewaard"),
        unfit=_("Dit antwoord past niet bij deze vragenlijst. Er is niets veranderd."),
        too_long=_("Je tekst is te lang: er passen ongeveer %(most)s tekens. Hij staat er nog, maar is niet bewaard. "
                   "Maak hem korter.", most=MOST_CHARACTERS),
        may_stop=_("Je kunt op elk moment stoppen. Ga later verder met dezelfde link, ook op een ander apparaat."),
        open_title=_("In je eigen woorden"),
        open_warning=_("Noem geen namen van leerlingen of anderen. {naam} leest precies wat je schrijft. Schrijf zo "
                       "dat je er zelf niet door herkend wordt."),
        may_stay_empty=_("mag leeg blijven"),
    )


def _parent() -> Words:
    return Words(
        begin=_("Begin"),
        further=_("Ga verder"),
        next=_("Bewaar en ga verder"),
        back=_("Terug"),
        send=_("Verstuur mijn antwoorden"),
        clear=_("Wis mijn antwoord"),
        read_aloud=_("Lees voor"),
        saved=_("Bewaard"),
        saved_at=_("Bewaard om {t}"),
        busy=_("Bezig met bewaren…"),
        offline=_("Geen internet. Uw antwoorden staan op dit apparaat. Laat deze pagina open. Wij versturen ze later."),
        online_again=_("Weer internet. Alles is bewaard om {t}."),
        wait=_("Geen internet. Wat u invulde, is al bewaard. Ga verder als er weer internet is."),
        online=_("Weer internet. U kunt verder."),
        failed=_("Uw laatste antwoord is nog niet bewaard, maar staat op dit apparaat. Wij proberen het zo weer."),
        gone=_("Er is een nieuwe link voor u. Uw laatste antwoorden staan op dit apparaat. Open de nieuwe link hier, "
               "dan bewaren wij ze."),
        other_device=_("Deze vragen staan ook op een ander apparaat open. Hier ziet u de laatste antwoorden. Er is "
                       "niets kwijt."),
        behind=_("Hier ziet u de laatste antwoorden. Er is niets kwijt: wat u net op dit apparaat koos, staat erbij. "
                 "Kies wat klopt en bewaar opnieuw."),
        just_chosen=_("Hier koos u net:"),
        stored=_("Bewaard is:"),
        just_typed=_("Dit typte u net op dit apparaat. Het is nog niet bewaard:"),
        not_saved=_("Dit is nog niet bewaard"),
        unfit=_("Dit antwoord past niet bij deze vragen. Er is niets veranderd."),
        too_long=_("Uw tekst is te lang: er passen ongeveer %(most)s tekens. De tekst staat er nog, maar is niet "
                   "bewaard. Maak hem korter.", most=MOST_CHARACTERS),
        may_stop=_("U kunt altijd stoppen. Ga later verder met dezelfde link."),
        open_title=_("In uw eigen woorden"),
        open_warning=_("Schrijf geen namen op. {naam} leest precies wat u schrijft. Schrijf zo dat niemand u herkent."),
        may_stay_empty=_("mag leeg blijven"),
    )


def _pupil() -> Words:
    return Words(
        begin=_("Begin"),
        further=_("Ga verder"),
        next=_("Volgende"),
        back=_("Terug"),
        send=_("Klaar, verstuur"),
        clear=_("Wis mijn antwoord"),
        read_aloud=_("Lees voor"),
        saved=_("Bewaard"),
        saved_at=_("Bewaard om {t}"),
        busy=_("Even bewaren…"),
        offline=_("Geen internet. Je antwoord staat op dit apparaat. Laat deze pagina open."),
        online_again=_("Er is weer internet. Alles is bewaard."),
        wait=_("Geen internet. Wacht even. Je antwoorden zijn bewaard."),
        online=_("Er is weer internet. Je kunt verder."),
        failed=_("Je antwoord is nog niet bewaard. We proberen het zo weer."),
        gone=_("Deze link werkt niet meer. Vraag om een nieuwe."),
        other_device=_("Je hebt dit ook ergens anders open. Dit is je laatste antwoord."),
        behind=_("Dit is je laatste antwoord. Kies wat klopt."),
        just_chosen=_("Jij koos net:"),
        stored=_("Bewaard is:"),
        just_typed=_("Dit typte je net. Het is nog niet bewaard:"),
        not_saved=_("Dit is nog niet bewaard"),
        unfit=_("Dit antwoord past hier niet. Er is niets veranderd."),
        too_long=_("Je tekst is te lang. Maak hem korter."),
        may_stop=_("Je mag altijd stoppen."),
        open_title="",
        open_warning=_("Schrijf geen namen op. {naam} leest wat je schrijft."),
        may_stay_empty=_("mag leeg blijven"),
    )

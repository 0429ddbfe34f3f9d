"""How a korte vraag is called, and what is said of what came of it."""

from __future__ import annotations

from flask_babel import gettext as _

from app.measurement.change import Change, change_in


def name(topic: str) -> str:
    return _("Korte vraag over %(topic)s", topic=topic)


def purpose(first_name: str, topic: str) -> str:
    """To whoever is asked."""
    return _("%(name)s werkt aan %(topic)s en wil weten of anderen verandering zien.", name=first_name, topic=topic)


def outcome(mean: float | None) -> str:
    """One sentence about the published figure; the same for none, one and two answers."""
    if mean is None:
        return _("Er waren te weinig antwoorden om iets te laten zien.")
    return {
        Change.CLEARLY_LESS: _("Wie antwoordden, zagen gemiddeld duidelijk minder van dit gedrag."),
        Change.SOMEWHAT_LESS: _("Wie antwoordden, zagen gemiddeld iets minder van dit gedrag."),
        Change.NONE: _("Wie antwoordden, zagen gemiddeld geen verschil."),
        Change.SOMEWHAT_MORE: _("Wie antwoordden, zagen gemiddeld iets meer van dit gedrag."),
        Change.CLEARLY_MORE: _("Wie antwoordden, zagen gemiddeld duidelijk meer van dit gedrag."),
    }[change_in(mean)]


def not_for_you() -> str:
    """In the place of the outcome, to whoever was asked herself."""
    return _("Dit is jou ook gevraagd. Wat eruit kwam, lees je daarom niet: zo blijft wat iedereen antwoordde zonder "
             "naam.")

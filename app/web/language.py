"""Gettext with Dutch as the source language; another language is a catalogue in app/translations.

Flask-Babel looks up the catalogue anew for every text, which is a fifth of the work of a page with forty texts. Within
a request the language does not change, so the templates ask once.
"""

from __future__ import annotations

from gettext import NullTranslations

from flask import Flask, g
from flask_babel import Babel, get_translations


def init_app(app: Flask) -> None:
    app.config.update(BABEL_DEFAULT_LOCALE="nl", BABEL_DEFAULT_TIMEZONE="Europe/Amsterdam")
    Babel(app)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: _catalogue().gettext(text),
        ngettext=lambda one, many, count: _catalogue().ngettext(one, many, count),
        newstyle=True,
    )


def _catalogue() -> NullTranslations:
    if "catalogue" not in g:
        g.catalogue = get_translations()
    found: NullTranslations = g.catalogue
    return found

"""Forms of signing in and passwords."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField, ValidationError
from wtforms.validators import DataRequired, EqualTo, InputRequired

from app.accounts.strength import Weakness, weakness
from app.forms import BaseForm, stripped

NEEDS_EMAIL = DataRequired(_l("Vul je e-mailadres in."))


class SignInForm(BaseForm):
    email = EmailField(_l("E-mailadres"), [NEEDS_EMAIL], filters=[stripped])
    password = PasswordField(_l("Wachtwoord"), [InputRequired(_l("Vul je wachtwoord in."))])


class ForgottenForm(BaseForm):
    email = EmailField(_l("E-mailadres"), [NEEDS_EMAIL], filters=[stripped])


class NewPasswordForm(BaseForm):
    """A password chosen by whoever will use it. `about`: words about her that it must not consist of."""

    new_password = PasswordField(_l("Nieuw wachtwoord"), [InputRequired(_l("Kies een wachtwoord."))])
    password_again = PasswordField(
        _l("Nog een keer hetzelfde wachtwoord"),
        [EqualTo("new_password", _l("Dit is niet hetzelfde als wat je hierboven typte. Typ het nog een keer."))],
    )
    about: tuple[str, ...] = ()

    def validate_new_password(self, field: Any) -> None:
        refuse_weak(field.data, self.about)


class ChangePasswordForm(NewPasswordForm):
    current_password = PasswordField(_l("Je wachtwoord van nu"), [InputRequired(_l("Vul je wachtwoord van nu in."))])


def refuse_weak(password: str, about: tuple[str, ...]) -> None:
    """Raises ValidationError with what to do about a password that is easy to guess."""
    found = weakness(password, about)
    if found is None:
        return
    raise ValidationError({
        Weakness.TOO_SHORT: _("Neem minstens 12 tekens. Drie of vier losse woorden achter elkaar onthoud je "
                                "makkelijk."),
        Weakness.TOO_LONG: _("Neem hoogstens 200 tekens."),
        Weakness.EASY: _("Dit wachtwoord is makkelijk te raden. Neem drie of vier losse woorden die niets met elkaar "
                         "te maken hebben."),
        Weakness.ABOUT_YOU: _("Dit wachtwoord lijkt op je naam, je adres of je dienst. Neem drie of vier losse woorden "
                              "die niets met jou te maken hebben."),
    }[found])

"""Forms of the people and the teams of an organisation."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, PasswordField, SelectField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length

from app.access import Role
from app.accounts import emails
from app.accounts.forms import NEEDS_EMAIL, refuse_weak
from app.forms import BaseForm, LongTextField, TextField, stripped
from app.organisations import queries as organisations
from app.people import queries
from app.people.function_profiles import function_profiles
from app.people.labels import CLUSTERS, SECTORS, cluster_label, role_label, sector_label
from app.people.models import Person
from app.people.services import Details

LONG_NAME = Length(max=120, message=_l("Houd het korter: hoogstens 120 tekens."))
NOT_THERE = _l("Deze keuze is er niet (meer).")


def one_line(value: Any) -> Any:
    """Text on one line, with single spaces."""
    return " ".join(stripped(value).split()) if isinstance(value, str) else value


def chosen_id(value: Any) -> int | None:
    return int(value) if value else None


def email_of_person(_form: BaseForm, field: Any) -> None:
    """A validator that puts the address in the form in which it is kept."""
    try:
        field.data = emails.normal(field.data)
    except ValueError:
        raise ValidationError(_("Dit is geen e-mailadres. Een voorbeeld: jet@dienst.nl")) from None


class Several(SelectMultipleField):
    def __init__(self, label: Any, coerce: Any = str, **kwargs: Any) -> None:
        super().__init__(label, coerce=coerce, choices=[], invalid_choice_message=NOT_THERE,
                         invalid_value_message=NOT_THERE, **kwargs)


class OneOrNone(SelectField):
    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, coerce=chosen_id, choices=[], invalid_choice_message=NOT_THERE,
                         invalid_value_message=NOT_THERE, **kwargs)


class PersonForm(BaseForm):
    name = TextField(_l("Naam"), [DataRequired(_l("Vul een naam in.")), LONG_NAME])
    email = EmailField(_l("E-mailadres"), [DataRequired(_l("Vul een e-mailadres in.")), email_of_person],
                       filters=[stripped])
    roles = Several(_l("Rollen"), coerce=Role, validators=[DataRequired(_l("Kies minstens één rol."))])
    works_in = Several(_l("Werkt in"), coerce=int)
    leads = Several(_l("Geeft leiding aan"), coerce=int)
    discussion_partner = OneOrNone(_l("Gesprekspartner"))
    function_profile = OneOrNone(_l("Functieprofiel"))
    clusters = Several(_l("Clusters"))
    sectors = Several(_l("Sectoren"))
    active = BooleanField(_l("Werkt hier"))

    def __init__(self, organisation_id: int, person: Person | None = None) -> None:
        super().__init__(data=_as_data(person))
        self.person_id = person.id if person else None
        self.was_partner = person.discussion_partner_id if person else None
        self.roles.choices = [SelectChoice(role, role_label(role)) for role in Role]
        teams = [SelectChoice(str(team.id), team.name) for team in organisations.teams_of(organisation_id)]
        self.works_in.choices = self.leads.choices = teams
        self.clusters.choices = [SelectChoice(key, cluster_label(key)) for key in CLUSTERS]
        self.sectors.choices = [SelectChoice(key, sector_label(key)) for key in SECTORS]
        self.discussion_partner.choices = [SelectChoice("", _("Niemand")), *self._partners(organisation_id)]
        usual, *others = function_profiles().choices(organisation_id)
        self.function_profile.choices = [
            SelectChoice("", _("%(name)s (standaard)", name=usual.name)),
            *(SelectChoice(str(profile.id), profile.name) for profile in others),
        ]

    def _partners(self, organisation_id: int) -> list[SelectChoice]:
        """Everybody else who works here, and whoever was chosen before."""
        return [
            SelectChoice(str(one.id), one.name if one.active else _("%(name)s (niet meer actief)", name=one.name))
            for one in queries.names_of(organisation_id)
            if one.id != self.person_id and (one.active or one.id == self.was_partner)
        ]

    def validate_name(self, field: Any) -> None:
        field.data = one_line(field.data)

    def validate_leads(self, field: Any) -> None:
        if field.data and Role.TEAMLEIDER not in (self.roles.data or ()):
            raise ValidationError(_("Wie een team leidt, heeft ook de rol teamleider."))
        if set(field.data) & set(self.works_in.data or ()):
            raise ValidationError(_("Kies per team één van de twee: werkt erin, of geeft er leiding aan."))

    def validate_discussion_partner(self, field: Any) -> None:
        if field.data is None:
            return
        if Role.BEGELEIDER not in (self.roles.data or ()):
            raise ValidationError(_("Een gesprekspartner is er voor begeleiders."))
        if self.works_in.data:
            raise ValidationError(_("Een gesprekspartner is voor wie niet in een team werkt; in een team is dat de "
                                    "teamleider."))

    @property
    def details(self) -> Details:
        return Details(
            name=self.name.data,
            email=self.email.data,
            roles=frozenset(self.roles.data),
            works_in=frozenset(self.works_in.data),
            leads=frozenset(self.leads.data),
            clusters=frozenset(self.clusters.data),
            sectors=frozenset(self.sectors.data),
            discussion_partner_id=self.discussion_partner.data,
            function_profile_id=self.function_profile.data,
            active=self.active.data or self.person_id is None,
        )


def _as_data(person: Person | None) -> dict[str, Any]:
    if person is None:
        return {"roles": [Role.BEGELEIDER], "active": True}
    return {
        "name": person.name,
        "email": person.account.email,
        "roles": [Role(role) for role in person.roles],
        "works_in": [m.team_id for m in person.memberships if not m.leads],
        "leads": [m.team_id for m in person.memberships if m.leads],
        "clusters": list(person.clusters),
        "sectors": list(person.sectors),
        "discussion_partner": person.discussion_partner_id,
        "function_profile": function_profiles().of(person.id),
        "active": person.active,
    }


class PastedForm(BaseForm):
    lines = LongTextField(_l("Namen en e-mailadressen"), [DataRequired(_l("Plak of typ minstens één regel."))])
    team = OneOrNone(_l("Team"))

    def __init__(self, organisation_id: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.team.choices = [
            SelectChoice("", _("Nog geen team")),
            *(SelectChoice(str(team.id), team.name) for team in organisations.teams_of(organisation_id)),
        ]


class TeamForm(BaseForm):
    name = TextField(_l("Naam van het team"), [DataRequired(_l("Geef het team een naam.")),
                                               Length(max=80, message=_l("Houd het korter: hoogstens 80 tekens."))])

    def validate_name(self, field: Any) -> None:
        field.data = one_line(field.data)


class SetUpForm(BaseForm):
    """The first organisation and the first beheerder."""

    organisation = TextField(_l("Naam van je organisatie"), [DataRequired(_l("Vul de naam in.")), LONG_NAME])
    name = TextField(_l("Je naam"), [DataRequired(_l("Vul je naam in.")), LONG_NAME])
    email = EmailField(_l("Je e-mailadres"), [NEEDS_EMAIL, email_of_person], filters=[stripped])
    new_password = PasswordField(_l("Wachtwoord"), [InputRequired(_l("Kies een wachtwoord."))])
    password_again = PasswordField(
        _l("Nog een keer hetzelfde wachtwoord"),
        [EqualTo("new_password", _l("Dit is niet hetzelfde als wat je hierboven typte. Typ het nog een keer."))],
    )

    def validate_organisation(self, field: Any) -> None:
        field.data = one_line(field.data)

    def validate_name(self, field: Any) -> None:
        field.data = one_line(field.data)

    def validate_new_password(self, field: Any) -> None:
        refuse_weak(field.data, (self.email.data or "", self.name.data or "", self.organisation.data or ""))

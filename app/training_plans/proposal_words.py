"""What a proposal to a teamleider is called on the screen: what a training is about, and why somebody could go."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _

from app.competencies.catalog import Catalog
from app.training_plans.ranking import Asking
from app.training_plans.words import listed
from app.trainings.models import Training
from app.web.formats import score, sentence


def subjects(training: Training, catalog: Catalog) -> str:
    """What a training is about."""
    names = _competencies(catalog)
    return listed([names.get(one.competency_code, one.competency_code) for one in training.competencies])


def reasons(asked: Asking, catalog: Catalog) -> str:
    """Why somebody could go."""
    names, said = _competencies(catalog), []
    if asked.wishes:
        said.append(_("een doel in het plan: %(subjects)s",
                      subjects=listed(sorted(names.get(code, code) for code in asked.wishes))))
    said += [_("%(gap)s onder de doelscore bij %(subject)s", gap=score(float(gap)), subject=names.get(code, code))
             for code, gap in sorted(asked.gaps.items(), key=lambda one: (-one[1], one[0]))]
    return sentence(listed(said))


def _competencies(catalog: Catalog) -> Mapping[str, str]:
    return {one.code: one.name for one in catalog.competencies}

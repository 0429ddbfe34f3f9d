"""Pages of the framework and of the function profiles."""

from flask import Blueprint

bp = Blueprint("competencies", __name__)

from app.competencies.views import framework, function_profiles  # noqa: E402, F401

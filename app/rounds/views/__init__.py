"""Pages of feedbackrondes, as organisers, approvers and subjects see them."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("rounds", __name__)

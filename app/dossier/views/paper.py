"""The bekwaamheidsdossier: what comes into it, and the PDF."""

from __future__ import annotations

from flask import make_response, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import Role, actor, needs
from app.dossier import page
from app.dossier.forms import PaperForm
from app.dossier.views import bp


@bp.get("/dossier/bekwaamheidsdossier")
@needs(Role.BEGELEIDER)
def paper() -> str:
    return render_template("dossier/take.html", form=PaperForm(formdata=None))


@bp.get("/dossier/bekwaamheidsdossier.pdf")
@needs(Role.BEGELEIDER)
def paper_file() -> Response:
    form = PaperForm(request.args)
    response = make_response(page.made(actor(), current_user.name, with_scores=form.scores.data))
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{page.file_name()}"'
    return response

"""Uploaded files leave only to be stored elsewhere: never shown in the browser under our address."""

from __future__ import annotations

import io

from flask import abort, send_file
from werkzeug.wrappers import Response

from app.access import needs
from app.dossier import storing
from app.dossier.views import bp
from app.dossier.views.doors import ADDRESS, to_read


@bp.get(f"{ADDRESS}/bestand")
@needs()
def download(evidence_id: int) -> Response:
    evidence = to_read(evidence_id).evidence
    content = storing.content_of(evidence.stored_name) if evidence.stored_name else None
    if content is None:
        abort(404)
    response = send_file(io.BytesIO(content), mimetype=evidence.media_type, as_attachment=True,
                         download_name=evidence.file_name, conditional=False, etag=False)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response

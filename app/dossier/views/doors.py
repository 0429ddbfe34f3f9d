"""How every page gets its piece of evidence: her own, or what is shown to her, or not at all."""

from __future__ import annotations

from flask import request

from app.access import actor, authorize, can_read_evidence, can_use_evidence
from app.dossier import queries
from app.dossier.models import Evidence
from app.dossier.queries import Found

ADDRESS = "/dossier/bewijs/<int:evidence_id>"


def to_read(evidence_id: int) -> Found:
    """404 for whoever may not see it."""
    found = queries.find(actor(), evidence_id)
    authorize(found is not None and can_read_evidence(actor(), found.evidence, found.person))
    assert found is not None
    return found


def own(evidence_id: int) -> Evidence:
    """Her own, held while it is changed; 404 for everybody else."""
    find = queries.to_change if request.method == "POST" else queries.find
    found = find(actor(), evidence_id)
    authorize(found is not None and can_use_evidence(actor(), found.evidence))
    assert found is not None
    return found.evidence

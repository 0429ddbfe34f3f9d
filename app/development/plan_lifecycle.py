"""The life of a plan as one table. PURE. A step refuses, it never adjusts."""

from __future__ import annotations

import enum


class PlanState(enum.StrEnum):
    """Concept, besproken, vastgesteld, loopt, afgerond."""

    DRAFT = "draft"
    DISCUSSED = "discussed"
    AGREED = "agreed"
    RUNNING = "running"
    FINISHED = "finished"

"""How an opleidingsplan stands. PURE."""

from __future__ import annotations

import enum


class PlanState(enum.StrEnum):
    CONCEPT = "concept"         # being filled in
    SOLVING = "solving"         # the planner is at work, or will be; there is a greedy plan to look at
    READY = "ready"             # the planner is done, or was told to stop
    FAILED = "failed"           # nothing was found: `clashes` says whether anything would fit
    ADOPTED = "adopted"         # vastgesteld: its sessions are in the aanbod

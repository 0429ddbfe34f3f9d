"""What the demo's begeleider kept to show what she did and learned."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import yaml
from PIL import Image, ImageDraw

from app.access import Actor
from app.competencies.queries import current_framework
from app.development.goals.queries import goals_of
from app.dossier import services as dossier
from app.dossier.models import EvidenceKind, SeenBy
from app.dossier.services import EvidenceWords, NamedUpload
from app.dossier.uploads import judge
from app.web.formats import AMSTERDAM, as_if, today


def build_evidence(begeleider: Actor) -> None:
    """Four pieces, the latest of them a week old. Flushes only."""
    told = yaml.safe_load((Path(__file__).parent / "bewijs.yaml").read_text(encoding="utf-8"))
    catalog = current_framework().catalog
    goals = {goal.competency_code: goal.id for goal in goals_of(begeleider)}
    for one in told["evidence"]:
        topics = frozenset(catalog.competency_by_slug(slug).code for slug in one["about"])
        day = today() - dt.timedelta(days=one["days_ago"])
        words = EvidenceWords(
            title=one["title"],
            happened_on=day,
            reflection=one["reflection"].strip(),
            seen_by=SeenBy(one["seen_by"]),
            goal_id=next((goals[code] for code in sorted(topics) if code in goals), None),
            text=one.get("text", "").strip(),
            url=one.get("url", ""),
        )
        with as_if(dt.datetime.combine(day, dt.time(16), AMSTERDAM)):
            dossier.make(begeleider, EvidenceKind(one["kind"]), words, topics, _file(one))


def _file(one: dict[str, Any]) -> NamedUpload | None:
    """A photo of a flap, as it hangs on the wall of a school."""
    if "file" not in one:
        return None
    flap = Image.new("RGB", (1200, 900), "#f4f0e6")
    pen = ImageDraw.Draw(flap)
    for number, line in enumerate(one["lines"]):
        pen.text((90, 90 + 110 * number), line, fill="#20365c", font_size=48)
    into = io.BytesIO()
    flap.save(into, "JPEG", quality=80)
    return NamedUpload(judge(into.getvalue(), one["file"]), one["file"])

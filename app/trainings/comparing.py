"""What a file would change in the aanbod, and carrying that from the page that shows it to the act. PURE."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from app.trainings.entries import FIELDS, Entry

MOST: Final = 1_400_000     # characters of what is carried


@dataclass(frozen=True, slots=True)
class Difference:
    """Of one field, as texts."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    before: Entry
    after: Entry

    @property
    def differences(self) -> tuple[Difference, ...]:
        before, after = self.before.texts, self.after.texts
        return tuple(Difference(name, before[name], after[name]) for name in FIELDS if before[name] != after[name])


@dataclass(frozen=True, slots=True)
class Comparison:
    """`staying`: trainings that the file does not name, and that nothing happens to."""

    new: tuple[Entry, ...]
    changed: tuple[Changed, ...]
    unchanged: tuple[Entry, ...]
    staying: tuple[Entry, ...]

    @property
    def nothing(self) -> bool:
        """True where there is nothing to do."""
        return not self.new and not self.changed


@dataclass(frozen=True, slots=True)
class Carried:
    """`entries`: how trainings are to be. `marks`: by code how each of them stood, empty where there was none."""

    entries: tuple[Entry, ...]
    marks: Mapping[str, str]

    def holds(self, existing: Iterable[Entry]) -> bool:
        """Each of them still stands as it did, or already as it is to be."""
        now = {entry.code: entry for entry in existing}
        return all(now.get(entry.code) == entry or _mark(now.get(entry.code)) == self.marks.get(entry.code)
                   for entry in self.entries)


def compare(existing: Sequence[Entry], entries: Sequence[Entry]) -> Comparison:
    """Every one of `entries` has a code of its own."""
    now = {entry.code: entry for entry in existing}
    named = {entry.code for entry in entries}
    return Comparison(
        new=tuple(entry for entry in entries if entry.code not in now),
        changed=tuple(Changed(now[entry.code], entry) for entry in entries
                      if entry.code in now and now[entry.code] != entry),
        unchanged=tuple(entry for entry in entries if now.get(entry.code) == entry),
        staying=tuple(entry for entry in existing if entry.code not in named),
    )


def pack(comparison: Comparison) -> str:
    """What is to be done, as one text without anything that a form would change. It may be longer than MOST."""
    befores = {one.after.code: one.before.mark for one in comparison.changed}
    entries = (*comparison.new, *(one.after for one in comparison.changed))
    said = [[asdict(entry), befores.get(entry.code, "")] for entry in entries]
    packed = zlib.compress(json.dumps(said, ensure_ascii=False).encode(), 9)
    return base64.urlsafe_b64encode(packed).decode()


def unpack(text: str) -> Carried:
    """What was packed; only for a text that was proved to be ours."""
    said = json.loads(zlib.decompress(base64.urlsafe_b64decode(text)))
    entries = tuple(Entry(**{**fields, "competencies": tuple(fields["competencies"])}) for fields, _ in said)
    return Carried(entries, {entry.code: mark for entry, (_, mark) in zip(entries, said, strict=True)})


def _mark(entry: Entry | None) -> str:
    return "" if entry is None else entry.mark

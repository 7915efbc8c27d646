"""The committed modules are what the schedules write."""

from __future__ import annotations

from pathlib import Path

import convproof.generated
from convproof.emit.modules import texts


def test_the_committed_modules_are_what_the_lowering_writes() -> None:
    folder = Path(convproof.generated.__path__[0])
    written = texts()
    assert {path.name for path in folder.glob("*.py")} == set(written)
    stale = [name for name, text in written.items() if (folder / name).read_text() != text]
    assert stale == [], "run `python -m convproof.emit` and look at what changed"

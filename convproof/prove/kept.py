"""What was proved before, kept by content: nothing is found again unless every word is the same.

Each record has a seal, a digest of it and of what it is about: one that was damaged, edited or put
in another's place is none.  It is no secret: who writes a new seal too is believed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from convproof import files


def home() -> Path:
    """Where results are kept: `CONVPROOF_CACHE`, or a folder of the user's cache."""
    if given := os.environ.get("CONVPROOF_CACHE"):
        return Path(given)
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "convproof"


def digest(*texts: str) -> str:
    """One digest of several texts."""
    found = hashlib.sha256()
    for text in texts:
        found.update(len(text).to_bytes(8, "big") + text.encode())
    return found.hexdigest()


def sealed(kind: str, key: str, record: Mapping[str, Any]) -> str:
    """A record as it is kept."""
    text = json.dumps(record)
    return json.dumps({"seal": digest(kind, key, text), "record": text})


def opened(kind: str, key: str, text: str) -> dict[str, Any] | None:
    """The record that was kept so under this key; None if it is another."""
    try:
        kept = json.loads(text)
        if kept["seal"] != digest(kind, key, kept["record"]):
            return None
        found = json.loads(kept["record"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return found if isinstance(found, dict) else None


def read(kind: str, key: str) -> dict[str, Any] | None:
    """A record kept before, or None."""
    try:
        text = (home() / kind / f"{key}.json").read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None
    return opened(kind, key, text)


def write(kind: str, key: str, record: Mapping[str, Any]) -> None:
    """Keep a record; where nothing can be written, nothing is."""
    place = home() / kind / f"{key}.json"
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        files.write(place, sealed(kind, key, record))


def _compiled(name: str) -> tuple[str, ...]:
    return (f"{name}.vo", f"Audit_{name}.vo")


def load(key: str, name: str, into: Path) -> dict[str, str] | None:
    """The assumptions found before, with the compiled files copied to `into`; None if not whole."""
    place = home() / "coq" / key
    try:
        text = (place / "found.json").read_text(encoding="utf-8")
        if (kept := opened("coq", key, text)) is None:
            return None
        for file in _compiled(name):
            content = (place / file).read_bytes()
            if hashlib.sha256(content).hexdigest() != kept["files"][file]:
                return None
            (into / file).write_bytes(content)
        return {str(k): str(v) for k, v in kept["assumptions"].items()}
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return None  # never stored, or damaged: it is proved again


def store(key: str, name: str, made_in: Path, assumptions: dict[str, str]) -> None:
    """Keep the compiled files and what they rest on; where nothing can be written, nothing is."""
    place = home() / "coq" / key
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(dir=place.parent))
        try:
            files = {}
            for file in _compiled(name):
                content = (made_in / file).read_bytes()
                (part / file).write_bytes(content)
                files[file] = hashlib.sha256(content).hexdigest()
            record = {"files": files, "assumptions": assumptions}
            (part / "found.json").write_text(sealed("coq", key, record), encoding="utf-8")
            shutil.rmtree(place, ignore_errors=True)  # it was damaged, or we would have used it
            part.rename(place)  # whole or not at all
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except OSError:
        return

"""`convproof check all-installed`: every known library that is here, and which are not."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from convproof.errors import SpecError
from convproof.files import write

ALL = "all-installed"
# What of the options of a check it takes; `target`, `command`, ... are none of them.
_TAKEN = ("json", "max_seconds", "seed", "timeout")
_NO_OPTIONS = ("target", "command", "run", "strangers")


def run(args: argparse.Namespace) -> int:
    """Judge each, say what is absent; 0 if every law held on every library that is here."""
    from convproof.conformance.survey import TIMEOUT, absent, line, survey
    from convproof.conformance.target.libraries import KNOWN, NO_TARGETS

    for name, value in vars(args).items():
        if value and name not in (*_TAKEN, *_NO_OPTIONS):
            allowed = ", ".join(f"--{one.replace('_', '-')}" for one in _TAKEN)
            option = f"--{name.replace('_', '-')}"
            raise SpecError.of(option, value, f"nothing with {ALL}, which takes {allowed}")
    missing = absent()
    rows = []
    names = [name for name in KNOWN if name not in missing]
    for row in survey(
        names, max_seconds=args.max_seconds, timeout=args.timeout or TIMEOUT, seed=args.seed
    ):
        print(line(row), flush=True)
        rows.append(row)
        if args.json is not None and str(args.json) != "-":
            _keep(args.json, rows)  # at once: a library may take minutes
    for name, how in missing.items():
        print(f"{name}: absent: {how}")
    for name, why in NO_TARGETS.items():
        print(f"{name}: no target: {why}")
    if args.json is not None and str(args.json) == "-":
        print(json.dumps({**_head(), "rows": rows}, indent=1))
    good = sum(bool(row.get("ok")) for row in rows)
    mark = "✓" if good == len(rows) else "✗"
    print(f"{mark} every law that was judged held on {good} of {len(rows)}; {len(missing)} absent")
    return 0 if good == len(rows) else 1


def _keep(path: Path, rows: list[dict[str, Any]]) -> None:
    """Write the rows; those of libraries that are absent here stay as they were measured."""
    head = _head()
    new = {row["library"]: {**row, **head} for row in rows}
    old = _rows(path)
    joined = {**{row["library"]: row for row in old}, **new}
    ordered = [joined[name] for name in sorted(joined)]
    write(path, json.dumps({**head, "rows": ordered}, indent=1) + "\n")


def _rows(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    try:
        rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["rows"]
    except (ValueError, KeyError, TypeError):
        raise SpecError.of("--json", str(path), f"a new file, or one of {ALL}") from None
    return rows


def _head() -> dict[str, Any]:
    from convproof import __version__
    from convproof.bench import made

    return {"convproof": __version__, "made": made()}

"""`[tool.convproof]` of a pyproject.toml: what `check` and `write` are asked for every time."""

from __future__ import annotations

import argparse
import os
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from convproof.errors import SpecError

TABLE = "tool.convproof"


def _text(value: Any) -> Any:
    return value if isinstance(value, str) and value else None


def _texts(value: Any) -> Any:
    items = [value] if isinstance(value, str) else value
    good = isinstance(items, list) and items and all(isinstance(item, str) for item in items)
    return items if good else None


def _number(value: Any) -> Any:
    right = isinstance(value, (int, float)) and not isinstance(value, bool)
    return value if right and 0 < value < float("inf") else None


def _whole(value: Any) -> Any:
    return value if type(value) is int and value >= 0 else None


def _flag(value: Any) -> Any:
    return value if isinstance(value, bool) else None


def _table(value: Any) -> Any:
    return list(value.items()) if isinstance(value, dict) else None


# key -> (the option's name in `args`, what makes its value of it or None, what is allowed)
KEYS: Mapping[str, tuple[str, Callable[[Any], Any], str]] = {
    "target": ("target", _text, "a text, as on the command line"),
    "op": ("op", _texts, "an op, or a list of them"),
    "law": ("law", _texts, "a law or family, or a list of them"),
    "layout": ("layout", _text, '"channels_first" or "channels_last"'),
    "conventions": ("convention", _table, 'a table, e.g. {ties = "last"}'),
    "examples": ("examples", _whole, "a whole number"),
    "seed": ("seed", _whole, "a whole number"),
    "timeout": ("timeout", _number, "a positive number of seconds"),
    "max-seconds": ("max_seconds", _number, "a positive number of seconds"),
    "allow": ("allow", _texts, "a limit, or a list of them"),
    "strict": ("strict", _flag, "true or false"),
    "require-all": ("require_all", _flag, "true or false"),
    "expected-failures": ("expected_failures", _text, "a file"),
}
_UNSET: tuple[object, ...] = (None, [], 0, False)


def apply(args: argparse.Namespace) -> None:
    """Fill in what the command line leaves open.

    Raises:
        SpecError: for a file that cannot be read, a key that there is not, a value it cannot have;
            or if there is no target at all.
    """
    path = _nearest(Path.cwd())
    found = {} if path is None else _read(path)
    for key, value in found.items():
        if key not in KEYS:
            raise SpecError.of(f"[{TABLE}] {key}", value, f"one of {', '.join(KEYS)}")
        option, make, allowed = KEYS[key]
        made = make(value)
        if made is None:
            raise SpecError.of(f"[{TABLE}] {key}", value, allowed)
        if getattr(args, option, "") not in _UNSET:
            continue
        folder = Path() if path is None else path.parent
        if key == "target":
            made = _from_here(made, folder)
        if key == "expected-failures":
            made = Path(os.path.relpath(folder / made))
        setattr(args, option, made)
    if args.target is None:
        raise SpecError.of(
            "TARGET", None, "a target", f'name one, or write target = "mine.py" into [{TABLE}]'
        )


def _nearest(folder: Path) -> Path | None:
    """The pyproject.toml of this folder, or of the nearest one above that has one."""
    for place in (folder, *folder.parents):
        if (place / "pyproject.toml").is_file():
            return place / "pyproject.toml"
    return None


def _read(path: Path) -> dict[str, Any]:
    try:
        whole = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, RecursionError, tomllib.TOMLDecodeError) as error:
        raise SpecError.of("pyproject.toml", str(path), "a file in TOML", str(error)) from None
    table = whole.get("tool", {})
    found = table.get("convproof", {}) if isinstance(table, dict) else {}
    if not isinstance(found, dict):
        raise SpecError.of(f"[{TABLE}]", found, "a table")
    return found


def _from_here(text: str, folder: Path) -> str:
    """A path that the file names from where it is, as one from where we are."""
    place, dot, rest = text.partition(".py")
    if not dot and not (folder / text).exists():
        return text
    return os.path.relpath(folder / (place + dot)) + rest

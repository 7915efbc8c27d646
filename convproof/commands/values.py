"""Values of options: what each may be, in argparse's words."""

from __future__ import annotations

import argparse


def convention(text: str) -> tuple[str, object]:
    """`NAME=VALUE` of the command line."""
    name, sign, value = text.partition("=")
    if not sign:
        raise argparse.ArgumentTypeError(f"{text!r}: allowed is NAME=VALUE, e.g. ties=last")
    return name.strip(), {"true": True, "false": False}.get(value.strip().lower(), value.strip())


def address(text: str) -> str:
    """Where a scheduler is; an empty one, of a variable that was never set say, is none."""
    if not text.strip():
        raise argparse.ArgumentTypeError(f"{text!r}: allowed is the address of a Dask scheduler")
    return text


def count(text: str) -> int:
    """A whole number of at least 1."""
    return _whole(text, 1)


def natural(text: str) -> int:
    """A whole number of at least 0."""
    return _whole(text, 0)


def _whole(text: str, least: int) -> int:
    try:
        number = int(text)
    except ValueError:
        number = least - 1
    if number < least:
        raise argparse.ArgumentTypeError(f"{text!r}: allowed is a whole number >= {least}")
    return number


def seconds(text: str) -> float:
    """A positive number of seconds."""
    return _positive(text, "a positive number of seconds")


def ratio(text: str) -> float:
    """A positive number."""
    return _positive(text, "a positive number")


def _positive(text: str, allowed: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r}: allowed is {allowed}")
    return number

"""Messages between a run and its worker: JSON with the arrays' bytes behind it.

Nothing is unpickled: what a stranger's process sends is read as text and numbers only.
"""

from __future__ import annotations

import json
import math
import os
import select
import struct
import time
from collections.abc import Mapping
from typing import Any

import numpy as np

from convproof.conformance.target.outcome import FAILURES, Outcome, TargetFailure, TargetRaised
from convproof.laws.case import Case

Array = np.ndarray[Any, Any]
_HEAD = struct.Struct("<QQ")
LARGEST = 1 << 30  # bytes of one message: a result beyond that is nonsense


class WireClosed(Exception):
    """The other side has gone, or sent what no worker sends."""


class WireTimeout(Exception):
    """The other side sent nothing in time."""


def pack(message: Mapping[str, Any]) -> bytes:
    """A message with its arrays as bytes.

    >>> data = pack({"a": np.arange(3), "b": [1.5, None]})
    >>> unpack(data[16:], int.from_bytes(data[:8], "little"))["b"]
    [1.5, None]
    """
    buffers: list[bytes] = []
    # arrays that are one object here are one over there
    places: dict[int, tuple[int, int]] = {}  # -> (a number of its own, where its bytes begin)
    size = 0

    def plain(value: Any) -> Any:
        nonlocal size
        if isinstance(value, np.ndarray):
            place = places.get(id(value))
            if place is None:
                data = value.tobytes()
                place = places[id(value)] = len(buffers), size
                buffers.append(data)
                size += len(data)
            return {"__array__": place, "dtype": value.dtype.name, "shape": value.shape}
        if isinstance(value, np.generic):
            return value.item()
        return dict(value) if isinstance(value, Mapping) else list(value)

    body = json.dumps(message, default=plain).encode()
    return b"".join((_HEAD.pack(len(body), size), body, *buffers))


def unpack(data: bytes, size: int) -> dict[str, Any]:
    """The message in `data`, whose JSON part is `size` bytes long."""
    made: dict[int, Array] = {}

    def full(value: dict[str, Any]) -> Any:
        if "__array__" not in value:
            return value
        number, place = value["__array__"]
        if number not in made:
            kind, shape = np.dtype(value["dtype"]), tuple(value["shape"])
            if place < 0 or kind.hasobject or min(shape, default=0) < 0:
                raise ValueError("no array is like that")
            array = np.frombuffer(data, kind, math.prod(shape), size + place)
            made[number] = array.reshape(shape).copy()
        return made[number]

    out: dict[str, Any] = json.loads(data[:size], object_hook=full)
    return out


def send(descriptor: int, message: Mapping[str, Any]) -> None:
    """Write one message, whole."""
    view = memoryview(pack(message))
    while view:
        try:
            view = view[os.write(descriptor, view[: 1 << 20]) :]
        except OSError as error:
            raise WireClosed(str(error)) from None


def receive(descriptor: int, timeout: float | None = None) -> dict[str, Any]:
    """Read one message; `WireTimeout` after `timeout` seconds, `WireClosed` at the end."""
    end = None if timeout is None else time.monotonic() + timeout
    head, rest = _HEAD.unpack(_read(descriptor, _HEAD.size, end))
    if head + rest > LARGEST:
        raise WireClosed("a message too large to be one")
    data = _read(descriptor, head + rest, end)
    try:
        found = unpack(data, head)
        if not isinstance(found, dict):
            raise TypeError("no object")
        return found
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise WireClosed(f"a message that cannot be read: {error}") from None


def _read(descriptor: int, size: int, end: float | None) -> bytes:
    parts: list[bytes] = []
    while size:
        if end is not None:
            left = end - time.monotonic()
            if left <= 0 or not select.select([descriptor], [], [], left)[0]:
                raise WireTimeout
        part = os.read(descriptor, min(size, 1 << 20))
        if not part:
            raise WireClosed("the process has ended")
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def case_to_wire(case: Case) -> dict[str, Any]:
    """A case as a message."""
    fields = ("op", "x", "kernel", "bias", "dy", "stride", "padding", "dilation", "groups")
    more = ("window", "ceil_mode", "count_include_pad", "memory", "output_padding")
    return {name: getattr(case, name) for name in (*fields, *more)}


def case_from_wire(data: Mapping[str, Any]) -> Case:
    """The case of a message."""
    values = dict(data)
    values["padding"] = tuple((lo, hi) for lo, hi in values["padding"])
    for name in ("stride", "dilation", "window", "output_padding"):
        values[name] = None if values[name] is None else tuple(values[name])
    return Case(**values)


def outcome_to_wire(outcome: Outcome) -> dict[str, Any]:
    """An outcome as a message; `raw` stays behind."""
    error = outcome.error
    told = None
    if error is not None:
        told = {"kind": error.kind, "message": str(error)}
        if isinstance(error, TargetRaised):
            told |= {"type_name": error.type_name, "trace": error.trace}
    return {
        "values": outcome.values,
        "error": told,
        "inputs_written": outcome.inputs_written,
        "aliases": outcome.aliases,
        "printed": outcome.printed,
        "seconds": outcome.seconds,
        "warned": outcome.warned,
        "refused": outcome.refused,
        "changed_later": outcome.changed_later,
        "disturbed": outcome.disturbed,
    }


def outcome_from_wire(data: Mapping[str, Any]) -> Outcome:
    """The outcome of a message."""
    told = data["error"]
    error: TargetFailure | None = None
    if told is not None:
        kind = FAILURES.get(told["kind"], TargetFailure)
        if kind is TargetRaised:
            error = TargetRaised(told["message"], told["type_name"], told["trace"])
        else:
            error = kind(told["message"])
    values = data["values"]
    return Outcome(
        None if values is None else tuple(values),
        error,
        None,
        tuple(data["inputs_written"]),
        tuple(data["aliases"]),
        str(data["printed"]),
        float(data["seconds"]),
        tuple(data["warned"]),
        bool(data["refused"]),
        tuple(data["changed_later"]),
        tuple(data["disturbed"]),
    )

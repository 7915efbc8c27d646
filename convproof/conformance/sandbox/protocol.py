"""Messages between a run and its worker.

What the worker sends is JSON with the arrays' bytes behind it: nothing that a stranger's process
says is unpickled, it is read as text and numbers only.  What it is asked is pickled: that is ours.
"""

from __future__ import annotations

import json
import math
import os
import pickle
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
_PIECE = 1 << 20
# Taken now: what a target puts in their place later is not what reads and writes.
_encode, _decode = json.JSONEncoder().encode, json.JSONDecoder().decode
_dumps, _loads = pickle.dumps, pickle.loads
_read_some, _write_some, _select, _clock = os.read, os.write, select.select, time.monotonic
_dtype, _from_bytes = np.dtype, np.frombuffer


class WireClosed(Exception):
    """The other side has gone."""


class WireNonsense(WireClosed):
    """The other side sent what no worker sends, and may live on."""


class WireTimeout(Exception):
    """The other side sent nothing in time."""


def pack(message: Mapping[str, Any], arrays: list[Array] | None = None) -> bytes:
    """A message, JSON-ready, and the arrays that it speaks of by number.

    >>> data = pack({"a": 0, "b": [1.5, None]}, [np.arange(3)])
    >>> unpack(data[16:], int.from_bytes(data[:8], "little"))
    ({'a': 0, 'b': [1.5, None]}, [array([0, 1, 2])])
    """
    arrays = arrays or []
    heads = [(array.dtype.name, array.shape) for array in arrays]
    body = _encode((message, heads)).encode()
    parts = [array.tobytes() for array in arrays]
    return b"".join((_HEAD.pack(len(body), sum(map(len, parts))), body, *parts))


def unpack(data: bytes, size: int) -> tuple[dict[str, Any], list[Array]]:
    """The message in `data`, whose JSON part is `size` bytes long, and its arrays.

    Raises:
        ValueError, TypeError: it is none.
    """
    message, heads = _decode(data[:size].decode())
    if not isinstance(message, dict):
        raise TypeError("no object")
    arrays, place = [], size
    for name, shape in heads:
        kind = _dtype(name)
        if kind.hasobject or min(shape, default=0) < 0:
            raise ValueError("no array is like that")
        count = math.prod(shape)
        arrays.append(_from_bytes(data, kind, count, place).reshape(shape).copy())
        place += count * kind.itemsize
    return message, arrays


def send(descriptor: int, message: Mapping[str, Any], arrays: list[Array] | None = None) -> None:
    """Write one answer, whole."""
    _write(descriptor, pack(message, arrays))


def ask(descriptor: int, message: Mapping[str, Any]) -> None:
    """Write one question, whole."""
    body = _dumps(dict(message), protocol=5)
    _write(descriptor, _HEAD.pack(len(body), 0) + body)


def asked(descriptor: int) -> dict[str, Any]:
    """Read one question; `WireClosed` at the end."""
    data, _ = _message(descriptor, None)
    found: dict[str, Any] = _loads(data)
    return found


def receive(descriptor: int, timeout: float | None = None) -> tuple[dict[str, Any], list[Array]]:
    """Read one answer; `WireTimeout` after `timeout` seconds, `WireClosed` at the end."""
    data, size = _message(descriptor, None if timeout is None else _clock() + timeout)
    try:
        return unpack(data, size)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise WireNonsense(f"its process sent a message that cannot be read: {error}") from None


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        try:
            view = view[_write_some(descriptor, view[:_PIECE]) :]
        except OSError as error:
            raise WireClosed(str(error)) from None


def _message(descriptor: int, end: float | None) -> tuple[bytes, int]:
    """One message, and the size of its first part: each side waits for the other's."""
    data = _piece(descriptor, end)
    while len(data) < _HEAD.size:
        data += _piece(descriptor, end)
    head, rest = _HEAD.unpack_from(data)
    if head + rest > LARGEST:
        raise WireNonsense("its process sent a message too large to be one")
    parts, left = [data[_HEAD.size :]], _HEAD.size + head + rest - len(data)
    while left > 0:
        parts.append(_piece(descriptor, end))
        left -= len(parts[-1])
    if left < 0:
        raise WireNonsense("its process sent more than one message")
    return (parts[0] if len(parts) == 1 else b"".join(parts)), head


def _piece(descriptor: int, end: float | None) -> bytes:
    if end is not None:
        left = end - _clock()
        if left <= 0 or not _select([descriptor], [], [], left)[0]:
            raise WireTimeout("no answer that is whole came in time")
    part = _read_some(descriptor, _PIECE)
    if not part:
        raise WireClosed("the process has ended")
    return part


_FIELDS = (
    *("op", "x", "kernel", "bias", "dy", "stride", "padding", "dilation", "groups"),
    *("window", "ceil_mode", "count_include_pad", "memory", "output_padding", "spelled"),
)


def case_to_wire(case: Case) -> dict[str, Any]:
    """A case as a question has it."""
    return {name: getattr(case, name) for name in _FIELDS}


def case_from_wire(data: Mapping[str, Any]) -> Case:
    """The case of a question."""
    return Case(**data)


def outcome_to_wire(outcome: Outcome, arrays: list[Array]) -> dict[str, Any]:
    """An outcome as an answer has it, its arrays added to `arrays`; `raw` stays behind."""
    told: dict[str, Any] = {"seconds": outcome.seconds}
    if outcome.values is not None:
        told["values"] = numbers = []
        for value in outcome.values:
            numbers.append(None if value is None else len(arrays))
            if value is not None:
                arrays.append(value)
    error = outcome.error
    if error is not None:
        told["error"] = {"kind": error.kind, "message": str(error)}
        if isinstance(error, TargetRaised):
            told["error"] |= {"type_name": error.type_name, "trace": error.trace}
    for name in _WORDS:
        value = getattr(outcome, name)
        if value:
            told[name] = value
    return told


_WORDS = (
    *("inputs_written", "aliases", "printed", "warned"),
    *("refused", "changed_later", "disturbed", "lists"),
)


def outcome_from_wire(data: Mapping[str, Any], arrays: list[Array]) -> Outcome:
    """The outcome of an answer.

    Raises:
        WireNonsense: no worker sends such a thing.
    """
    try:
        told, values = data.get("error"), data.get("values")
        error: TargetFailure | None = None
        if told is not None:
            kind = FAILURES.get(str(told["kind"]), TargetFailure)
            words = [str(told[name]) for name in ("message", "type_name", "trace") if name in told]
            error = kind(*words)
        return Outcome(
            None if values is None else tuple([None if n is None else arrays[n] for n in values]),
            error,
            None,
            tuple(map(str, data.get("inputs_written", ()))),
            tuple(map(str, data.get("aliases", ()))),
            str(data.get("printed", "")),
            float(data["seconds"]),
            tuple(map(str, data.get("warned", ()))),
            bool(data.get("refused", False)),
            tuple(map(str, data.get("changed_later", ()))),
            tuple(map(str, data.get("disturbed", ()))),
            bool(data.get("lists", False)),
        )
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise WireNonsense(f"its process sent an outcome that is none: {error}") from None

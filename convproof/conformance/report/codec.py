"""A dataclass as JSON and back, by its own fields and their types: nothing is written out twice."""

from __future__ import annotations

import collections.abc
import dataclasses
import functools
import math
import types
import typing
from collections.abc import Mapping
from typing import Any, TypeVar

import numpy as np

from convproof.errors import SpecError
from convproof.laws.case import Array

T = TypeVar("T")


def encode(value: Any) -> Any:
    """`value` as JSON knows it: dataclasses by field, arrays with dtype and shape, NaN as text.

    >>> encode((1, float("inf"), np.arange(2)))
    [1, 'inf', {'dtype': 'int64', 'shape': [2], 'values': [0, 1]}]
    """
    if isinstance(value, np.ndarray):
        flat = [encode(item) for item in value.ravel().tolist()]
        return {"dtype": str(value.dtype), "shape": list(value.shape), "values": flat}
    if isinstance(value, np.generic):
        return encode(value.item())
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: encode(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): encode(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [encode(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return str(value)


def decode(kind: type[T], data: Any) -> T:
    """What `encode` made of a `kind`, from JSON too; fields that `kind` lacks are passed over.

    Raises:
        SpecError: if `data` is not the JSON of a `kind`.
    """
    try:
        made: T = _decode(kind, data)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise SpecError.of("data", data, f"the JSON of a {kind.__name__} ({error})") from None
    return made


def _decode(kind: Any, data: Any) -> Any:
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if _is_array(data):
        return _array(data)
    if origin in (types.UnionType, typing.Union):
        if data is None:
            return None
        return _decode(next(part for part in parts if part is not type(None)), data)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        fields = _fields(kind)
        return kind(**{name: _decode(fields[name], data[name]) for name in fields if name in data})
    if origin is tuple and data is not None:
        of = parts[:1] * len(data) if len(parts) == 2 and parts[1] is Ellipsis else parts
        return tuple(_decode(part, item) for part, item in zip(of, data, strict=True))
    if origin in (dict, collections.abc.Mapping):
        return {key: _decode(parts[1], item) for key, item in data.items()}
    if kind is float and isinstance(data, str):
        return float(data)
    return data


@functools.cache
def _fields(kind: type) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind) if field.init}


def _is_array(data: Any) -> bool:
    return isinstance(data, dict) and {"dtype", "shape", "values"} == set(data)


def _array(data: Mapping[str, Any]) -> Array:
    values = [complex(v) if isinstance(v, str) and "j" in v else v for v in data["values"]]
    values = [float(value) if isinstance(value, str) else value for value in values]
    return np.array(values, dtype=data["dtype"]).reshape(data["shape"])

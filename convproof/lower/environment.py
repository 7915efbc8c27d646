"""What a program's names stand for while it is executed, and how views of them are read."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from sympy import Expr

from convproof.lower import integers
from convproof.lower.program import View

Env: TypeAlias = dict[str, Any]


def int_(size: Expr | str, env: Env) -> int:
    """A size as a number."""
    return env[size] if isinstance(size, str) else integers.value(size, env)


def key(view: View, env: Env) -> tuple[Any, ...]:
    """The index that a view stands for."""
    plain = {":": slice(None), "-": slice(None, None, -1), "+": None}
    return tuple(plain[i] if isinstance(i, str) else env[i[1]] for i in view.items)


def read(view: View, env: Env) -> Any:
    """A view, as NumPy has it."""
    array = env[view.array]
    array = array[key(view, env)] if view.items else array
    return array if view.order is None else array.transpose(view.order)


def lowest(dtype: Any) -> Any:
    """What every number of `dtype` is at least: the maximum of nothing."""
    return np.iinfo(dtype).min if np.issubdtype(dtype, np.integer) else -np.inf

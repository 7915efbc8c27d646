"""What stand-alone modules begin with: how they take numbers, and sum them without a mistake.

It is the package's own treatment of numbers (`convproof.functions`), as short as one layer allows.
"""

from __future__ import annotations

PRELUDE = """\
from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import prod
from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[Any, Any]
"""

PATCHES = """\
# Patches of about this many numbers are multiplied at a time.
PATCH_NUMBERS = 1 << 18
"""


def numbers(complex_too: bool) -> str:
    """The function that turns what the user gives into an array."""
    chars = "efdFDbhilqBHILQO" if complex_too else "efdbhilqBHILQO"
    wanted = "floats, complex numbers or integers" if complex_too else "floats or integers"
    return f'''\
def numbers(name: str, value: Any) -> Array:
    """The value as an array; Python's own numbers (dtype object) are computed with as they are."""
    array = np.asarray(value)
    if array.dtype.char not in "{chars}" or isinstance(value, np.ma.MaskedArray):
        kind = f"{{type(value).__name__}} of dtype {{array.dtype}}"
        raise TypeError(f"{{name}} is a {{kind}}: give {wanted}, unmasked")
    return np.ascontiguousarray(array, array.dtype.newbyteorder("="))


def expect(name: str, array: Array, shape: tuple[int, ...]) -> None:
    """Refuse an array of another shape."""
    if array.shape != shape:
        raise ValueError(f"{{name}} has shape {{array.shape}}: the output's {{shape}} is wanted")
'''


PEAK = '''\
def peak(array: Array) -> int:
    """The largest magnitude among integers; 0 for other numbers."""
    if array.dtype.kind not in "iu" or array.size == 0:
        return 0
    return max(-int(array.min()), int(array.max()))
'''

EXACTLY = '''\
def exactly(compute: Callable[..., Array], dtype: Any, bound: int, *arrays: Array) -> Array:
    """compute(*arrays): float16 is summed in float32, and integers are exact or refused.

    No sum of integers, whole or in part, is larger than `bound`.
    """
    if dtype.kind not in "iu":
        wide = np.float32 if dtype == np.float16 else dtype
        return compute(*(array.astype(wide, copy=False) for array in arrays))
    # float64, the quickest, holds such sums exactly; then int64, and Python's integers hold all.
    wide = np.float64 if bound < 2**53 else np.int64 if bound < 2**63 else object
    found = compute(*(array.astype(wide, copy=False) for array in arrays))
    info = np.iinfo(dtype)
    if found.size and not info.min <= int(found.min()) <= int(found.max()) <= info.max:
        raise ValueError(f"sums overflow {dtype}: convert to a wider integer type or to float64")
    return found.astype(dtype)
'''

FINITE = '''\
def finite(array: Array) -> bool:
    """Whether no number is NaN or infinite: such a one and a zero of the padding make NaN."""
    return array.dtype.kind not in "fc" or bool(np.isfinite(array).all())
'''


def mean(terms: int) -> str:
    """The function that gives means their dtype."""
    return f'''\
def mean(compute: Callable[[Array], Array], name: str, array: Array) -> Array:
    """compute(array): float16 is summed in float32, and integers exactly in float64."""
    if peak(array) * {terms} >= 2**53:
        raise ValueError(f"{{name}}: sums of {terms} integers up to {{peak(array)}} are not exact in "
                         "float64: convert to floats to accept rounding")
    dtype = np.dtype(np.float64) if array.dtype.kind in "iu" else array.dtype
    wide = np.float32 if dtype == np.float16 else dtype
    return compute(array.astype(wide, copy=False)).astype(dtype, copy=False)
'''  # noqa: E501 (the line that is too long here is not in the text that it makes)


def common(activation: str | None) -> str:
    """The function that finds a result's dtype, and refuses what an activation has no value for."""
    refusal = ""
    if activation is not None:
        wrong, wanted = ('== "c"', "reals") if activation == "relu" else ('!= "f"', "floats")
        refusal = f'''
    if dtype.kind {wrong}:
        raise TypeError(f"{activation} of dtype {{dtype}}: give {wanted}")'''
    return f'''\
def common(*arrays: Array) -> np.dtype[Any]:
    """The dtype of a result made of the arrays."""
    dtype = np.result_type(*(array.dtype for array in arrays))
    if dtype.kind == "f" and all(array.dtype.kind in "iu" for array in arrays):
        raise TypeError("uint64 and signed integers have no common type: convert one"){refusal}
    return dtype
'''


# (sigma(z), the gradient of z), as in `convproof.functions.activation`
_ACTIVATIONS = {
    "relu": ("", "np.maximum(z, 0)", "", "np.where(z <= 0, 0, dy)"),
    "sigmoid": (
        "    e = np.exp(-np.abs(z))  # which cannot overflow\n",
        "np.where(z < 0, e, 1) / (1 + e)",
        "    e = np.exp(-np.abs(z))\n",
        "dy * (e / (1 + e) ** 2)",
    ),
    "tanh": (
        "",
        "np.tanh(z)",
        "    e = np.exp(-np.abs(z) * 2)  # which cannot overflow\n",
        "dy * (4 * e / (1 + e) ** 2)",
    ),
}


def activation_source(activation: str) -> str:
    """`activate` and `pull_back`."""
    before, value, before_slope, slope = _ACTIVATIONS[activation]
    return f'''\
def activate(z: Array) -> Array:
    """{activation} of z."""
{before}    return np.asarray({value})


def pull_back(dy: Array, z: Array) -> Array:
    """The gradient of z, for dy that of the activated output."""
{before_slope}    return np.asarray({slope})
'''

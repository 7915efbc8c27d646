"""Arrays as the caller holds them: what is accepted, and the two layouts.

Inside, everything is channels last and batched: an image is (N, *space, C), a kernel
(*taps, C/groups, M).  A `Form` says what the caller's own array looks like and goes both ways.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from convproof.errors import SpecError, SpecTypeError
from convproof.spec import choice

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
ArrayLike: TypeAlias = npt.ArrayLike
Layout: TypeAlias = Literal["channels_last", "channels_first"]
Sizes: TypeAlias = tuple[int, ...]

LAYOUTS: tuple[Layout, ...] = ("channels_last", "channels_first")
# What other libraries call the two.
LAYOUT_WORDS = {
    **dict.fromkeys(("NCW", "NCHW", "NCDHW", "NCL", "channels first"), "channels_first"),
    **dict.fromkeys(("NWC", "NHWC", "NDHWC", "NLC", "channels last"), "channels_last"),
}
REAL = "float16, float32, float64 or an integer type"
NESTS = (list, tuple, range)  # what NumPy goes into
NUMERIC = "float16, float32, float64, complex64, complex128 or an integer type"
KINDS = {True: frozenset(map(np.dtype, "efdFDbhilqBHILQ"))}  # in this machine's byte order
KINDS[False] = KINDS[True] - {np.dtype("F"), np.dtype("D")}


RINGS: ContextVar[bool] = ContextVar("RINGS", default=False)


@contextmanager
def ring_elements() -> Iterator[None]:
    """Within, arrays of dtype object are let in: so a certificate's polynomials go through."""
    token = RINGS.set(True)
    try:
        yield
    finally:
        RINGS.reset(token)


def numbers(name: str, value: object, *, complex_too: bool = True) -> Array:
    """`value` as an array of numbers in this machine's byte order; never a copy of good input.

    Raises:
        SpecTypeError: for what is no array of numbers, and for dtypes with no exact meaning here
            (bool, object, longdouble, masked arrays, which `np.asarray` would silently unmask).
        SpecError: for integers in a list that no integer type holds, of which `np.asarray` would
            silently make floats.
    """
    if type(value) is np.ndarray and value.dtype in KINDS[complex_too]:
        return value
    if type(value) is np.ndarray and value.dtype.kind == "O" and RINGS.get():
        return value
    allowed = NUMERIC if complex_too else REAL
    if isinstance(value, np.ma.MaskedArray):
        raise SpecTypeError.of(name, value, "a plain array", "fill its masked entries first")
    try:
        array, types = np.asarray(value), leaf_types(value)
    except Exception:  # an object's own conversion may raise anything at all
        raise SpecTypeError.of(name, value, f"an array of {allowed}") from None
    expect_kept(name, value, array, types, allowed)
    kind, size = array.dtype.kind, array.dtype.itemsize
    right = (
        kind in "iu" or (kind == "f" and size <= 8) or (complex_too and kind == "c" and size <= 16)
    )
    if not right:
        raise SpecTypeError.of(f"{name}.dtype", str(array.dtype), allowed)
    return array if array.dtype.isnative else array.astype(array.dtype.newbyteorder("="))


def leaf_types(value: object) -> set[type]:
    """The types of the numbers in nested lists; an array's are its scalars' type."""
    if isinstance(value, np.ndarray):
        return {value.dtype.type}
    if not isinstance(value, NESTS):
        return {type(value)}
    types = set(map(type, value))
    if any(issubclass(found, (*NESTS, np.ndarray)) for found in types):
        return set().union(*map(leaf_types, value))
    return types


def expect_kept(name: str, value: object, array: Array, types: set[type], allowed: str) -> None:
    """Refuse numbers of `types` that are others in `array`, what NumPy made of them."""
    if len(types) > 1 and any(issubclass(found, (bool, np.bool_)) for found in types):
        raise SpecTypeError.of(name, value, f"an array of {allowed}", "there are bools in it")
    whole = bool(types) and all(issubclass(found, (int, np.integer)) for found in types)
    if whole and array.dtype.kind in "fO":
        raise SpecError.of(
            name,
            value,
            "integers that one type of 64 bits holds",
            "NumPy has no exact array of these: give floats to accept rounding",
        )


def expect_shape(name: str, found: Sizes, shape: Sizes, why: str) -> None:
    """Refuse an array of shape `found` unless that is exactly `shape`."""
    if found != shape:
        raise SpecError.of(f"{name}.shape", found, f"{shape}, {why}")


def own(array: Array, dtype: np.dtype[Any]) -> Array:
    """`array` as a C-contiguous array of `dtype` that owns its memory, copied only if need be."""
    flags = array.flags
    if array.dtype == dtype and flags.c_contiguous and flags.owndata:
        return array
    return np.array(array, dtype=dtype, order="C", copy=True)


def reshaped(array: Array, shape: Sizes) -> Array:
    """`array` with another shape; one that owns its memory goes on owning it."""
    flags = array.flags
    if flags.owndata and flags.c_contiguous and flags.writeable:
        array.resize(shape, refcheck=False)  # of equal size: it moves nothing
        return array
    return array.reshape(shape)


@dataclass(frozen=True)
class Form:
    """How a caller holds an image: what stands beside its spatial axes, and where."""

    rank: int
    batched: bool
    channelled: bool
    first: bool

    @classmethod
    def of(cls, name: str, ndim: int, rank: int, layout: object) -> Form:
        """The form of an array of `ndim` axes, `rank` of them spatial: H W, H W C or N H W C."""
        first = choice("layout", layout, LAYOUTS, synonyms=LAYOUT_WORDS) == "channels_first"
        if not rank <= ndim <= rank + 2:
            known = cls(rank, True, True, first).axes
            raise SpecError.of(
                f"{name}.ndim", ndim, f"{rank} to {rank + 2}", f"the full form is {known}"
            )
        return cls(rank, ndim == rank + 2, ndim > rank, first)

    @cached_property
    def plain(self) -> bool:
        """Whether it is the kernels' own."""
        return self.batched and self.channelled and not self.first

    @property
    def axes(self) -> str:
        """The axes in words, as messages show them."""
        space = ["DHW"[i] for i in range(3 - self.rank, 3)]
        channel = ["C"] if self.channelled else []
        names = (["N"] if self.batched else []) + (
            channel + space if self.first else space + channel
        )
        return "(" + ", ".join(names) + ("," if len(names) == 1 else "") + ")"

    def shape(self, batch: int, space: Sizes, channels: int) -> Sizes:
        """The caller's shape of an image of these sizes."""
        channel = (channels,) if self.channelled else ()
        body = channel + space if self.first else space + channel
        return (batch, *body) if self.batched else body

    def sizes(self, shape: Sizes) -> tuple[int, Sizes, int]:
        """The batch, spatial sizes and channels of the caller's array of `shape`."""
        batch, body = (shape[0], shape[1:]) if self.batched else (1, shape)
        if not self.channelled:
            return batch, body, 1
        return (batch, body[1:], body[0]) if self.first else (batch, body[:-1], body[-1])

    def enter(self, array: Array) -> Array:
        """The caller's array as (N, *space, C), C-contiguous, so that its strides do not matter."""
        if not self.plain:
            if not self.batched:
                array = array[np.newaxis]
            if not self.channelled:
                array = array[..., np.newaxis]
            elif self.first:
                array = np.moveaxis(array, 1, -1)
        return np.ascontiguousarray(array)

    def leave(self, array: Array, dtype: np.dtype[Any]) -> Array:
        """(N, *space, C) as the caller holds it: C-contiguous, of `dtype`, its own memory."""
        if not self.plain:
            if not self.batched:
                array = array[0]
            if not self.channelled:
                array = array[..., 0]
            elif self.first:
                array = np.moveaxis(array, -1, int(self.batched))
        return own(array, dtype)

    def kernel_shape(self, taps: Sizes, depth: int, outputs: int) -> Sizes:
        """The caller's shape of a kernel with `depth` input channels a group."""
        if not self.channelled:
            return taps
        return (outputs, depth, *taps) if self.first else (*taps, depth, outputs)

    def enter_kernel(self, kernel: Array) -> Array:
        """The caller's kernel as (*taps, C/groups, M), C-contiguous."""
        if not self.channelled:
            kernel = kernel[..., np.newaxis, np.newaxis]
        elif self.first:
            kernel = np.moveaxis(kernel, (0, 1), (-1, -2))
        return np.ascontiguousarray(kernel)

    def leave_kernel(self, kernel: Array, dtype: np.dtype[Any]) -> Array:
        """(*taps, C/groups, M) as the caller holds it, its own memory."""
        if not self.channelled:
            kernel = kernel[..., 0, 0]
        elif self.first:
            kernel = np.moveaxis(kernel, (-1, -2), (0, 1))
        return own(kernel, dtype)

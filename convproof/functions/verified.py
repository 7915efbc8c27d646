"""What makes a function a verified one: its derivation, source and certificate at hand."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from types import CodeType
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar, cast

import numpy as np

from convproof.errors import SpecError, nearest
from convproof.functions import provenance
from convproof.functions.ready import Ready, Table, look, silently
from convproof.spec import Spec

if TYPE_CHECKING:
    from convproof.derive import Derivation
    from convproof.functions.certificate import Certificate

P = ParamSpec("P")
R_co = TypeVar("R_co", covariant=True)


class Known(Protocol):
    """A function that knows where it comes from."""

    __name__: str
    __qualname__: str
    __doc__: str | None

    def derivation(self) -> Derivation:
        """The derivation, from the definition, that the code was lowered from (needs SymPy)."""
        ...

    def source(self) -> str:
        """The generated NumPy source that this function runs."""
        ...

    def certificate(
        self, spec: Spec | None = None, input_shape: Sequence[int] | None = None
    ) -> Certificate:
        """An exact certificate, made now, that the source computes the derivation."""
        ...


class Verified(Known, Protocol[P, R_co]):
    """The same, with its parameters and its result."""

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """Run the generated code on checked arguments."""
        ...


def verified(
    operation: str, rank: int, way: str, doc: str
) -> Callable[[Callable[P, Ready[R_co]]], Verified[P, R_co]]:
    """Turn a function that checks a call into the public one of `operation` in `rank` dimensions.

    Lawful input gives no floating point warning (an overflow is an inf, as the arithmetic says),
    and a call whose arrays cannot be allocated is the caller's mistake, not a `MemoryError`.  A
    call like one before is not checked anew: it does what that one was found to have to do.
    """

    def wrap(function: Callable[P, Ready[R_co]]) -> Verified[P, R_co]:
        # Python's own messages about arguments name the innermost function: it has the public name.
        function.__name__ = function.__qualname__ = f"{operation}{rank}d{way}"
        function.__doc__ = doc
        shown = function.__annotations__["return"].removeprefix("Ready[").removesuffix("]")
        function.__annotations__["return"] = shown
        code, table = function.__code__, Table[R_co]()
        known = table.kept

        @functools.wraps(function)
        def public(*args: P.args, **kwargs: P.kwargs) -> R_co:
            key, arrays = look(args, kwargs)
            go = known.get(key)
            if go is not None:
                try:
                    return silently(go, arrays)
                except MemoryError:
                    pass  # what is to be said of it is said below
            call: Ready[R_co] | None = None
            try:
                with np.errstate(all="ignore"):
                    call = function(*args, **kwargs)
                    if key is not None:
                        table.keep(key, arrays, call)
                    return call.go(*call.arrays)
            except MemoryError as error:
                if call is not None:
                    raise call.growth.no_memory(error) from None
                raise SpecError(
                    f"{public.__name__}: arrays this large do not fit into memory ({error})"
                ) from None
            except TypeError as error:
                unknown = [name for name in kwargs if name not in code.co_varnames]
                if not unknown or isinstance(error, SpecError):
                    raise
                raise TypeError(meant(public.__name__, unknown[0], code)) from None

        result = cast("Verified[P, R_co]", public)
        origin = provenance.Origin(operation, rank)
        for name in ("derivation", "source", "certificate"):
            setattr(result, name, getattr(origin, name))
        return result

    return wrap


# What other libraries call a parameter; the rest is found by its spelling.
SYNONYMS = {
    "pad": "padding", "strides": "stride", "weight": "kernel", "weights": "kernel", "w": "kernel",
    "filters": "kernel", "input": "x", "image": "x", "kernel_size": "window", "size": "window",
    "pool_size": "window", "data_format": "layout", "rate": "dilation", "b": "bias",
    "mode": "padding_mode", "grad_output": "dy", "grad_y": "dy",
}  # fmt: skip


def meant(function: str, given: str, code: CodeType) -> str:
    """The message for a keyword that a function has not, with the one that was meant.

    >>> def conv(x, kernel, padding=0): ...
    >>> meant("conv2d", "pad", conv.__code__)
    "conv2d() got an unexpected keyword argument 'pad'; did you mean 'padding'?"
    """
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    synonym = SYNONYMS.get(given.lower())
    mend = nearest(synonym if synonym in names else given, names)
    said = f"{function}() got an unexpected keyword argument {given!r}"
    return f"{said}; {mend}" if mend else said

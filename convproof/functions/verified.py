"""What makes a function a verified one: its derivation, source and certificate at hand."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar, cast

import numpy as np

from convproof.errors import SpecError
from convproof.functions import provenance
from convproof.spec import Spec

if TYPE_CHECKING:
    from convproof.derive import Derivation
    from convproof.functions.certificate import Certificate

P = ParamSpec("P")
R_co = TypeVar("R_co", covariant=True)


class Verified(Protocol[P, R_co]):
    """A function that knows where it comes from."""

    __name__: str
    __qualname__: str
    __doc__: str | None

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """Run the generated code on checked arguments."""
        ...

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


def verified(
    operation: str, rank: int, way: str, doc: str
) -> Callable[[Callable[P, R_co]], Verified[P, R_co]]:
    """Turn a function into the public one of `operation` in `rank` dimensions.

    Lawful input gives no floating point warning (an overflow is an inf, as the arithmetic says),
    and a call whose arrays cannot be allocated is the caller's mistake, not a `MemoryError`.
    """

    def wrap(function: Callable[P, R_co]) -> Verified[P, R_co]:
        # Python's own messages about arguments name the innermost function: it has the public name.
        function.__name__ = function.__qualname__ = f"{operation}{rank}d{way}"
        function.__doc__ = doc

        @functools.wraps(function)
        def public(*args: P.args, **kwargs: P.kwargs) -> R_co:
            try:
                with np.errstate(all="ignore"):
                    return function(*args, **kwargs)
            except MemoryError as error:
                raise SpecError(
                    f"{public.__name__}: arrays this large do not fit into memory ({error})"
                ) from None

        result = cast("Verified[P, R_co]", public)
        origin = provenance.Origin(operation, rank)
        for name in ("derivation", "source", "certificate"):
            setattr(result, name, getattr(origin, name))
        return result

    return wrap

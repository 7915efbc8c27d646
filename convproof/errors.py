"""What can go wrong, by whose doing: the caller's spec, a derivation, a lowering, or a target."""

from __future__ import annotations

import math
import reprlib
from collections.abc import Iterable
from typing import Self

EXACT_BITS = 128  # integers up to this size are shown in full


class _Short(reprlib.Repr):
    """Values in a few words: nested ones to a depth, an object whose repr fails by its type."""

    def __init__(self) -> None:
        super().__init__()
        self.maxlevel = 4
        self.maxtuple = self.maxlist = self.maxset = self.maxfrozenset = self.maxdict = 8
        self.maxstring = self.maxother = self.maxlong = 120

    def repr_int(self, value: int, level: int) -> str:
        """All digits, or how many there are about: Python refuses to write 5000 of them."""
        if value.bit_length() <= EXACT_BITS:
            return repr(value)
        return f"about {'-' if value < 0 else ''}10**{round(math.log10(abs(value)))}"


_SHORT = _Short()


def shown(value: object) -> str:
    """`value` as messages show it: in one short line, whatever its own repr does.

    >>> shown([10**5000, "a", ((((1,),),),)])
    "[about 10**5000, 'a', ((((...),),),)]"
    """
    try:
        text = _SHORT.repr(value)
    except Exception:  # a repr, or a container's own methods, may raise anything at all
        text = object.__repr__(value)
    if not text.isprintable():
        text = " ".join(text.split())
    return text if len(text) <= 120 else text[:117] + "..."


def nearest(given: object, names: Iterable[str]) -> str:
    """The question whether the nearest of `names` was meant; nothing where none is near.

    >>> nearest("conv2D", ["conv1d", "conv2d"])
    "did you mean 'conv2d'?"
    """
    import difflib  # read only once something is wrong

    by_lower = {name.lower(): name for name in names}
    near = difflib.get_close_matches(str(given).lower(), by_lower, n=1)
    return f"did you mean {by_lower[near[0]]!r}?" if near else ""


class ConvproofError(Exception):
    """Base of every error this package raises on purpose."""


class SpecError(ConvproofError, ValueError):
    """An argument that no layer can have: names the argument, its value, what is allowed.

    Build it with `SpecError.of`, so that every message has the same three parts.

    >>> raise SpecError.of("stride", 0, "a positive integer, or one per axis")
    Traceback (most recent call last):
    ...
    convproof.errors.SpecError: stride=0: allowed is a positive integer, or one per axis
    """

    @classmethod
    def of(cls, argument: str, value: object, allowed: str, mend: str = "") -> Self:
        """The error for `argument` having `value`; `mend` says how to put it right."""
        return cls(
            f"{argument}={shown(value)}: allowed is {allowed}" + (f"; {mend}" if mend else "")
        )

    @classmethod
    def one_of(cls, argument: str, value: object, names: Iterable[str], other: str = "") -> Self:
        """The error for `value` being none of `names`, nor what `other` says it may be besides.

        >>> raise SpecError.one_of("axis", "hight", ["height", "width"], "a number")
        Traceback (most recent call last):
        ...
        convproof.errors.SpecError: axis='hight': allowed is a number, or one of height, width; \
did you mean 'height'?
        """
        known = list(names)
        allowed = (f"{other}, or " if other else "") + f"one of {', '.join(known)}"
        return cls.of(argument, value, allowed, nearest(value, known))


class SpecTypeError(SpecError, TypeError):
    """A `SpecError` where the type itself is wrong; a `TypeError` too."""


class DerivationError(ConvproofError):
    """A derivation could not be carried out, or one of its steps does not replay."""


class LoweringError(ConvproofError):
    """An expression that the lowering has no schedule for."""


class TargetError(ConvproofError):
    """A target that cannot be found, imported or called."""


class MissingExtra(ConvproofError, ImportError):
    """An optional package is not installed; the message names the extra that brings it."""

    @classmethod
    def of(cls, package: str, extra: str, purpose: str) -> Self:
        """The error for `package` missing, which `purpose` needs and `extra` installs."""
        return cls(f"{purpose} needs {package}: pip install 'convproof[{extra}]'")

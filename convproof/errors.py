"""What can go wrong, by whose doing: the caller's spec, a derivation, a lowering, or a target."""

from __future__ import annotations

from typing import Self


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
        shown = repr(value)
        if len(shown) > 120:
            shown = shown[:117] + "..."
        return cls(f"{argument}={shown}: allowed is {allowed}" + (f"; {mend}" if mend else ""))


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

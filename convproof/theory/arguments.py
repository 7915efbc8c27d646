"""What the functions of this room accept as a dimension, an error rate, a probability."""

from __future__ import annotations

import numbers
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from convproof.errors import SpecError, SpecTypeError
from convproof.spec import as_int


def rate(name: str, value: Any, below: Fraction, *, zero: bool = False) -> Fraction:
    """`value` as an exact fraction between 0 and `below`; 0 itself only with `zero`.

    A float is taken for the shortest decimal that prints as it: 0.05 is 1/20.

    >>> rate("error", 0.05, Fraction(1, 2))
    Fraction(1, 20)

    Raises:
        SpecError: outside that range, or for a NaN; SpecTypeError: for what is no number.
    """
    low = "<=" if zero else "<"
    allowed = f"a number with 0 {low} {name} < {below}"
    number = fraction(name, value, allowed)
    if not (0 <= number < below) or (number == 0 and not zero):
        raise SpecError.of(name, value, allowed)
    return number


def fraction(name: str, value: Any, allowed: str) -> Fraction:
    """`value` as the exact number it is written as.

    Raises:
        SpecError: for a NaN or an infinity; SpecTypeError: for what is no real number.
    """
    if isinstance(value, (bool, np.bool_)):
        raise SpecTypeError.of(name, value, allowed)
    if isinstance(value, (numbers.Rational, Decimal)) and not isinstance(value, np.generic):
        text: Any = value
    elif isinstance(value, numbers.Real) or hasattr(value, "__float__"):
        try:
            text = repr(float(value))
        except (TypeError, ValueError):  # an array of several numbers, a complex one
            raise SpecTypeError.of(name, value, allowed) from None
    else:
        raise SpecTypeError.of(name, value, allowed)
    try:
        return Fraction(text)
    except (ValueError, OverflowError):
        raise SpecError.of(name, value, allowed) from None


def even(name: str, value: Any) -> int:
    """`value` as an even whole number of at least 2.

    Raises:
        SpecError: for another number; SpecTypeError: for what is none.
    """
    size = as_int(name, value, 2)
    if size % 2:
        raise SpecError.of(name, value, "an even number", "Q has as many ones as minus ones")
    return size

"""What the public functions of every stand-alone module are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from convproof.derive.step import Derivation
from convproof.derive.symbols import AXIS_NAMES
from convproof.lower import integers
from convproof.lower.program import Program
from convproof.spec import AMPLE, Spec


@dataclass(frozen=True)
class Face:
    """What stands before the programs of a layer, the programs, and the functions after them."""

    head: Sequence[str]
    programs: Sequence[Program]
    text: Sequence[str]


def as_tuple(items: Iterable[object]) -> str:
    """The items in the brackets of a tuple."""
    shown = [str(item) for item in items]
    return f"({', '.join(shown)}{',' * (len(shown) == 1)})"


def as_call(program: Program, names: Mapping[str, str]) -> str:
    """A call of the program; parameters are called what `names` says, or as they are."""
    return f"{program.name}({', '.join(names.get(param, param) for param in program.params)})"


def size_lines(spec: Spec, derivation: Derivation, image: str) -> tuple[str, str]:
    """The lines that refuse too small an x, and those that find how many windows `image` has.

    The derivation is of the layer on `image`, which is x with its border, or x itself.
    """
    names = ", ".join(AXIS_NAMES[spec.rank])
    least = [1] * spec.rank
    if spec.padding != "same":
        ample = spec.axes([AMPLE] * spec.rank)
        least = [max(1, axis.extent - axis.pad_lo - axis.pad_hi) for axis in ample]
    small = " or ".join(
        f"{name} < {size}" for name, size in zip(AXIS_NAMES[spec.rank], least, strict=True)
    )
    refusal = f"""\
    _, {names}, _ = x.shape
    if {small}:
        raise ValueError(f"x has shape {{x.shape}}: the least image is {as_tuple(least)}")"""
    sizes = f"    out_space = {as_tuple(map(integers.text, derivation.sizes.values()))}"
    return refusal, sizes if image == "x" else f"    _, {names}, _ = {image}.shape\n{sizes}"

"""What an operation is called, and what its name says: kind, rank, direction."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from convproof.errors import SpecError

KINDS = ("conv", "max_pool", "avg_pool", "conv_transpose")
WEIGHTED = ("conv", "conv_transpose")  # those with a kernel
RANKS = (2, 1, 3)  # the commonest first: the order in which ops are judged


@dataclass(frozen=True)
class Op:
    """One operation: a kind of `KINDS`, its spatial axes, forward or gradients.

    >>> Op.of("max_pool2d_backward")
    Op(kind='max_pool', rank=2, backward=True)
    >>> str(Op.of("max_pool2d_backward").forward)
    'max_pool2d'
    """

    kind: str
    rank: int
    backward: bool = False

    def __str__(self) -> str:
        return f"{self.kind}{self.rank}d{'_backward' if self.backward else ''}"

    @staticmethod
    def of(name: str) -> Op:
        """The op of this name; SpecError where there is none."""
        found = _by_name().get(name)
        if found is None:
            raise SpecError.one_of("op", name, OPS)
        return found

    @property
    def way(self) -> str:
        """The word for its direction: "forward" or "backward"."""
        return "backward" if self.backward else "forward"

    @property
    def forward(self) -> Op:
        """The op whose gradients a backward computes; a forward's is itself."""
        return Op(self.kind, self.rank)

    @property
    def family(self) -> str:
        """Kind and direction, whatever the rank: "conv", "max_pool_backward", ..."""
        return self.kind + ("_backward" if self.backward else "")


@functools.cache
def _by_name() -> dict[str, Op]:
    return {
        str(op): op
        for rank in RANKS
        for kind in KINDS
        for op in (Op(kind, rank), Op(kind, rank, True))
    }


OPS: tuple[str, ...] = tuple(_by_name())

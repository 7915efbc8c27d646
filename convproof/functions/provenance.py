"""Where a verified function comes from: its derivation, generated source and certificate."""

from __future__ import annotations

import importlib
import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convproof.certify import Certificate
    from convproof.derive import Derivation


@dataclass(frozen=True)
class Origin:
    """The operation a public function runs, by the name of its generated module."""

    operation: str
    rank: int

    @property
    def module(self) -> str:
        """The generated module; a transposed convolution runs the convolution's gradients."""
        return f"{self.operation.removesuffix('_transpose')}{self.rank}d"

    def derivation(self) -> Derivation:
        """The derivation, from the definition, that the code was lowered from (needs SymPy)."""
        derive = importlib.import_module("convproof.derive")
        derivation: Derivation = derive.derive(self.module)
        return derivation

    def source(self) -> str:
        """The generated NumPy source that this function runs."""
        return inspect.getsource(importlib.import_module(f"convproof.generated.{self.module}"))

    def certificate(self) -> Certificate:
        """Exact certificates, made now, that the source computes the derivation's expressions."""
        raise NotImplementedError

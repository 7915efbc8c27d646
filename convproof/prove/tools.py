"""Which provers are installed here; whether they can be trusted is asked where they are used."""

from __future__ import annotations

import importlib.util
import shutil
from dataclasses import dataclass

INSTALL_COQ = "apt-get install coq"
INSTALL_SOLVERS = "pip install 'convproof[prove]'"


@dataclass(frozen=True)
class Tools:
    """Coq, and both SMT solvers: there or not."""

    kernel: bool = False
    solvers: bool = False

    @classmethod
    def here(cls) -> Tools:
        """What is installed on this machine."""
        solvers = all(importable(name) for name in ("z3", "cvc5"))
        return cls(shutil.which("coqc") is not None, solvers)


def importable(name: str) -> bool:
    """Whether a module of that name can be imported, without importing it."""
    try:
        return importlib.util.find_spec(name) is not None
    except ValueError:  # the module is there without a spec, or was barred from being imported
        return False


NO_TOOLS = Tools()

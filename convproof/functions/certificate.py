"""What a certificate says; `convproof.certify` makes them, through the functions of this room."""

from __future__ import annotations

from dataclasses import dataclass

from convproof.document.shown import Shown
from convproof.evidence import Evidence, Grade, Verdict
from convproof.spec import Spec


@dataclass(frozen=True, repr=False)
class Certificate(Shown):
    """What was compared, and the answer; grade CERTIFIED if it holds, for this shape only."""

    spec: Spec
    input_shape: tuple[int, ...]
    verdict: Verdict
    codes: tuple[str, ...]
    compared: int
    digest: str

    @property
    def evidence(self) -> Evidence:
        """The certificate as one piece of a ledger's evidence."""
        return Evidence(
            Grade.CERTIFIED,
            f"{self.spec} on {self.input_shape}: {self.verdict.reason}",
            {"codes": self.codes, "compared": self.compared, "derivation": self.digest},
        )

    def __str__(self) -> str:
        return (
            f"{self.verdict.status.value}: {self.spec} on {self.input_shape}: {self.verdict.reason}"
        )

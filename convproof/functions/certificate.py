"""What a certificate says; `convproof.certify` makes them, through the functions of this room."""

from __future__ import annotations

from dataclasses import dataclass

from convproof.document.shown import Shown
from convproof.evidence import Evidence, Grade, Verdict
from convproof.spec import Spec


@dataclass(frozen=True, repr=False)
class Certificate(Shown):
    """What was compared, and the answer; grade CERTIFIED if it holds, for this shape only.

    Attributes:
        spec: the layer.
        input_shape: of its input, channels last.
        verdict: whether all that was compared is equal; if not, its witness says where.
        codes: which code was compared, by name.
        compared: how many coefficients or values.
        digest: of the derivation that it was compared with.

    >>> import convproof as cp
    >>> found = cp.certify(cp.AvgPool((2,)), (4, 1))
    >>> found.verdict.holds, found.evidence.grade.value
    (True, 'CERTIFIED')
    """

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

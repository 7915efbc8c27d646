"""The derivation that users hold: the record of its steps, which can be checked and told."""

from __future__ import annotations

from functools import lru_cache
from typing import Self

from convproof.derive import step, typeset
from convproof.derive.account import Account
from convproof.derive.checker import check
from convproof.derive.layers import by_name, by_spec
from convproof.derive.page import document, every_step
from convproof.document.html import fragment
from convproof.document.latex import latex
from convproof.document.markdown import markdown
from convproof.document.model import Document
from convproof.document.text import text
from convproof.errors import SpecTypeError
from convproof.evidence import Verdict
from convproof.spec import AvgPool, Conv, MaxPool, Spec


class Derivation(step.Derivation):
    """A layer's formulas with the steps that lead to them; made by `derive`.

    `output_shape`, `forward` and `gradients` ("x", "kernel", "bias") are SymPy expressions with the
    chapter's indices, from 1; `steps` have a rule, what stood before and after, and why.  It shows
    itself in a notebook.

    >>> from convproof import derive
    >>> found = derive("conv1d")
    >>> found.gradients["bias"]
    Sum(dZ[n, j, g, m], (j, 1, O_W), (n, 1, N))
    >>> found.steps[0].rule, found.check().holds
    ('collect', True)
    """

    @classmethod
    def of(cls, found: step.Derivation) -> Self:
        """The same record, as one that can be checked and told."""
        return cls(**{name: getattr(found, name) for name in cls.__dataclass_fields__})

    def check(self) -> Verdict:
        """Replay every step on concrete sizes, exactly, and the results against plain loops."""
        return check(self)

    def compare(self) -> int:
        """Compare every formula as it is told with the recorded one; how many values were equal.

        Raises:
            DerivationError: at the first place where they differ.
        """
        return Account.of(self).check()

    def page(self, checked: str = "") -> Document:
        """The argument as it is told, and what checking it came to."""
        return document(self, checked)

    def to_latex(self) -> str:
        """A paper's own source, with every recorded step."""
        return latex(every_step(self))

    def to_markdown(self) -> str:
        """The argument as it is told: few steps with their reasons, the chapter's numbers."""
        return markdown(document(self))

    def __repr__(self) -> str:
        kind = "" if self.spec is None else f", {self.spec}"
        return f"<Derivation of {self.name}{kind}: {len(self.steps)} steps, {self.digest}>"

    def _repr_latex_(self) -> str:
        """The forward formula."""
        goal = self.goals["forward"]
        return rf"$\displaystyle {typeset.latex(goal.left)} = {typeset.latex(goal.result)}$"

    def _repr_html_(self) -> str:
        return fragment(document(self))

    def _repr_markdown_(self) -> str:
        return self.to_markdown()

    def __str__(self) -> str:
        return text(document(self))


def derive(what: str | Spec) -> Derivation:
    """Derive a layer's output size, forward and gradients from its definition.

    Args:
        what: "conv2d" (or conv, conv_transpose, max_pool, avg_pool in 1d, 2d, 3d; pad_circular,
            pad_reflect, pad_replicate) for all layers of the kind, sizes being symbols; or the
            `Conv`, `MaxPool` or `AvgPool` of one layer, whose numbers are then put in.

    Returns:
        A `Derivation`: expressions in the chapter's 1-based indices, with an explicit group
        index (channel number (g-1)*C + c), and every step that leads to them.

    Raises:
        SpecError: for a name that is not known.

    >>> derive("conv1d").gradients["bias"]
    Sum(dZ[n, j, g, m], (j, 1, O_W), (n, 1, N))
    >>> derive(MaxPool((2,))).output_shape
    (N, floor(W/2), C)
    """
    if isinstance(what, str):
        return _named(what)
    if not isinstance(what, (Conv, MaxPool, AvgPool)):
        raise SpecTypeError.of("what", what, "an operation's name, a Conv, a MaxPool or an AvgPool")
    return _of(what)


@lru_cache(maxsize=32)
def _named(name: str) -> Derivation:
    return Derivation.of(by_name(name))


@lru_cache(maxsize=128)
def _of(spec: Spec) -> Derivation:
    return Derivation.of(by_spec(spec))

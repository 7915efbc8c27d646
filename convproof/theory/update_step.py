"""The derivation of a training step with its own checker: its arrays obey a hypothesis, R'R = 1.

`replay` checks every step without knowing the rules; `prove` makes a theorem of each goal.
"""

from __future__ import annotations

from functools import cache

from convproof.derive.derivation import Derivation
from convproof.derive.training import training_step
from convproof.evidence import Verdict


class TrainingStep(Derivation):
    """A derivation whose arrays obey a hypothesis, so that it has a checker of its own."""

    def check(self) -> Verdict:
        """Replay every step exactly: on fractions, with exactly orthogonal R."""
        from convproof.theory.replay import replay

        return replay(self)


@cache
def update_step() -> TrainingStep:
    """SGD with momentum and L2 decay, in two runs of which the second is turned.

    >>> [goal for goal in update_step().goals]
    ['initial law', 'pre-activation', 'gradient', 'momentum', 'weight']
    """
    return TrainingStep.of(training_step())
